//! What can go wrong with the vault.

use std::io;
use std::path::{Path, PathBuf};

use domain::{Coded, ErrorCode};
use rusqlite::ffi;

/// A failure of the store. Says what happened and what to do; holds no PHI and no secret.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A backup does not verify.
    #[error("the backup in {} does not verify: {reason}", path.display())]
    BackupBroken {
        /// The backup's folder.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Pages of the database file are damaged.
    #[error(
        "the vault's file is damaged{}: what can be read can be exported; restore the newest backup",
        pages_text(pages)
    )]
    Corrupt {
        /// The damaged pages, from 1, where they could be told.
        pages: Vec<u32>,
    },
    /// The disk is full.
    #[error("the disk is full: nothing was lost; free some space and try again")]
    DiskFull,
    /// The caller wanted the stream as it was before somebody else changed it.
    #[error("somebody changed this in between: load it again and repeat the change")]
    Conflict,
    /// There is a vault already.
    #[error("there is a vault in {} already; it is never overwritten", path.display())]
    Exists {
        /// The data folder.
        path: PathBuf,
    },
    /// The vault is open in another process.
    #[error("the vault in {} is open in another process: close that one first", path.display())]
    InUse {
        /// The data folder.
        path: PathBuf,
    },
    /// Another failure of the disk or the file system.
    #[error("{path}: {source}", path = path.display())]
    InputOutput {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The database does not open with the key in the slots.
    #[error(
        "vault.db in {} is not the file that keyslots.json belongs to: restore both from one backup",
        path.display()
    )]
    KeyMismatch {
        /// The data folder.
        path: PathBuf,
    },
    /// The OS keyring does not answer, is locked, or holds no key for this vault.
    #[error("the system's keyring gives no key ({state}): use the passphrase or the recovery words")]
    Keyring {
        /// What it says.
        state: crate::KeyringState,
    },
    /// The login is taken.
    #[error("this login is taken: choose another")]
    LoginTaken,
    /// A migration failed.
    #[error("the vault could not be brought from version {from} to {to} and stays as it was: {reason}")]
    Migration {
        /// The version of the file.
        from: u32,
        /// The version it was to have.
        to: u32,
        /// What failed.
        reason: String,
    },
    /// There is no vault.
    #[error("there is no vault in {}: set one up first", path.display())]
    Missing {
        /// The data folder.
        path: PathBuf,
    },
    /// The file was written by a newer version.
    #[error(
        "the vault has version {found}, this Bedside knows {known}: it can be read; update Bedside to write"
    )]
    NewerSchema {
        /// The file's version.
        found: u32,
        /// The newest that this build knows.
        known: u32,
    },
    /// There is no such encounter, person or event, or its key was deleted.
    #[error("there is no such {what}")]
    NotFound {
        /// What was looked for.
        what: &'static str,
    },
    /// The folder cannot be written to.
    #[error("{} cannot be written to: check its permissions", path.display())]
    ReadOnly {
        /// The data folder.
        path: PathBuf,
    },
    /// A key, an envelope or a passphrase.
    #[error(transparent)]
    Seal(#[from] seal::Error),
    /// Fewer than two key slots.
    #[error("the vault has {found} key slots and needs at least two")]
    SlotsTooFew {
        /// How many there are.
        found: usize,
    },
    /// keyslots.json cannot be read.
    #[error("keyslots.json in {} cannot be read ({reason}): restore it from a backup", path.display())]
    SlotsUnreadable {
        /// The data folder.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Another failure of the database.
    #[error("the database refused: {0}")]
    Sqlite(rusqlite::Error),
    /// The writer has stopped.
    #[error("the vault's writer has stopped: restart Bedside")]
    Stopped,
    /// The log or the audit trail was put back or altered.
    #[error(
        "the vault is not in the state it was last in ({reason}): a file was put back or altered; \
         call whoever looks after this computer before going on"
    )]
    Tampered {
        /// What was found.
        reason: String,
    },
    /// The target of a backup or a restore exists.
    #[error("{} exists already and is never overwritten: choose another", path.display())]
    TargetExists {
        /// The target.
        path: PathBuf,
    },
    /// No key slot opens with what was given.
    #[error("the vault does not open with this {with}")]
    WrongKey {
        /// What was tried: "passphrase", "recovery words" or "keyring".
        with: &'static str,
    },
    /// The events do not belong to this kind of stream, or not in this order.
    #[error("these events cannot be recorded here: {reason}")]
    WrongStream {
        /// Why.
        reason: &'static str,
    },
}

