//! `bedside backup`.

use domain::{ErrorCode, Role};
use engine::host;
use engine::rpc::schema::method;
use engine::rpc::types::CreateBackup;
use serde_json::json;
use store::Unlock;

use crate::arguments::{BackupCommand, VaultArguments};
use crate::failure::Failure;
use crate::output;

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
            let manifest = store::verify_backup(folder, &unlock(vault)?, &host::system_vault_options())?;
            output::either(json, &manifest, || {
                format!("the backup is whole: {} events", manifest.counts.events)
            });
        }
        BackupCommand::Restore { folder } => {
            let data = vault.folder()?;
            let restored =
                store::restore_backup(folder, &data, unlock(vault)?, host::system_vault_options())?;
            let report = restored.verify_audit()?;
            let shown = json!({ "data": data, "events": report.events, "audit_entries": report.entries });
            output::either(json, &shown, || {
                format!("restored: {} events in {}", report.events, data.display())
            });
        }
    }
    Ok(())
}

/// What opens the backup: the passphrase of the vault that it was made of.
fn unlock(vault: &VaultArguments) -> Result<Unlock, Failure> {
    vault.passphrase()?.map(|passphrase| Unlock::Passphrase(passphrase.into())).ok_or_else(|| {
        Failure::new(
            ErrorCode::VaultLocked,
            "a backup opens with the vault's passphrase; say --passphrase-file FILE",
        )
    })
}
