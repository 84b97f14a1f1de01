//! `bedside demo`: a whole visit, with the real parts, in a folder that is thrown away.
//!
//! Every step checks what it says: a step whose check fails ends the demo with the step's name.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use domain::{
    AnswerSource, ConsentScope, EncounterId, EncounterStatus, ErrorCode, Language, NoteState, PartialDate,
    Phi, Role,
};
use engine::rpc::schema::{Method, method};
use engine::rpc::types::*;
use engine::{Engine, EngineOptions, host};
use serde::Serialize;
use store::{KeyringState as StoreKeyring, MemoryKeyring, Unlock, Vault, VaultOptions};

use crate::failure::Failure;
use crate::output;

const ANSWERS: &str = include_str!("../../../protocols/examples/general-visit-answers.json");
const TRANSCRIPT: &str = include_str!("../../../protocols/examples/visit-transcript.txt");
const PATIENT: &str = "Ada Marlowe";
/// Words that only this visit holds, looked for in every byte of every file afterwards.
const SECRETS: [&str; 4] = ["Marlowe", "metformin", "penicillin", "cardiologist"];
const PASSPHRASE: &str = "demonstration passphrase";
const PASSWORD: &str = "demonstration password";

/// One step, as `--json` prints it.
#[derive(Serialize)]
struct Step {
    step: &'static str,
    result: String,
    /// What came of it, to read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    shown: Vec<String>,
    ms: u128,
}

struct Demo {
    json: bool,
    steps: Vec<Step>,
}

pub(crate) fn run(json: bool) -> Result<(), Failure> {
    let folder = tempfile::tempdir().map_err(|error| Failure::of_file(&std::env::temp_dir(), &error))?;
    let begun = Instant::now();
    let mut demo = Demo { json, steps: Vec::new() };
    if !json {
        output::line(
            "A whole visit with the real parts: real encryption, real rules, no network. Each step checks what it says.\n",
        );
    }
    demo.visit(folder.path())?;
    let ms = begun.elapsed().as_millis();
    if json {
        output::json(&serde_json::json!({ "steps": demo.steps, "ms": ms }));
    } else {
        output::line(format_args!(
            "\nDone in {:.1} s. Nothing of it is left on this machine.",
            ms as f64 / 1000.0
        ));
    }
    Ok(())
}

impl Demo {
    fn visit(&mut self, folder: &Path) -> Result<(), Failure> {
        let data = folder.join("clinic");
        let options = VaultOptions {
            keyring: Arc::new(MemoryKeyring::new(StoreKeyring::Absent)),
            ..host::system_vault_options()
        };
        let engine = Engine::start(EngineOptions {
            vault: options.clone(),
            ..host::system_options(data.clone(), None)
        })?;

        self.step("set up a clinic", || set_up(&engine))?;
        let clinician = self.step_with("sign in", || sign_in(&engine))?;
        let kiosk = engine.device_session(Role::Kiosk)?;
        let encounter = self.step_with("take the intake", || take_intake(&engine, &kiosk))?;
        let caller = Caller { engine: &engine, token: &clinician };
        self.step("raise a red flag", || red_flag(&caller, encounter))?;
        let note = self.step_with("draft the note", || draft(&caller, encounter))?;
        self.show(note);
        self.step("sign it", || sign(&caller, encounter))?;
        let exported = self.step_with("export and re-read FHIR", || export(&caller, encounter))?;
        let backup = folder.join("backup");
        self.step("back up", || {
            let manifest = engine.vault()?.backup(&backup)?;
            Ok(format!("{} events, opened and verified", manifest.counts.events))
        })?;
        self.step("verify the audit trail", || {
            let report = engine.vault()?.verify_audit()?;
            check(report.is_intact(), "the audit trail is broken")?;
            Ok(format!("{} entries, each follows from the one before", report.entries))
        })?;
        drop(engine);
        self.step("restore elsewhere", || restore(&backup, &folder.join("restored"), encounter, &options))?;
        self.step("look for the patient's words in the files", || {
            let record = exported.to_lowercase();
            let there = SECRETS.iter().all(|word| record.contains(&word.to_lowercase()));
            check(there, "a word is not in the record at all")?;
            let bytes = search(folder)?;
            let words = SECRETS.join(", ");
            Ok(format!("none of {words} in {} KiB of database, backup and restored database", bytes / 1024))
        })
    }

    /// Shows what came of the last step.
    fn show(&mut self, lines: Vec<String>) {
        if !self.json {
            for line in &lines {
                output::line(format_args!("           {line}"));
            }
        }
        if let Some(step) = self.steps.last_mut() {
            step.shown = lines;
        }
    }

    fn step(
        &mut self,
        step: &'static str,
        act: impl FnOnce() -> Result<String, Failure>,
    ) -> Result<(), Failure> {
        self.step_with(step, || act().map(|result| (result, ())))
    }

