//! Encounters, as staff see them: the work list, one encounter, its transcript.

use std::collections::BTreeSet;

use ::intake::SaidSoFar;
use domain::{
    EncounterOrigin, EncounterRecord, EncounterStatus, EventBody, FlagId, FlagSource, Language, NoteState,
    PatientId, Speaker, Utterance, UtteranceSource,
};
use store::{EncounterFilter, EncounterRow, Object};

use super::{filled, patients, sites, view};
use crate::router::Call;
use crate::rpc::types::{
    AcknowledgeFlag, AddTranscript, CorrectUtterance, Empty, EncounterLine, EncounterOf, EncounterView,
    ListEncounters, OpenEncounter, RetractEncounter, SearchHit, SearchTranscripts,
};
use crate::{Engine, Error};

/// How many finds a search shows.
const MOST_HITS: u32 = 100;
/// How many encounters the work list shows: more than a busy clinic has in a day.
const MOST_ENCOUNTERS: u32 = 1_000;

pub(crate) fn list(call: &Call<'_>, request: ListEncounters) -> Result<Vec<EncounterLine>, Error> {
    call.audit(Object::Vault)?;
    let filter = EncounterFilter {
        since: request.since,
        until: request.until,
        site: request.site,
        limit: MOST_ENCOUNTERS,
        ..EncounterFilter::default()
    };
    let lines = call.engine.vault()?.encounters(&filter)?;
    Ok(lines.into_iter().map(line).collect())
}

/// An encounter, as a list shows it.
pub(crate) fn line(row: EncounterRow) -> EncounterLine {
    EncounterLine {
        id: row.id,
        opened: row.opened,
        status: row.status,
        ticket: row.ticket,
        patient: row.name,
        birth_date: row.birth_date,
        patient_id: row.patient,
        verified: row.verified,
        flags: row.flags,
        open_flag: row.severity,
        help_requested: row.help_requested.is_some(),
        site: row.site,
    }
}

pub(crate) fn open(call: &Call<'_>, request: OpenEncounter) -> Result<EncounterView, Error> {
    let engine = call.engine;
    let name = filled(request.name.expose(), "name")?.into();
    let random = &*engine.options.vault.random;
    let _turn = engine.turn();
    let patient = match request.patient {
        Some(id) => patients::known(engine, id)?.id,
        None => PatientId::make(engine.now(), random),
    };
    let encounter = engine.admit_encounter()?;
    let mut events = vec![
        EventBody::EncounterOpened {
            patient,
            origin: EncounterOrigin::Clinician,
            ticket: engine.next_ticket()?,
            protocol: None,
            language: request.language,
        },
        EventBody::PatientConfirmed {
            patient,
            name,
            birth_date: request.birth_date,
            record_number: request.record_number.and_then(patients::written),
        },
    ];
    events.extend(sites::sited(engine));
    let record = engine.append(call.actor()?, call.action(), encounter, events)?;
    view::encounter(engine, record)
}

pub(crate) fn show(call: &Call<'_>, request: EncounterOf) -> Result<EncounterView, Error> {
    call.audit(Object::Encounter(request.encounter))?;
    view::encounter(call.engine, call.engine.encounter(request.encounter)?)
}

/// Hides an encounter that should not be there. What it holds stays in the log.
pub(crate) fn retract(call: &Call<'_>, request: RetractEncounter) -> Result<EncounterView, Error> {
    let engine = call.engine;
    let reason = filled(request.reason.expose(), "reason")?.into();
    let _turn = engine.turn();
    let record = engine.encounter(request.encounter)?;
    // Where the patient still has the kiosk, or the microphone is open, that ends first.
    let recording = record.recordings.iter().any(|recording| recording.length_ms.is_none());
    if recording || matches!(record.status, EncounterStatus::Intake | EncounterStatus::Retracted) {
        return Err(Error::WrongState);
    }
    let event = EventBody::EncounterRetracted { reason };
    let record = engine.append(call.actor()?, call.action(), request.encounter, vec![event])?;
    view::encounter(engine, record)
}

pub(crate) fn acknowledge_flag(call: &Call<'_>, request: AcknowledgeFlag) -> Result<Empty, Error> {
    let _turn = call.engine.turn();
    let record = call.engine.encounter(request.encounter)?;
    if request.flag.is_some_and(|wanted| record.flags.iter().all(|flag| flag.id != wanted)) {
        return Err(Error::NotFound { what: "flag" });
    }
    // A second pair of eyes is no error: the first acknowledgement stands.
    let open = record.flags.iter().filter(|flag| flag.acknowledged.is_none());
    let events: Vec<_> = open
        .filter(|flag| request.flag.is_none_or(|wanted| flag.id == wanted))
        .map(|flag| EventBody::RedFlagAcknowledged { flag: flag.id })
        .collect();
    if !events.is_empty() {
        call.engine.append(call.actor()?, call.action(), request.encounter, events)?;
    }
    Ok(Empty {})
}

