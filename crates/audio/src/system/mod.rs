//! The machine's sound system: on Linux a sound server where one runs ([`pulse`]), everywhere else, and on a Linux without one,
//! the cards ([`card`]).
//!
//! PulseAudio and PipeWire are spoken to directly: through ALSA their devices have no names and do not vanish, and cpal's own
//! way to them leaves the server so little room that it drops sound whenever the machine is busy.

mod card;
#[cfg(target_os = "linux")]
mod pulse;

use std::sync::{Arc, Mutex, PoisonError};

use crate::{Device, Direction, Error, Loss};

/// A device that can be opened.
pub(crate) struct Found {
    pub(crate) about: Device,
    of: Of,
}

enum Of {
    Card(cpal::Device),
    #[cfg(target_os = "linux")]
    Pulse,
}

/// A stream that runs until it is dropped.
pub(crate) enum Stream {
    Card {
        /// Only held.
        _stream: cpal::Stream,
    },
    #[cfg(target_os = "linux")]
    Pulse(pulse::Stream),
}

/// In what form samples come and go.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    pub(crate) rate: u32,
    pub(crate) channels: usize,
}

/// What a microphone's callback hands its samples to, interleaved. It must not wait.
pub(crate) trait Ear: Send + 'static {
    fn hear(&mut self, samples: impl ExactSizeIterator<Item = f32>);
}

/// What a loudspeaker's callback gets its samples from: for each callback [`Mouth::begin`], then a sample for each frame, then
/// [`Mouth::end`]. It must not wait.
pub(crate) trait Mouth: Send + Unpin + 'static {
    fn begin(&mut self);
    fn sample(&mut self) -> f32;
    /// So much later the samples will sound.
    fn end(&mut self, latency: std::time::Duration);
}

/// Why a stream ended by itself, if it did.
#[derive(Clone, Default)]
pub(crate) struct Ended(Arc<Mutex<Option<Loss>>>);

impl Ended {
    pub(crate) fn why(&self) -> Option<Loss> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn because(&self, loss: Loss) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(loss);
    }
}

/// What became of the device that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// It is the one that would be opened now.
    Same,
    /// Another would be: the chosen one is back, or the default has changed.
    Other,
    /// It is not there any more.
    Gone,
}

/// Every microphone and loudspeaker.
pub(crate) fn devices() -> Result<Vec<Device>, Error> {
    #[cfg(target_os = "linux")]
    if let Some(server) = pulse::Server::connect() {
        return server.devices();
    }
    card::devices()
}

/// The device of that id; where it is not there, or none was chosen, the default one.
pub(crate) fn chosen(id: Option<&str>, direction: Direction) -> Result<Found, Error> {
    #[cfg(target_os = "linux")]
    if let Some(server) = pulse::Server::connect() {
        let devices = server.devices()?;
        let about = pick(&devices, id, direction).ok_or(Error::NoDevice)?.clone();
        return Ok(Found { about, of: Of::Pulse });
    }
    card::chosen(id, direction)
}

/// Looks after the open microphone, where `id` was chosen.
pub(crate) fn look(open: &str, id: Option<&str>) -> Look {
    #[cfg(target_os = "linux")]
    if pulse::is_of(open) {
        let devices = pulse::Server::connect().and_then(|server| server.devices().ok()).unwrap_or_default();
        if !devices.iter().any(|device| device.id == open) {
            return Look::Gone;
        }
        let other = pick(&devices, id, Direction::Input).is_some_and(|device| device.id != open);
        return if other { Look::Other } else { Look::Same };
    }
    card::look(open, id)
}

#[cfg(target_os = "linux")]
fn pick<'a>(devices: &'a [Device], id: Option<&str>, direction: Direction) -> Option<&'a Device> {
    let mut of_direction = devices.iter().filter(|device| device.direction == direction);
    let default = of_direction.clone().find(|device| device.is_default);
    let named = id.and_then(|id| of_direction.clone().find(|device| device.id == id));
    // A server without a default, for a moment, has devices still.
    named.or(default).or_else(|| of_direction.next())
}

impl Found {
    /// Opens a microphone, with at least so many channels. `make` makes the ear, and what its other end is; it may be called
    /// twice.
    pub(crate) fn open_input<E: Ear, T>(
        &self,
        channels: usize,
        ended: &Ended,
        make: impl FnMut(Form) -> (E, T),
    ) -> Result<(Stream, Form, T), Error> {
        match &self.of {
            Of::Card(device) => card::open_input(device, channels, ended, make),
            #[cfg(target_os = "linux")]
            Of::Pulse => pulse::open_input(&self.about, channels, ended, make),
        }
    }

    /// Opens a loudspeaker; as [`Found::open_input`].
    pub(crate) fn open_output<M: Mouth, T>(
        &self,
        ended: &Ended,
        make: impl FnMut(Form) -> (M, T),
    ) -> Result<(Stream, Form, T), Error> {
        match &self.of {
            Of::Card(device) => card::open_output(device, ended, make),
            #[cfg(target_os = "linux")]
            Of::Pulse => pulse::open_output(&self.about, ended, make),
        }
    }
}

impl Stream {
    /// Forgets what the system holds of a loudspeaker's samples, where it can, and waits until it has.
    pub(crate) fn flush(&self) {
        match self {
            Self::Card { .. } => {}
            #[cfg(target_os = "linux")]
            Self::Pulse(stream) => stream.flush(),
        }
    }
}
