//! The clinic itself: set-up, unlocking, people and their sessions.

use domain::{Language, PersonId, Role};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{DeviceRole, FirstStep};
pub use crate::logoff::LogoffSettings;
use crate::rpc::RpcError;

/// A request or a response without content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Empty {}

/// What the application is doing, before anybody signed in.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AppState {
    /// How far it has come.
    pub phase: Phase,
    /// The clinic's name, once the vault is open.
    pub clinic: Option<String>,
    /// The language that staff screens start in.
    pub language: Language,
    /// The languages of the built-in intake, for the kiosk's first screen.
    pub intake_languages: Vec<Language>,
    /// Whether the application begins as a kiosk on this device.
    pub kiosk_at_start: bool,
    /// What this device is for.
    pub device_role: DeviceRole,
    /// The step of the first start that an administrator is to go on with; none where it is over.
    pub first_start: Option<FirstStep>,
    /// The version of Bedside.
    pub version: String,
    /// Whether the OS keyring answers, so that the vault opens by itself at the next start.
    pub keyring: KeyringState,
    /// Whether the vault's file was written by a newer version, so that it can only be read.
    pub read_only: bool,
    /// Whether the disk is so full that only what is open can come to its end.
    pub short_of_space: bool,
}

/// How far the application has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "state", content = "error")]
pub enum Phase {
    /// No clinic yet.
    New,
    /// There is a vault, and no key slot opened it by itself: passphrase or recovery words.
    Locked,
    /// There is a vault and it does not open; the error says why. It is never re-created.
    Rescue(RpcError),
    /// Open; somebody may sign in.
    Ready,
}

/// Whether the operating system's keyring can hold the vault's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum KeyringState {
    /// It answers.
    Available,
    /// It is there but locked.
    Locked,
    /// There is none, as on a Linux machine without a desktop session.
    Absent,
}

/// Creates the clinic, its vault and its first administrator.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct CreateClinic {
    /// The clinic's name.
    pub clinic: String,
    /// The language that staff screens start in.
    pub language: Language,
    /// The administrator's name.
    pub administrator: String,
    /// What the administrator types to sign in.
    pub login: String,
    /// The administrator's password: at least 10 characters.
    pub password: String,
    /// The vault's passphrase: at least 12 characters. It opens the vault where the keyring does not.
    pub passphrase: String,
    /// Whether the further steps of the first start follow on the screen.
    #[serde(default)]
    pub guided: bool,
}

/// What is shown once, after the clinic was created.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct ClinicCreated {
    /// The 24 recovery words, in order.
    pub recovery_words: Vec<String>,
    /// Whether the keyring holds the key too.
    pub keyring: KeyringState,
}

/// Shows that the recovery words were written down.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct ConfirmRecovery {
    /// Some of the words (at least three), each with its place from 1.
    pub words: Vec<(u8, String)>,
}

/// Opens a locked vault.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "by", content = "secret")]
pub enum UnlockVault {
    /// The passphrase chosen at set-up.
    Passphrase(String),
    /// The 24 words, separated by spaces.
    RecoveryWords(String),
}

/// Signs in.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct SignIn {
    /// Compared without case.
    pub login: String,
    /// The password.
    pub password: String,
}

/// A session, as the screen holds it.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct Session {
    /// What further calls carry. 256 random bits in hexadecimal; kept in memory only.
    pub token: String,
    /// Who signed in; none for a kiosk.
    pub person: Option<Person>,
    /// The role in which calls are made.
    pub role: Role,
    /// What the role may do.
    pub permissions: Vec<domain::Permission>,
    /// Whether the person has a PIN.
    pub has_pin: bool,
    /// After so many minutes without input a person's session is locked.
    pub logoff_after_min: u32,
}

/// Somebody who works at the clinic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// What they type to sign in.
    pub login: String,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
}

/// Lets somebody sign in from now on.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct CreatePerson {
    /// Unique, compared without case.
    pub login: String,
    /// Their name, as it stands under a note.
    pub name: String,
    /// Their role; not the kiosk's.
    pub role: Role,
    /// Their first password: at least 10 characters.
    pub password: String,
}

/// Changes one's own password.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct ChangePassword {
    /// The present one.
    pub present: String,
    /// The new one: at least 10 characters.
    pub new: String,
}

/// Chooses a PIN for oneself, in place of the one there is.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct SetPin {
    /// One's password.
    pub password: String,
    /// The PIN: 6 to 12 digits that do not repeat or run, and that no colleague has.
    pub pin: String,
}

/// Does without one's PIN.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct RemovePin {
    /// One's password.
    pub password: String,
}

/// Unlocks a session.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct UnlockSession {
    /// The PIN or the password of the session's person.
    pub secret: String,
}

/// Takes a kiosk off the screen.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct LeaveKiosk {
    /// The PIN of somebody who may.
    pub pin: String,
}
