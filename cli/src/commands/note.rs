//! `bedside note`: draft a note from a transcript.

use std::path::{Path, PathBuf};

use domain::{Coded as _, EncounterId, ErrorCode, ListLine, Role};
use engine::rpc::schema::method;
use engine::rpc::types::{AddTranscript, DraftNote, ImportEncounter};
use inference::{LanguageClient, Limits, NoteProgress, WorkerPrograms};
use scribe::{Outcome, Reader, Template, Transcript};
use serde_json::json;

use super::models;
use crate::arguments::{NoteEngine, NoteFormat, NoteOptions, VaultArguments};
use crate::failure::Failure;
use crate::{output, patient};

pub(crate) fn run(vault: &VaultArguments, options: &NoteOptions, json: bool) -> Result<(), Failure> {
    let transcript = read(&options.transcript)?;
    let template = template(vault, &options.template)?;
    let by_model = options.engine == NoteEngine::Generative;
    if options.save && (by_model || template.id != "soap") {
        let why = "--save keeps the usual note by rule; draft another kind, or with a model, on the screen";
        return Err(Failure::new(ErrorCode::RequestInvalid, why));
    }
    let outcome = match &options.model {
        Some(model) if by_model => generate(vault, options, &transcript, &template, model)?,
        _ => scribe::draft(transcript.utterances(), &template, options.language.primary()),
    };
    let findings = match &outcome {
        Outcome::Draft(note) => scribe::check(note, transcript.utterances()),
        Outcome::Refused(_) => Vec::new(),
    };
    let saved = if options.save { Some(save(vault, options, &transcript, &outcome)?) } else { None };
    let as_json = json || options.format == Some(NoteFormat::Json);
    if as_json {
        let mut report = scribe::to_json(&outcome);
        if let Some(report) = report.as_object_mut() {
            if let Some(encounter) = saved {
                report.insert("encounter".to_owned(), json!(encounter));
            }
            report.insert("template".to_owned(), json!(template.id));
            report.insert("findings".to_owned(), json!(findings));
            report.insert("lists".to_owned(), json!(lists(&transcript, options)));
            if let (Outcome::Draft(note), Reader::Patient, "en") =
                (&outcome, template.reader, options.language.primary())
            {
                report.insert("reading_grade".to_owned(), json!(scribe::reading_grade(note)));
            }
        }
        output::json(&report);
        return Ok(());
    }
    match outcome {
        Outcome::Draft(note) => {
            output::line(scribe::render_text(&note).trim_end());
            let mut doubtful: Vec<u32> = findings.iter().map(|finding| finding.sentence).collect();
            doubtful.dedup();
            if !doubtful.is_empty() {
                let all = note.sentences().count();
                output::line(format_args!(
                    "\n{} of {all} sentences are not held by what was said; --json names them",
                    doubtful.len()
                ));
            }
            if let Some(encounter) = saved {
                output::line(format_args!("\nkept as encounter {encounter}"));
            }
            Ok(())
        }
        Outcome::Refused(refusal) => {
            if let Some(encounter) = saved {
                output::line(format_args!("kept as encounter {encounter}, without a note"));
            }
            Err(Failure::new(refusal.code(), refusal.to_string()))
        }
    }
}

/// Medicines, allergies, problems and vital signs, each line with the utterances that it rests on.
fn lists(transcript: &Transcript, options: &NoteOptions) -> Vec<ListLine> {
    scribe::lists(&scribe::Given {
        utterances: transcript.utterances(),
        answers: &[],
        medicines: &|text| intake::medicines_named(text, &options.language),
    })
}

