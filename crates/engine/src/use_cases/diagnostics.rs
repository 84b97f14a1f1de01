//! How this machine is, what of it may leave, and the restore that is tried.

use std::path::Path;

use seal::Passphrase;
use store::{Object, Unlock};

use super::filled;
use crate::diagnostics::DRILL;
use crate::router::Call;
use crate::rpc::types::{
    Diagnostics, DrillCheck, Empty, ExportedFile, SaveSupport, SupportBundle, TryRestore,
};
use crate::{Error, kept, support};

pub(crate) fn read(call: &Call<'_>, _: Empty) -> Result<Diagnostics, Error> {
    Ok(call.engine.diagnose())
}

/// Makes a bundle and shows all of it. It is held until the next one is made: what is saved is what was shown.
pub(crate) fn preview_support(call: &Call<'_>, _: Empty) -> Result<SupportBundle, Error> {
    call.audit(Object::Vault)?;
    let made = support::make(call.engine)?;
    *call.engine.bundle() = Some(made.clone());
    Ok(made.shown)
}

pub(crate) fn save_support(call: &Call<'_>, request: SaveSupport) -> Result<ExportedFile, Error> {
    let held = call.engine.bundle().clone();
    let made = held.filter(|made| made.shown.digest == request.digest).ok_or(Error::PreviewChanged)?;
    call.audit(Object::Vault)?;
    Ok(ExportedFile {
        file_name: made.shown.file_name,
        media_type: "application/json".to_owned(),
        content: made.content.into(),
        base64: false,
    })
}

/// Restores a backup into a folder that is thrown away, checks all that came out of it, and keeps that it was tried.
pub(crate) fn try_restore(call: &Call<'_>, request: TryRestore) -> Result<DrillCheck, Error> {
    const FOLDER: &str = ".restore-drill";
    let engine = call.engine;
    let folder = filled(&request.folder, "folder")?;
    let backup = Path::new(&folder);
    let unlock = Unlock::Passphrase(Passphrase::from(request.passphrase));
    let options = &engine.options.vault;
    let place = engine.data().join(FOLDER);
    // What a drill that was cut off left.
    let _ = std::fs::remove_dir_all(&place);
    let manifest = store::verify_backup(backup, &unlock, options)?;
    let restored = store::restore_backup(backup, &place, unlock, options.clone());
    let report = restored.and_then(|vault| {
        let rebuilt = vault.rebuild_projections()?;
        Ok((vault.verify_audit()?, rebuilt.changed))
    });
    let _ = std::fs::remove_dir_all(&place);
    let (report, changed) = report?;
    if !report.is_intact() || changed {
        return Err(store::Error::BackupBroken {
            path: backup.to_owned(),
            reason: "what came out of it is not whole".to_owned(),
        }
        .into());
    }
    call.audit(Object::Backup)?;
    let drill = DrillCheck { at: engine.now(), made: manifest.made, events: report.events };
    kept::note(&*engine.vault()?, DRILL, &drill);
    Ok(drill)
}
