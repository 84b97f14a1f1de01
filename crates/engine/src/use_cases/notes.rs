//! Notes: draft, edit, sign, add to.

use domain::{
    Addendum, Coded as _, ConfirmedSentence, DraftEngine, EncounterId, EncounterRecord, EncounterStatus,
    EventBody, Note, NoteState,
};
use scribe::{EditedSection, EditedSentence, Template};

use super::clinic::person_of;
use super::encounters::unsigned;
use super::lock::check_own_secret;
use super::{filled, lists, view};
use crate::drafting::{self, Order};
use crate::router::Call;
use crate::rpc::types::{
    DraftNote, EditNote, Empty, EncounterOf, EncounterView, NoteOffers, SignAddendum, SignNote,
    TemplateOffer, TemplateProblem,
};
use crate::templates::{self, Loaded, USUAL};
use crate::voice::{import, recording};
use crate::{Error, endpoint};

pub(crate) fn offers(call: &Call<'_>, _: Empty) -> Result<NoteOffers, Error> {
    let language = call.engine.staff_language();
    let Loaded { templates, problems } = templates::load(call.engine.home());
    let offer = |template: &Template| TemplateOffer {
        id: template.id.clone(),
        title: template.title_in(language.primary()).to_owned(),
    };
    let problem = |(file, error): (String, scribe::Error)| {
        let code = error.code();
        let (field, problem) = match error {
            scribe::Error::Template { field, problem } => (field, problem),
            other => (String::new(), other.to_string()),
        };
        TemplateProblem { file, code, field, problem }
    };
    Ok(NoteOffers {
        templates: templates.iter().map(offer).collect(),
        problems: problems.into_iter().map(problem).collect(),
        models: drafting::models(call.engine).into_iter().map(|(name, _)| name).collect(),
        endpoint: endpoint::in_use(call.engine).map(|server| server.settings.offered()),
    })
}

pub(crate) fn draft(call: &Call<'_>, request: DraftNote) -> Result<EncounterView, Error> {
    let encounter = request.encounter;
    let template = template(call, request.template.as_deref().unwrap_or(USUAL))?;
    let (record, order) = {
        let _turn = call.engine.turn();
        let record = call.engine.encounter(encounter)?;
        unsigned(&record)?;
        if drafting::present(&record) != request.replaces {
            return Err(Error::NoteConflict);
        }
        if request.engine != Some(DraftEngine::Generative) {
            let note = drafting::by_rule(&record, &template)?;
            let mut events = vec![EventBody::NoteDrafted { note, fallback: None }];
            events.extend(lists::found(call.engine, &record));
            let record = call.engine.append(call.actor()?, call.action(), encounter, events)?;
            return view::encounter(call.engine, record);
        }
        let order = Order {
            actor: call.actor()?,
            action: call.action(),
            token: call.token()?.to_owned(),
            encounter,
            replaces: request.replaces,
            template,
        };
        (record, order)
    };
    // What no rule would make a note of, no model is asked about.
    drafting::by_rule(&record, &order.template)?;
    drafting::begin(call.engine, order, request.model.as_deref())?;
    view::encounter(call.engine, call.engine.encounter(encounter)?)
}

/// Stops a language model that drafts the note. What there was before stays.
pub(crate) fn cancel(call: &Call<'_>, request: EncounterOf) -> Result<EncounterView, Error> {
    call.engine.drafting.cancel(request.encounter);
    view::encounter(call.engine, call.engine.encounter(request.encounter)?)
}

fn template(call: &Call<'_>, id: &str) -> Result<Template, Error> {
    templates::find(call.engine.home(), id).ok_or(Error::NotFound { what: "template" })
}

