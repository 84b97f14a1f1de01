//! The open vault.

use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use domain::{
    Actor, DeviceId, EncounterId, EncounterRecord, EncounterStatus, EventBody, EventHeader, EventKind,
    FacilityId, PartialDate, PatientId, PersonId, RecordingId, Stream, Timestamp, WhyDeleted,
};
use rusqlite::Connection;
use seal::{RecoveryWords, Secret};

use crate::audit::{AuditEntry, AuditFilter, AuditReport, AuditWrite};
use crate::backup::{self, BackupManifest};
use crate::connection::{Purpose, connect};
use crate::folder::{DATABASE, Folder};
use crate::log::{self, Keys, LoggedEvent, fold_encounter};
use crate::migrate::SCHEMA_VERSION;
use crate::people::{self, FacilityProfile, Person};
use crate::projection::{self, RebuildReport};
use crate::slots::KeySlots;
use crate::writer::{Ledger, Writer};
use crate::{
    Append, Created, EncounterFilter, EncounterRow, Error, Hit, IntegrityReport, PatientRow, Probe, SlotKind,
    Unlock, VaultOptions, audit, integrity, life, meter, open, patient, read, search, shred,
};

/// How many reading connections are kept.
const READERS: usize = 4;

/// An open vault. One writer thread, some reading connections; closed when dropped. Every call may wait for the disk.
pub struct Vault {
    // Dropped in this order: the writer's connection is the last one, so that closing it empties the write-ahead log into
    // the file (a reading connection cannot), and the folder's lock goes when all is closed.
    readers: Mutex<Vec<Connection>>,
    writer: Option<Writer>,
    keys: Arc<Keys>,
    device: DeviceId,
    options: VaultOptions,
    /// The file's version and the newest that this build knows, where the file is newer.
    newer: Option<(u32, u32)>,
    reserve_spent: Arc<AtomicBool>,
    folder: Folder,
}

/// What may be done with the file.
pub(crate) enum FileAccess {
    Write {
        writer: Writer,
        reserve_spent: Arc<AtomicBool>,
    },
    /// It is of a newer schema: it is read only.
    Newer {
        found: u32,
    },
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").field("device", &self.device).finish_non_exhaustive()
    }
}

impl Vault {
    /// Makes a vault in a data folder, which may be missing. Killed at any moment it leaves a vault or none; what it leaves
    /// half made is recognised, and moved aside by the next attempt.
    ///
    /// # Errors
    /// [`Error::Exists`], [`Error::InUse`], [`Error::ReadOnly`], [`Error::DiskFull`], or a passphrase of fewer than 12
    /// characters.
    pub fn create(folder: &Path, passphrase: &str, options: VaultOptions) -> Result<Created, Error> {
        open::create(folder, passphrase, &[], options)
    }

    /// Makes a vault whose facility is there from its first moment: killed in between, there is neither.
    ///
    /// # Errors
    /// As [`Vault::create`], and as [`Vault::append`] for the events.
    pub fn found(
        folder: &Path,
        passphrase: &str,
        founding: &[EventBody],
        options: VaultOptions,
    ) -> Result<Created, Error> {
        open::create(folder, passphrase, founding, options)
    }

    /// Opens a vault. A file of a newer schema is opened for reading only.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::InUse`], [`Error::WrongKey`], [`Error::Keyring`], [`Error::KeyMismatch`],
    /// [`Error::Corrupt`], [`Error::Tampered`], [`Error::ReadOnly`], [`Error::Migration`].
    pub fn open(folder: &Path, unlock: Unlock, options: VaultOptions) -> Result<Self, Error> {
        open::open(folder, &unlock, options)
    }

    /// Opens a vault although its file was put back to an earlier state, which [`Vault::open`] refuses with
    /// [`Error::Tampered`]: for whoever put it back and knows why. The log goes on as a new incarnation, and the audit trail
    /// says so. Where nothing was put back this is [`Vault::open`].
    ///
    /// # Errors
    /// As [`Vault::open`].
    pub fn accept(folder: &Path, unlock: Unlock, options: VaultOptions) -> Result<Self, Error> {
        life::accept(folder, unlock, options)
    }