/// A template by its id, the data folder's own included, or from a file.
fn template(vault: &VaultArguments, named: &str) -> Result<Template, Failure> {
    let path = Path::new(named);
    if path.extension().is_some() {
        let text = String::from_utf8(bytes(path)?)
            .map_err(|_| Failure::new(ErrorCode::NotUtf8, "the template is not UTF-8 text"))?;
        return Ok(Template::parse(&text)?);
    }
    let all = vault.folder().map(|data| engine::templates::load(&data)).unwrap_or_default().templates;
    let known = all.iter().map(|known| known.id.as_str()).collect::<Vec<_>>().join(", ");
    let found = all.iter().find(|known| known.id == named).cloned().or_else(|| Template::named(named));
    found.ok_or_else(|| {
        Failure::new(ErrorCode::NotFound, format!("there is no template {named}; there are {known}"))
    })
}

fn generate(
    vault: &VaultArguments,
    options: &NoteOptions,
    transcript: &Transcript,
    template: &Template,
    model: &str,
) -> Result<Outcome, Failure> {
    let runtime = super::runtime()?;
    let model = models::of(vault)?.locate(model)?;
    let client = LanguageClient::new(&WorkerPrograms::find(), Limits::in_background());
    let told = |progress: NoteProgress| {
        output::progress(format_args!("part {} of {}", progress.part, progress.parts));
    };
    let language = options.language.primary();
    let drafted =
        runtime.block_on(client.draft_note(&model, transcript.utterances(), template, language, told));
    output::progress_end();
    Ok(drafted?)
}

/// Keeps transcript and draft. A transcript that is refused a note is kept all the same: what was said comes first.
fn save(
    vault: &VaultArguments,
    options: &NoteOptions,
    transcript: &Transcript,
    outcome: &Outcome,
) -> Result<EncounterId, Failure> {
    let patient = patient::read(options.patient.as_deref())?;
    let opened = vault.open(Role::Clinician)?;
    let view = opened.request::<method::EncountersImport>(&ImportEncounter {
        patient,
        language: options.language.clone(),
        intake: None,
    })?;
    let encounter = view.record.id;
    let text = serde_json::to_string(&json!({ "utterances": transcript.utterances() }))
        .map_err(|error| Failure::new(ErrorCode::Internal, error.to_string()))?;
    opened.request::<method::TranscriptAdd>(&AddTranscript { encounter, text: text.into() })?;
    if matches!(outcome, Outcome::Draft(_)) {
        opened.request::<method::NoteDraft>(&DraftNote::by_rule(encounter, None))?;
    }
    Ok(encounter)
}

/// Reads a transcript; of a TextGrid pair, the other half is found by its name.
fn read(files: &[PathBuf]) -> Result<Transcript, Failure> {
    match files {
        [doctor, patient] => Ok(Transcript::from_text_grids(&bytes(doctor)?, &bytes(patient)?)?),
        [only] => match pair(only) {
            Some((doctor, patient)) => Ok(Transcript::from_text_grids(&bytes(&doctor)?, &bytes(&patient)?)?),
            None => Ok(Transcript::parse(&bytes(only)?, None)?),
        },
        _ => Err(Failure::new(
            ErrorCode::RequestInvalid,
            "name one transcript, or the two halves of a TextGrid pair",
        )),
    }
}

/// The two halves of a pair, `…_doctor.TextGrid` and `…_patient.TextGrid`, where both are there.
fn pair(file: &Path) -> Option<(PathBuf, PathBuf)> {
    let name = file.file_name()?.to_str()?;
    let stem = name.strip_suffix("_doctor.TextGrid").or_else(|| name.strip_suffix("_patient.TextGrid"))?;
    let doctor = file.with_file_name(format!("{stem}_doctor.TextGrid"));
    let patient = file.with_file_name(format!("{stem}_patient.TextGrid"));
    (doctor.is_file() && patient.is_file()).then_some((doctor, patient))
}

fn bytes(file: &Path) -> Result<Vec<u8>, Failure> {
    let read = if file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes).map(|_| bytes)
    } else {
        std::fs::read(file)
    };
    read.map_err(|error| Failure::of_file(file, &error))
}
