//! Backups: made, verified, restored.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use domain::{Action, Clock, DeviceId, Digest, IncarnationId, Timestamp};
use rusqlite::Connection;
use seal::LocalKey;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::anchor::Heads;
use crate::connection::{Purpose, connect};
use crate::folder::{ANCHOR, DATABASE, FILES, Folder, KEYSLOTS, make_private_folder, sync_file, sync_folder};
use crate::folder::{as_text, write_durably};
use crate::log::{self, Keys};
use crate::open::{Unlock, VaultOptions, meta, open_file};
use crate::slots::{KeySlots, hex, unhex_vec};
use crate::vault::Vault;
use crate::{Error, audit, integrity, life, row};

const MANIFEST: &str = "manifest.json";
const FORMAT: u32 = 1;

/// What a backup holds, as it says itself. Authenticated with a key of the vault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackupManifest {
    /// The version of the backup's form.
    pub format: u32,
    /// The version of the database's schema.
    pub schema: u32,
    /// The installation.
    pub device: DeviceId,
    /// Which life of its log.
    pub incarnation: IncarnationId,
    /// When it was made.
    pub made: Timestamp,
    /// How much it holds.
    pub counts: Counts,
    /// The digest of the last event of the log.
    pub log_head: Digest,
    /// The digest of the last entry of the audit trail.
    pub audit_head: Digest,
    /// The SHA-256 of vault.db.
    pub database_sha256: Digest,
    /// The SHA-256 of keyslots.json.
    pub keyslots_sha256: Digest,
}

/// How much a vault holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// Events of the log.
    pub events: u64,
    /// Entries of the audit trail.
    pub audit: u64,
    /// Encounters.
    pub encounters: u64,
    /// People.
    pub people: u64,
}

/// The manifest and its authentication code, as they stand in manifest.json.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sealed {
    manifest: BackupManifest,
    code: String,
}

/// Makes a backup beside its name, verifies it, and only then gives it its name.
pub(crate) fn create(
    folder: &Folder,
    keys: &Keys,
    clock: &dyn Clock,
    target: &Path,
) -> Result<BackupManifest, Error> {
    if target.exists() {
        return Err(Error::TargetExists { path: target.to_owned() });
    }
    let parent = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    make_private_folder(parent)?;
    let partial = Partial::begin(target)?;
    let copy = partial.path.join(DATABASE);
    {
        let source = connect(&folder.file(DATABASE), &keys.database, Purpose::Write)?;
        source.execute("VACUUM INTO ?1", [as_text(&copy)?])?;
    }
    sync_file(&copy)?;
    let slots = fs::read(folder.file(KEYSLOTS)).map_err(Error::io(folder.path()))?;
    write_durably(&partial.path.join(KEYSLOTS), &slots)?;

    let connection = connect(&copy, &keys.database, Purpose::Read)?;
    let (heads, counts) = contents(&connection)?;
    let manifest = BackupManifest {
        format: FORMAT,
        schema: connection.query_row("PRAGMA user_version", [], |row| row.get(0))?,
        device: DeviceId::from_bytes(meta(&connection, "device")?),
        incarnation: heads.incarnation,
        made: clock.now(),
        counts,
        log_head: heads.log.digest,
        audit_head: heads.audit.digest,
        database_sha256: sha256(&copy)?,
        keyslots_sha256: sha256(&partial.path.join(KEYSLOTS))?,
    };
    drop(connection);
    let sealed = Sealed { code: hex(&keys.local.mark_key().authenticate(&encode(&manifest)?)), manifest };
    let json = serde_json::to_vec_pretty(&sealed)
        .map_err(|_| Error::Seal(seal::Error::Encoding("a manifest has no JSON form")))?;
    write_durably(&partial.path.join(MANIFEST), &json)?;
    verify(&partial.path, &keys.local)?;
    partial.finish(target, parent)?;
    tracing::info!(events = counts.events, "a backup was made");
    Ok(sealed.manifest)
}

/// Opens a backup and checks all of it: the manifest's authenticity, both files' checksums, every page, the structure, both
/// chains, and that it holds as much as it says.
///
/// # Errors
/// [`Error::BackupBroken`] with what is wrong; [`Error::WrongKey`] when it does not open.
pub fn verify_backup(
    backup: &Path,
    unlock: &Unlock,
    options: &VaultOptions,
) -> Result<BackupManifest, Error> {
    let slots = load_slots(backup)?;
    verify(backup, &slots.unlock(unlock, &*options.keyring)?)
}

/// Restores a backup into an empty or missing folder and opens it. The restored log is a new incarnation, so that nothing it
/// records can be taken for what the old one recorded after the backup.
///
/// # Errors
/// As [`verify_backup`], and [`Error::Exists`] where the folder holds a vault.
pub fn restore_backup(
    backup: &Path,
    to: &Path,
    unlock: Unlock,
    options: VaultOptions,
) -> Result<Vault, Error> {
    let slots = load_slots(backup)?;
    let local = slots.unlock(&unlock, &*options.keyring)?;
    verify(backup, &local)?;

    let folder = Folder::claim(to)?;
    let nursery = folder.nursery()?;
    let made = revive(backup, &nursery, local, &slots, &options);
    if made.is_err() {
        // Nobody was told of it, and a full disk is to be left as it was.
        let _ = fs::remove_dir_all(&nursery);
    }
    made?;
    folder.settle(&nursery)?;
    drop(folder);
    Vault::open(to, unlock, options)
}

