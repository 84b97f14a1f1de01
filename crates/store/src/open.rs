//! Making a vault and opening one.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use domain::{
    Action, Actor, Clock, DeviceId, EventBody, HybridTime, IncarnationId, Random, Role, Stream, Who,
};
use rusqlite::{Connection, OptionalExtension, params};
use seal::{FacilityKey, KdfParams, LocalKey, Passphrase, RecoveryWords, WrappedKey};

use crate::anchor::Anchor;
use crate::append::{Append, Expected};
use crate::audit::{AuditWrite, Object, Outcome};
use crate::connection::{Purpose, connect};
use crate::folder::{ANCHOR, DATABASE, Folder, Standing, create_private_file, standing};
use crate::integrity::diagnose;
use crate::log::{self, Keys};
use crate::migrate::{self, Version};
use crate::reserve::{self, Reserve};
use crate::slots::{KeySlots, SlotKind};
use crate::vault::{FileAccess, Vault};
use crate::writer::{Ledger, Writer};
use crate::{Error, Keyring, OsKeyring, SystemClock, SystemRandom};

/// What a vault is handed from outside.
#[derive(Clone)]
pub struct VaultOptions {
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
    /// Where random bytes come from.
    pub random: Arc<dyn Random>,
    /// The OS keyring.
    pub keyring: Arc<dyn Keyring>,
    /// How hard Argon2id works on a new passphrase. An existing slot says for itself.
    pub kdf: KdfParams,
}

impl Default for VaultOptions {
    /// The system's clock, generator and keyring, and the strong setting.
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            random: Arc::new(SystemRandom),
            keyring: Arc::new(OsKeyring::new()),
            kdf: KdfParams::PASSPHRASE,
        }
    }
}

impl fmt::Debug for VaultOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VaultOptions").field("kdf", &self.kdf).finish_non_exhaustive()
    }
}

/// What opens a vault.
#[derive(Clone, Debug)]
pub enum Unlock {
    /// The key that the OS keyring keeps.
    Keyring,
    /// The administrator's passphrase.
    Passphrase(Passphrase),
    /// The recovery words.
    RecoveryWords(RecoveryWords),
}

/// A vault that was just made.
#[derive(Debug)]
pub struct Created {
    /// The vault, open.
    pub vault: Vault,
    /// The words to print and lock away. They are nowhere else.
    pub recovery_words: RecoveryWords,
    /// What opens the vault.
    pub slots: Vec<SlotKind>,
}

/// What stands in a data folder, as far as it can be told without a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Probe {
    /// No vault.
    Missing,
    /// A set-up that was interrupted: nothing in it was ever acknowledged, and a new set-up moves it aside.
    HalfCreated,
    /// A vault.
    Present {
        /// The installation.
        device: DeviceId,
        /// What opens it.
        slots: Vec<SlotKind>,
    },
    /// A vault whose key slots are missing or cannot be read: to be rescued from a backup, never made anew.
    Damaged {
        /// What is wrong.
        reason: String,
    },
}

pub(crate) fn probe(path: &Path) -> Probe {
    match standing(path) {
        Standing::Nothing => Probe::Missing,
        Standing::HalfCreated => Probe::HalfCreated,
        Standing::SlotsLost => Probe::Damaged { reason: "keyslots.json is missing".to_owned() },
        Standing::Vault => match KeySlots::load(path) {
            Ok(_) if !path.join(DATABASE).exists() => {
                Probe::Damaged { reason: "vault.db is missing".to_owned() }
            }
            Ok(slots) => Probe::Present { device: slots.device, slots: slots.kinds() },
            Err(error) => Probe::Damaged { reason: error.to_string() },
        },
    }
}

pub(crate) fn create(
    path: &Path,
    passphrase: &str,
    founding: &[EventBody],
    options: VaultOptions,
) -> Result<Created, Error> {
    let passphrase = Passphrase::new(passphrase);
    passphrase.check_length(Passphrase::LEAST)?;
    let folder = Folder::claim(path)?;
    let nursery = folder.nursery()?;
    let made = make(&nursery, &passphrase, founding, &options);
    if made.is_err() {
        // Nobody was told of it, and a full disk is to be left as it was.
        let _ = std::fs::remove_dir_all(&nursery);
    }
    let Made { local, recovery_words, slots } = made?;
    folder.settle(&nursery)?;
    let kinds = slots.kinds();
    let vault = open_with(folder, slots, local, options)?;
    tracing::info!(device = %vault.device(), slots = kinds.len(), "a vault was made");
    Ok(Created { vault, recovery_words, slots: kinds })
}

