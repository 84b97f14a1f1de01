//! What can go wrong with sound.

use domain::{Coded, ErrorCode};

/// A fault of a microphone, a loudspeaker, a sound file, the journal or the voice. Never holds what was said.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such device, or none at all.
    #[error("there is no such microphone or loudspeaker; plug it in, or choose another")]
    NoDevice,
    /// The operating system does not let this program use the device.
    #[error("the system does not allow the microphone; allow it in the system's privacy settings")]
    Denied,
    /// Another program holds the device.
    #[error("another program uses the microphone or loudspeaker; close it, then try again")]
    Busy,
    /// The device has fewer channels than asked for.
    #[error("the device has one channel; two speakers on two microphones need two")]
    Channels,
    /// The sound system failed.
    #[error("the sound system failed: {detail}")]
    Sound {
        /// What it said.
        detail: String,
    },
    /// A file is no sound file that can be read.
    #[error("the file cannot be read as sound: {reason}")]
    Unsupported {
        /// Which part is not supported.
        reason: String,
    },
    /// A sound file holds no sound.
    #[error("the file holds no sound")]
    Empty,
    /// A sound file ends before its end.
    #[error("the file is cut short after {seconds:.1} s; what there is was read")]
    CutShort {
        /// How much there is.
        seconds: f64,
    },
    /// A file or a folder cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: std::path::PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A journal is not one, or is another recording's.
    #[error("the file is no journal of this recording, or its key is another")]
    Journal,
    /// The program that speaks is not there.
    #[error("there is no voice on this computer; install espeak-ng")]
    NoVoice,
    /// The program that speaks failed.
    #[error("the voice failed: {detail}")]
    Voice {
        /// What it said.
        detail: String,
    },
}

impl Error {
    pub(crate) fn file(path: &std::path::Path, source: std::io::Error) -> Self {
        Self::File { path: path.to_owned(), source }
    }
}

impl From<cpal::Error> for Error {
    fn from(error: cpal::Error) -> Self {
        use cpal::ErrorKind as Kind;
        match error.kind() {
            Kind::DeviceNotAvailable | Kind::HostUnavailable => Self::NoDevice,
            Kind::PermissionDenied => Self::Denied,
            Kind::DeviceBusy => Self::Busy,
            _ => Self::Sound { detail: error.to_string() },
        }
    }
}

impl Coded for Error {
    fn code(&self) -> ErrorCode {
        match self {
            Self::NoDevice => ErrorCode::SoundNoDevice,
            Self::Denied => ErrorCode::SoundDenied,
            Self::Busy => ErrorCode::SoundBusy,
            Self::Channels | Self::Sound { .. } => ErrorCode::SoundFailed,
            Self::Unsupported { .. } | Self::Empty | Self::CutShort { .. } | Self::Journal => {
                ErrorCode::AudioInvalid
            }
            Self::File { source, .. } => match source.kind() {
                std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => ErrorCode::DiskFull,
                std::io::ErrorKind::NotFound => ErrorCode::NotFound,
                _ => ErrorCode::InputOutput,
            },
            Self::NoVoice | Self::Voice { .. } => ErrorCode::VoiceUnavailable,
        }
    }

    fn parameters(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::CutShort { seconds } => vec![("seconds", format!("{seconds:.0}"))],
            _ => Vec::new(),
        }
    }
}
