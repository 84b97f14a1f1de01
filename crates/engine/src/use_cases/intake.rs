//! Taking an intake. Each answer is durable before the next question is shown.
//!
//! An encounter is recorded from the moment that the patient agrees to having answers kept; one who declines leaves no
//! record at all. What is in memory ([`OpenIntake`]) is where the patient stands; what they said is in the log.
//!
//! Every visit begins with the general questionnaire, whose first question is why the patient came. The answer picks what is
//! asked from there on; what was answered already is taken along and not asked again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, MutexGuard};

use ::intake::{Intake, Questionnaire, REASON};
use domain::{
    Actor, Answer, AnswerSource, AnswerValue, Coded, ConsentScope, EncounterId, EncounterOrigin,
    EncounterRecord, EncounterStatus, EventBody, FlagId, FlagSource, Language, PatientId, Phi,
    ProtocolChoice, ReasonClosed, Role, Who,
};
use store::{EncounterFilter, Object, Vault};

use super::{filled, sites, view};
use crate::engine::cannot_write;
use crate::protocols::Catalogue;
use crate::router::Call;
use crate::rpc::types::{
    BeginIntake, Empty, GiveAnswer, GiveConsent, GoToQuestion, Identify, IntakeOf, IntakeStep, IntakeView,
    LeaveOpen,
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

impl OpenIntake {
    /// Whether a patient is in the middle of it.
    pub(crate) const fn is_under_way(&self) -> bool {
        !matches!(self.stage, Stage::Done | Stage::Declined)
    }
}

/// An intake that a patient is taking.
pub(crate) struct OpenIntake {
    pub(super) language: Language,
    ticket: String,
    stage: Stage,
    pub(super) intake: Intake,
    choice: ProtocolChoice,
    /// How far the patient came in questionnaires that a changed reason left, the last one first.
    earlier: Vec<Intake>,
    /// What was not understood, by linkId.
    unclear: BTreeMap<String, Phi<String>>,
    /// The questions whose answer was asked back and not given yet, by linkId, and how the words came.
    asked_back: BTreeMap<String, AnswerSource>,
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
    let unknown = Error::NotFound { what: "questionnaire" };
    let (protocol, choice) = match &request.protocol {
        None => (engine.catalogue.general()?, ProtocolChoice::General),
        Some(canonical) => (engine.catalogue.find(canonical).ok_or(unknown)?, ProtocolChoice::Named),
    };
    // Asked here and not where it is recorded: a patient who was let in is let finish.
    let encounter = engine.admit_encounter()?;
    let open = OpenIntake {
        language: request.language,
        ticket: String::new(),
        stage: Stage::Consent,
        intake: Intake::new(protocol),
        choice,
        earlier: Vec::new(),
        unclear: BTreeMap::new(),
        asked_back: BTreeMap::new(),
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
        events.extend(sites::sited(call.engine));
        events.push(chosen(call, open.intake.questionnaire(), open.choice, BTreeMap::new())?);
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
        let words = request.words.as_ref().map(|words| (words, Kept::Not));
        let GiveAnswer { encounter, link_id, answer, source, .. } = &request;
        record(call, open, *encounter, link_id, answer.expose().clone(), *source, words)
    })
}

/// Records that staff have to ask: the answer is not known, and the words stand beside it.
pub(crate) fn leave_open(call: &Call<'_>, request: LeaveOpen) -> Result<IntakeView, Error> {
    filled(request.words.expose(), "words")?;
    at_stage(call, request.encounter, &[Stage::Questions], |open| {
        let LeaveOpen { encounter, link_id, words, source } = &request;
        record(call, open, *encounter, link_id, Answer::Unknown, *source, Some((words, Kept::AsUnclear)))
    })
}

/// Whether the words of an answer are kept beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    Not,
    AsUnclear,
}

