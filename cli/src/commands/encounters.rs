//! `bedside encounters` and `bedside export`.

use domain::{NoteState, Role};
use engine::rpc::schema::method;
use engine::rpc::types::{EncounterOf, EncounterView, ExportEncounter, ListEncounters};

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
        ExportFormat::Text => domain::ExportFormat::Text,
    };
    let file =
        opened.request::<method::EncountersExport>(&ExportEncounter { encounter: options.id, format })?;
    match &options.output {
        Some(path) => {
            write_private(path, file.content.expose())?;
            let report = serde_json::json!({ "file": path, "media_type": file.media_type });
            output::either(json, &report, || format!("written to {}", path.display()));
        }
        // A FHIR document is JSON as it is.
        None if json && matches!(options.format, ExportFormat::Text) => {
            output::json(&serde_json::json!({ "media_type": file.media_type, "text": file.content }));
        }
        None => output::line(file.content.expose().trim_end()),
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
        NoteState::Draft { note, revision } => {
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
