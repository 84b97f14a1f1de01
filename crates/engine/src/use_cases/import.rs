//! What comes from a file: an encounter of which nobody here saw the patient.
//!
//! Nothing is recorded that the file does not say: no name where it gives none, no consent, no check of who it is.

use std::collections::BTreeSet;

use ::intake::Intake;
use domain::{AnswerSource, EncounterOrigin, EventBody, Language, PatientId, ProtocolChoice, ReasonClosed};

use super::{filled, intake, sites, view};
use crate::Error;
use crate::router::Call;
use crate::rpc::types::{EncounterView, ImportEncounter, ImportedIntake};

/// Opens the encounter with all that the file says, in one append. A transcript is added to it as to any other.
pub(crate) fn import(call: &Call<'_>, request: ImportEncounter) -> Result<EncounterView, Error> {
    let engine = call.engine;
    let protocol = request.intake.as_ref().map(|intake| intake.protocol.clone());
    let identified = match request.patient {
        None => None,
        Some(patient) => Some(EventBody::PatientIdentified {
            name: filled(patient.name.expose(), "name")?.into(),
            birth_date: patient.birth_date,
            verified: false,
        }),
    };
    let taken = match request.intake {
        None => Vec::new(),
        Some(intake) => taken(call, intake, &request.language)?,
    };
    let random = &*engine.options.vault.random;
    let _turn = engine.turn();
    let encounter = engine.admit_encounter()?;
    let mut events = vec![EventBody::EncounterOpened {
        patient: PatientId::make(engine.now(), random),
        origin: EncounterOrigin::Import,
        ticket: engine.next_ticket()?,
        protocol,
        language: request.language,
    }];
    events.extend(sites::sited(engine));
    events.extend(identified);
    events.extend(taken);
    let record = engine.append(call.actor()?, call.action(), encounter, events)?;
    view::encounter(engine, record)
}

/// The answers to the questions that are asked, the alarms that they raise together, and how far they go.
fn taken(call: &Call<'_>, import: ImportedIntake, language: &Language) -> Result<Vec<EventBody>, Error> {
    let engine = call.engine;
    let unknown = Error::NotFound { what: "questionnaire" };
    let questionnaire = engine.catalogue.find(&import.protocol).ok_or(unknown)?;
    let chosen = intake::chosen(call, &questionnaire, ProtocolChoice::Named, Default::default())?;
    let link_ids: Vec<_> = import.answers.keys().cloned().collect();
    let answers = import.answers.into_iter().map(|(link_id, answer)| (link_id, answer.into_exposed()));
    let intake = Intake::replay(questionnaire, answers)?;
    let recorded = |link_id: String| {
        let answer = intake.recorded(&link_id)?.clone().into();
        Some(EventBody::AnswerRecorded { link_id, answer, source: AnswerSource::Imported })
    };
    let mut events = vec![chosen];
    events.extend(link_ids.into_iter().filter_map(recorded));
    events.extend(intake::flags(engine, &intake, &mut BTreeSet::new(), language));
    let complete = intake.is_complete();
    let reason = if complete { ReasonClosed::IntakeCompleted } else { ReasonClosed::IntakePartial };
    events.push(EventBody::EncounterClosed { reason });
    Ok(events)
}
