//! Notes: draft, edit, sign, add to.

use domain::{Addendum, EncounterId, EncounterRecord, EventBody, Note, NoteState};
use scribe::{EditedSection, EditedSentence, Outcome, Template};

use super::clinic::person_of;
use super::encounters::unsigned;
use super::lock::check_own_secret;
use super::{filled, view};
use crate::Error;
use crate::router::Call;
use crate::rpc::types::{DraftNote, EditNote, EncounterView, SignAddendum, SignNote};
use crate::voice::recording;

pub(crate) fn draft(call: &Call<'_>, request: DraftNote) -> Result<EncounterView, Error> {
    let _turn = call.engine.turn();
    let record = call.engine.encounter(request.encounter)?;
    unsigned(&record)?;
    let present = match &record.note {
        NoteState::Draft { revision, .. } => Some(*revision),
        NoteState::None | NoteState::Signed { .. } => None,
    };
    if present != request.replaces {
        return Err(Error::NoteConflict);
    }
    match scribe::draft(&record.utterances, &Template::soap()) {
        Outcome::Draft(note) => append(call, request.encounter, EventBody::NoteDrafted { note }),
        Outcome::Refused(refusal) => Err(refusal.into()),
    }
}

pub(crate) fn edit(call: &Call<'_>, request: EditNote) -> Result<EncounterView, Error> {
    let _turn = call.engine.turn();
    let record = call.engine.encounter(request.encounter)?;
    let note = at_revision(&record, request.revision)?;
    let template = Template::soap();
    let section = |section: crate::rpc::types::EditedSection| {
        let title = template.sections.iter().find(|known| known.id == section.id);
        let title = title.ok_or(Error::NotFound { what: "section" })?.title.clone();
        let sentence = |sentence: crate::rpc::types::EditedSentence| EditedSentence {
            id: sentence.id,
            text: sentence.text,
        };
        Ok(EditedSection {
            id: section.id,
            title,
            sentences: section.sentences.into_iter().map(sentence).collect(),
        })
    };
    let sections = request.sections.into_iter().map(section).collect::<Result<Vec<_>, Error>>()?;
    let edited = scribe::apply_edit(note, &sections);
    if edited == *note {
        return view::encounter(call.engine, record);
    }
    append(call, request.encounter, EventBody::NoteEdited { note: edited })
}

pub(crate) fn sign(call: &Call<'_>, request: SignNote) -> Result<EncounterView, Error> {
    check_own_secret(call, &request.password)?;
    let by = person_of(call.actor()?).ok_or(Error::Forbidden)?;
    recording::stop_if_recording(call.engine, call.action(), request.encounter)?;
    let _turn = call.engine.turn();
    let record = call.engine.encounter(request.encounter)?;
    let note = at_revision(&record, request.revision)?;
    if note.sentences().next().is_none() {
        return Err(Error::NoteEmpty);
    }
    let digest = seal::note_digest(note)?;
    append(call, request.encounter, EventBody::NoteSigned { by, digest })?;
    let signed = call.engine.encounter(request.encounter)?;
    if let Err(error) = recording::apply_retention(call.engine, call.actor()?, &signed) {
        // The note is signed all the same; the next start tries again.
        tracing::error!(code = domain::Coded::code(&error).as_str(), "the sound of a visit was not deleted");
    }
    view::encounter(call.engine, call.engine.encounter(request.encounter)?)
}

pub(crate) fn addendum(call: &Call<'_>, request: SignAddendum) -> Result<EncounterView, Error> {
    let text = filled(request.text.expose(), "text")?.into();
    check_own_secret(call, &request.password)?;
    let by = person_of(call.actor()?).ok_or(Error::Forbidden)?;
    let _turn = call.engine.turn();
    let record = call.engine.encounter(request.encounter)?;
    if !matches!(record.note, NoteState::Signed { .. }) {
        return Err(Error::WrongState);
    }
    let addendum = Addendum { text, by, at: call.engine.now() };
    append(call, request.encounter, EventBody::AddendumSigned { addendum })
}

/// The draft, if it is still the one that the clinician read.
fn at_revision(record: &EncounterRecord, read: u32) -> Result<&Note, Error> {
    match &record.note {
        NoteState::Draft { note, revision } if *revision == read => Ok(note),
        NoteState::Draft { .. } => Err(Error::NoteConflict),
        NoteState::Signed { .. } => Err(Error::NoteSigned),
        NoteState::None => Err(Error::WrongState),
    }
}

fn append(call: &Call<'_>, encounter: EncounterId, event: EventBody) -> Result<EncounterView, Error> {
    let record = call.engine.append(call.actor()?, call.action(), encounter, vec![event])?;
    view::encounter(call.engine, record)
}