struct Made {
    local: LocalKey,
    recovery_words: RecoveryWords,
    slots: KeySlots,
}

/// Makes a vault's files in an empty folder.
fn make(
    nursery: &Path,
    passphrase: &Passphrase,
    founding: &[EventBody],
    options: &VaultOptions,
) -> Result<Made, Error> {
    let random = &*options.random;
    let now = options.clock.now();
    let device = DeviceId::make(now, random);
    let local = LocalKey::make(random);
    let recovery_words = RecoveryWords::make(random);
    let slots =
        KeySlots::make(&local, device, passphrase, &recovery_words, options.kdf, &*options.keyring, random)?;

    let facility_key = FacilityKey::make(random);
    let wrapped = local.wrap(&facility_key, FIRST_EPOCH, random);
    let keys = Arc::new(Keys {
        database: local.database_key(),
        facility: BTreeMap::from([(FIRST_EPOCH, facility_key)]),
        local,
    });
    let file = nursery.join(DATABASE);
    create_private_file(&file)?;
    let mut connection = connect(&file, &keys.database, Purpose::Create)?;
    migrate::migrate(&mut connection, nursery)?;
    let incarnation = IncarnationId::make(now, random);
    connection.execute(
        "INSERT INTO facility_key (epoch, wrapped) VALUES (?1, ?2)",
        params![FIRST_EPOCH, wrapped.as_bytes()],
    )?;
    set_meta(&connection, "device", device.as_bytes())?;
    set_meta(&connection, "incarnation", incarnation.as_bytes())?;

    let heads = log::heads(&connection, incarnation)?;
    Anchor::create(&nursery.join(ANCHOR), keys.local.mark_key(), &heads)?;
    let (anchor, _) = Anchor::open(&nursery.join(ANCHOR), keys.local.mark_key())?;
    let mut ledger = Ledger {
        path: file,
        keys,
        device,
        clock: options.clock.clone(),
        random: options.random.clone(),
        heads,
        time: HybridTime::default(),
        anchor,
        connection: Some(connection),
        reserve: None,
    };
    ledger.transact(|posting| {
        posting.make_stream(Stream::Facility)?;
        posting.audit(&AuditWrite {
            actor: by_device(device),
            action: Action("vault.create"),
            object: Some(Object::Vault),
            outcome: Outcome::Allowed,
        })?;
        if !founding.is_empty() {
            posting.append(&Append {
                stream: Stream::Facility,
                actor: by_device(device),
                action: Action("clinic.create"),
                events: founding.to_vec(),
                expected: Expected::Length(0),
            })?;
        }
        Ok(())
    })?;
    let local = ledger.keys.local.clone();
    close(ledger)?;
    slots.save(nursery)?;
    Ok(Made { local, recovery_words, slots })
}

pub(crate) fn open(path: &Path, unlock: &Unlock, options: VaultOptions) -> Result<Vault, Error> {
    match standing(path) {
        Standing::Nothing | Standing::HalfCreated => return Err(Error::Missing { path: path.to_owned() }),
        Standing::SlotsLost => {
            return Err(Error::SlotsUnreadable { path: path.to_owned(), reason: "it is missing".to_owned() });
        }
        Standing::Vault => {}
    }
    match open_vault(path, unlock, options.clone()) {
        // The shared memory of the write-ahead log needs some, too.
        Err(Error::DiskFull) if reserve::release_in(path) => open_vault(path, unlock, options),
        other => other,
    }
}

fn open_vault(path: &Path, unlock: &Unlock, options: VaultOptions) -> Result<Vault, Error> {
    let folder = Folder::claim(path)?;
    let slots = KeySlots::load(path)?;
    let local = slots.unlock(unlock, &*options.keyring)?;
    let (file, database) = (folder.file(DATABASE), local.database_key());
    match open_with(folder, slots, local, options) {
        Err(Error::Corrupt { pages }) if pages.is_empty() && file.exists() => Err(diagnose(&file, &database)),
        other => other,
    }
}

