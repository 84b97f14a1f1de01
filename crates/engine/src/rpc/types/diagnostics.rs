//! How this machine and its parts are, and what of it may leave for whoever supports it.

use domain::{ErrorCode, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AuditCheck, BackupCheck, ClockDoubt, ModelPurpose};

/// Something that needs attention. The screen holds the sentence and the next step for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ConcernKind {
    /// The vault does not open.
    VaultClosed,
    /// The last check of the trail and the log found something wrong.
    AuditBroken,
    /// The vault lives on the space that it kept for a full disk.
    DiskFull,
    /// The vault was written by a newer version.
    VaultNewer,
    /// There is little space left.
    DiskLow,
    /// The machine's clock is behind a time that was seen.
    ClockSetBack,
    /// The machine's clock is far ahead of the last time that was seen.
    ClockFarAhead,
    /// A worker program is not there, or does not say what it is.
    WorkerBroken,
    /// A part of a worker's sandbox does not hold.
    SandboxPartial,
    /// A worker ended unasked in the last day.
    WorkerDied,
    /// A model's file is not what it should be.
    ModelBad,
    /// There is no speech model.
    SpeechModelMissing,
    /// There is no microphone, or not the one that was chosen.
    MicrophoneMissing,
    /// There is no loudspeaker, or not the one that was chosen.
    LoudspeakerMissing,
    /// There is no backup, or none for a month.
    BackupDue,
    /// The audit trail was not verified for a month.
    AuditDue,
    /// No restore was tried for a year.
    DrillDue,
}

impl ConcernKind {
    /// Whether something is wrong already, rather than due.
    pub const fn is_urgent(self) -> bool {
        !matches!(
            self,
            Self::SpeechModelMissing
                | Self::MicrophoneMissing
                | Self::LoudspeakerMissing
                | Self::BackupDue
                | Self::AuditDue
                | Self::DrillDue
        )
    }
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct Concern {
    /// What.
    pub kind: ConcernKind,
    /// Whether something is wrong already, rather than due.
    pub urgent: bool,
    /// What it is about, where there are several: a worker, a model.
    pub about: Option<String>,
}

/// The space of the data folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Space {
    /// The data folder.
    pub folder: String,
    /// Free bytes of its disk; none where the system does not say.
    #[ts(type = "number | null")]
    pub free: Option<u64>,
    /// All bytes of its disk.
    #[ts(type = "number | null")]
    pub total: Option<u64>,
    /// Bytes of the vault's files.
    #[ts(type = "number")]
    pub vault: u64,
    /// Bytes of recorded sound.
    #[ts(type = "number")]
    pub sound: u64,
    /// Bytes of models.
    #[ts(type = "number")]
    pub models: u64,
}

/// Which of the devices is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum DeviceChoice {
    /// The system's.
    Default,
    /// The chosen one, which is there.
    Chosen,
    /// The chosen one is not there.
    Gone,
}

/// A fault and when it was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FaultSeen {
    /// When.
    pub at: Timestamp,
    /// Which.
    pub code: ErrorCode,
}

/// The microphones or the loudspeakers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SoundPart {
    /// How many there are.
    pub present: u32,
    /// Which is used.
    pub choice: DeviceChoice,
    /// What the one in use is called; none where there is none.
    pub name: Option<String>,
    /// The last fault since the application was started.
    pub last_fault: Option<FaultSeen>,
}

/// The worker programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum WorkerKind {
    /// Speech to text.
    Speech,
    /// Notes and understanding.
    Language,
}

/// A part of a worker's sandbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SandboxPart {
    /// No network.
    Network,
    /// No file is written.
    FileWrites,
    /// No file but the model is read.
    OtherReads,
    /// No program is started.
    Exec,
    /// No process is made.
    Fork,
    /// No other process is looked into.
    Tracing,
    /// No core dump is written.
    CoreDumps,
}

/// Whether it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SandboxPartState {
    /// Which part.
    pub part: SandboxPart,
    /// Whether it holds.
    pub holds: bool,
}

/// A worker's last end that nobody asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WorkerDeath {
    /// When.
    pub at: Timestamp,
    /// The kind of death: `out-of-memory`, `assertion`, `aborted`, `crashed`, `killed`, `exited`, `hung`, `garbled`.
    pub class: String,
    /// The same in a sentence, for logs and terminals.
    pub detail: String,
}

