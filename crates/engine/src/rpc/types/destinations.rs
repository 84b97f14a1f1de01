//! Where signed records are sent by themselves, and what of it has not arrived.

use domain::{DeliveryId, DestinationId, EncounterId, ExportFormat, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::rpc::RpcError;

/// Where a record goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum DestinationPlace {
    /// A folder that a record system watches.
    Folder {
        /// Its whole path.
        path: String,
    },
    /// An endpoint that takes each file in a request of its own.
    Http {
        /// Its address: `https`, or `http` on this machine.
        address: String,
    },
}

/// How a destination is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum DestinationState {
    /// It is switched off.
    Off,
    /// Everything that was to be sent has arrived.
    Idle,
    /// Something is on its way.
    Sending,
    /// Something waits for its next attempt.
    Waiting,
    /// Something failed, and waits for a person.
    Failed,
}

/// Something that has not arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeliveryLine {
    /// Which: the same in a file's name and in a request's headers.
    pub id: DeliveryId,
    /// Of which encounter.
    pub encounter: EncounterId,
    /// As what.
    pub format: ExportFormat,
    /// The kind of the event that it follows from.
    pub cause: String,
    /// When it was queued.
    pub queued: Timestamp,
    /// Whether it is tried no more until somebody says so.
    pub failed: bool,
    /// How often it was tried.
    pub tries: u32,
    /// When it is tried next; none where it failed, or was not tried yet.
    pub due: Option<Timestamp>,
    /// Why the last attempt did not arrive.
    pub reason: Option<RpcError>,
}

/// A destination, and what has not arrived there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DestinationLine {
    /// Which.
    pub id: DestinationId,
    /// What it is called here.
    pub name: String,
    /// Where it is.
    pub place: DestinationPlace,
    /// As what a record is sent: a file each.
    pub formats: Vec<ExportFormat>,
    /// Whether it is switched on.
    pub on: bool,
    /// Whether a token is kept for it.
    pub has_token: bool,
    /// How it is.
    pub state: DestinationState,
    /// How many files arrived.
    #[ts(type = "number")]
    pub sent: u64,
    /// When the last one did.
    pub last_sent: Option<Timestamp>,
    /// How many wait.
    #[ts(type = "number")]
    pub waiting: u64,
    /// When the oldest of these was queued.
    pub waiting_since: Option<Timestamp>,
    /// How many failed.
    #[ts(type = "number")]
    pub failed: u64,
    /// What failed and then what waits, each in its order; not more than a screen can show.
    pub queue: Vec<DeliveryLine>,
}

/// Every destination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Destinations {
    /// Whether the licence includes them. Without it none is added or switched on.
    pub licensed: bool,
    /// How often a file is tried before it is given to a person.
    pub most_tries: u32,
    /// In the order in which they were added.
    pub destinations: Vec<DestinationLine>,
}

/// What becomes of the token that an endpoint is shown.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum TokenChange {
    /// It stays as it is, unless the address leads to another server.
    Keep,
    /// It goes.
    Forget,
    /// This one takes its place.
    Set {
        /// The token.
        token: String,
    },
}

/// Adds a destination, or changes it.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct SaveDestination {
    /// Which; none for a new one.
    pub id: Option<DestinationId>,
    /// What it is called here.
    pub name: String,
    /// Where it is.
    pub place: DestinationPlace,
    /// As what a record is sent.
    pub formats: Vec<ExportFormat>,
    /// Whether it is switched on.
    pub on: bool,
    /// Its token.
    pub token: TokenChange,
}

/// One destination.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct DestinationOf {
    /// Which.
    pub destination: DestinationId,
}

/// Something that has not arrived, or all of it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct DeliveryOf {
    /// Where to.
    pub destination: DestinationId,
    /// Which; none for all.
    pub delivery: Option<DeliveryId>,
}

/// What became of a test.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DestinationTried {
    /// The file's name there, where it arrived in a folder.
    pub file: Option<String>,
    /// Why it did not arrive; none where it did.
    pub failure: Option<RpcError>,
}
