//! Which microphones and loudspeakers there are.

use cpal::traits::{DeviceTrait as _, HostTrait as _};
use serde::{Deserialize, Serialize};

use crate::Error;

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

/// Every microphone and loudspeaker that answers; the defaults first.
///
/// # Errors
/// [`Error::NoDevice`] where the machine has no sound system.
pub fn devices() -> Result<Vec<Device>, Error> {
    let host = cpal::default_host();
    let default_of = |direction| match direction {
        Direction::Input => host.default_input_device().and_then(|device| device.id().ok()),
        Direction::Output => host.default_output_device().and_then(|device| device.id().ok()),
    };
    let defaults = [default_of(Direction::Input), default_of(Direction::Output)];
    let mut found = Vec::new();
    for device in host.devices()? {
        let Ok(id) = device.id() else { continue };
        let name = device.description().map_or_else(|_| id.to_string(), |about| about.name().to_owned());
        for (direction, default) in [Direction::Input, Direction::Output].into_iter().zip(&defaults) {
            let config = match direction {
                Direction::Input => device.default_input_config(),
                Direction::Output => device.default_output_config(),
            };
            if let Ok(config) = config {
                found.push(Device {
                    id: id.to_string(),
                    name: name.clone(),
                    direction,
                    is_default: default.as_ref() == Some(&id),
                    channels: config.channels(),
                    rate: config.sample_rate(),
                });
            }
        }
    }
    found.sort_by_key(|device| (device.direction == Direction::Output, !device.is_default));
    Ok(found)
}

/// The device of that id, or the default one.
pub(crate) fn find(id: Option<&str>, direction: Direction) -> Result<cpal::Device, Error> {
    let host = cpal::default_host();
    let named = id.map(|id| id.parse().ok().and_then(|id| host.device_by_id(&id)));
    match (named, direction) {
        (Some(named), _) => named.ok_or(Error::NoDevice),
        (None, Direction::Input) => host.default_input_device().ok_or(Error::NoDevice),
        (None, Direction::Output) => host.default_output_device().ok_or(Error::NoDevice),
    }
}