/// Makes an answer durable with the alarms that it raises and, where it is the reason for the visit, with what it picks.
fn record(
    call: &Call<'_>,
    open: &mut OpenIntake,
    encounter: EncounterId,
    link_id: &str,
    answer: Answer,
    source: AnswerSource,
    words: Option<(&Phi<String>, Kept)>,
) -> Result<(), Error> {
    let engine = call.engine;
    // The walker moves on a copy: it is put in place once the log has the answer.
    let mut next = open.intake.clone();
    let recorded = next.answer(link_id, answer)?;
    let link_id = recorded.link_id.clone();
    let asked_back = open.asked_back.get(&link_id).copied();
    let asked_back = asked_back.map(|source| EventBody::AnswerAskedBack { link_id: link_id.clone(), source });
    let mut events: Vec<_> = asked_back.into_iter().collect();
    events.push(EventBody::AnswerRecorded {
        link_id: recorded.link_id,
        answer: recorded.answer.into(),
        source,
    });
    let mut unclear = open.unclear.clone();
    unclear.remove(&link_id);
    if let Some((words, Kept::AsUnclear)) = words {
        unclear.insert(link_id.clone(), words.clone());
        events.push(EventBody::AnswerUnclear { link_id: link_id.clone(), words: words.clone(), source });
    }
    let mut raised = open.raised.clone();
    events.extend(flags(engine, &next, &mut raised, &open.language));
    if let Some((words, kept)) = words {
        let found = engine.rules.assess_text(words.expose(), &open.language).into_iter();
        events.extend(found.filter(|hit| raised.insert(hit.rule.clone())).map(|hit| {
            let span = hit.span.filter(|_| kept == Kept::AsUnclear);
            let source = FlagSource::Answer { link_id: link_id.clone(), span };
            EventBody::RedFlagRaised { flag: flag_id(engine), rule: hit.rule, severity: hit.severity, source }
        }));
    }
    let moved = if link_id == REASON { reroute(call, open, &next)? } else { None };
    if let Some((there, choice)) = &moved {
        events.push(move_event(call, &next, there, *choice)?);
    }
    append(call, encounter, events)?;
    (open.raised, open.unclear) = (raised, unclear);
    open.asked_back.remove(&link_id);
    match moved {
        None => open.intake = next,
        Some((there, choice)) => open.move_to(next, there, choice),
    }
    Ok(())
}

/// Where the reason for the visit leads to another questionnaire than the one that is asked: the intake there, with what was
/// answered already.
fn reroute(
    call: &Call<'_>,
    open: &OpenIntake,
    answered: &Intake,
) -> Result<Option<(Intake, ProtocolChoice)>, Error> {
    let engine = call.engine;
    let Some(Answer::Given(values)) = answered.recorded(REASON) else { return Ok(None) };
    if open.choice == ProtocolChoice::Named {
        return Ok(None);
    }
    let words = |value: &AnswerValue| match value {
        AnswerValue::Text(text) | AnswerValue::String(text) => Some(text.clone()),
        AnswerValue::Choice(coding) => Some(coding.display.clone()),
        _ => None,
    };
    let reason = values.iter().filter_map(words).collect::<Vec<_>>().join(". ");
    let there = engine.catalogue.route(&*engine.vault()?, &reason, &open.language)?;
    if there.source() == answered.questionnaire().source() {
        return Ok(None);
    }
    let general = Catalogue::is_general(there.url());
    let choice = if general { ProtocolChoice::General } else { ProtocolChoice::Reason };
    Ok(Some((answered.carried_over_with(&open.earlier, there), choice)))
}

/// That a questionnaire was chosen, which is kept from now on.
pub(super) fn chosen(
    call: &Call<'_>,
    questionnaire: &Arc<Questionnaire>,
    choice: ProtocolChoice,
    carried: BTreeMap<String, Phi<Answer>>,
) -> Result<EventBody, Error> {
    let by = (call.actor()?, call.action());
    let content = call.engine.catalogue.keep(&*call.engine.vault()?, by, questionnaire)?;
    Ok(EventBody::ProtocolChosen { protocol: questionnaire.canonical(), content, choice, carried })
}

/// The same for an intake that goes on with another. The reason counts on, whether or not the other asks for it.
fn move_event(
    call: &Call<'_>,
    from: &Intake,
    there: &Intake,
    choice: ProtocolChoice,
) -> Result<EventBody, Error> {
    let owned = |(link_id, answer): (&str, &Answer)| (link_id.to_owned(), Phi::new(answer.clone()));
    let reason = from.recorded(REASON).map(|answer| (REASON, answer));
    let carried = reason.into_iter().chain(there.answers()).map(owned).collect();
    chosen(call, there.questionnaire(), choice, carried)
}

