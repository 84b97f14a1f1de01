//! When what did not arrive is tried again, and when it is given to a person instead.

use domain::Timestamp;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

/// How long is waited after the first attempt, the second, and so on; after all further ones as after the last of these, in ms.
pub(crate) const WAITS: [i64; 6] = [30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 4 * HOUR];

/// How often something is tried. The waits between are three days and an hour and a half: a weekend in which nobody sees to a
/// server.
pub(crate) const MOST_TRIES: u32 = 24;

/// The longest that the other end may ask to be left alone for, in ms.
pub(crate) const MOST_ASKED: i64 = 24 * HOUR;

/// How an attempt ended that did not arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// Later it may arrive. The other end may have said how long to wait, in ms.
    NotNow { asked: Option<i64> },
    /// Nothing but a person changes that.
    Never,
}

/// What follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Follows {
    /// It is tried again, then.
    Again(Timestamp),
    /// It is given to a person.
    Failed,
}

/// What follows from an attempt that was made after so many others.
pub(crate) fn after(tries: u32, ended: Ended, now: Timestamp) -> Follows {
    match ended {
        Ended::Never => Follows::Failed,
        Ended::NotNow { .. } if tries.saturating_add(1) >= MOST_TRIES => Follows::Failed,
        Ended::NotNow { asked } => {
            let place = usize::try_from(tries).unwrap_or(usize::MAX).min(WAITS.len() - 1);
            let usual = WAITS.get(place).copied().unwrap_or(HOUR);
            let wait = usual.max(asked.unwrap_or(0).min(MOST_ASKED));
            Follows::Again(Timestamp::from_millis(now.as_millis().saturating_add(wait)))
        }
    }
}

/// Whether the time of the next attempt has come. A time that lies further ahead than any wait was told by a clock that has
/// been set back since.
pub(crate) fn is_due(due: Timestamp, now: Timestamp) -> bool {
    let ahead = due.as_millis().saturating_sub(now.as_millis());
    ahead <= 0 || ahead > MOST_ASKED
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    #[test]
    fn what_never_arrives_is_tried_over_a_weekend_and_then_given_to_a_person() {
        let (mut now, mut tries) = (at(0), 0);
        while let Follows::Again(next) = after(tries, Ended::NotNow { asked: None }, now) {
            assert!(next > now);
            (now, tries) = (next, tries + 1);
        }
        assert_eq!(tries + 1, MOST_TRIES);
        let hours = now.as_millis() / HOUR;
        assert!((72..80).contains(&hours), "{hours} hours");
    }

    #[test]
    fn a_permanent_answer_is_given_to_a_person_at_once() {
        assert_eq!(after(0, Ended::Never, at(5)), Follows::Failed);
    }

    #[test]
    fn what_the_other_end_asks_for_is_waited_for_and_no_longer_than_a_day() {
        let asked = |ms| after(0, Ended::NotNow { asked: Some(ms) }, at(0));
        assert_eq!(asked(HOUR), Follows::Again(at(HOUR)));
        assert_eq!(asked(SECOND), Follows::Again(at(WAITS[0])), "never sooner than usual");
        assert_eq!(asked(i64::MAX), Follows::Again(at(MOST_ASKED)));
    }

    #[test]
    fn a_clock_that_was_set_back_keeps_nothing_waiting() {
        assert!(!is_due(at(HOUR), at(0)));
        assert!(is_due(at(HOUR), at(HOUR)));
        assert!(is_due(at(400 * 24 * HOUR), at(0)));
    }

    proptest! {
        #[test]
        fn waits_grow_and_end(tries in 0_u32..200, now in -1_000_000_i64..4_000_000_000_000, asked in proptest::option::of(any::<i64>())) {
            match after(tries, Ended::NotNow { asked }, at(now)) {
                Follows::Again(next) => {
                    prop_assert!(tries + 1 < MOST_TRIES);
                    let wait = next.as_millis() - now;
                    prop_assert!((WAITS[0]..=MOST_ASKED).contains(&wait));
                    if let (Follows::Again(later), None) = (after(tries + 1, Ended::NotNow { asked }, at(now)), asked) {
                        prop_assert!(later >= next);
                    }
                    prop_assert!(!is_due(next, at(now)) && is_due(next, next));
                }
                Follows::Failed => prop_assert!(tries + 1 >= MOST_TRIES),
            }
        }
    }
}
