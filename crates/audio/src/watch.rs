//! What to make of a microphone that says nothing: pure, by a clock that is handed in.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// No frames for so long: the microphone is lost.
const NO_FRAMES: Duration = Duration::from_millis(1_500);
/// The first frames of an opening may take longer: a headset without a cable has to change its way of sending.
const FIRST_FRAMES: Duration = Duration::from_secs(3);
/// Nothing but exact zeros for so long: it is muted, or it is no microphone.
const ALL_ZERO: Duration = Duration::from_secs(3);
/// A silent microphone is opened anew after that time again, then after twice as long, up to this.
const LONGEST_SILENCE: Duration = Duration::from_secs(30);
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
            Self::NoDevice => "there is no microphone; plug one in, or choose another",
            Self::Unplugged => "the microphone was unplugged; plug it in again",
            Self::NoFrames => "the microphone sends nothing any more; unplug it and plug it in again",
            Self::Silent => "the microphone sends nothing but silence; look for a mute switch",
            Self::Denied => {
                "the system does not allow the microphone; allow it in the system's privacy settings"
            }
            Self::Busy => "another program uses the microphone; close it",
            Self::Failed => "the sound system failed; unplug the microphone and plug it in again",
        }
    }

    /// The stable code of what a person would do about it.
    pub const fn code(self) -> domain::ErrorCode {
        use domain::ErrorCode as Code;
        match self {
            Self::NoDevice | Self::Unplugged => Code::SoundNoDevice,
            Self::Denied => Code::SoundDenied,
            Self::Busy => Code::SoundBusy,
            Self::NoFrames | Self::Silent | Self::Failed => Code::SoundFailed,
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
    /// Closes the microphone and opens it again, as [`Watch::lost`] says.
    Reopen(Loss),
}

/// Watches a microphone through all its openings. Times are since an arbitrary start, and never go back.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    /// The last frames of this opening, and the last sample that was not zero, or when that began to count.
    last_frames: Duration,
    last_sound: Duration,
    /// Whether nothing was heard since this opening.
    fresh: bool,
    /// The loss that was told and is not over.
    told: Option<Loss>,
    attempts: usize,
    silences: u32,
}

impl Watch {
    /// The microphone was opened.
    pub(crate) fn opened(&mut self, now: Duration) {
        (self.last_frames, self.fresh) = (now, true);
        if self.told != Some(Loss::Silent) {
            self.last_sound = now;
        }
    }

    /// Frames arrived, or not, since the last call.
    pub(crate) fn step(&mut self, now: Duration, frames: &[f32]) -> Step {
        if frames.is_empty() {
            let waited = now.saturating_sub(self.last_frames);
            let most = if self.fresh { FIRST_FRAMES } else { NO_FRAMES };
            return if waited >= most { Step::Reopen(Loss::NoFrames) } else { Step::On };
        }
        self.last_frames = now;
        let first = std::mem::take(&mut self.fresh);
        let silent = frames.iter().all(|sample| *sample == 0.0);
        if silent && now.saturating_sub(self.last_sound) >= self.patience() {
            self.last_sound = now;
            return Step::Reopen(Loss::Silent);
        }
        if silent && self.told == Some(Loss::Silent) {
            return Step::On;
        }
        if !silent {
            self.last_sound = now;
            self.silences = 0;
        }
        self.attempts = 0;
        let over = self.told.take().is_some();
        if first || over { Step::SayHeard } else { Step::On }
    }

    /// It was lost, or could not be opened. Whether that is to be told, which it is once however often it is tried again, and
    /// how long to wait before the next opening.
    pub(crate) fn lost(&mut self, loss: Loss) -> (bool, Duration) {
        let tell = self.told.replace(loss) != Some(loss);
        if loss == Loss::Silent {
            // It does send, so whatever it sends next is wanted at once.
            self.silences = self.silences.saturating_add(1);
            return (tell, Duration::ZERO);
        }
        let wait = WAITS[self.attempts.min(WAITS.len() - 1)];
        self.attempts += 1;
        (tell, wait)
    }

