//! `bedside backup`.

use domain::Role;
use engine::host;
use engine::rpc::schema::method;
use engine::rpc::types::CreateBackup;
use serde_json::json;
use store::Unlock;

use crate::arguments::{BackupCommand, VaultArguments};
use crate::failure::Failure;
use crate::output;
use crate::vault::locked;

pub(crate) fn run(vault: &VaultArguments, command: &BackupCommand, json: bool) -> Result<(), Failure> {
    match command {
        BackupCommand::Create { folder } => {
            let opened = vault.open(Role::Administrator)?;
            let folder = std::path::absolute(folder).map_err(|error| Failure::of_file(folder, &error))?;
            let request = CreateBackup { folder: folder.display().to_string() };
            let created = opened.request::<method::BackupCreate>(&request)?;
            output::either(json, &created, || {
                format!("backed up and verified: {} events in {}", created.events, created.folder)
            });
        }
        BackupCommand::Verify { folder } => {
            let unlock = unlock(vault)?;
            let manifest = opened(store::verify_backup(folder, &unlock, &host::system_vault_options()))?;
            output::either(json, &manifest, || {
                format!("the backup is whole: {} events", manifest.counts.events)
            });
        }
        BackupCommand::Restore { folder } => {
            let data = vault.folder()?;
            let unlock = unlock(vault)?;
            let restored =
                opened(store::restore_backup(folder, &data, unlock, host::system_vault_options()))?;
            let report = restored.verify_audit()?;
            let shown = json!({ "data": data, "events": report.events, "audit_entries": report.entries });
            output::either(json, &shown, || {
                format!("restored: {} events in {}", report.events, data.display())
            });
        }
    }
    Ok(())
}

/// What opens the backup: what opened the vault when it was made.
fn unlock(vault: &VaultArguments) -> Result<Unlock, Failure> {
    Ok(vault.secret()?.unwrap_or(Unlock::Keyring))
}

/// Says what to do where the keyring was asked and has no key for this backup.
fn opened<T>(result: Result<T, store::Error>) -> Result<T, Failure> {
    result.map_err(|error| match error {
        store::Error::Keyring { .. } => locked("the backup"),
        other => other.into(),
    })
}
