//! `bedside note`: draft a note from a transcript.

use std::path::{Path, PathBuf};

use domain::{Coded as _, EncounterId, ErrorCode, Role};
use engine::rpc::schema::method;
use engine::rpc::types::{AddTranscript, DraftNote, ImportEncounter};
use scribe::{Outcome, Template, Transcript};
use serde_json::json;

use crate::arguments::{NoteFormat, NoteOptions, VaultArguments};
use crate::failure::Failure;
use crate::{output, patient};

pub(crate) fn run(vault: &VaultArguments, options: &NoteOptions, json: bool) -> Result<(), Failure> {
    let transcript = read(&options.transcript)?;
    let outcome = scribe::draft(transcript.utterances(), &Template::soap());
    let saved = if options.save { Some(save(vault, options, &transcript, &outcome)?) } else { None };
    let as_json = json || options.format == Some(NoteFormat::Json);
    if as_json {
        let mut report = scribe::to_json(&outcome);
        if let (Some(encounter), Some(report)) = (saved, report.as_object_mut()) {
            report.insert("encounter".to_owned(), json!(encounter));
        }
        output::json(&report);
        return Ok(());
    }
    match outcome {
        Outcome::Draft(note) => {
            output::line(scribe::render_text(&note).trim_end());
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
        opened.request::<method::NoteDraft>(&DraftNote { encounter, replaces: None })?;
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
