//! The live projections, the rebuilt ones and the pure fold of the events are one and the same.

use domain::{EventBody, Stream};
use proptest::prelude::*;
use store::fold_encounter;

use crate::support::*;

#[test]
fn live_rows_rebuilt_rows_and_the_fold_agree() {
    let place = Place::new();
    let vault = &place.create().vault;
    let config = ProptestConfig { cases: 48, ..ProptestConfig::default() };
    proptest!(config, |(
        opening in events::opening(),
        batches in prop::collection::vec(prop::collection::vec(events::following(), 1..6), 0..8),
        interleaved in any::<bool>(),
    )| {
        let id = new_encounter();
        let stream = Stream::Encounter(id);
        let mut expected = vec![opening.clone()];
        vault.append(append(stream, vec![opening])).unwrap();
        for batch in batches {
            if interleaved {
                visit(vault, &["somebody else's"]);
            }
            expected.extend(batch.iter().cloned());
            vault.append(append(stream, batch)).unwrap();
        }
        let logged = vault.events(stream).unwrap();
        let bodies: Vec<EventBody> = logged.iter().map(|event| event.body.clone()).collect();
        prop_assert!(bodies == expected, "the log gives back what was appended");

        let folded = fold_encounter(id, &logged);
        prop_assert!(vault.encounter(id).unwrap() == folded, "the live rows are the fold");
        let row = vault
            .encounters(&store::EncounterFilter {
                statuses: vec![folded.as_ref().unwrap().status],
                limit: u32::MAX,
                ..Default::default()
            })
            .unwrap()
            .into_iter()
            .find(|row| row.id == id)
            .unwrap();
        let record = folded.as_ref().unwrap();
        prop_assert_eq!(row.utterances as usize, record.utterances.len());
        prop_assert_eq!(row.flags as usize, record.flags.len());
        prop_assert_eq!(row.changed, record.changed);
        prop_assert!(row.name == record.patient.name);

        let report = vault.rebuild_projections().unwrap();
        prop_assert!(!report.changed, "rebuilding changes nothing");
        prop_assert!(vault.encounter(id).unwrap() == folded, "the rebuilt rows are the fold");
    });
}