fn open_with(
    folder: Folder,
    slots: KeySlots,
    local: LocalKey,
    options: VaultOptions,
) -> Result<Vault, Error> {
    let file = folder.file(DATABASE);
    let database = local.database_key();
    let connection = open_file(&file, &local)?;
    let newer = match migrate::version(&connection)? {
        Version::Current => None,
        // No file of version 0 was ever a vault: this one was emptied. It is not filled again.
        Version::Older(0) => return Err(Error::Corrupt { pages: vec![1] }),
        Version::Older(_) => {
            let mut writing = connect(&file, &database, Purpose::Write)?;
            migrate::migrate(&mut writing, folder.path())?;
            None
        }
        Version::Newer(found) => Some(found),
    };
    let device = DeviceId::from_bytes(meta(&connection, "device")?);
    if device != slots.device {
        return Err(Error::KeyMismatch { path: folder.path().to_owned() });
    }
    let incarnation = IncarnationId::from_bytes(meta(&connection, "incarnation")?);
    let heads = log::heads(&connection, incarnation)?;
    let time = log::latest_time(&connection, incarnation)?;
    let keys = Arc::new(Keys { facility: facility_keys(&connection, &local)?, database, local });
    let anchor = folder.file(ANCHOR);
    let access = if let Some(found) = newer {
        log::check_anchored(&connection, &heads, &Anchor::peek(&anchor, &keys.local.mark_key())?)?;
        FileAccess::Newer { found }
    } else {
        let (anchor, anchored) = Anchor::open(&anchor, keys.local.mark_key())?;
        log::check_anchored(&connection, &heads, &anchored)?;
        let writing = connect(&file, &keys.database, Purpose::Write)?;
        let reserve = Reserve::keep(folder.path());
        let reserve_spent = reserve.spent();
        let writer = Writer::start(Ledger {
            path: file,
            keys: keys.clone(),
            device,
            clock: options.clock.clone(),
            random: options.random.clone(),
            heads,
            time,
            anchor,
            connection: Some(writing),
            reserve: Some(reserve),
        })?;
        FileAccess::Write { writer, reserve_spent }
    };
    Ok(Vault::new(folder, keys, device, options, access, connection))
}

/// Opens the file to read it, and says what is wrong where that fails.
pub(crate) fn open_file(file: &Path, local: &LocalKey) -> Result<Connection, Error> {
    if !file.exists() {
        return Err(Error::Corrupt { pages: Vec::new() });
    }
    let database = local.database_key();
    match connect(file, &database, Purpose::Read) {
        Err(Error::Corrupt { .. }) => Err(diagnose(file, &database)),
        other => other,
    }
}

pub(crate) const FIRST_EPOCH: u32 = 1;

/// The device itself, as the one who acts.
pub(crate) fn by_device(device: DeviceId) -> Actor {
    Actor { who: Who::Device(device), role: Role::Administrator }
}

/// Closes the database so that everything stands in the one file.
pub(crate) fn close(mut ledger: Ledger) -> Result<(), Error> {
    if let Some(connection) = ledger.connection.take() {
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        connection.close().map_err(|(_, error)| error)?;
    }
    Ok(())
}

pub(crate) fn facility_keys(
    connection: &Connection,
    local: &LocalKey,
) -> Result<BTreeMap<u32, FacilityKey>, Error> {
    let mut statement = connection.prepare("SELECT epoch, wrapped FROM facility_key")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?)))?;
    rows.map(|row| {
        let (epoch, wrapped) = row?;
        Ok((epoch, local.unwrap(&WrappedKey::from_bytes(wrapped), epoch)?))
    })
    .collect()
}

pub(crate) fn meta(connection: &Connection, key: &str) -> Result<[u8; 16], Error> {
    connection
        .query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| crate::row::fixed(row, 0))
        .optional()?
        .ok_or(Error::Corrupt { pages: Vec::new() })
}

pub(crate) fn set_meta(connection: &Connection, key: &str, value: &[u8; 16]) -> Result<(), Error> {
    connection.execute(
        "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
        params![key, value],
    )?;
    Ok(())
}