pub(crate) fn add_transcript(call: &Call<'_>, request: AddTranscript) -> Result<EncounterView, Error> {
    let transcript = scribe::Transcript::parse(request.text.expose().as_bytes(), None)?;
    let engine = call.engine;
    let _turn = engine.turn();
    let record = super::intake::end_for_visit(call, request.encounter)?;
    unsigned(&record)?;
    let first = u32::try_from(record.utterances.len()).unwrap_or(u32::MAX);
    let mut alarms = Alarms::before(engine, &record, record.utterances.len());
    let mut events = Vec::new();
    for (offset, mut utterance) in (0..).zip(transcript.into_utterances()) {
        utterance.index = first.saturating_add(offset);
        let flags = alarms.next(engine, &utterance);
        events.push(EventBody::UtteranceHeard { utterance });
        events.extend(flags);
    }
    let record = engine.append(call.actor()?, call.action(), request.encounter, events)?;
    view::encounter(engine, record)
}

pub(crate) fn correct_utterance(call: &Call<'_>, request: CorrectUtterance) -> Result<EncounterView, Error> {
    let engine = call.engine;
    let _turn = engine.turn();
    let record = engine.encounter(request.encounter)?;
    unsigned(&record)?;
    let before =
        record.utterances.get(request.index as usize).ok_or(Error::NotFound { what: "utterance" })?.clone();
    let utterance = Utterance {
        speaker: request.speaker,
        text: filled(request.text.expose(), "text")?.into(),
        source: UtteranceSource::Typed,
        confidence: None,
        ..before
    };
    let flags = Alarms::before(engine, &record, request.index as usize).next(engine, &utterance);
    let mut events = vec![EventBody::UtteranceCorrected { utterance }];
    events.extend(flags);
    let record = engine.append(call.actor()?, call.action(), request.encounter, events)?;
    view::encounter(engine, record)
}

/// Puts clinician and patient in each other's place, where they were told apart the wrong way round.
pub(crate) fn swap_speakers(call: &Call<'_>, request: EncounterOf) -> Result<EncounterView, Error> {
    let engine = call.engine;
    let _turn = engine.turn();
    let record = engine.encounter(request.encounter)?;
    unsigned(&record)?;
    let events = crate::voice::speakers::swapped(&record.utterances);
    if events.is_empty() {
        return Err(Error::NotFound { what: "utterance" });
    }
    let record = engine.append(call.actor()?, call.action(), request.encounter, events)?;
    view::encounter(engine, record)
}

pub(crate) fn search(call: &Call<'_>, request: SearchTranscripts) -> Result<Vec<SearchHit>, Error> {
    call.audit(Object::Vault)?;
    let hits = call.engine.vault()?.search(request.query.expose(), MOST_HITS)?;
    let hit = |hit: store::Hit| SearchHit {
        encounter: hit.encounter,
        opened: hit.opened,
        patient: hit.patient,
        index: hit.utterance,
        snippet: hit.snippet,
        spans: hit.spans,
    };
    Ok(hits.into_iter().map(hit).collect())
}

/// Refuses where the note is signed: what it rests on is frozen with it.
pub(crate) fn unsigned(record: &EncounterRecord) -> Result<(), Error> {
    match (&record.note, record.status) {
        (NoteState::Signed { .. }, _) => Err(Error::NoteSigned),
        (_, EncounterStatus::Retracted | EncounterStatus::Intake) => Err(Error::WrongState),
        _ => Ok(()),
    }
}

/// The alarms in one more utterance of an encounter, each rule once.
pub(crate) fn flags_of(engine: &Engine, record: &EncounterRecord, utterance: &Utterance) -> Vec<EventBody> {
    Alarms::before(engine, record, record.utterances.len()).next(engine, utterance)
}

/// The alarms in what a patient, or somebody for them, says one utterance after the other: a sign may have its parts in
/// several ("I take warfarin", and later "I hit my head").
struct Alarms {
    so_far: SaidSoFar,
    raised: BTreeSet<String>,
    language: Language,
}

impl Alarms {
    /// As it stands before the utterance of that index.
    fn before(engine: &Engine, record: &EncounterRecord, index: usize) -> Self {
        let mut so_far = SaidSoFar::default();
        for utterance in
            record.utterances.iter().take(index).filter(|said| said.speaker != Speaker::Clinician)
        {
            engine.rules.assess_next(&mut so_far, utterance.text.expose(), &record.language);
        }
        let raised = record.flags.iter().map(|flag| flag.rule.clone()).collect();
        Self { so_far, raised, language: record.language.clone() }
    }

    fn next(&mut self, engine: &Engine, utterance: &Utterance) -> Vec<EventBody> {
        if utterance.speaker == Speaker::Clinician {
            return Vec::new();
        }
        let hits = engine.rules.assess_next(&mut self.so_far, utterance.text.expose(), &self.language);
        hits.into_iter()
            .filter(|hit| self.raised.insert(hit.rule.clone()))
            .map(|hit| EventBody::RedFlagRaised {
                flag: FlagId::make(engine.now(), &*engine.options.vault.random),
                rule: hit.rule,
                severity: hit.severity,
                source: FlagSource::Utterance { index: utterance.index, span: hit.span.unwrap_or_default() },
            })
            .collect()
    }
}
