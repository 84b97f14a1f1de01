//! Time: one that goes on while the machine sleeps, and a recording's clock, which counts samples and stays true.

use std::time::Duration;

use crate::RATE;

/// The time since an arbitrary start, which goes on while the machine is suspended (the standard library's does not, on Linux
/// and macOS).
pub(crate) fn now() -> Duration {
    #[cfg(unix)]
    {
        #[cfg(any(target_os = "linux", target_os = "android"))]
        const CLOCK: rustix::time::ClockId = rustix::time::ClockId::Boottime;
        // Apple's monotonic clock goes on during sleep.
        #[cfg(not(any(target_os = "linux", target_os = "android")))]
        const CLOCK: rustix::time::ClockId = rustix::time::ClockId::Monotonic;
        let time = rustix::time::clock_gettime(CLOCK);
        Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
    }
    #[cfg(not(unix))]
    {
        static START: std::sync::LazyLock<std::time::Instant> =
            std::sync::LazyLock::new(std::time::Instant::now);
        START.elapsed()
    }
}

/// Sound that arrives later than before by more than this is missing sound, if it stays so.
const MISSING: f64 = 0.5;
/// For so long it must stay so: a machine that was held up catches up.
const STAYS: Duration = Duration::from_secs(2);
/// A sound card's crystal may be slower than the machine's by so much without anything being missing: 0.5 ms a second.
const DRIFT: f64 = 5e-4;

/// The clock of a recording: frames at [`RATE`] since its first sample.
///
/// Frames are counted, so that sound that came whole stays whole however irregularly it comes. Where sound is missing (a
/// microphone that was away, a machine that slept, a sound server that dropped some) the clock jumps by what the time says: a
/// gap is a jump, and nothing is filled in.
#[derive(Debug, Default)]
pub(crate) struct RecordingClock {
    /// When the first sample was heard.
    began: Option<Duration>,
    /// Frames on the clock.
    position: u64,
    /// How late sound arrives at the least, in seconds: what the sound system holds back.
    usual: f64,
    seen: Duration,
    /// Since when, and by how much at the least, sound has been later than usual.
    late: Option<(Duration, f64)>,
    reopened: bool,
}

impl RecordingClock {
    /// The microphone was opened anew: whatever is late now was missed.
    pub(crate) const fn reopened(&mut self) {
        self.reopened = true;
        self.late = None;
    }

    /// Frames were heard, of which the last is the newest at `now`. Gives the place of the first on the clock.
    pub(crate) fn heard(&mut self, now: Duration, frames: u64) -> u64 {
        let length = seconds(frames);
        let Some(began) = self.began else {
            self.began = Some(now.saturating_sub(Duration::from_secs_f64(length)));
            (self.position, self.seen, self.reopened) = (frames, now, false);
            return 0;
        };
        let lag = now.saturating_sub(began).as_secs_f64() - seconds(self.position) - length;
        self.usual += DRIFT * now.saturating_sub(self.seen).as_secs_f64();
        self.seen = now;
        let late = lag - self.usual;
        let missing = if std::mem::take(&mut self.reopened) {
            late.max(0.0)
        } else if late > MISSING {
            let (since, least) = self.late.unwrap_or((now, late));
            self.late = Some((since, least.min(late)));
            if now.saturating_sub(since) >= STAYS { least.min(late) } else { 0.0 }
        } else {
            self.late = None;
            0.0
        };
        if missing > 0.0 {
            self.late = None;
            self.position += (missing * f64::from(RATE)) as u64;
        }
        self.usual = self.usual.min(lag - missing);
        let start = self.position;
        self.position += frames;
        start
    }

    /// Frames were heard and lost before they could be told.
    pub(crate) const fn dropped(&mut self, frames: u64) {
        self.position += frames;
    }
}

fn seconds(frames: u64) -> f64 {
    frames as f64 / f64::from(RATE)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PIECE: u64 = RATE as u64 / 50;

    fn at(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn the_time_goes_on() {
        let before = now();
        std::thread::sleep(Duration::from_millis(3));
        assert!(now() - before >= Duration::from_millis(3));
    }

    #[test]
    fn a_microphone_that_was_away_for_ten_seconds_jumps_by_ten() {
        let mut clock = RecordingClock::default();
        for n in 1..=50 {
            assert_eq!(clock.heard(at(n * 20), PIECE), (n - 1) * PIECE);
        }
        clock.reopened();
        let start = clock.heard(at(11_000 + 20), PIECE);
        assert!(start.abs_diff(11 * u64::from(RATE)) < 100, "{start}");
        assert_eq!(clock.heard(at(11_000 + 40), PIECE), start + PIECE);
    }

    #[test]
    fn a_card_that_runs_slow_for_hours_misses_nothing() {
        let mut clock = RecordingClock::default();
        for n in 1..=3 * 3_600 {
            // 100 ppm: a second late after three hours.
            let now = Duration::from_secs_f64(n as f64 * 1.000_1);
            assert_eq!(clock.heard(now, u64::from(RATE)), (n - 1) * u64::from(RATE));
        }
    }

    #[test]
    fn samples_that_were_dropped_leave_their_place() {
        let mut clock = RecordingClock::default();
        clock.heard(at(20), PIECE);
        clock.dropped(1_000);
        assert_eq!(clock.heard(at(40), PIECE), PIECE + 1_000);
    }

    proptest! {
        #[test]
        fn sound_that_comes_late_and_in_bursts_but_whole_has_no_gap(
            waits in proptest::collection::vec(1_u64..1_500, 1..60),
        ) {
            let mut clock = RecordingClock::default();
            let (mut time, mut told) = (0, 0);
            for wait in waits {
                // Nothing for a while, then all of it, in pieces of 20 ms at once.
                time += wait;
                let heard = time * u64::from(RATE) / 1_000;
                while told + PIECE <= heard {
                    prop_assert_eq!(clock.heard(at(time), PIECE), told);
                    told += PIECE;
                }
            }
        }

        #[test]
        fn sound_that_a_sound_server_swallowed_leaves_a_gap_of_its_length(missing in 600_u64..60_000) {
            let mut clock = RecordingClock::default();
            let mut last = 0;
            for n in 1..=500_u64 {
                // After five seconds everything is later by what was swallowed.
                let now = n * 20 + if n > 250 { missing } else { 0 };
                let start = clock.heard(at(now), PIECE);
                prop_assert!(n == 1 || start >= last + PIECE);
                last = start;
            }
            let real = (500 * 20 + missing) * u64::from(RATE) / 1_000 - PIECE;
            prop_assert!(last.abs_diff(real) < u64::from(RATE) / 10, "{last} {real}");
        }
    }
}
