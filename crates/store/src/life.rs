//! A new life of the log: after a restore, and after somebody accepted a file that was put back.
//!
//! Positions in the log are known to others by device, incarnation and number. A file from the past would give the same
//! positions to other events; so what it records from now on is of a new incarnation.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::{Action, DeviceId, IncarnationId};
use seal::LocalKey;

use crate::anchor::Anchor;
use crate::audit::{AuditWrite, Object, Outcome};
use crate::connection::{Purpose, connect};
use crate::folder::{ANCHOR, DATABASE, Folder};
use crate::log::{self, Keys};
use crate::migrate::{self, Version};
use crate::open::{Unlock, VaultOptions, by_device, close, facility_keys, meta, open_file, set_meta};
use crate::slots::KeySlots;
use crate::writer::Ledger;
use crate::{Error, Vault};

/// Begins a new incarnation in a database file that nobody has open, with an entry in the audit trail, and makes an anchor
/// for it.
pub(crate) fn begin(
    file: PathBuf,
    anchor: &Path,
    local: LocalKey,
    device: DeviceId,
    options: &VaultOptions,
    action: Action,
) -> Result<(), Error> {
    let connection = connect(&file, &local.database_key(), Purpose::Write)?;
    if let Version::Newer(found) = migrate::version(&connection)? {
        return Err(Error::NewerSchema { found, known: crate::SCHEMA_VERSION });
    }
    let incarnation = IncarnationId::make(options.clock.now(), &*options.random);
    let before = IncarnationId::from_bytes(meta(&connection, "incarnation")?);
    let time = log::latest_time(&connection, before)?;
    let facility = facility_keys(&connection, &local)?;
    let keys = Arc::new(Keys { facility, database: local.database_key(), local });
    let heads = log::heads(&connection, incarnation)?;
    Anchor::create(anchor, keys.local.mark_key(), &heads)?;
    let mut ledger = Ledger {
        path: file,
        device,
        clock: options.clock.clone(),
        random: options.random.clone(),
        heads,
        time,
        anchor: Anchor::open(anchor, keys.local.mark_key())?.0,
        connection: Some(connection),
        reserve: None,
        keys,
    };
    ledger.transact(|posting| {
        set_meta(&posting.transaction, "incarnation", incarnation.as_bytes())?;
        posting.audit(&AuditWrite {
            actor: by_device(device),
            action,
            object: Some(Object::Vault),
            outcome: Outcome::Allowed,
        })
    })?;
    close(ledger)
}

/// Opens a vault that raised the alarm of a file put back, as it is. What the alarm was about stays in the folder, as
/// `anchor-refused-N`, and in the audit trail.
pub(crate) fn accept(path: &Path, unlock: Unlock, options: VaultOptions) -> Result<Vault, Error> {
    match Vault::open(path, unlock.clone(), options.clone()) {
        Err(Error::Tampered { reason }) => tracing::warn!(reason, "a vault that was put back is accepted"),
        other => return other,
    }
    let folder = Folder::claim(path)?;
    let slots = KeySlots::load(path)?;
    let local = slots.unlock(&unlock, &*options.keyring)?;
    drop(open_file(&folder.file(DATABASE), &local)?);
    let anchor = folder.file(ANCHOR);
    if anchor.exists() {
        let refused = (0..)
            .map(|number| folder.file(&format!("anchor-refused-{number}")))
            .find(|refused| !refused.exists())
            .unwrap_or_else(|| folder.file("anchor-refused"));
        fs::rename(&anchor, &refused).map_err(Error::io(&refused))?;
    }
    begin(folder.file(DATABASE), &anchor, local, slots.device, &options, Action("vault.accept"))?;
    drop(folder);
    Vault::open(path, unlock, options)
}