    fn step_with<T>(
        &mut self,
        step: &'static str,
        act: impl FnOnce() -> Result<(String, T), Failure>,
    ) -> Result<T, Failure> {
        let begun = Instant::now();
        let (result, value) =
            act().map_err(|failure| Failure::new(failure.code, format!("{step}: {}", failure.message)))?;
        let ms = begun.elapsed().as_millis();
        if !self.json {
            output::line(format_args!("{ms:>6} ms  {step}: {result}"));
        }
        self.steps.push(Step { step, result, shown: Vec::new(), ms });
        Ok(value)
    }
}

struct Caller<'e> {
    engine: &'e Engine,
    token: &'e str,
}

impl Caller<'_> {
    fn request<M: Method>(&self, request: &M::Request) -> Result<M::Response, Failure> {
        Ok(self.engine.request::<M>(Some(self.token), request)?)
    }
}

fn set_up(engine: &Engine) -> Result<String, Failure> {
    let created = engine.request::<method::ClinicCreate>(
        None,
        &CreateClinic {
            clinic: "Riverside Clinic".to_owned(),
            language: Language::english(),
            administrator: "Administrator".to_owned(),
            login: "admin".to_owned(),
            password: PASSWORD.to_owned(),
            passphrase: PASSPHRASE.to_owned(),
            guided: false,
        },
    )?;
    let words = created.recovery_words;
    let typed_back = [3, 11, 24].map(|place: u8| (place, words[usize::from(place) - 1].clone()));
    engine.request::<method::RecoveryConfirm>(None, &ConfirmRecovery { words: typed_back.to_vec() })?;
    Ok(format!("vault with passphrase and {} recovery words", words.len()))
}

fn sign_in(engine: &Engine) -> Result<(String, String), Failure> {
    let sign_in = |login: &str| SignIn { login: login.to_owned(), password: PASSWORD.to_owned() };
    let admin = engine.request::<method::SessionSignIn>(None, &sign_in("admin"))?;
    let caller = Caller { engine, token: &admin.token };
    caller.request::<method::PeopleCreate>(&CreatePerson {
        login: "clinician".to_owned(),
        name: "Clinician".to_owned(),
        role: Role::Clinician,
        password: PASSWORD.to_owned(),
    })?;
    caller.request::<method::SessionSignOut>(&Empty {})?;
    let session = engine.request::<method::SessionSignIn>(None, &sign_in("clinician"))?;
    Ok(("an administrator created a clinician, who signed in".to_owned(), session.token))
}

fn take_intake(engine: &Engine, kiosk: &str) -> Result<(String, EncounterId), Failure> {
    let questionnaire = super::intake::questionnaire("general-visit", None)?;
    let answers: BTreeMap<_, _> = intake::answers::from_json(ANSWERS, &questionnaire)?.into_iter().collect();
    let caller = Caller { engine, token: kiosk };
    let mut view = caller
        .request::<method::IntakeBegin>(&BeginIntake { language: Language::english(), protocol: None })?;
    let encounter = view.encounter;
    let mut asked = 0;
    loop {
        view = match &view.step {
            IntakeStep::Consent { scopes } => caller.request::<method::IntakeConsent>(&GiveConsent {
                encounter,
                consents: scopes.iter().map(|&scope: &ConsentScope| (scope, true)).collect(),
            })?,
            IntakeStep::Identify => caller.request::<method::IntakeIdentify>(&Identify {
                encounter,
                name: Phi::new(PATIENT.to_owned()),
                birth_date: "1946-02-11".parse::<PartialDate>().ok().map(Phi::new),
            })?,
            IntakeStep::Question { question } => {
                asked += 1;
                let answer = answers.get(&question.link_id).cloned().unwrap_or(domain::Answer::Skipped);
                caller.request::<method::IntakeAnswer>(&GiveAnswer {
                    encounter,
                    link_id: question.link_id.clone(),
                    answer: answer.into(),
                    source: AnswerSource::Typed,
                    words: None,
                })?
            }
            IntakeStep::Review { .. } => caller.request::<method::IntakeSubmit>(&IntakeOf { encounter })?,
            IntakeStep::Done { ticket } => {
                return Ok((format!("{asked} questions answered, ticket {ticket}"), encounter));
            }
            IntakeStep::Declined => return Err(failed("the consent was declined")),
        };
    }
}

fn red_flag(caller: &Caller<'_>, encounter: EncounterId) -> Result<String, Failure> {
    let view = caller.request::<method::EncountersShow>(&EncounterOf { encounter })?;
    let flag = view.record.flags.first().ok_or_else(|| failed("the answers raised no red flag"))?;
    caller.request::<method::FlagsAcknowledge>(&AcknowledgeFlag { encounter, flag: Some(flag.id) })?;
    let title = view.rules.get(&flag.rule).map_or(flag.rule.as_str(), |rule| &rule.title);
    let domain::FlagSource::Answer { link_id, .. } = &flag.source else {
        return Err(failed("the red flag is not of an answer"));
    };
    let question = view.intake.iter().find(|line| line.link_id == *link_id);
    let question = question.map_or(link_id.as_str(), |line| &line.question);
    Ok(format!("{title}, by the answer to \"{question}\", acknowledged by the clinician"))
}

