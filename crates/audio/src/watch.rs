//! What to make of a microphone that says nothing: pure, by a clock that is handed in.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// No frames for so long: the microphone is lost.
const NO_FRAMES: Duration = Duration::from_millis(1_500);
/// Nothing but exact zeros for so long: it is muted, or it is no microphone.
const ALL_ZERO: Duration = Duration::from_secs(3);
/// The waits before a lost microphone is opened again.
const WAITS: [Duration; 4] =
    [Duration::from_millis(200), Duration::from_millis(500), Duration::from_secs(1), Duration::from_secs(2)];

/// Why nothing is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Loss {
    /// There is no microphone.
    NoDevice,
    /// It was unplugged.
    Unplugged,
    /// It sends nothing any more.
    NoFrames,
    /// It sends nothing but zeros: a mute switch, most likely.
    Silent,
    /// The system does not allow it.
    Denied,
    /// Another program holds it.
    Busy,
    /// The sound system failed.
    Failed,
}

impl Loss {
    /// What happened and what to do, for a terminal.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::NoDevice => "there is no microphone; plug one in",
            Self::Unplugged => "the microphone was unplugged; plug it in again",
            Self::NoFrames => "the microphone sends nothing; plug it in again",
            Self::Silent => "the microphone sends only silence; it may be muted",
            Self::Denied => "the system does not allow the microphone; allow it in the privacy settings",
            Self::Busy => "another program holds the microphone; close it",
            Self::Failed => "the sound system failed; it is tried again",
        }
    }
}

/// What the thread of a microphone does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Goes on.
    On,
    /// Says that sound is there (again).
    SayHeard,
    /// Says that it hears only zeros, and goes on.
    SaySilent,
    /// Says that it is lost, closes it, and opens it again.
    Reopen(Loss),
}

/// Watches one opened microphone. Times are since an arbitrary start, and never go back.
pub(crate) struct Watch {
    last_frames: Duration,
    last_sound: Duration,
    told_silent: bool,
    heard: bool,
}

impl Watch {
    pub(crate) fn opened(now: Duration) -> Self {
        Self { last_frames: now, last_sound: now, told_silent: false, heard: false }
    }

    /// Frames arrived, or not, since the last call.
    pub(crate) fn step(&mut self, now: Duration, frames: &[f32]) -> Step {
        if frames.is_empty() {
            let waited = now.saturating_sub(self.last_frames);
            return if waited >= NO_FRAMES { Step::Reopen(Loss::NoFrames) } else { Step::On };
        }
        self.last_frames = now;
        let first = !std::mem::replace(&mut self.heard, true);
        if frames.iter().any(|sample| *sample != 0.0) {
            self.last_sound = now;
            if std::mem::take(&mut self.told_silent) || first {
                return Step::SayHeard;
            }
        } else if !self.told_silent && now.saturating_sub(self.last_sound) >= ALL_ZERO {
            self.told_silent = true;
            return Step::SaySilent;
        } else if first {
            return Step::SayHeard;
        }
        Step::On
    }
}

/// How long to wait before the `attempt`th try (from 0) to open a lost microphone.
pub(crate) fn wait_before(attempt: usize) -> Duration {
    WAITS[attempt.min(WAITS.len() - 1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn a_microphone_is_ready_with_its_first_frames_and_not_before() {
        let mut watch = Watch::opened(at(0));
        assert_eq!(watch.step(at(10), &[]), Step::On);
        assert_eq!(watch.step(at(20), &[0.1]), Step::SayHeard);
        assert_eq!(watch.step(at(30), &[0.1]), Step::On);
    }

    #[test]
    fn without_frames_for_a_second_and_a_half_it_is_lost() {
        let mut watch = Watch::opened(at(0));
        watch.step(at(100), &[0.1]);
        assert_eq!(watch.step(at(1_599), &[]), Step::On);
        assert_eq!(watch.step(at(1_600), &[]), Step::Reopen(Loss::NoFrames));
    }

    #[test]
    fn three_seconds_of_zeros_are_said_once_and_a_sound_ends_them() {
        let mut watch = Watch::opened(at(0));
        watch.step(at(0), &[0.1]);
        assert_eq!(watch.step(at(2_900), &[0.0; 4]), Step::On);
        assert_eq!(watch.step(at(3_000), &[0.0; 4]), Step::SaySilent);
        assert_eq!(watch.step(at(9_000), &[0.0; 4]), Step::On);
        assert_eq!(watch.step(at(9_100), &[0.0, 0.2]), Step::SayHeard);
    }

    #[test]
    fn waits_grow_to_two_seconds() {
        assert!(wait_before(0) < wait_before(1));
        assert_eq!(wait_before(99), at(2_000));
    }
}
