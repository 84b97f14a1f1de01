//! The licence's clock: what time to believe, when the machine's clock may be set to anything.
//!
//! A high-water mark is kept: the latest time that was witnessed. It starts at the build's time or the first time seen,
//! and advances
//!
//! - with the machine's clock, where that is at most [`STRIDE_MS`] ahead: nights, weekends, a clinic's holidays;
//! - with the time that passed while the program ran, where the clock is farther ahead: a clock set to 2040 does not end a
//!   licence that runs until 2028. Only a clock that stays there for [`CONFIRM_MS`] of running is believed;
//! - to the time of signing of a licence that is newly installed: that is the vendor's word, and puts right a mark that
//!   went too far.
//!
//! A clock more than [`TOLERANCE_MS`] behind the mark was set back. Then time stands still at the mark: what was granted
//! goes on, and nothing new begins (no new month, no new evaluation, no licence that had ended).

use domain::Timestamp;
use serde::{Deserialize, Serialize};

const HOUR_MS: i64 = 3_600_000;
/// How far the clock may be behind the mark before it counts as set back: one hour.
pub const TOLERANCE_MS: i64 = HOUR_MS;
/// How far the clock may go ahead of the mark at once and be believed: 35 days.
const STRIDE_MS: i64 = 35 * 24 * HOUR_MS;
/// How long the program must have run with the clock farther ahead before it is believed: 72 hours.
const CONFIRM_MS: i64 = 72 * HOUR_MS;

/// What is kept between starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockState {
    /// The latest time that was witnessed.
    mark: Timestamp,
    /// A clock far ahead, while it is not believed yet.
    ahead: Option<Ahead>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Ahead {
    /// The latest time it showed.
    latest: Timestamp,
    /// For how long, in ms of running.
    witnessed: i64,
}

/// Why the machine's clock is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// It is behind a time that was seen.
    SetBack,
    /// It is far ahead of the last time that was seen.
    FarAhead,
}

/// The time that the licence goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// The time.
    pub at: Timestamp,
    /// Why it is not the machine's.
    pub doubt: Option<Doubt>,
}

impl ClockState {
    /// At the first start. `built` is when this program was built, which no right clock is behind.
    pub fn begin(built: Timestamp, now: Timestamp) -> Self {
        Self { mark: built.max(now), ahead: None }
    }

    /// The latest time that was witnessed.
    pub fn mark(&self) -> Timestamp {
        self.mark
    }

    /// Whether the clock was far ahead when it was looked at last, and is not believed yet.
    pub fn is_in_doubt(&self) -> bool {
        self.ahead.is_some()
    }

    /// Looks at the machine's clock. `ran` is how long the program has run since it looked last, in ms of a clock that
    /// nobody sets; 0 at a start.
    pub fn observe(&mut self, built: Timestamp, now: Timestamp, ran: i64) -> Judged {
        let ran = ran.max(0);
        self.mark = self.mark.max(built);
        let ahead = now.as_millis().saturating_sub(self.mark.as_millis());
        if ahead <= STRIDE_MS {
            self.ahead = None;
            if ahead < -TOLERANCE_MS {
                return Judged { at: self.mark, doubt: Some(Doubt::SetBack) };
            }
            self.mark = self.mark.max(now);
            return Judged { at: self.mark, doubt: None };
        }
        // Far ahead: real time goes on by what was witnessed.
        self.mark = Timestamp::from_millis(self.mark.as_millis().saturating_add(ran));
        let steady = self
            .ahead
            .filter(|before| now.as_millis() >= before.latest.as_millis().saturating_sub(TOLERANCE_MS));
        let witnessed = steady.map_or(0, |before| before.witnessed.saturating_add(ran));
        if witnessed >= CONFIRM_MS {
            self.ahead = None;
            self.mark = now;
            return Judged { at: now, doubt: None };
        }
        self.ahead = Some(Ahead { latest: now, witnessed });
        Judged { at: self.mark, doubt: Some(Doubt::FarAhead) }
    }

    /// Takes the time at which a licence was signed for witnessed: a mark that the clock no longer reaches comes down to
    /// it. Only for a licence that is newer than any installed before, or an old one would turn the time back.
    pub fn witness_signed(&mut self, built: Timestamp, issued: Timestamp, now: Timestamp) {
        self.mark = built.max(issued).max(self.mark.min(now));
        self.ahead = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24 * HOUR_MS;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    #[test]
    fn a_clock_that_goes_on_is_believed_over_weekends_and_holidays() {
        let mut clock = ClockState::begin(at(0), at(0));
        for day in [1, 2, 5, 33, 33, 60] {
            let now = at(day * DAY);
            assert_eq!(clock.observe(at(0), now, 0), Judged { at: now, doubt: None });
        }
    }

    #[test]
    fn a_clock_set_back_stands_still_until_it_has_caught_up() {
        let mut clock = ClockState::begin(at(0), at(10 * DAY));
        let hour = at(10 * DAY - TOLERANCE_MS);
        assert_eq!(clock.observe(at(0), hour, 0), Judged { at: at(10 * DAY), doubt: None });
        let back = clock.observe(at(0), at(3 * DAY), HOUR_MS);
        assert_eq!(back, Judged { at: at(10 * DAY), doubt: Some(Doubt::SetBack) });
        assert_eq!(clock.observe(at(0), at(11 * DAY), 0), Judged { at: at(11 * DAY), doubt: None });
        assert_eq!(
            ClockState::begin(at(DAY), at(0)).observe(at(DAY), at(0), 0),
            Judged { at: at(DAY), doubt: Some(Doubt::SetBack) }
        );
    }

    #[test]
    fn a_clock_far_ahead_burns_nothing_when_it_comes_back() {
        let mut clock = ClockState::begin(at(0), at(DAY));
        for hour in 0..48 {
            let judged = clock.observe(at(0), at(5_000 * DAY + hour * HOUR_MS), HOUR_MS);
            assert_eq!(judged.doubt, Some(Doubt::FarAhead));
            assert_eq!(judged.at, at(DAY + (hour + 1) * HOUR_MS));
        }
        assert_eq!(clock.observe(at(0), at(4 * DAY), 0), Judged { at: at(4 * DAY), doubt: None });
    }

    #[test]
    fn a_clock_far_ahead_is_believed_once_it_has_stayed_there() {
        let mut clock = ClockState::begin(at(0), at(DAY));
        let start = 400 * DAY;
        let mut hours = (0..80).map(|hour| clock.observe(at(0), at(start + hour * HOUR_MS), HOUR_MS));
        let first = hours.position(|judged| judged.doubt.is_none()).unwrap();
        assert_eq!(first, 72);
    }

    #[test]
    fn a_signed_time_puts_a_mark_right_that_went_too_far() {
        let mut clock = ClockState::begin(at(0), at(5_000 * DAY));
        assert_eq!(clock.observe(at(0), at(101 * DAY), 0).doubt, Some(Doubt::SetBack));
        clock.witness_signed(at(0), at(100 * DAY), at(101 * DAY));
        assert_eq!(clock.observe(at(0), at(101 * DAY), 0), Judged { at: at(101 * DAY), doubt: None });
        // A licence that was signed long before it is installed casts no doubt on the clock.
        clock.witness_signed(at(0), at(40 * DAY), at(102 * DAY));
        assert_eq!(clock.observe(at(0), at(102 * DAY), 0).doubt, None);
    }
}