fn pages_text(pages: &[u32]) -> String {
    if pages.is_empty() {
        return String::new();
    }
    let list: Vec<_> = pages.iter().take(16).map(u32::to_string).collect();
    format!(" (page {}{})", list.join(", "), if pages.len() > 16 { ", …" } else { "" })
}

impl Error {
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                Self::DiskFull
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            _ => Self::InputOutput { path, source },
        }
    }

    /// Whether the connection that this came from must not be used again: after one damaged page SQLCipher refuses every
    /// other one too, and after a failed write nobody knows what the file holds.
    pub(crate) fn poisons(&self) -> bool {
        match self {
            Self::Corrupt { .. } => true,
            Self::Sqlite(error) => error.sqlite_error_code() == Some(rusqlite::ErrorCode::SystemIoFailure),
            _ => false,
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error().map(|error| error.extended_code) {
            // The shared memory of the write-ahead log could not grow: that, too, is a full disk.
            Some(code) if code & 0xFF == ffi::SQLITE_FULL || code == ffi::SQLITE_IOERR_SHMSIZE => {
                Self::DiskFull
            }
            Some(code) if matches!(code & 0xFF, ffi::SQLITE_CORRUPT | ffi::SQLITE_NOTADB) => {
                Self::Corrupt { pages: Vec::new() }
            }
            Some(code) if code & 0xFF == ffi::SQLITE_READONLY => Self::ReadOnly { path: PathBuf::new() },
            _ => Self::Sqlite(error),
        }
    }
}

impl Coded for Error {
    fn code(&self) -> ErrorCode {
        match self {
            Self::BackupBroken { .. } => ErrorCode::BackupBroken,
            Self::Conflict => ErrorCode::NoteConflict,
            Self::Corrupt { .. } => ErrorCode::VaultCorrupt,
            Self::DiskFull => ErrorCode::DiskFull,
            Self::Exists { .. } => ErrorCode::VaultExists,
            Self::InUse { .. } => ErrorCode::VaultInUse,
            Self::InputOutput { .. } | Self::Sqlite(_) => ErrorCode::InputOutput,
            Self::KeyMismatch { .. } => ErrorCode::VaultKeyMismatch,
            Self::Keyring { .. } => ErrorCode::KeyringAbsent,
            Self::LoginTaken => ErrorCode::LoginTaken,
            Self::Migration { .. } => ErrorCode::VaultMigrationFailed,
            Self::Missing { .. } => ErrorCode::VaultMissing,
            Self::NewerSchema { .. } => ErrorCode::VaultNewerSchema,
            Self::NotFound { .. } => ErrorCode::NotFound,
            Self::ReadOnly { .. } => ErrorCode::FolderReadOnly,
            Self::Seal(error) => error.code(),
            Self::SlotsTooFew { .. } => ErrorCode::KeySlotsTooFew,
            Self::SlotsUnreadable { .. } => ErrorCode::VaultCorrupt,
            Self::Stopped => ErrorCode::Internal,
            Self::Tampered { .. } => ErrorCode::VaultTampered,
            Self::TargetExists { .. } => ErrorCode::TargetExists,
            Self::WrongKey { .. } => ErrorCode::VaultWrongKey,
            Self::WrongStream { .. } => ErrorCode::WrongState,
        }
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::BackupBroken { path, reason } => {
                vec![("path", path.display().to_string()), ("reason", reason.clone())]
            }
            Self::Corrupt { pages } => {
                vec![("pages", pages.iter().map(u32::to_string).collect::<Vec<_>>().join(" "))]
            }
            Self::Exists { path }
            | Self::InUse { path }
            | Self::InputOutput { path, .. }
            | Self::KeyMismatch { path }
            | Self::Missing { path }
            | Self::ReadOnly { path }
            | Self::TargetExists { path }
            | Self::SlotsUnreadable { path, .. } => vec![("path", path.display().to_string())],
            Self::Keyring { state } => vec![("state", state.to_string())],
            Self::Migration { from, to, .. } => vec![("from", from.to_string()), ("to", to.to_string())],
            Self::NewerSchema { found, known } => {
                vec![("found", found.to_string()), ("known", known.to_string())]
            }
            Self::NotFound { what } => vec![("what", (*what).to_owned())],
            Self::Seal(error) => error.parameters(),
            Self::Tampered { reason } => vec![("reason", reason.clone())],
            Self::WrongKey { with } => vec![("with", (*with).to_owned())],
            _ => Vec::new(),
        }
    }
}
