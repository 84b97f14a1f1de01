//! `bedside intake simulate`: patients, one after the other, at the kiosk of a throw-away clinic: random answers, back and forth,
//! silence, nonsense, leaving. Each intake must be stored as it was left, whatever was done to it, and nothing of a patient may
//! be answered to the next.

mod numbers;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::{
    Answer, AnswerSource, AnswerValue, Coding, ConsentScope, EncounterId, EncounterStatus, ErrorCode,
    Language, Phi, Role,
};
use engine::rpc::schema::{Method, method};
use engine::rpc::types::*;
use engine::{Engine, EngineOptions, host};
use serde_json::{Value, json};
use store::{KeyringState as StoreKeyring, MemoryKeyring, VaultOptions};

use crate::arguments::SimulateOptions;
use crate::failure::Failure;
use crate::output;
use numbers::Numbers;

/// What patients come for, by language: each protocol, and words that say nothing.
const REASONS: [(&str, &[&str]); 2] = [
    (
        "en",
        &[
            "I have had a cough and a sore throat",
            "My heart is racing and my chest feels tight",
            "My stomach hurts and I feel sick",
            "I fell and hurt my knee",
            "I need a refill of my blood pressure pills",
            "I feel so low and worried all the time",
            "I just don't feel right",
            "asdf jkl",
            "It's complicated, you know",
        ],
    ),
    (
        "es",
        &[
            "Tengo tos y me duele la garganta",
            "El corazón me late muy rápido y me duele el pecho",
            "Me duele la barriga y tengo náuseas",
            "Me caí y me duele la rodilla",
            "Necesito más pastillas para la presión",
            "Estoy muy triste y preocupada",
            "No me encuentro bien",
        ],
    ),
];

/// What is typed or heard in place of an answer: understood, not understood, or nothing at all.
const SAID: [&str; 16] = [
    "",
    "…",
    "yes",
    "not really",
    "about three days",
    "seven or eight",
    "I don't know",
    "skip",
    "go back",
    "say that again",
    "I want a person",
    "the second one",
    "banana telephone",
    "perhaps",
    "no, wait, yes",
    "\u{202e}\u{0}%s' OR 1=1 --",
];

/// After so many steps a patient gives up.
const MOST_STEPS: usize = 300;
/// The memory is looked at first after so many patients: by then everything that is kept once has been read. What still grows is
/// the database's page cache, up to 64 MiB for each connection: with a cache of 2 MiB the memory stays where it is.
const WARM_AFTER: u64 = 20;

pub(crate) fn run(options: &SimulateOptions, as_json: bool) -> Result<(), Failure> {
    let folder = tempfile::tempdir().map_err(|error| Failure::of_file(&std::env::temp_dir(), &error))?;
    let vault = VaultOptions {
        keyring: Arc::new(MemoryKeyring::new(StoreKeyring::Absent)),
        ..host::system_vault_options()
    };
    let data = folder.path().join("clinic");
    let engine = Engine::start(EngineOptions { vault, ..host::system_options(data, None) })?;
    engine.request::<method::ClinicCreate>(
        None,
        &CreateClinic {
            clinic: "Simulated Clinic".to_owned(),
            language: Language::english(),
            administrator: "Administrator".to_owned(),
            login: "admin".to_owned(),
            password: "simulated password".to_owned(),
            passphrase: "simulated passphrase".to_owned(),
            guided: false,
        },
    )?;
    let mut run = Simulation {
        kiosk: engine.device_session(Role::Kiosk)?,
        clinician: engine.device_session(Role::Clinician)?,
        engine: &engine,
        random: Numbers(options.seed),
        times: Vec::new(),
        tally: BTreeMap::new(),
        protocols: BTreeMap::new(),
        before: String::new(),
    };
    let begun = Instant::now();
    let mut memory = Vec::new();
    for number in 1..=options.count {
        run.patient(number).map_err(|failure| {
            let message = format!("patient {number} of seed {}: {}", options.seed, failure.message);
            Failure::new(failure.code, message)
        })?;
        if number == WARM_AFTER || number % (options.count / 4).max(1) == 0 {
            memory.extend(resident_kib().map(|kib| (number, kib)));
        }
        output::progress(format_args!("{number} of {}", options.count));
    }
    output::progress_end();
    let took = begun.elapsed();
    let stored = run.all_is_stored()?;
    let report = run.report(options, took, &memory, stored);
    output::either(as_json, &report, || as_text(&report));
    Ok(())
}

