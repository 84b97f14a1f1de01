//! Every way that something can leave this machine, or come onto it.

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A way. The screen says what goes along it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Flow {
    /// A visit's sound, from the microphone into its sealed journal.
    Microphone,
    /// Questions said aloud at the kiosk, and the answers listened to.
    KioskVoice,
    /// Everything recorded, into the vault's file.
    Vault,
    /// Codes and durations, into the log's files.
    Log,
    /// Backups, into a folder that an administrator names.
    Backups,
    /// Encounters, into files that a clinician saves.
    Exports,
    /// Signed records, by themselves into folders that a record system watches.
    DestinationFolders,
    /// Signed records, by themselves to endpoints.
    DestinationEndpoints,
    /// What was said in a visit, to the facility's own server of language models.
    LanguageServer,
    /// The audit trail and figures, into files that somebody saves.
    Reports,
    /// Tickets and pages, to the system's printer.
    Print,
    /// Facts about this machine, into a file that an administrator saves.
    SupportBundle,
    /// Use, into a file for the vendor.
    UsageReports,
    /// Encounters from a file.
    Import,
    /// Licences, brands, questionnaires and models from files or a USB stick.
    Files,
    /// Models from the internet, where somebody presses for one.
    ModelDownload,
    /// The screens, to a browser on this machine, where somebody starts `bedside serve`.
    Browser,
    /// A facility's hub.
    Hub,
}

/// Which way it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FlowDirection {
    /// It stays on this machine.
    Stays,
    /// It leaves it.
    Leaves,
    /// It comes onto it.
    Comes,
}

/// How it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FlowState {
    /// It goes on by itself.
    On,
    /// It is switched off.
    Off,
    /// Only when somebody presses for it, each time.
    ByHand,
    /// This version does not have it.
    Absent,
}

/// What goes along it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FlowContent {
    /// Patients' records, sealed or encrypted.
    Encrypted,
    /// Patients' records, as they are.
    Plain,
    /// Nothing about a patient.
    NoRecords,
}

/// Where it is switched, where that is a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FlowPage {
    /// Sound.
    Sound,
    /// The kiosk's settings.
    Kiosk,
    /// Retention.
    Retention,
    /// Backups.
    Backup,
    /// Diagnostics.
    Diagnostics,
    /// The licence.
    Licence,
    /// Destinations.
    Destinations,
    /// The facility's own server of language models.
    Endpoint,
    /// Models.
    Models,
}

/// Who did something, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FlowAct {
    /// When.
    pub at: Timestamp,
    /// A person's name; none for the device itself.
    pub by: Option<String>,
}

/// One way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FlowLine {
    /// Which.
    pub flow: Flow,
    /// Which way it goes.
    pub direction: FlowDirection,
    /// How it stands.
    pub state: FlowState,
    /// What goes along it.
    pub content: FlowContent,
    /// Whether it goes over a network.
    pub network: bool,
    /// When it was last set, and by whom.
    pub set: Option<FlowAct>,
    /// When it was last used, and by whom.
    pub used: Option<FlowAct>,
    /// Where it is switched.
    pub page: Option<FlowPage>,
}

/// All of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DataFlows {
    /// When it was looked at.
    pub generated: Timestamp,
    /// The ways.
    pub flows: Vec<FlowLine>,
}
