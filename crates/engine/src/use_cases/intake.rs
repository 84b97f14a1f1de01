//! Taking an intake. Each answer is durable before the next question is shown.
//!
//! An encounter is recorded from the moment that the patient agrees to having answers kept; one who declines leaves no
//! record at all. What is in memory ([`OpenIntake`]) is where the patient stands; what they said is in the log.

use std::collections::BTreeSet;
use std::sync::MutexGuard;

use ::intake::Intake;
use domain::{
    Actor, Coded, ConsentScope, EncounterId, EncounterOrigin, EncounterRecord, EncounterStatus, EventBody,
    FlagId, FlagSource, Language, PatientId, ReasonClosed, Role, Who,
};
use store::{EncounterFilter, Object, Vault};

use super::{filled, view};
use crate::engine::cannot_write;
use crate::router::Call;
use crate::rpc::types::{
    BeginIntake, Empty, GiveAnswer, GiveConsent, GoToQuestion, Identify, IntakeOf, IntakeStep, IntakeView,
};
use crate::{Engine, Error};

/// What a patient at the kiosk is asked to agree to, in this order.
const CONSENTS: [ConsentScope; 2] = [ConsentScope::Intake, ConsentScope::Recording];

impl Stage {
    /// Whether the log knows of the encounter.
    const fn has_record(self) -> bool {
        matches!(self, Self::Identify | Self::Questions | Self::Done)
    }
}

/// An intake that a patient is taking.
pub(crate) struct OpenIntake {
    pub(super) language: Language,
    ticket: String,
    stage: Stage,
    pub(super) intake: Intake,
    /// The rules that raised an alarm already, so that an answer given twice does not raise it twice.
    raised: BTreeSet<String>,
    help_requested: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Consent,
    Declined,
    Identify,
    Questions,
    Done,
}

pub(crate) fn begin(call: &Call<'_>, request: BeginIntake) -> Result<IntakeView, Error> {
    let engine = call.engine;
    if let Some(before) = call.session()?.intake {
        leave(call, before)?;
    }
    engine.settle();
    let protocol = match &request.protocol {
        None => engine.usual.clone(),
        Some(canonical) => engine.protocol(canonical).ok_or(Error::NotFound { what: "questionnaire" })?,
    };
    // Asked here and not where it is recorded: a patient who was let in is let finish.
    let encounter = engine.admit_encounter()?;
    let open = OpenIntake {
        language: request.language,
        ticket: String::new(),
        stage: Stage::Consent,
        intake: Intake::new(protocol),
        raised: BTreeSet::new(),
        help_requested: false,
    };
    let shown = show(engine, encounter, &open);
    engine.intakes().insert(encounter, open);
    engine.sessions.take_intake(call.token()?, Some(encounter));
    Ok(shown)
}

pub(crate) fn consent(call: &Call<'_>, request: GiveConsent) -> Result<IntakeView, Error> {
    at_stage(call, request.encounter, &[Stage::Consent], |open| {
        if request.consents.get(&ConsentScope::Intake) != Some(&true) {
            open.stage = Stage::Declined;
            return Ok(());
        }
        open.ticket = call.engine.next_ticket()?;
        let mut events = vec![EventBody::EncounterOpened {
            patient: PatientId::make(call.engine.now(), &*call.engine.options.vault.random),
            origin: EncounterOrigin::Kiosk,
            ticket: open.ticket.clone(),
            protocol: Some(open.intake.questionnaire().canonical()),
            language: open.language.clone(),
        }];
        events.extend(request.consents.iter().map(|(&scope, &given)| {
            if given { EventBody::ConsentGiven { scope } } else { EventBody::ConsentWithdrawn { scope } }
        }));
        if open.help_requested {
            events.push(EventBody::HelpRequested);
        }
        append(call, request.encounter, events)?;
        open.stage = Stage::Identify;
        Ok(())
    })
}

pub(crate) fn identify(call: &Call<'_>, request: Identify) -> Result<IntakeView, Error> {
    let name = filled(request.name.expose(), "name")?.into();
    at_stage(call, request.encounter, &[Stage::Identify], |open| {
        let event = EventBody::PatientIdentified { name, birth_date: request.birth_date, verified: false };
        append(call, request.encounter, vec![event])?;
        open.stage = Stage::Questions;
        Ok(())
    })
}

