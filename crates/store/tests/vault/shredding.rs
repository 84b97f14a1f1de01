//! What was deleted is gone from everything that can be read, and nothing else is.

use std::cell::RefCell;

use domain::{EventBody, RecordingId, Stream, WhyDeleted};
use proptest::prelude::*;
use store::{EncounterFilter, Object};

use crate::support::*;

/// The words of everything that was said or written in an encounter.
fn words(events: &[EventBody]) -> Vec<String> {
    let texts = events.iter().filter_map(|event| match event {
        EventBody::UtteranceHeard { utterance } | EventBody::UtteranceCorrected { utterance } => {
            Some(utterance.text.expose().clone())
        }
        _ => None,
    });
    texts.flat_map(|text| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[test]
fn whatever_an_encounter_held_it_cannot_be_read_or_searched_once_it_was_deleted() {
    let place = Place::new();
    let vault = RefCell::new(Some(place.create().vault));
    let config = ProptestConfig { cases: 24, ..ProptestConfig::default() };
    proptest!(config, |(
        opening in events::opening(),
        batches in prop::collection::vec(prop::collection::vec(events::following(), 1..6), 0..6),
        after in any::<bool>(),
    )| {
        let open = vault.borrow_mut().take().unwrap();
        let kept = visit(&open, &["the neighbour stays"]);
        let before = open.encounter(kept).unwrap();
        let id = new_encounter();
        let stream = Stream::Encounter(id);
        let mut spoken = words(&batches.concat());
        spoken.push("marmalade".to_owned());
        open.append(append(stream, vec![opening, said(0, "marmalade on the rash")])).unwrap();
        for batch in batches {
            open.append(append(stream, batch)).unwrap();
        }
        if after {
            visit(&open, &["somebody later"]);
        }

        open.shred(id, clinician(), WhyDeleted::SignedKept).unwrap();
        prop_assert!(open.encounter(id).unwrap().is_none());
        prop_assert!(open.events(stream).unwrap().is_empty());
        prop_assert!(open.recording_key(id, RecordingId::from_bytes([1; 16])).is_err());
        let all = EncounterFilter { limit: u32::MAX, ..EncounterFilter::default() };
        prop_assert!(open.encounters(&all).unwrap().iter().all(|row| row.id != id));
        for word in &spoken {
            let hits = open.search(word, 50).unwrap();
            prop_assert!(hits.iter().all(|hit| hit.encounter != id), "a word of it is found");
        }

        // The log says so, once, and the trail who did it.
        let told = open.events(Stream::Facility).unwrap().into_iter().filter(
            |event| event.body == EventBody::EncounterDeleted { encounter: id, why: WhyDeleted::SignedKept },
        );
        prop_assert_eq!(told.count(), 1);
        let about = store::AuditFilter { object: Some(Object::Encounter(id)), ..Default::default() };
        let newest = open.audit_entries(&about).unwrap().remove(0);
        prop_assert_eq!(newest.action.as_str(), "encounter.shred");

        prop_assert!(!open.rebuild_projections().unwrap().changed, "rebuilding gives the same");
        prop_assert!(open.encounter(id).unwrap().is_none());
        prop_assert!(open.verify_audit().unwrap().is_intact());
        prop_assert!(open.check_integrity().unwrap().is_clean());
        prop_assert!(open.encounter(kept).unwrap() == before, "nobody else's is touched");
        drop(open);
        let again = place.open().unwrap();
        prop_assert!(again.encounter(id).unwrap().is_none() && again.events(stream).unwrap().is_empty());
        *vault.borrow_mut() = Some(again);
    });
}