struct Simulation<'e> {
    engine: &'e Engine,
    kiosk: String,
    clinician: String,
    random: Numbers,
    /// From an answer to the next screen.
    times: Vec<Duration>,
    tally: BTreeMap<&'static str, u64>,
    protocols: BTreeMap<String, u64>,
    /// The name of the patient before, which nobody may see again.
    before: String,
}

/// How a patient leaves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    HandsIn,
    /// Presses the button, or does nothing until the screen is cleared.
    Leaves,
    /// The next patient begins on the same screen.
    WalksOff,
    Declines,
}

impl Simulation<'_> {
    fn patient(&mut self, number: u64) -> Result<(), Failure> {
        let name = format!("Patient-{number}-Zq");
        let (language, reasons) = REASONS[self.random.below(4).min(1)];
        let language = Language::new(language);
        let begin = BeginIntake { language: language.clone(), protocol: None };
        let view: IntakeView = self.at_kiosk::<method::IntakeBegin>(&begin)?;
        let encounter = view.encounter;
        let ending = match self.random.below(20) {
            0 => Ending::Declines,
            1 | 2 => Ending::Leaves,
            3 => Ending::WalksOff,
            _ => Ending::HandsIn,
        };
        if self.random.below(10) == 0 {
            self.at_kiosk::<method::IntakeHelp>(&IntakeOf { encounter })?;
        }
        let agrees = ending != Ending::Declines;
        let consents = [(ConsentScope::Intake, agrees), (ConsentScope::Recording, false)].into();
        let mut view = self.at_kiosk::<method::IntakeConsent>(&GiveConsent { encounter, consents })?;
        if !agrees {
            check(matches!(view.step, IntakeStep::Declined), "who declined goes on")?;
            self.at_kiosk::<method::IntakeAbandon>(&IntakeOf { encounter })?;
            return self.is_absent(encounter);
        }
        let identify = Identify { encounter, name: Phi::new(name.clone()), birth_date: None };
        view = self.at_kiosk::<method::IntakeIdentify>(&identify)?;
        let patience = if ending == Ending::HandsIn { MOST_STEPS } else { self.random.below(30) };
        let mut steps = 0;
        while let IntakeStep::Question { question } = &view.step {
            if steps >= patience {
                break;
            }
            steps += 1;
            let question = question.clone();
            view = if question.link_id == intake::REASON && question.answer.is_none() {
                let reason = reasons[self.random.below(reasons.len())];
                self.answer(&view, &question.link_id, words(reason), None)?
            } else {
                self.act(view, &question, reasons)?
            };
            if ending == Ending::HandsIn && steps < MOST_STEPS - 100 && self.random.below(3) == 0 {
                view = self.look_back(view)?;
            }
        }
        let handed_in = self.end(ending, encounter, &view)?;
        self.is_as_left(encounter, &name, &view, handed_in, &language)?;
        self.before = name;
        Ok(())
    }

    /// At the review a patient may change their mind, the reason for the visit included.
    fn look_back(&mut self, view: IntakeView) -> Result<IntakeView, Failure> {
        let IntakeStep::Review { lines } = &view.step else { return Ok(view) };
        let line = &lines[self.random.below(lines.len())];
        let go_to = GoToQuestion { encounter: view.encounter, link_id: line.link_id.clone() };
        self.count("changed at the review");
        self.at_kiosk::<method::IntakeGoTo>(&go_to)
    }

    /// One thing that a patient does at a question.
    fn act(
        &mut self,
        view: IntakeView,
        question: &Question,
        reasons: &[&str],
    ) -> Result<IntakeView, Failure> {
        let encounter = view.encounter;
        match self.random.below(100) {
            0..=4 => {
                self.count("back");
                self.at_kiosk::<method::IntakeBack>(&IntakeOf { encounter })
            }
            5..=6 => {
                self.count("person");
                self.at_kiosk::<method::IntakeHelp>(&IntakeOf { encounter })
            }
            7..=10 => self.nonsense(view, question),
            11..=22 => self.say(view, question),
            23..=28 if !question.required => self.answer(&view, &question.link_id, Answer::Skipped, None),
            29..=34 if !question.required => self.answer(&view, &question.link_id, Answer::Unknown, None),
            _ if question.link_id == intake::REASON => {
                let reason = reasons[self.random.below(reasons.len())];
                self.answer(&view, intake::REASON, words(reason), None)
            }
            _ => {
                let answer = self.random.answer(question);
                let taken = self.try_answer(&view, &question.link_id, answer, None)?;
                match taken {
                    Some(view) => Ok(view),
                    None => self.answer(&view, &question.link_id, Answer::Skipped, None),
                }
            }
        }
    }

    /// Says or types something: taken where it is sure, asked back and taken or left to staff where it is not.
    fn say(&mut self, view: IntakeView, question: &Question) -> Result<IntakeView, Failure> {
        self.count("said or typed");
        let said = Phi::new(SAID[self.random.below(SAID.len())].to_owned());
        let (encounter, link_id) = (view.encounter, question.link_id.clone());
        let understand = UnderstandWords {
            encounter,
            asked: VoiceAsked::Question { link_id: link_id.clone() },
            words: said.clone(),
        };
        let meaning = self.at_kiosk::<method::IntakeUnderstand>(&understand)?;
        let is_taken = |sure: bool, numbers: &mut Numbers| sure || numbers.below(2) == 0;
        match meaning {
            VoiceMeaning::Answer { answer, sure, .. } if is_taken(sure, &mut self.random) => {
                self.answer(&view, &link_id, answer.into_exposed(), Some(said))
            }
            VoiceMeaning::Unknown if !question.required => {
                self.answer(&view, &link_id, Answer::Unknown, Some(said))
            }
            VoiceMeaning::Skip if !question.required => {
                self.answer(&view, &link_id, Answer::Skipped, Some(said))
            }
            VoiceMeaning::Back => self.at_kiosk::<method::IntakeBack>(&IntakeOf { encounter }),
            VoiceMeaning::Person => self.at_kiosk::<method::IntakeHelp>(&IntakeOf { encounter }),
            VoiceMeaning::Unclear | VoiceMeaning::Answer { .. }
                if !question.required && !said.expose().trim().is_empty() =>
            {
                self.count("left to staff");
                let leave = LeaveOpen { encounter, link_id, words: said, source: AnswerSource::Voice };
                self.at_kiosk::<method::IntakeLeaveOpen>(&leave)
            }
            _ => Ok(view),
        }
    }

    /// What no screen sends, or sends too late: it is refused, and changes nothing.
    fn nonsense(&mut self, view: IntakeView, question: &Question) -> Result<IntakeView, Failure> {
        self.count("nonsense");
        let encounter = view.encounter;
        let refused = match self.random.below(5) {
            0 => self.try_answer(&view, "no-such-question", Answer::Skipped, None)?.is_none(),
            1 => {
                let wrong = AnswerValue::Choice(Coding {
                    system: None,
                    code: "\u{0}'; DROP TABLE".to_owned(),
                    display: "x".repeat(9_000),
                });
                self.try_answer(&view, &question.link_id, Answer::Given(vec![wrong]), None)?.is_none()
            }
            2 => {
                let request = json!({ "encounter": encounter, "link_id": 7 });
                self.engine.call(Some(&self.kiosk), "intake.answer", request).is_err()
            }
            3 if view.answered < view.total => {
                let submit = IntakeOf { encounter };
                self.engine.request::<method::IntakeSubmit>(Some(&self.kiosk), &submit).is_err()
            }
            _ => {
                let show = EncounterOf { encounter };
                self.engine.request::<method::EncountersShow>(Some(&self.kiosk), &show).is_err()
            }
        };
        check(refused, "nonsense was taken")?;
        Ok(view)
    }

    fn answer(
        &mut self,
        view: &IntakeView,
        link_id: &str,
        answer: Answer,
        words: Option<Phi<String>>,
    ) -> Result<IntakeView, Failure> {
        let refused = || failed(format!("an answer to {link_id} was refused"));
        self.try_answer(view, link_id, answer, words)?.ok_or_else(refused)
    }

    /// Answers a question; `None` where the answer is not accepted.
    fn try_answer(
        &mut self,
        view: &IntakeView,
        link_id: &str,
        answer: Answer,
        words: Option<Phi<String>>,
    ) -> Result<Option<IntakeView>, Failure> {
        let request = GiveAnswer {
            encounter: view.encounter,
            link_id: link_id.to_owned(),
            answer: answer.into(),
            source: AnswerSource::Touch,
            words,
        };
        let begun = Instant::now();
        let answered = self.engine.request::<method::IntakeAnswer>(Some(&self.kiosk), &request);
        let took = begun.elapsed();
        match answered {
            Ok(next) => {
                self.times.push(took);
                self.count("answers");
                self.shows_nobody_else(&next)?;
                Ok(Some(next))
            }
            Err(error) => {
                let failure = Failure::from(error);
                let expected = matches!(
                    failure.code,
                    ErrorCode::AnswerInvalid | ErrorCode::AnswerRequired | ErrorCode::LinkUnknown
                );
                if !expected {
                    return Err(failure);
                }
                self.count("refused");
                Ok(None)
            }
        }
    }

    /// Whether the intake was handed in.
    fn end(&mut self, ending: Ending, encounter: EncounterId, view: &IntakeView) -> Result<bool, Failure> {
        let is_complete = matches!(view.step, IntakeStep::Review { .. });
        if ending == Ending::HandsIn && is_complete {
            let done = self.at_kiosk::<method::IntakeSubmit>(&IntakeOf { encounter })?;
            check(matches!(done.step, IntakeStep::Done { .. }), "what was handed in goes on")?;
            self.at_kiosk::<method::IntakeAbandon>(&IntakeOf { encounter })?;
            self.count("handed in");
            return Ok(true);
        }
        self.count("left");
        if ending == Ending::WalksOff {
            let begin = BeginIntake { language: Language::english(), protocol: None };
            let next = self.at_kiosk::<method::IntakeBegin>(&begin)?;
            self.at_kiosk::<method::IntakeAbandon>(&IntakeOf { encounter: next.encounter })?;
        } else {
            self.at_kiosk::<method::IntakeAbandon>(&IntakeOf { encounter })?;
        }
        Ok(false)
    }

    /// Staff find the intake as it was left, with what the patient read at the review.
    fn is_as_left(
        &mut self,
        encounter: EncounterId,
        name: &str,
        view: &IntakeView,
        handed_in: bool,
        language: &Language,
    ) -> Result<(), Failure> {
        let show = EncounterOf { encounter };
        let staff = self.engine.request::<method::EncountersShow>(Some(&self.clinician), &show)?;
        let expected = if handed_in { EncounterStatus::Waiting } else { EncounterStatus::Partial };
        check(staff.record.status == expected, "the intake is not in the state that it was left in")?;
        check(
            staff.record.patient.name.as_ref().is_some_and(|known| known.expose() == name),
            "another patient's name",
        )?;
        let protocol = staff.record.protocol.clone().unwrap_or_default();
        let protocol = protocol.split('|').next().and_then(|url| url.rsplit(':').next());
        *self.protocols.entry(protocol.unwrap_or_default().to_owned()).or_default() += 1;
        let IntakeStep::Review { lines } = &view.step else { return Ok(()) };
        let said = |lines: &[ReviewLine]| -> Vec<_> {
            let english = language.primary() == "en";
            let words = |line: &ReviewLine| line.answer.clone().filter(|_| english);
            lines
                .iter()
                .map(|line| (line.link_id.clone(), line.answer.is_some(), words(line), line.unclear.clone()))
                .collect()
        };
        check(said(lines) == said(&staff.intake), "staff read another review than the patient")
    }

    fn is_absent(&mut self, encounter: EncounterId) -> Result<(), Failure> {
        self.count("declined");
        let show = EncounterOf { encounter };
        let found = self.engine.request::<method::EncountersShow>(Some(&self.clinician), &show);
        check(found.is_err(), "who declined was recorded")
    }

    /// Every encounter is in the log whole: the projections made again from it are the same.
    fn all_is_stored(&self) -> Result<u64, Failure> {
        let vault = self.engine.vault()?;
        let report = vault.rebuild_projections()?;
        check(!report.changed, "the projections are not what the log says")?;
        check(vault.verify_audit()?.is_intact(), "the audit trail is broken")?;
        let expected = self.tally.get("handed in").unwrap_or(&0) + self.tally.get("left").unwrap_or(&0);
        check(report.encounters == expected, "an intake is missing")?;
        Ok(report.encounters)
    }

    fn at_kiosk<M: Method>(&self, request: &M::Request) -> Result<M::Response, Failure> {
        Ok(self.engine.request::<M>(Some(&self.kiosk), request)?)
    }

    fn shows_nobody_else(&self, view: &IntakeView) -> Result<(), Failure> {
        let shown = serde_json::to_string(view).unwrap_or_default();
        let other = !self.before.is_empty() && shown.contains(&self.before);
        check(!other, "the patient before is on the screen")
    }

    fn count(&mut self, what: &'static str) {
        *self.tally.entry(what).or_default() += 1;
    }

    fn report(
        &mut self,
        options: &SimulateOptions,
        took: Duration,
        memory: &[(u64, u64)],
        stored: u64,
    ) -> Value {
        self.times.sort_unstable();
        let at = |share: f64| {
            #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let place = ((self.times.len().saturating_sub(1)) as f64 * share).round() as usize;
            let time = self.times.get(place).copied().unwrap_or_default();
            (time.as_secs_f64() * 100_000.0).round() / 100.0
        };
        json!({
            "patients": options.count,
            "seed": options.seed,
            "stored": stored,
            "did": self.tally,
            "protocols": self.protocols,
            "answer_to_next_question_ms": { "p50": at(0.5), "p95": at(0.95), "p99": at(0.99), "most": at(1.0) },
            "memory_kib": memory.iter().map(|(patients, kib)| json!({ "patients": patients, "kib": kib })).collect::<Vec<_>>(),
            "seconds": (took.as_secs_f64() * 10.0).round() / 10.0,
        })
    }
}