    /// How long silence is borne.
    fn patience(&self) -> Duration {
        ALL_ZERO.saturating_mul(1 << self.silences.min(4)).min(LONGEST_SILENCE)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const fn at(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    fn opened() -> Watch {
        let mut watch = Watch::default();
        watch.opened(at(0));
        watch
    }

    #[test]
    fn a_microphone_is_ready_with_its_first_frames_and_not_before() {
        let mut watch = opened();
        assert_eq!(watch.step(at(10), &[]), Step::On);
        assert_eq!(watch.step(at(20), &[0.1]), Step::SayHeard);
        assert_eq!(watch.step(at(30), &[0.1]), Step::On);
    }

    #[test]
    fn without_frames_for_a_second_and_a_half_it_is_lost_and_its_return_is_said() {
        let mut watch = opened();
        watch.step(at(100), &[0.1]);
        assert_eq!(watch.step(at(1_599), &[]), Step::On);
        assert_eq!(watch.step(at(1_600), &[]), Step::Reopen(Loss::NoFrames));
        assert_eq!(watch.lost(Loss::NoFrames), (true, at(200)));
        watch.opened(at(1_800));
        assert_eq!(watch.step(at(1_850), &[]), Step::On);
        assert_eq!(watch.step(at(1_900), &[0.1]), Step::SayHeard);
    }

    #[test]
    fn the_first_frames_may_take_three_seconds() {
        let mut watch = opened();
        assert_eq!(watch.step(at(2_999), &[]), Step::On);
        assert_eq!(watch.step(at(3_000), &[]), Step::Reopen(Loss::NoFrames));
    }

    #[test]
    fn a_machine_that_slept_finds_its_microphone_lost_if_it_sends_nothing_and_goes_on_if_it_does() {
        let mut watch = opened();
        watch.step(at(100), &[0.1]);
        assert_eq!(watch.step(at(3_600_000), &[]), Step::Reopen(Loss::NoFrames));
        let mut watch = opened();
        watch.step(at(100), &[0.1]);
        assert_eq!(watch.step(at(3_600_000), &[0.1]), Step::On);
    }

    #[test]
    fn three_seconds_of_zeros_are_told_once_tried_again_ever_more_rarely_and_ended_by_a_sound() {
        let mut watch = opened();
        watch.step(at(0), &[0.1]);
        let mut reopened = Vec::new();
        let mut told = 0;
        for ms in (10..120_000).step_by(10) {
            match watch.step(at(ms), &[0.0; 4]) {
                Step::Reopen(loss) => {
                    assert_eq!(loss, Loss::Silent);
                    let (tell, wait) = watch.lost(loss);
                    assert_eq!(wait, Duration::ZERO);
                    told += u32::from(tell);
                    watch.opened(at(ms));
                    reopened.push(ms / 1_000);
                }
                step => assert_eq!(step, Step::On, "silence is not told to be heard, at {ms}"),
            }
        }
        assert_eq!((told, reopened), (1, vec![3, 9, 21, 45, 75, 105]));
        assert_eq!(watch.step(at(120_000), &[0.0, 0.2]), Step::SayHeard);
        assert_eq!(watch.step(at(122_000), &[0.0]), Step::On);
        assert_eq!(watch.step(at(123_000), &[0.0]), Step::Reopen(Loss::Silent));
    }

    #[test]
    fn waits_grow_to_two_seconds_and_are_short_again_after_a_sound() {
        let mut watch = opened();
        let waits: Vec<_> = (0..6).map(|_| watch.lost(Loss::NoDevice)).collect();
        assert_eq!(waits.iter().map(|(_, wait)| *wait).max(), Some(at(2_000)));
        assert!(waits.windows(2).all(|pair| pair[0].1 <= pair[1].1));
        assert_eq!(waits.iter().filter(|(tell, _)| *tell).count(), 1);
        watch.opened(at(9_000));
        assert_eq!(watch.step(at(9_010), &[0.1]), Step::SayHeard);
        assert_eq!(watch.lost(Loss::Unplugged), (true, at(200)));
    }

    #[test]
    fn each_loss_has_a_sentence_of_its_own_and_a_code() {
        use Loss::*;
        let all = [NoDevice, Unplugged, NoFrames, Silent, Denied, Busy, Failed];
        let sentences: std::collections::BTreeSet<_> = all.iter().map(|loss| loss.in_words()).collect();
        assert_eq!(sentences.len(), all.len());
        assert!(all.iter().all(|loss| loss.code().as_str().starts_with("sound.")));
    }

    proptest! {
        /// Whatever happens: a loss is told before it is over, a return after a loss, and neither twice.
        #[test]
        fn losses_and_returns_alternate(events in proptest::collection::vec((0_u64..2_000, 0..3_u8), 1..200)) {
            let mut watch = opened();
            let (mut now, mut hears) = (0, false);
            for (wait, what) in events {
                now += wait;
                let frames: &[f32] = match what {
                    0 => &[],
                    1 => &[0.0; 8],
                    _ => &[0.25; 8],
                };
                match watch.step(at(now), frames) {
                    Step::On => {}
                    Step::SayHeard => {
                        prop_assert!(!hears && what != 0);
                        hears = true;
                    }
                    Step::Reopen(loss) => {
                        prop_assert!(what != 2);
                        let (tell, _) = watch.lost(loss);
                        prop_assert!(tell || !hears);
                        hears = false;
                        watch.opened(at(now));
                    }
                }
            }
        }
    }
}