impl OpenIntake {
    /// Remembers that what was said or typed to a question is asked back.
    pub(super) fn ask_back(&mut self, link_id: &str, source: AnswerSource) {
        self.asked_back.insert(link_id.to_owned(), source);
    }

    fn move_to(&mut self, from: Intake, there: Intake, choice: ProtocolChoice) {
        self.earlier.retain(|earlier| earlier.questionnaire().url() != from.questionnaire().url());
        self.earlier.insert(0, from);
        self.unclear.retain(|link_id, _| there.answers().any(|(answered, _)| answered == link_id));
        self.intake = there;
        self.choice = choice;
    }

    /// Whether the step before the first one is the reason, which this questionnaire does not ask for.
    fn begins_after_the_reason(&self) -> bool {
        self.choice == ProtocolChoice::Reason && self.intake.questionnaire().item(REASON).is_none()
    }
}

pub(crate) fn back(call: &Call<'_>, request: IntakeOf) -> Result<IntakeView, Error> {
    at_stage(call, request.encounter, &[Stage::Questions], |open| {
        if open.intake.back() || !open.begins_after_the_reason() {
            return Ok(());
        }
        let general = call.engine.catalogue.general()?;
        let from = open.intake.clone();
        let mut there = from.carried_over_with(&open.earlier, general);
        let event = move_event(call, &there, &there, ProtocolChoice::General)?;
        append(call, request.encounter, vec![event])?;
        there.goto(REASON)?;
        open.move_to(from, there, ProtocolChoice::General);
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

/// Goes on with an intake that was left, from the first question that has no answer. Whoever handed it over acts.
pub(super) fn take_up(call: &Call<'_>, encounter: EncounterId) -> Result<(), Error> {
    let engine = call.engine;
    let _turn = engine.turn();
    let record = engine.encounter(encounter)?;
    if record.status != EncounterStatus::Partial {
        return Err(Error::WrongState);
    }
    let intake = view::intake_of(engine, &record).ok_or(Error::NotFound { what: "questionnaire" })?;
    append(call, encounter, vec![EventBody::IntakeResumed])?;
    let stage = if record.patient.name.is_none() { Stage::Identify } else { Stage::Questions };
    let open = OpenIntake {
        language: record.language,
        ticket: record.ticket,
        stage,
        intake,
        choice: record.protocol_choice.unwrap_or(ProtocolChoice::Named),
        earlier: Vec::new(),
        unclear: record.unclear,
        asked_back: BTreeMap::new(),
        raised: record.flags.into_iter().map(|flag| flag.rule).collect(),
        help_requested: false,
    };
    engine.intakes().insert(encounter, open);
    Ok(())
}

/// The intake that the session is taking, as where staff have just handed it over.
pub(crate) fn standing(call: &Call<'_>, _: Empty) -> Result<Option<IntakeView>, Error> {
    let Some(encounter) = call.session()?.intake else { return Ok(None) };
    let intakes = call.engine.intakes();
    Ok(intakes.get(&encounter).map(|open| show(call.engine, encounter, open)))
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
            flag: flag_id(engine),
            rule: flag.hit.rule,
            severity: flag.hit.severity,
            source: FlagSource::Answer { link_id: flag.link_id, span: flag.hit.span },
        })
        .collect()
}

fn flag_id(engine: &Engine) -> FlagId {
    FlagId::make(engine.now(), &*engine.options.vault.random)
}

fn show(engine: &Engine, encounter: EncounterId, open: &OpenIntake) -> IntakeView {
    let progress = open.intake.progress();
    let question = open.intake.current(&open.language);
    let can_go_back = match (&question, open.stage) {
        (Some(question), Stage::Questions) => question.can_go_back || open.begins_after_the_reason(),
        (None, Stage::Questions) => true,
        _ => false,
    };
    let step = match (open.stage, question) {
        (Stage::Consent, _) => IntakeStep::Consent { scopes: CONSENTS.to_vec() },
        (Stage::Declined, _) => IntakeStep::Declined,
        (Stage::Identify, _) => IntakeStep::Identify,
        (Stage::Questions, Some(question)) => IntakeStep::Question { question: view::question(question) },
        (Stage::Questions, None) => {
            IntakeStep::Review { lines: view::review(open.intake.review(&open.language), &open.unclear) }
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
