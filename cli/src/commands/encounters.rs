//! `bedside encounters` and `bedside export`.

use std::path::Path;

use data_encoding::BASE64;
use domain::{ErrorCode, NoteState, Role};
use engine::rpc::schema::method;
use engine::rpc::types::{EncounterOf, EncounterView, ExportEncounter, ExportedFile, ListEncounters};

use crate::arguments::{EncountersCommand, ExportFormat, ExportOptions, VaultArguments};
use crate::failure::Failure;
use crate::files::write_private;
use crate::output;

pub(crate) fn run(vault: &VaultArguments, command: &EncountersCommand, json: bool) -> Result<(), Failure> {
    let opened = vault.open(Role::Clinician)?;
    match command {
        EncountersCommand::List => {
            let lines = opened.request::<method::EncountersList>(&ListEncounters::default())?;
            output::either(json, &lines, || {
                if lines.is_empty() {
                    return "no encounter".to_owned();
                }
                let line = |line: &engine::rpc::types::EncounterLine| {
                    let flag = if line.open_flag.is_some() { "!" } else { " " };
                    let name = line.patient.as_ref().map_or("-", |name| name.expose());
                    format!("{}  {:<8} {flag} {:<9} {name}", line.id, line.ticket, line.status.as_str())
                };
                lines.iter().map(line).collect::<Vec<_>>().join("\n")
            });
        }
        EncountersCommand::Show { id } => {
            let view = opened.request::<method::EncountersShow>(&EncounterOf { encounter: *id })?;
            output::either(json, &view, || as_text(&view));
        }
    }
    Ok(())
}

pub(crate) fn export(vault: &VaultArguments, options: &ExportOptions, json: bool) -> Result<(), Failure> {
    let opened = vault.open(Role::Clinician)?;
    let format = match options.format {
        ExportFormat::Fhir => domain::ExportFormat::Fhir,
        ExportFormat::Pdf => domain::ExportFormat::Pdf,
        ExportFormat::Hl7v2 => domain::ExportFormat::Hl7v2,
        ExportFormat::Csv => domain::ExportFormat::Csv,
        ExportFormat::Text => domain::ExportFormat::Text,
    };
    let file =
        opened.request::<method::EncountersExport>(&ExportEncounter { encounter: options.id, format })?;
    hand_over(&file, options.output.as_deref(), json)
}

/// Writes a file that left, or prints it. As JSON it is wrapped, unless it is JSON.
pub(crate) fn hand_over(file: &ExportedFile, to: Option<&Path>, json: bool) -> Result<(), Failure> {
    let content = file.content.expose();
    let damaged = |_| Failure::new(ErrorCode::Internal, "the file arrived damaged");
    let binary = file.base64.then(|| BASE64.decode(content.as_bytes())).transpose().map_err(damaged)?;
    let bytes = binary.as_deref().unwrap_or(content.as_bytes());
    match to {
        Some(path) => {
            write_private(path, bytes)?;
            let report = serde_json::json!({ "file": path, "media_type": file.media_type });
            output::either(json, &report, || format!("written to {}", path.display()));
        }
        None if json && file.base64 => {
            output::json(&serde_json::json!({ "media_type": file.media_type, "base64": content }));
        }
        None if json && !file.media_type.ends_with("json") => {
            output::json(&serde_json::json!({ "media_type": file.media_type, "text": content }));
        }
        // What is made of lines by a rule of its own is not touched.
        None if file.base64 || file.media_type.starts_with("application/hl7") => output::bytes(bytes),
        None => output::line(content.trim_end()),
    }
    Ok(())
}

fn as_text(view: &EncounterView) -> String {
    let record = &view.record;
    let name = record.patient.name.as_ref().map_or("-", |name| name.expose());
    let mut text = format!("{}  {}  {}  {name}\n", record.id, record.ticket, record.status.as_str());
    for flag in &record.flags {
        let title = view.rules.get(&flag.rule).map_or(flag.rule.as_str(), |rule| &rule.title);
        let seen = if flag.acknowledged.is_some() { "acknowledged" } else { "not acknowledged" };
        text.push_str(&format!("RED FLAG {title} ({seen})\n"));
    }
    for line in &view.intake {
        let answer = line.answer.as_ref().map_or("-", |answer| answer.expose());
        text.push_str(&format!("{}\n    {answer}\n", line.question));
    }
    for utterance in &record.utterances {
        text.push_str(&format!(
            "{:>4} {:?}: {}\n",
            utterance.index,
            utterance.speaker,
            utterance.text.expose()
        ));
    }
    match &record.note {
        NoteState::None => {}
        NoteState::Draft { note, revision, .. } => {
            text.push_str(&format!("\nDRAFT, revision {revision}\n{}", scribe::render_text(note)));
        }
        NoteState::Signed { note, signature, addenda } => {
            let by = view.people.get(&signature.by).map_or("-", String::as_str);
            text.push_str(&format!("\nSIGNED by {by}\n{}", scribe::render_text(note)));
            for addendum in addenda {
                text.push_str(&format!("ADDENDUM\n{}\n", addendum.text.expose()));
            }
        }
    }
    text
}