pub(crate) fn answer(call: &Call<'_>, request: GiveAnswer) -> Result<IntakeView, Error> {
    at_stage(call, request.encounter, &[Stage::Questions], |open| {
        // The walker moves on a copy: it is put in place once the log has the answer.
        let mut next = open.intake.clone();
        let recorded = next.answer(&request.link_id, request.answer.into_exposed())?;
        let mut raised = open.raised.clone();
        let flags = flags(call.engine, &next, &mut raised, &open.language);
        let mut events = vec![EventBody::AnswerRecorded {
            link_id: recorded.link_id,
            answer: recorded.answer.into(),
            source: request.source,
        }];
        events.extend(flags);
        append(call, request.encounter, events)?;
        open.intake = next;
        open.raised = raised;
        Ok(())
    })
}

pub(crate) fn back(call: &Call<'_>, request: IntakeOf) -> Result<IntakeView, Error> {
    at_stage(call, request.encounter, &[Stage::Questions], |open| {
        open.intake.back();
        Ok(())
    })
}

pub(crate) fn go_to(call: &Call<'_>, request: GoToQuestion) -> Result<IntakeView, Error> {
    at_stage(call, request.encounter, &[Stage::Questions], |open| Ok(open.intake.goto(&request.link_id)?))
}

pub(crate) fn help(call: &Call<'_>, request: IntakeOf) -> Result<IntakeView, Error> {
    let stages = [Stage::Consent, Stage::Declined, Stage::Identify, Stage::Questions, Stage::Done];
    at_stage(call, request.encounter, &stages, |open| {
        if open.help_requested {
            return Ok(());
        }
        if open.stage.has_record() {
            append(call, request.encounter, vec![EventBody::HelpRequested])?;
        } else {
            call.audit(Object::Vault)?;
            call.engine.notices.person_wanted();
        }
        open.help_requested = true;
        Ok(())
    })
}

/// Whether a patient who has no record yet waits for a person.
pub(crate) fn somebody_waits(engine: &Engine) -> bool {
    engine.intakes().values().any(|open| open.help_requested && !open.stage.has_record())
}

pub(crate) fn submit(call: &Call<'_>, request: IntakeOf) -> Result<IntakeView, Error> {
    at_stage(call, request.encounter, &[Stage::Questions], |open| {
        if !open.intake.is_complete() {
            return Err(Error::WrongState);
        }
        let event = EventBody::EncounterClosed { reason: ReasonClosed::IntakeCompleted };
        append(call, request.encounter, vec![event])?;
        open.stage = Stage::Done;
        Ok(())
    })
}

pub(crate) fn abandon(call: &Call<'_>, request: IntakeOf) -> Result<Empty, Error> {
    call.authorise_intake(request.encounter)?;
    leave(call, request.encounter)?;
    Ok(Empty {})
}

/// Ends an intake wherever it stands, keeps what was said for staff, and forgets it here.
pub(super) fn leave(call: &Call<'_>, encounter: EncounterId) -> Result<(), Error> {
    let _turn = call.engine.turn();
    let Some(stage) = call.engine.intakes().get(&encounter).map(|open| open.stage) else { return Ok(()) };
    if matches!(stage, Stage::Identify | Stage::Questions) {
        let event = EventBody::EncounterClosed { reason: ReasonClosed::IntakePartial };
        match append(call, encounter, vec![event]) {
            // The patient leaves the screen all the same; `close_interrupted` marks the intake once there is space.
            Err(error) if cannot_write(error.code()) => {}
            other => other?,
        }
    }
    call.engine.intakes().remove(&encounter);
    call.engine.sessions.take_intake(call.token()?, None);
    crate::voice::kiosk::leave(call.engine, call.token()?);
    call.engine.voice.set_patients_volume(None);
    Ok(())
}

/// The encounter, for a visit that begins: an intake that is still open ends with it, as partial. The caller holds the turn.
pub(super) fn end_for_visit(call: &Call<'_>, encounter: EncounterId) -> Result<EncounterRecord, Error> {
    close_for_visit(call.engine, call.actor()?, call.action(), encounter)
}

/// The same for whoever acts.
pub(crate) fn close_for_visit(
    engine: &Engine,
    actor: Actor,
    action: domain::Action,
    encounter: EncounterId,
) -> Result<EncounterRecord, Error> {
    let record = engine.encounter(encounter)?;
    if record.status != EncounterStatus::Intake {
        return Ok(record);
    }
    let event = EventBody::EncounterClosed { reason: ReasonClosed::IntakePartial };
    let record = engine.append(actor, action, encounter, vec![event])?;
    engine.intakes().remove(&encounter);
    Ok(record)
}