pub(crate) fn edit(call: &Call<'_>, request: EditNote) -> Result<EncounterView, Error> {
    let _turn = call.engine.turn();
    let record = call.engine.encounter(request.encounter)?;
    let note = at_revision(&record, request.revision)?;
    let known = view::sections(&record, view::template(call.engine, &record).as_ref());
    let section = |section: crate::rpc::types::EditedSection| {
        let title = known.iter().find(|known| known.id == section.id);
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

/// The doubtful sentences of a note, each with what is doubtful; refused where one of them was not confirmed.
fn confirmed(
    record: &EncounterRecord,
    note: &Note,
    by_signer: &[u32],
) -> Result<Option<Vec<ConfirmedSentence>>, Error> {
    let mut doubtful: Vec<ConfirmedSentence> = Vec::new();
    for finding in view::findings(note, &record.utterances).into_iter().filter(|finding| finding.must_confirm)
    {
        let reason = finding.reason.as_str().to_owned();
        match doubtful.last_mut().filter(|last| last.sentence == finding.sentence) {
            Some(last) => last.reasons.push(reason),
            None => doubtful.push(ConfirmedSentence { sentence: finding.sentence, reasons: vec![reason] }),
        }
    }
    let count = doubtful.iter().filter(|one| !by_signer.contains(&one.sentence)).count();
    if count > 0 {
        return Err(Error::NoteUnconfirmed { count });
    }
    Ok((!doubtful.is_empty()).then_some(doubtful))
}

pub(crate) fn sign(call: &Call<'_>, request: SignNote) -> Result<EncounterView, Error> {
    check_own_secret(call, &request.password)?;
    let by = person_of(call.actor()?).ok_or(Error::Forbidden)?;
    recording::stop_if_recording(call.engine, call.action(), request.encounter)?;
    if import::now(call.engine) == Some(request.encounter) {
        return Err(Error::RecordingBusy);
    }
    let _turn = call.engine.turn();
    let record = call.engine.encounter(request.encounter)?;
    let note = at_revision(&record, request.revision)?;
    if note.sentences().next().is_none() {
        return Err(Error::NoteEmpty);
    }
    let confirmed = confirmed(&record, note, &request.confirmed)?;
    let digest = seal::note_digest(note)?;
    let lists = (!record.lists.is_empty()).then(|| seal::lists_digest(&record.lists)).transpose()?;
    append(call, request.encounter, EventBody::NoteSigned { by, digest, confirmed, lists })?;
    let signed = call.engine.encounter(request.encounter)?;
    if let Err(error) = recording::apply_retention(call.engine, call.actor()?, &signed) {
        // The note is signed all the same; the next start tries again.
        tracing::error!(code = error.code().as_str(), "the sound of a visit was not deleted");
    }
    view::encounter(call.engine, call.engine.encounter(request.encounter)?)
}

pub(crate) fn addendum(call: &Call<'_>, request: SignAddendum) -> Result<EncounterView, Error> {
    let text = filled(request.text.expose(), "text")?.into();
    check_own_secret(call, &request.password)?;
    let by = person_of(call.actor()?).ok_or(Error::Forbidden)?;
    let _turn = call.engine.turn();
    let record = call.engine.encounter(request.encounter)?;
    if !matches!(record.note, NoteState::Signed { .. }) || record.status == EncounterStatus::Retracted {
        return Err(Error::WrongState);
    }
    let addendum = Addendum { text, by, at: call.engine.now() };
    append(call, request.encounter, EventBody::AddendumSigned { addendum })
}

/// The draft, if it is still the one that the clinician read.
fn at_revision(record: &EncounterRecord, read: u32) -> Result<&Note, Error> {
    match &record.note {
        _ if record.status == EncounterStatus::Retracted => Err(Error::WrongState),
        NoteState::Draft { note, revision, .. } if *revision == read => Ok(note),
        NoteState::Draft { .. } => Err(Error::NoteConflict),
        NoteState::Signed { .. } => Err(Error::NoteSigned),
        NoteState::None => Err(Error::WrongState),
    }
}

fn append(call: &Call<'_>, encounter: EncounterId, event: EventBody) -> Result<EncounterView, Error> {
    let record = call.engine.append(call.actor()?, call.action(), encounter, vec![event])?;
    view::encounter(call.engine, record)
}