    /// What stands in a data folder, without opening or changing anything.
    pub fn probe(folder: &Path) -> Probe {
        open::probe(folder)
    }

    /// A vault whose file is open to be read.
    pub(crate) fn new(
        folder: Folder,
        keys: Arc<Keys>,
        device: DeviceId,
        options: VaultOptions,
        access: FileAccess,
        reader: Connection,
    ) -> Self {
        let readers = Mutex::new(vec![reader]);
        let (writer, newer, reserve_spent) = match access {
            FileAccess::Write { writer, reserve_spent } => (Some(writer), None, reserve_spent),
            FileAccess::Newer { found } => (None, Some((found, SCHEMA_VERSION)), Arc::default()),
        };
        Self { writer, readers, keys, device, options, newer, reserve_spent, folder }
    }

    /// The installation.
    pub fn device(&self) -> DeviceId {
        self.device
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Whether the file is of a newer schema and can only be read.
    pub fn is_read_only(&self) -> bool {
        self.newer.is_some()
    }

    /// Whether the disk is so full that the vault lives on the space it kept for that: what is open comes to its end, and
    /// somebody must make room.
    pub fn is_short_of_space(&self) -> bool {
        self.reserve_spent.load(Ordering::Relaxed)
    }

    /// What opens the vault.
    ///
    /// # Errors
    /// When keyslots.json cannot be read.
    pub fn slots(&self) -> Result<Vec<SlotKind>, Error> {
        KeySlots::load(self.folder.path()).map(|slots| slots.kinds())
    }

    // --- writing -------------------------------------------------------------------------------------------------

    /// Records events: sealed, in the projections, and in the audit trail, in one transaction. What this returned is on the
    /// disk.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an encounter that is not open, [`Error::Conflict`] when the stream is not as expected,
    /// [`Error::LoginTaken`], [`Error::WrongStream`], [`Error::DiskFull`], [`Error::NewerSchema`].
    pub fn append(&self, append: Append) -> Result<Vec<EventHeader>, Error> {
        self.write(move |ledger| ledger.transact(|posting| posting.append(&append)))
    }

    /// Writes an entry of the audit trail for what records no event: a read, a refusal, a failure. Show nothing of what was
    /// read unless this returned `Ok`.
    ///
    /// # Errors
    /// As [`Vault::append`].
    pub fn audit(&self, entry: AuditWrite) -> Result<(), Error> {
        self.write(move |ledger| ledger.transact(|posting| posting.audit(&entry)))
    }

    /// The next ticket of a day, which the caller names as it likes ("2026-11-23"), then B-1.
    ///
    /// # Errors
    /// As [`Vault::append`].
    pub fn next_ticket(&self, day: &str) -> Result<String, Error> {
        let day = day.to_owned();
        self.write(move |ledger| ledger.transact(|posting| posting.next_ticket(&day)))
    }

    /// Deletes an encounter by deleting its key. Its events stay in the log, sealed for good, and the facility's stream gets
    /// one that says so; backups made before still hold the key until they are deleted.
    ///
    /// # Errors
    /// [`Error::NotFound`], and as [`Vault::append`].
    pub fn shred(&self, id: EncounterId, actor: Actor, why: WhyDeleted) -> Result<(), Error> {
        self.write(move |ledger| shred::shred(ledger, id, actor, why))
    }

    /// Keeps a fact that is not read from the log, in place of what was kept under the name: how far the licence's clock
    /// has come. Never PHI.
    ///
    /// # Errors
    /// As [`Vault::append`].
    pub fn remember(&self, name: &'static str, value: Vec<u8>) -> Result<(), Error> {
        self.write(move |ledger| ledger.transact(|posting| posting.remember(name, &value)))
    }

    /// Makes every projection again from the log, in one transaction.
    ///
    /// # Errors
    /// When an event does not open; then nothing is changed.
    pub fn rebuild_projections(&self) -> Result<RebuildReport, Error> {
        self.write(|ledger| {
            ledger.transact(|posting| projection::rebuild(&posting.transaction, posting.keys))
        })
    }

    // --- key slots -----------------------------------------------------------------------------------------------

    /// Sets a new passphrase in place of the one there is.
    ///
    /// # Errors
    /// A passphrase of fewer than 12 characters; a folder that cannot be written to.
    pub fn set_passphrase(&self, passphrase: &str) -> Result<(), Error> {
        let mut slots = KeySlots::load(self.folder.path())?;
        let random = &*self.options.random;
        slots.set_passphrase(&self.keys.local, &passphrase.into(), self.options.kdf, random)?;
        slots.save(self.folder.path())
    }

    /// Makes new recovery words in place of those there are: when the printed ones were lost, or never seen because the
    /// set-up was cut off.
    ///
    /// # Errors
    /// A folder that cannot be written to.
    pub fn renew_recovery_words(&self) -> Result<RecoveryWords, Error> {
        let mut slots = KeySlots::load(self.folder.path())?;
        let words = RecoveryWords::make(&*self.options.random);
        slots.set_recovery_words(&self.keys.local, &words, &*self.options.random);
        slots.save(self.folder.path())?;
        Ok(words)
    }

    /// Lets the OS keyring open the vault, with a new secret.
    ///
    /// # Errors
    /// [`Error::Keyring`] when it does not take the secret.
    pub fn enrol_keyring(&self) -> Result<(), Error> {
        let mut slots = KeySlots::load(self.folder.path())?;
        let random = &*self.options.random;
        let secret = seal::Secret::make(random);
        match self.options.keyring.state() {
            crate::KeyringState::Available => {}
            state => return Err(Error::Keyring { state }),
        }
        self.options
            .keyring
            .write(&self.device.to_string(), &secret)
            .map_err(|state| Error::Keyring { state })?;
        slots.set_keyring(&self.keys.local, &secret, random);
        slots.save(self.folder.path())
    }

    // --- reading -------------------------------------------------------------------------------------------------

    /// The facility's id, once it was created.
    ///
    /// # Errors
    /// As every read: [`Error::Corrupt`] when a page is damaged.
    pub fn facility(&self) -> Result<Option<FacilityId>, Error> {
        Ok(self.facility_profile()?.map(|facility| facility.id))
    }

    /// The facility, once it was created.
    ///
    /// # Errors
    /// As every read.
    pub fn facility_profile(&self) -> Result<Option<FacilityProfile>, Error> {
        self.read(people::facility)
    }

    /// Who signs in with a login, in whatever case it is typed.
    ///
    /// # Errors
    /// As every read.
    pub fn person_by_login(&self, login: &str) -> Result<Option<Person>, Error> {
        self.read(|connection| people::by_login(connection, login))
    }

    /// A person.
    ///
    /// # Errors
    /// As every read.
    pub fn person(&self, id: PersonId) -> Result<Option<Person>, Error> {
        self.read(|connection| people::by_id(connection, id))
    }

    /// Everybody, by login.
    ///
    /// # Errors
    /// As every read.
    pub fn people(&self) -> Result<Vec<Person>, Error> {
        self.read(people::all)
    }

    /// An encounter. Where a damaged page hides its projection, it is read from the log.
    ///
    /// # Errors
    /// As every read.
    pub fn encounter(&self, id: EncounterId) -> Result<Option<EncounterRecord>, Error> {
        match self.read(|connection| read::encounter(connection, id)) {
            Err(Error::Corrupt { .. }) => Ok(fold_encounter(id, &self.events(Stream::Encounter(id))?)),
            other => other,
        }
    }

    /// A page of the list of encounters, newest first.
    ///
    /// # Errors
    /// As every read.
    pub fn encounters(&self, filter: &EncounterFilter) -> Result<Vec<EncounterRow>, Error> {
        self.read(|connection| read::encounters(connection, filter))
    }

    /// An encounter, as a list shows it.
    ///
    /// # Errors
    /// As every read.
    pub fn encounter_row(&self, id: EncounterId) -> Result<Option<EncounterRow>, Error> {
        self.read(|connection| read::encounter_row(connection, id))
    }

    /// The confirmed patients whose name or record number has all words of the query; the last word may be a beginning.
    /// Who was here last comes first.
    ///
    /// # Errors
    /// As every read.
    pub fn find_patients(&self, query: &str, limit: usize) -> Result<Vec<PatientRow>, Error> {
        self.read(|connection| patient::find(connection, query, limit))
    }

    /// The confirmed patients who share a word of the name, or the date of birth.
    ///
    /// # Errors
    /// As every read.
    pub fn patients_alike(
        &self,
        name: &str,
        birth_date: Option<&PartialDate>,
        limit: usize,
    ) -> Result<Vec<PatientRow>, Error> {
        self.read(|connection| patient::alike(connection, name, birth_date, limit))
    }

    /// A patient, where staff have confirmed a visit of theirs.
    ///
    /// # Errors
    /// As every read.
    pub fn patient(&self, id: PatientId) -> Result<Option<PatientRow>, Error> {
        self.read(|connection| patient::one(connection, id))
    }

    /// A patient's visits, newest first, those entered in error among them.
    ///
    /// # Errors
    /// As every read.
    pub fn visits(&self, patient: PatientId, limit: u32) -> Result<Vec<EncounterRow>, Error> {
        self.read(|connection| patient::visits(connection, patient, limit))
    }

    /// How many encounters there are in each state.
    ///
    /// # Errors
    /// As every read.
    pub fn encounter_counts(&self) -> Result<Vec<(EncounterStatus, u64)>, Error> {
        self.read(read::encounter_counts)
    }

    /// The utterances that have all words of the query, newest first; the last word may be a beginning. Retracted
    /// encounters are left out.
    ///
    /// # Errors
    /// As every read.
    pub fn search(&self, query: &str, limit: u32) -> Result<Vec<Hit>, Error> {
        self.read(|connection| search::search(connection, query, limit))
    }

    /// A stream's events, opened, in the order of the log. Empty when there is no such stream, or its key was deleted.
    ///
    /// # Errors
    /// As every read; [`Error::Seal`] when an event does not open.
    pub fn events(&self, stream: Stream) -> Result<Vec<LoggedEvent>, Error> {
        self.read(|connection| log::events(connection, &self.keys, stream))
    }

    /// The same, of some kinds of event only.
    ///
    /// # Errors
    /// As [`Vault::events`].
    pub fn events_of_kinds(&self, stream: Stream, kinds: &[EventKind]) -> Result<Vec<LoggedEvent>, Error> {
        self.read(|connection| log::events_of_kinds(connection, &self.keys, stream, kinds))
    }

    /// The encounters that were begun in a time, by the time in their ids, oldest first, each with the place in the log of
    /// its newest event. Those that were shredded are not among them.
    ///
    /// # Errors
    /// As every read.
    pub fn encounters_begun(&self, time: &Range<Timestamp>) -> Result<Vec<(EncounterId, u64)>, Error> {
        self.read(|connection| meter::begun(connection, time))
    }

    /// How many encounters were begun in a time, by the time in their ids. Those that were shredded count too.
    ///
    /// # Errors
    /// As every read.
    pub fn encounters_opened(&self, time: &Range<Timestamp>) -> Result<u64, Error> {
        self.read(|connection| meter::opened(connection, time))
    }

    /// The same, counted from the log's `EncounterOpened` events: slower, and what a bill is written from.
    ///
    /// # Errors
    /// As every read.
    pub fn encounters_opened_in_log(&self, time: &Range<Timestamp>) -> Result<u64, Error> {
        self.read(|connection| meter::opened_in_log(connection, time))
    }

    /// What [`Vault::remember`] kept under a name.
    ///
    /// # Errors
    /// As every read.
    pub fn recall(&self, name: &'static str) -> Result<Option<Vec<u8>>, Error> {
        self.read(|connection| meter::recall(connection, name))
    }

    /// The seed of the key that the facility signs its usage reports with. The same after a restore and a renewed key.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the facility has no key.
    pub fn signing_seed(&self) -> Result<Secret<32>, Error> {
        meter::signing_seed(&self.keys)
    }

    /// The key of a recording's sound.
    ///
    /// # Errors
    /// As every read; [`Error::NotFound`] when the encounter, and with it the sound, was deleted.
    pub fn recording_key(
        &self,
        encounter: EncounterId,
        recording: RecordingId,
    ) -> Result<seal::RecordingKey, Error> {
        let key =
            self.read(|connection| log::stream_key(connection, &self.keys, Stream::Encounter(encounter)))?;
        Ok(key.ok_or(Error::NotFound { what: "encounter" })?.recording_key(recording))
    }

    /// Entries of the audit trail, newest first.
    ///
    /// # Errors
    /// As every read.
    pub fn audit_entries(&self, filter: &AuditFilter) -> Result<Vec<AuditEntry>, Error> {
        self.read(|connection| audit::entries(connection, filter))
    }

    /// How often each action ended how in the audit trail since a time: action, outcome, count.
    ///
    /// # Errors
    /// As every read.
    pub fn audit_counts(&self, since: Timestamp) -> Result<Vec<(String, String, u64)>, Error> {
        self.read(|connection| audit::counts(connection, since))
    }

    /// The newest entry of the audit trail of each action that was done.
    ///
    /// # Errors
    /// As every read.
    pub fn audit_latest(&self) -> Result<Vec<AuditEntry>, Error> {
        self.read(audit::latest)
    }

    /// The version of SQLCipher, as it says itself, and of the SQLite in it.
    ///
    /// # Errors
    /// As every read.
    pub fn engine_versions(&self) -> Result<(String, String), Error> {
        self.read(|connection| {
            let cipher = connection.query_row("PRAGMA cipher_version", [], |row| row.get(0))?;
            let sqlite = connection.query_row("SELECT sqlite_version()", [], |row| row.get(0))?;
            Ok((cipher, sqlite))
        })
    }

    /// Checks both chains, from their first links to the heads that were written last.
    ///
    /// # Errors
    /// As every read. What is wrong with the chains stands in the report.
    pub fn verify_audit(&self) -> Result<AuditReport, Error> {
        let known = match &self.writer {
            // Only the heads are the writer's: the walk is long, and nobody waits for it.
            Some(writer) => writer.run(|ledger| Ok(ledger.heads))?,
            None => self.read(|connection| {
                let incarnation = open::meta(connection, "incarnation")?;
                log::heads(connection, domain::IncarnationId::from_bytes(incarnation))
            })?,
        };
        self.read(|connection| {
            let snapshot = connection.unchecked_transaction()?;
            audit::verify(&snapshot, &known)
        })
    }

    /// Checks the file, page by page, on a connection of its own, and then the search index against the transcripts.
    ///
    /// # Errors
    /// When the file cannot be read at all. What is wrong with its pages stands in the report.
    pub fn check_integrity(&self) -> Result<IntegrityReport, Error> {
        let mut report = integrity::check(&self.folder.file(DATABASE), &self.keys.database)?;
        if report.is_clean() && !self.is_read_only() {
            report.problems.extend(self.write(|ledger| integrity::search_problem(ledger.connection()?))?);
        }
        Ok(report)
    }

    /// Makes a backup in a new folder: the database, the key slots and a manifest, checked before it gets its name. It can
    /// be made while others write.
    ///
    /// # Errors
    /// [`Error::TargetExists`], [`Error::DiskFull`], [`Error::BackupBroken`] when what was written does not verify.
    pub fn backup(&self, target: &Path) -> Result<BackupManifest, Error> {
        backup::create(&self.folder, &self.keys, &*self.options.clock, target)
    }

    // --- inside --------------------------------------------------------------------------------------------------

    pub(crate) fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Ledger) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        match (&self.writer, self.newer) {
            (Some(writer), _) => writer.run(work),
            (None, Some((found, known))) => Err(Error::NewerSchema { found, known }),
            (None, None) => Err(Error::Stopped),
        }
    }

    /// Reads on a connection of the pool. One that met a damaged page is not put back, and the read is tried once more on a
    /// fresh one.
    pub(crate) fn read<T>(&self, work: impl Fn(&Connection) -> Result<T, Error>) -> Result<T, Error> {
        let pooled = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let (connection, fresh) = match pooled {
            Some(connection) => (connection, false),
            None => (self.reader()?, true),
        };
        match work(&connection) {
            Err(error) if error.poisons() => {
                drop(connection);
                if fresh { Err(error) } else { work(&self.reader()?) }
            }
            result => {
                let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
                if readers.len() < READERS {
                    readers.push(connection);
                }
                result
            }
        }
    }

    fn reader(&self) -> Result<Connection, Error> {
        connect(&self.folder.file(DATABASE), &self.keys.database, Purpose::Read)
    }
}
