//! Time and randomness, as they are handed in.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z, as the device's wall clock gave them. For display and for ids; the order of
/// the log never depends on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "number"))]
pub struct Timestamp(i64);

impl Timestamp {
    /// A time from its milliseconds since the epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the epoch.
    pub const fn as_millis(self) -> i64 {
        self.0
    }
}

/// A hybrid logical time (Kulkarni et al., 2014): the wall clock where it moved forward, a counter where it did not. It
/// never goes back on one device, whatever the clock does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct HybridTime {
    /// The greatest wall-clock time seen.
    pub wall: Timestamp,
    /// How many events shared that time before this one.
    pub counter: u32,
}

impl HybridTime {
    /// The time of the next event, `now` being what the wall clock says.
    #[must_use]
    pub fn next(self, now: Timestamp) -> Self {
        if now > self.wall {
            Self { wall: now, counter: 0 }
        } else {
            Self { wall: self.wall, counter: self.counter.saturating_add(1) }
        }
    }
}

impl fmt::Display for HybridTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+{}", self.wall.0, self.counter)
    }
}

/// Where the time comes from.
pub trait Clock: Send + Sync {
    /// The wall clock now. May jump either way.
    fn now(&self) -> Timestamp;
}

/// Where unpredictable bytes come from. The system's generator everywhere but in tests.
pub trait Random: Send + Sync {
    /// Fills the buffer.
    fn fill(&self, bytes: &mut [u8]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hybrid_time_moves_forward_when_the_clock_goes_back() {
        let first = HybridTime::default().next(Timestamp::from_millis(1_000));
        let second = first.next(Timestamp::from_millis(10));
        let third = second.next(Timestamp::from_millis(1_001));
        assert!(first < second && second < third);
        assert_eq!(third, HybridTime { wall: Timestamp::from_millis(1_001), counter: 0 });
    }
}
