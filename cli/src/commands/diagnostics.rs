//! `bedside diagnostics`: how this machine and its parts are. `bedside support-bundle`: what of it may leave.

use std::fmt::Write as _;
use std::path::Path;

use domain::{Role, Timestamp};
use engine::rpc::schema::method;
use engine::rpc::types::{
    DeviceChoice, Diagnostics, Empty, ModelFile, Phase, SaveSupport, SoundPart, WorkerKind, WorkerLine,
};
use serde_json::json;

use crate::arguments::VaultArguments;
use crate::failure::Failure;
use crate::files::write_private;
use crate::output;

/// Prints what the page of the administration shows. A vault that does not open is told as one of the things found.
pub(crate) fn run(vault: &VaultArguments, json: bool) -> Result<(), Failure> {
    let engine = vault.engine()?;
    let found = if engine.phase() == Phase::Ready {
        let token = engine.device_session(Role::Administrator)?;
        engine.request::<method::DiagnosticsRead>(Some(&token), &Empty {})?
    } else {
        engine.diagnose()
    };
    output::either(json, &found, || as_text(&found));
    Ok(())
}

/// Writes a bundle, and says what is in it.
pub(crate) fn support(vault: &VaultArguments, target: &Path, json: bool) -> Result<(), Failure> {
    let opened = vault.open(Role::Administrator)?;
    let shown = opened.request::<method::SupportPreview>(&Empty {})?;
    let request = SaveSupport { digest: shown.digest.clone() };
    let saved = opened.request::<method::SupportSave>(&request)?;
    write_private(target, saved.content.expose())?;
    let names: Vec<_> = shown.files.iter().map(|file| file.name.as_str()).collect();
    let told = json!({ "file": target, "bytes": shown.bytes, "sha256": shown.digest, "files": names });
    output::either(json, &told, || {
        let mut text =
            format!("{}: {} bytes. Read it before you send it; it holds\n", target.display(), shown.bytes);
        for file in &shown.files {
            let _ = writeln!(text, "  {:<18} {} bytes", file.name, file.content.len());
        }
        text
    });
    Ok(())
}

fn as_text(found: &Diagnostics) -> String {
    let mut text = String::new();
    if found.concerns.is_empty() {
        text.push_str("All is well.\n");
    } else {
        let count = found.concerns.len();
        let _ = writeln!(text, "{count} thing{} attention:", if count == 1 { " needs" } else { "s need" });
    }
    for concern in &found.concerns {
        let name = serde_json::to_value(concern.kind).unwrap_or_default();
        let about = concern.about.as_deref().map(|about| format!(" ({about})")).unwrap_or_default();
        let _ = writeln!(
            text,
            "  {} {}{about}",
            if concern.urgent { "!" } else { "-" },
            name.as_str().unwrap_or_default()
        );
    }
    let space = &found.space;
    let of = |bytes: Option<u64>| bytes.map_or_else(|| "unknown".to_owned(), size);
    let mut line = |name: &str, value: String| {
        let _ = writeln!(text, "{name:<22}{value}");
    };
    line("data folder", space.folder.clone());
    line("free", format!("{} of {}", of(space.free), of(space.total)));
    line("vault", size(space.vault));
    line("recordings", size(space.sound));
    line("models", size(space.models));
    line("log", format!("{} files, {} in {}", found.log.files, size(found.log.bytes), found.log.folder));
    line("microphone", device(&found.microphone));
    line("loudspeaker", device(&found.loudspeaker));
    line("application", found.versions.application.clone());
    line("SQLCipher", found.versions.sqlcipher.clone().unwrap_or_else(|| "the vault is not open".to_owned()));
    line("system", found.versions.system.clone());
    if let Some(vault) = &found.vault {
        line("last backup", vault.backup.map_or_else(never, |made| moment(made.at)));
        line("last restore tried", vault.drill.map_or_else(never, |drill| moment(drill.at)));
        line(
            "trail verified",
            vault
                .audit_check
                .map_or_else(never, |check| format!("{}, {} faults", moment(check.at), check.faults)),
        );
        line("clock", if vault.clock.is_none() { "believed" } else { "not believed" }.to_owned());
    }
    for worker in &found.workers {
        let name = match worker.kind {
            WorkerKind::Speech => "speech worker",
            WorkerKind::Language => "language worker",
        };
        line(name, worker_text(worker));
    }
    for model in &found.models {
        let state = match model.file {
            ModelFile::Partial => "download begun",
            ModelFile::Present => "not verified",
            ModelFile::Verified => "verified",
            ModelFile::Bad => "damaged",
        };
        line("model", format!("{}, {}, {state}", model.name, size(model.bytes)));
    }
    text
}

fn worker_text(worker: &WorkerLine) -> String {
    let mut text = match (&worker.version, worker.problem) {
        (_, Some(problem)) => format!("does not run [{problem}]"),
        (version, None) => format!(
            "{} on {}, {} {}",
            version.as_deref().unwrap_or_default(),
            worker.back_end.as_deref().unwrap_or_default(),
            worker.architecture.as_deref().unwrap_or_default(),
            worker.features.join(" "),
        ),
    };
    let missing: Vec<_> = worker
        .sandbox
        .iter()
        .filter(|part| !part.holds)
        .filter_map(|part| Some(serde_json::to_value(part.part).ok()?.as_str()?.to_owned()))
        .collect();
    if worker.problem.is_none() {
        let sandbox =
            if missing.is_empty() { "complete".to_owned() } else { format!("lacks {}", missing.join(", ")) };
        let _ = write!(text, "; sandbox {sandbox} ({})", worker.mechanisms.join(", "));
    }
    if let Some(death) = &worker.last_death {
        let _ = write!(text, "; last ended {}: {}", moment(death.at), death.detail);
    }
    text
}

fn device(part: &SoundPart) -> String {
    match (&part.name, part.choice) {
        (_, DeviceChoice::Gone) => "the chosen one is not there".to_owned(),
        (Some(name), _) => name.clone(),
        (None, _) => "none".to_owned(),
    }
}

fn never() -> String {
    "never".to_owned()
}

/// The day and the time at Greenwich.
fn moment(at: Timestamp) -> String {
    engine::host::moment(at)
}

fn size(bytes: u64) -> String {
    const STEPS: [(&str, f64); 4] = [("GB", 1e9), ("MB", 1e6), ("kB", 1e3), ("bytes", 1.0)];
    let bytes = bytes as f64;
    let (unit, of) = STEPS.into_iter().find(|(_, of)| bytes >= *of).unwrap_or(("bytes", 1.0));
    if of > 1.0 && bytes / of < 10.0 {
        format!("{:.1} {unit}", bytes / of)
    } else {
        format!("{:.0} {unit}", bytes / of)
    }
}