/// Makes a vault's files from a backup's in an empty folder.
fn revive(
    backup: &Path,
    nursery: &Path,
    local: LocalKey,
    slots: &KeySlots,
    options: &VaultOptions,
) -> Result<(), Error> {
    let file = nursery.join(DATABASE);
    copy_private(&backup.join(DATABASE), &file)?;
    life::begin(file, &nursery.join(ANCHOR), local, slots.device, options, Action("backup.restore"))?;
    slots.save(nursery)
}

fn verify(backup: &Path, local: &LocalKey) -> Result<BackupManifest, Error> {
    let broken = |reason: String| Error::BackupBroken { path: backup.to_owned(), reason };
    let json = fs::read(backup.join(MANIFEST)).map_err(|error| broken(format!("{MANIFEST}: {error}")))?;
    let Sealed { manifest, code } =
        serde_json::from_slice(&json).map_err(|error| broken(format!("{MANIFEST}: {error}")))?;
    if manifest.format > FORMAT {
        return Err(broken(format!("its form {} is newer than this Bedside", manifest.format)));
    }
    let code: Option<[u8; 32]> = unhex_vec(&code).and_then(|code| code.try_into().ok());
    if !code.is_some_and(|code| encode(&manifest).is_ok_and(|bytes| local.mark_key().verify(&bytes, &code))) {
        return Err(broken(format!("{MANIFEST} was altered")));
    }
    for (name, digest) in [(DATABASE, manifest.database_sha256), (KEYSLOTS, manifest.keyslots_sha256)] {
        let found = sha256(&backup.join(name)).map_err(|error| broken(error.to_string()))?;
        if found != digest {
            return Err(broken(format!("{name} is not the file that was backed up")));
        }
    }
    let file = backup.join(DATABASE);
    let report = integrity::check(&file, &local.database_key())?;
    if !report.is_clean() {
        return Err(broken(format!(
            "{} damaged pages, {} faults of structure",
            report.bad_pages.len(),
            report.problems.len()
        )));
    }
    let connection = open_file(&file, local)?;
    let (heads, counts) = contents(&connection)?;
    if counts != manifest.counts
        || heads.log.digest != manifest.log_head
        || heads.audit.digest != manifest.audit_head
    {
        return Err(broken("it does not hold what its manifest says".to_owned()));
    }
    if !audit::verify(&connection, &heads)?.is_intact() {
        return Err(broken("its log or its audit trail is altered".to_owned()));
    }
    Ok(manifest)
}

fn contents(connection: &Connection) -> Result<(Heads, Counts), Error> {
    let incarnation = IncarnationId::from_bytes(meta(connection, "incarnation")?);
    let count = |sql: &str| connection.query_row(sql, [], |row| row::unsigned(row, 0));
    let counts = Counts {
        events: count("SELECT count(*) FROM event")?,
        audit: count("SELECT count(*) FROM audit")?,
        encounters: count("SELECT count(*) FROM encounter")?,
        people: count("SELECT count(*) FROM person")?,
    };
    Ok((log::heads(connection, incarnation)?, counts))
}

fn load_slots(backup: &Path) -> Result<KeySlots, Error> {
    if !backup.join(KEYSLOTS).exists() {
        let reason = format!("{KEYSLOTS} is missing");
        return Err(Error::BackupBroken { path: backup.to_owned(), reason });
    }
    KeySlots::load(backup)
}

fn encode(manifest: &BackupManifest) -> Result<Vec<u8>, Error> {
    Ok([b"backup manifest\0".as_slice(), &seal::encode_canonical(manifest)?].concat())
}

fn sha256(path: &Path) -> Result<Digest, Error> {
    let mut file = File::open(path).map_err(Error::io(path))?;
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut buffer).map_err(Error::io(path))? {
            0 => return Ok(Digest(hash.finalize().into())),
            count => hash.update(&buffer[..count]),
        }
    }
}

fn copy_private(from: &Path, to: &Path) -> Result<(), Error> {
    let mut source = File::open(from).map_err(Error::io(from))?;
    let mut target = crate::folder::create_private_file(to)?;
    io::copy(&mut source, &mut target).and_then(|_| target.sync_all()).map_err(Error::io(to))
}

/// A backup that has no name yet. Removed when it is given up.
struct Partial {
    path: PathBuf,
}

impl Partial {
    fn begin(target: &Path) -> Result<Self, Error> {
        let mut name = target.as_os_str().to_owned();
        name.push(".partial");
        let path = PathBuf::from(name);
        if path.exists() {
            // Of an attempt that was killed: nobody was told of it. A folder of somebody else's is not ours to delete.
            if !holds_only_a_backup(&path) {
                return Err(Error::TargetExists { path });
            }
            fs::remove_dir_all(&path).map_err(Error::io(&path))?;
        }
        make_private_folder(&path)?;
        Ok(Self { path })
    }

    fn finish(self, target: &Path, parent: &Path) -> Result<(), Error> {
        sync_folder(&self.path)?;
        fs::rename(&self.path, target).map_err(Error::io(target))?;
        sync_folder(parent)
    }
}

/// Whether everything in a folder could have been put there by a backup.
fn holds_only_a_backup(folder: &Path) -> bool {
    let ours = |name: &str| name == MANIFEST || FILES.iter().any(|file| name.starts_with(file));
    fs::read_dir(folder)
        .is_ok_and(|entries| entries.flatten().all(|entry| entry.file_name().to_str().is_some_and(ours)))
}

impl Drop for Partial {
    fn drop(&mut self) {
        // After `finish` there is nothing of this name.
        let _ = fs::remove_dir_all(&self.path);
    }
}