/// Marks as partial every intake that no screen takes any more.
pub(crate) fn close_interrupted(engine: &Engine, vault: &Vault) -> Result<(), Error> {
    let filter = EncounterFilter {
        statuses: vec![EncounterStatus::Intake],
        limit: u32::MAX,
        ..EncounterFilter::default()
    };
    let actor = Actor { who: Who::Device(vault.device()), role: Role::Kiosk };
    let _turn = engine.turn();
    for line in vault.encounters(&filter)? {
        if engine.intakes().contains_key(&line.id) {
            continue;
        }
        let event = EventBody::EncounterClosed { reason: ReasonClosed::IntakePartial };
        engine.append(actor, domain::Action("intake.interrupted"), line.id, vec![event])?;
    }
    Ok(())
}

/// Does something to an intake that stands where it must, then shows it.
fn at_stage(
    call: &Call<'_>,
    encounter: EncounterId,
    stages: &[Stage],
    act: impl FnOnce(&mut OpenIntake) -> Result<(), Error>,
) -> Result<IntakeView, Error> {
    call.authorise_intake(encounter)?;
    let _turn = call.engine.turn();
    let mut intakes: MutexGuard<'_, _> = call.engine.intakes();
    let open = intakes.get_mut(&encounter).ok_or(Error::NotFound { what: "intake" })?;
    if !stages.contains(&open.stage) {
        return Err(Error::WrongState);
    }
    act(open)?;
    Ok(show(call.engine, encounter, open))
}

fn append(call: &Call<'_>, encounter: EncounterId, events: Vec<EventBody>) -> Result<(), Error> {
    call.engine.append(call.actor()?, call.action(), encounter, events)?;
    Ok(())
}

/// The alarms that the answers raise together, each rule once an encounter.
pub(super) fn flags(
    engine: &Engine,
    intake: &Intake,
    raised: &mut BTreeSet<String>,
    language: &Language,
) -> Vec<EventBody> {
    let flags = engine.rules.assess_intake(intake, language);
    flags
        .into_iter()
        .filter(|flag| raised.insert(flag.hit.rule.clone()))
        .map(|flag| EventBody::RedFlagRaised {
            flag: FlagId::make(engine.now(), &*engine.options.vault.random),
            rule: flag.hit.rule,
            severity: flag.hit.severity,
            source: FlagSource::Answer { link_id: flag.link_id, span: flag.hit.span },
        })
        .collect()
}

fn show(engine: &Engine, encounter: EncounterId, open: &OpenIntake) -> IntakeView {
    let progress = open.intake.progress();
    let question = open.intake.current(&open.language);
    let can_go_back = match (&question, open.stage) {
        (Some(question), Stage::Questions) => question.can_go_back,
        (None, Stage::Questions) => true,
        _ => false,
    };
    let step = match (open.stage, question) {
        (Stage::Consent, _) => IntakeStep::Consent { scopes: CONSENTS.to_vec() },
        (Stage::Declined, _) => IntakeStep::Declined,
        (Stage::Identify, _) => IntakeStep::Identify,
        (Stage::Questions, Some(question)) => IntakeStep::Question { question: view::question(question) },
        (Stage::Questions, None) => {
            IntakeStep::Review { lines: view::review(open.intake.review(&open.language)) }
        }
        (Stage::Done, _) => IntakeStep::Done { ticket: open.ticket.clone() },
    };
    // The gravest alarm has the sentence.
    let alert = open
        .raised
        .iter()
        .filter_map(|rule| engine.rules.rule(rule))
        .max_by_key(|rule| rule.severity)
        .map(|rule| rule.patient(&open.language).to_owned());
    IntakeView {
        encounter,
        language: open.language.clone(),
        asked_in: asked_in(open),
        step,
        answered: count(progress.answered),
        total: count(progress.total_enabled),
        can_go_back,
        alert,
        help_requested: open.help_requested,
    }
}

/// The language that the questions are in.
fn asked_in(open: &OpenIntake) -> Language {
    let questionnaire = open.intake.questionnaire();
    let primary = open.language.primary();
    let translated = questionnaire.languages().into_iter().find(|known| known.primary() == primary);
    translated.unwrap_or_else(|| questionnaire.language().clone())
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
