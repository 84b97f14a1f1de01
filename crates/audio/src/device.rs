//! Which microphones and loudspeakers there are.

use serde::{Deserialize, Serialize};

use crate::{Error, system};

/// Which way sound goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// A microphone.
    Input,
    /// A loudspeaker.
    Output,
}

/// A microphone or a loudspeaker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// What names it across restarts and replugging, as far as the system keeps names.
    pub id: String,
    /// What a person calls it.
    pub name: String,
    /// Microphone or loudspeaker.
    pub direction: Direction,
    /// Whether the system takes it where none is chosen.
    pub is_default: bool,
    /// Its channels, in the form that it offers first.
    pub channels: u16,
    /// Its samples a second, in the form that it offers first.
    pub rate: u32,
}

/// Every microphone and loudspeaker that answers; microphones first, and of each kind the default first.
///
/// # Errors
/// [`Error::NoDevice`] where the machine has no sound system.
pub fn devices() -> Result<Vec<Device>, Error> {
    let mut found = system::devices()?;
    found.sort_by_key(|device| (device.direction == Direction::Output, !device.is_default));
    Ok(found)
}