fn as_text(report: &Value) -> String {
    let list = |object: &Value| -> String {
        let pairs = object.as_object().into_iter().flatten().map(|(name, count)| format!("{name} {count}"));
        pairs.collect::<Vec<_>>().join(", ")
    };
    let memory: Vec<String> = report["memory_kib"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|point| format!("{} KiB after {}", point["kib"], point["patients"]))
        .collect();
    format!(
        "{} patients (seed {}) in {} s, {} intakes stored, each as it was left\n{}\nprotocols: {}\n\
         answer to next question, ms: {}\nmemory, with the database's pages that are kept in it: {}",
        report["patients"],
        report["seed"],
        report["seconds"],
        report["stored"],
        list(&report["did"]),
        list(&report["protocols"]),
        list(&report["answer_to_next_question_ms"]),
        memory.join(", "),
    )
}

fn words(text: &str) -> Answer {
    Answer::Given(vec![AnswerValue::Text(text.to_owned())])
}

fn failed(message: impl Into<String>) -> Failure {
    Failure::new(ErrorCode::Internal, message.into())
}

fn check(holds: bool, otherwise: &str) -> Result<(), Failure> {
    if holds { Ok(()) } else { Err(failed(otherwise)) }
}

/// What of the process is in memory, in KiB, where the system says so in a file.
fn resident_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse().ok()
}