/// The sentence of each section that comes first is shown with what was said.
fn draft(caller: &Caller<'_>, encounter: EncounterId) -> Result<(String, Vec<String>), Failure> {
    caller.request::<method::TranscriptAdd>(&AddTranscript { encounter, text: TRANSCRIPT.into() })?;
    let view = caller.request::<method::NoteDraft>(&DraftNote::by_rule(encounter, None))?;
    let NoteState::Draft { note, .. } = &view.record.note else { return Err(failed("there is no draft")) };
    check(note.sentences().all(|sentence| !sentence.evidence.is_empty()), "a sentence has no evidence")?;
    check(view.findings.is_empty(), "a sentence says what its evidence does not")?;
    let mut shown = Vec::new();
    for section in &note.sections {
        let Some(sentence) = section.sentences.first() else { continue };
        shown.push(format!("{}: {}", section.title, sentence.text.expose()));
        for utterance in sentence.evidence.iter().filter_map(|&at| view.record.utterances.get(at as usize)) {
            shown.push(format!("    said, utterance {}: \"{}\"", utterance.index, utterance.text.expose()));
        }
    }
    let (sentences, utterances) = (note.sentences().count(), view.record.utterances.len());
    let result = format!("{sentences} sentences from {utterances} utterances, each with its evidence");
    Ok((result, shown))
}

fn sign(caller: &Caller<'_>, encounter: EncounterId) -> Result<String, Failure> {
    let view = caller.request::<method::EncountersShow>(&EncounterOf { encounter })?;
    let NoteState::Draft { revision, .. } = view.record.note else { return Err(failed("there is no draft")) };
    let password = PASSWORD.to_owned();
    let view = caller.request::<method::NoteSign>(&SignNote {
        encounter,
        revision,
        confirmed: Vec::new(),
        password,
    })?;
    let NoteState::Signed { note, signature, .. } = &view.record.note else {
        return Err(failed("the note is not signed"));
    };
    check(seal::note_digest(note)? == signature.digest, "the signature is of another note")?;
    Ok(format!("SHA-256 {}…", &signature.digest.to_string()[..16]))
}

fn export(caller: &Caller<'_>, encounter: EncounterId) -> Result<(String, String), Failure> {
    let request = ExportEncounter { encounter, format: domain::ExportFormat::Fhir };
    let file = caller.request::<method::EncountersExport>(&request)?;
    let read = fhir::ReadBack::parse(file.content.expose())?;
    check(read.patient.is_some_and(|name| name.expose() == PATIENT), "the document names another patient")?;
    check(read.status == "final", "the document is not of a signed note")?;
    let kib = file.content.expose().len() / 1024;
    let result =
        format!("a document of {} resources, {kib} KiB, read back: the patient, a final note", read.entries);
    Ok((result, file.content.into_exposed()))
}

fn restore(
    backup: &Path,
    to: &Path,
    encounter: EncounterId,
    options: &VaultOptions,
) -> Result<String, Failure> {
    let unlock = || Unlock::Passphrase(PASSPHRASE.into());
    drop(store::restore_backup(backup, to, unlock(), options.clone())?);
    let vault = Vault::open(to, unlock(), options.clone())?;
    let record = vault.encounter(encounter)?.ok_or_else(|| failed("the encounter was not restored"))?;
    check(record.status == EncounterStatus::Signed, "the restored note is not signed")?;
    Ok("the signed note is there".to_owned())
}

/// Looks for the visit's words in every file; answers how many bytes were read.
fn search(folder: &Path) -> Result<usize, Failure> {
    let mut read = 0;
    for entry in std::fs::read_dir(folder).map_err(|error| Failure::of_file(folder, &error))? {
        let path = entry.map_err(|error| Failure::of_file(folder, &error))?.path();
        if path.is_dir() {
            read += search(&path)?;
            continue;
        }
        let bytes =
            std::fs::read(&path).map_err(|error| Failure::of_file(&path, &error))?.to_ascii_lowercase();
        read += bytes.len();
        for secret in SECRETS {
            let secret = secret.to_ascii_lowercase();
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            check(!found, "a file holds the patient's words in the clear")?;
        }
    }
    Ok(read)
}

fn check(holds: bool, otherwise: &str) -> Result<(), Failure> {
    if holds { Ok(()) } else { Err(failed(otherwise)) }
}

fn failed(what: &str) -> Failure {
    Failure::new(ErrorCode::Internal, what)
}
