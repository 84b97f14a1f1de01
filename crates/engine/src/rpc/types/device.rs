//! The kiosk's device: what a clinic sets on it.

use domain::{EncounterId, Phi};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use crate::device::{DeviceRole, KeyboardUse, KioskSettings};

/// What the kiosk's screens need to know of their device.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct KioskDevice {
    /// What the clinic set.
    pub settings: KioskSettings,
    /// Whether the kiosk offers to speak and listen.
    pub speaks: bool,
    /// How loud it begins with each patient: 0 to 1.
    pub volume: f32,
    /// Whether somebody can leave it with a PIN.
    pub pin_pad: bool,
}

/// How loud the kiosk is for this patient. The next one begins with the device's own loudness again.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct SetVolume {
    /// The encounter.
    pub encounter: EncounterId,
    /// How loud: 0 to 1.
    pub volume: f32,
}

/// Says something without listening.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SayPrompt {
    /// The encounter.
    pub encounter: EncounterId,
    /// What to say.
    pub prompt: Phi<String>,
}