/// A worker program, as it says itself from inside its sandbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WorkerLine {
    /// Which.
    pub kind: WorkerKind,
    /// Why it says nothing.
    pub problem: Option<ErrorCode>,
    /// The native library and its version.
    pub version: Option<String>,
    /// What computes.
    pub back_end: Option<String>,
    /// The processor's architecture.
    pub architecture: Option<String>,
    /// Instruction sets that are there, of those that matter here.
    pub features: Vec<String>,
    /// Instruction sets that it needs and that are not there.
    pub missing: Vec<String>,
    /// The sandbox, part by part.
    pub sandbox: Vec<SandboxPartState>,
    /// What does it.
    pub mechanisms: Vec<String>,
    /// Its last death.
    pub last_death: Option<WorkerDeath>,
}

/// Versions of what is built in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Versions {
    /// Bedside.
    pub application: String,
    /// SQLCipher; none where the vault is not open.
    pub sqlcipher: Option<String>,
    /// The SQLite in it.
    pub sqlite: Option<String>,
    /// The operating system and its processor.
    pub system: String,
}

/// How a model's file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ModelFile {
    /// The beginning of a download.
    Partial,
    /// There, and not verified since it came or changed.
    Present,
    /// There, with the hash that it should have.
    Verified,
    /// Not what it should be.
    Bad,
}

/// A model that is here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ModelFound {
    /// Its name.
    pub name: String,
    /// Whether it came with the program, or is in its catalog.
    pub known: bool,
    /// What it is for.
    pub purpose: ModelPurpose,
    /// Its size; 0 for a bad one.
    #[ts(type = "number")]
    pub bytes: u64,
    /// How its file is.
    pub file: ModelFile,
    /// When it was last verified.
    pub verified: Option<Timestamp>,
}

/// The last restore that was tried, into a folder that was thrown away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DrillCheck {
    /// When.
    pub at: Timestamp,
    /// When the backup was made that was restored.
    pub made: Timestamp,
    /// How many events came out of it.
    #[ts(type = "number")]
    pub events: u64,
}

/// The open vault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VaultState {
    /// Whether it can only be read.
    pub read_only: bool,
    /// Whether it lives on its reserve.
    pub short_of_space: bool,
    /// The last backup that was made and verified here.
    pub backup: Option<BackupCheck>,
    /// The last restore that was tried.
    pub drill: Option<DrillCheck>,
    /// The last check of the audit trail and the log.
    pub audit_check: Option<AuditCheck>,
    /// Why the machine's clock is not believed, where it is not.
    pub clock: Option<ClockDoubt>,
}

/// Where the log is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LogPlace {
    /// The folder.
    pub folder: String,
    /// How many files it has; none are written where the application is not the desktop's.
    pub files: u32,
    /// Their bytes.
    #[ts(type = "number")]
    pub bytes: u64,
}

/// How this machine is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Diagnostics {
    /// When it was looked at.
    pub generated: Timestamp,
    /// The machine's time zone.
    pub time_zone: String,
    /// What needs attention, the most pressing first. Empty: all is well.
    pub concerns: Vec<Concern>,
    /// The data folder.
    pub space: Space,
    /// The microphones.
    pub microphone: SoundPart,
    /// The loudspeakers.
    pub loudspeaker: SoundPart,
    /// The workers.
    pub workers: Vec<WorkerLine>,
    /// The versions.
    pub versions: Versions,
    /// The models that are here.
    pub models: Vec<ModelFound>,
    /// The vault; none where it is not open.
    pub vault: Option<VaultState>,
    /// The log.
    pub log: LogPlace,
}

/// One file of a support bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SupportFile {
    /// Its name in the bundle.
    pub name: String,
    /// All of it, as it will leave.
    pub content: String,
}

/// A support bundle, shown before it may leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SupportBundle {
    /// When it was made.
    pub made: Timestamp,
    /// The SHA-256 of the whole: what is saved is what was shown.
    pub digest: String,
    /// What it will be called.
    pub file_name: String,
    /// Its size.
    #[ts(type = "number")]
    pub bytes: u64,
    /// What is in it, file by file.
    pub files: Vec<SupportFile>,
}

/// Lets the bundle that was shown leave.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SaveSupport {
    /// The digest of what was shown.
    pub digest: String,
}

/// Tries a restore.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TryRestore {
    /// The backup's folder.
    pub folder: String,
    /// The passphrase that opened the vault when the backup was made.
    pub passphrase: String,
}
