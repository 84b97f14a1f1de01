//! `bedside models`.

use inference::{Cancel, Catalog, CatalogEntry, ModelState, ModelStatus, Models, Progress};
use serde_json::{Value, json};

use crate::arguments::{ModelsCommand, VaultArguments};
use crate::failure::Failure;
use crate::output;

/// The models of the data folder.
pub(crate) fn of(vault: &VaultArguments) -> Result<Models, Failure> {
    Ok(Models::new(vault.folder()?.join("models"), Catalog::built_in()?))
}

pub(crate) fn run(vault: &VaultArguments, command: &ModelsCommand, json: bool) -> Result<(), Failure> {
    let models = of(vault)?;
    let cancel = Cancel::default();
    match command {
        ModelsCommand::List => {
            let all = models.list()?;
            let report: Vec<Value> = all.iter().map(as_json).collect();
            output::either(json, &report, || all.iter().map(as_line).collect::<Vec<_>>().join("\n"));
        }
        ModelsCommand::Fetch { name } => {
            let fetched = models.fetch(name, progress, &cancel);
            output::progress_end();
            print(json, &fetched?);
        }
        ModelsCommand::Import { path, name } => {
            let imported = models.import(path, name.as_deref(), progress, &cancel);
            output::progress_end();
            let imported = imported?;
            let report = json!({
                "models": imported.models.iter().map(as_json).collect::<Vec<_>>(),
                "left_out": imported.left_out.iter().map(|(file, reason)| json!({ "file": file, "reason": reason })).collect::<Vec<_>>(),
            });
            output::either(json, &report, || {
                let taken = imported.models.iter().map(as_line);
                let left = imported
                    .left_out
                    .iter()
                    .map(|(file, reason)| format!("left out {}: {reason}", file.display()));
                taken.chain(left).collect::<Vec<_>>().join("\n")
            });
        }
        ModelsCommand::Verify { name: Some(name) } => {
            let verified = models.verify(name, progress, &cancel);
            output::progress_end();
            print(json, &verified?);
        }
        ModelsCommand::Verify { name: None } => return verify_all(&models, &cancel, json),
        ModelsCommand::Remove { name } => {
            models.remove(name)?;
            print(json, &models.status(name)?);
        }
    }
    Ok(())
}

/// Verifies what is here, all of it also where one is bad, and fails for the first that is.
fn verify_all(models: &Models, cancel: &Cancel, json: bool) -> Result<(), Failure> {
    let mut verified = Vec::new();
    let mut failed = None;
    for model in models.list()? {
        if matches!(model.state, ModelState::Absent | ModelState::Partial { .. }) {
            continue;
        }
        let checked = models.verify(&model.name, progress, cancel);
        output::progress_end();
        if let Err(error) = checked {
            failed.get_or_insert(Failure::from(error));
        }
        verified.push(models.status(&model.name)?);
    }
    let report: Vec<Value> = verified.iter().map(as_json).collect();
    output::either(json, &report, || match verified.as_slice() {
        [] => "no model is here".to_owned(),
        verified => verified.iter().map(as_line).collect::<Vec<_>>().join("\n"),
    });
    failed.map_or(Ok(()), Err)
}

fn print(json: bool, model: &ModelStatus) {
    output::either(json, &as_json(model), || as_line(model));
}

fn progress(progress: Progress) {
    let mib = |bytes: u64| bytes / (1024 * 1024);
    match progress.of {
        Some(of) => output::progress(format_args!("{} of {} MiB", mib(progress.bytes), mib(of))),
        None => output::progress(format_args!("{} MiB", mib(progress.bytes))),
    }
}

fn as_json(model: &ModelStatus) -> Value {
    let state = match &model.state {
        ModelState::Absent => json!({ "state": "absent" }),
        ModelState::Partial { bytes } => json!({ "state": "partial", "bytes": bytes }),
        ModelState::Present { bytes } => json!({ "state": "present", "bytes": bytes }),
        ModelState::Verified { bytes, sha256, known } => {
            json!({ "state": "verified", "bytes": bytes, "sha256": sha256, "known_to_catalog": known })
        }
        ModelState::Bad { reason } => json!({ "state": "bad", "reason": reason }),
    };
    json!({ "name": model.name, "purpose": model.purpose, "path": model.path, "here": state, "catalog": model.entry.as_ref().map(entry_as_json) })
}

fn entry_as_json(entry: &CatalogEntry) -> Value {
    json!({
        "title": entry.title,
        "languages": entry.languages,
        "file": entry.file,
        "bytes": entry.bytes,
        "bytes_approximate": entry.bytes_approximate,
        "memory": entry.memory,
        "licence": entry.licence,
        "sha256": entry.sha256,
        "sources": entry.sources,
    })
}

fn as_line(model: &ModelStatus) -> String {
    let state = match &model.state {
        ModelState::Absent => "not here".to_owned(),
        ModelState::Partial { bytes } => format!("{bytes} bytes of a download"),
        ModelState::Present { .. } => "here, not verified".to_owned(),
        ModelState::Verified { sha256, known: true, .. } => format!("verified, SHA-256 {sha256}"),
        ModelState::Verified { sha256, known: false, .. } => {
            format!("recorded at its arrival, SHA-256 {sha256}")
        }
        ModelState::Bad { reason } => format!("bad: {reason}"),
    };
    let about = model.entry.as_ref().map_or_else(
        || {
            let own =
                if model.name == inference::STARTER { inference::STARTER_LIMITS } else { "the clinic's own" };
            own.to_owned()
        },
        |entry| {
            let mib = |bytes: u64| bytes / (1024 * 1024);
            format!(
                "{:>5} MiB, needs {:>5} MiB of memory, {}",
                mib(entry.bytes),
                mib(entry.memory),
                entry.licence
            )
        },
    );
    format!("{:<28} {about}  [{state}]", model.name)
}
