//! Wrong passwords and PINs in a row, and how long none is taken after them.
//!
//! Five are free. The fifth and each one after it begin a wait: 30 s, 1 min, 5 min, then 15 min each time. A right one ends
//! the count. Counted is whose attempt it is: a person's (whatever they type, wherever), a sign-in name's that nobody has, or
//! the kiosk's number pad, where a PIN comes without a name. None holds up any other, and nothing that a patient does asks.
//!
//! The count lies in the vault: a restart keeps it. An attempt counts before it is judged, so that neither many at once nor
//! pulling the plug gives one away. A clock that is set back begins the present wait anew where that is noticed: it is never
//! shorter for it, and by one wait longer at most. One that is set forward ends it, which takes whoever administers the device.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::{PersonId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Engine, Error, kept};

/// Under which name the vault keeps the counts.
const NAME: &str = "wrong-attempts";
/// How many wrong ones in a row begin the first wait.
const FREE: u32 = 5;
/// The waits after the fifth wrong one, the sixth, and so on, in ms; the last of them stays.
const WAITS_MS: [i64; 4] = [30_000, 60_000, 300_000, 900_000];
/// How many sign-in names that nobody has are counted; beyond, the one that was tried longest ago is let go.
const MOST_UNKNOWN: usize = 64;
const UNKNOWN: &str = "login:";

/// Whose attempts are counted together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// A person's.
    Person(PersonId),
    /// Those with a sign-in name that nobody has: its digest. They wait like anybody's, so that a wait tells nothing.
    Unknown(String),
    /// Those at the kiosk's number pad.
    Pad,
}

impl Subject {
    /// Of a sign-in name that nobody has.
    pub(crate) fn unknown(login: &str) -> Self {
        let digest = seal::digest_link(login.trim().to_lowercase().as_bytes());
        Self::Unknown(digest.to_string())
    }

    fn key(&self) -> String {
        match self {
            Self::Person(id) => format!("person:{id}"),
            Self::Unknown(digest) => format!("{UNKNOWN}{digest}"),
            Self::Pad => "pad".to_owned(),
        }
    }
}

/// Wrong ones in a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Count {
    wrong: u32,
    /// When the last of them was, or when the clock was found to have been set back behind that.
    since: Timestamp,
}

impl Count {
    /// For how long the next one is not taken, in ms.
    fn left(&mut self, now: Timestamp) -> i64 {
        let Some(step) = self.wrong.checked_sub(FREE) else { return 0 };
        let wait = WAITS_MS[(step as usize).min(WAITS_MS.len() - 1)];
        if now < self.since {
            self.since = now;
        }
        (self.since.as_millis() + wait - now.as_millis()).max(0)
    }

    /// Counts one that is about to be judged. Fails with the ms that are left, and counts nothing, while none is taken.
    fn begin(&mut self, now: Timestamp) -> Result<(), i64> {
        match self.left(now) {
            0 => {
                *self = Self { wrong: self.wrong.saturating_add(1), since: now };
                Ok(())
            }
            left => Err(left),
        }
    }
}

/// Every count that is not nought, by subject.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Book(BTreeMap<String, Count>);

impl Book {
    fn begin(&mut self, subject: &Subject, now: Timestamp) -> Result<(), i64> {
        let begun = self.0.entry(subject.key()).or_default().begin(now);
        let unknown = || self.0.iter().filter(|(key, _)| key.starts_with(UNKNOWN));
        if unknown().count() > MOST_UNKNOWN
            && let Some(oldest) = unknown().min_by_key(|(_, count)| count.since).map(|(key, _)| key.clone())
        {
            self.0.remove(&oldest);
        }
        begun
    }
}

/// The counts of the open vault, read once.
#[derive(Default)]
pub(crate) struct Attempts {
    book: Mutex<Option<Book>>,
}

impl Attempts {
    /// Another vault is open.
    pub(crate) fn forget(&self) {
        *self.lock() = None;
    }

    fn lock(&self) -> MutexGuard<'_, Option<Book>> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Engine {
    /// Counts an attempt as wrong until [`Engine::was_right`].
    ///
    /// # Errors
    /// [`Error::SignInWait`] while none is taken.
    pub(crate) fn attempt(&self, subject: &Subject) -> Result<(), Error> {
        let now = self.now();
        self.count(|book| book.begin(subject, now))?
            .map_err(|left| Error::SignInWait { seconds: u64::try_from(left).unwrap_or(0).div_ceil(1000) })
    }

    /// The attempt was right: the count ends.
    pub(crate) fn was_right(&self, subject: &Subject) -> Result<(), Error> {
        self.count(|book| {
            book.0.remove(&subject.key());
        })
    }

    fn count<T>(&self, change: impl FnOnce(&mut Book) -> T) -> Result<T, Error> {
        let vault = self.vault()?;
        let mut held = self.attempts.lock();
        let book = held.get_or_insert_with(|| kept::read(&vault, NAME).unwrap_or_default());
        let before = book.clone();
        let changed = change(book);
        if *book != before {
            // A vault that cannot be written to still lets the right person in: the count goes on in memory.
            kept::note(&vault, NAME, book);
        }
        Ok(changed)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    #[test]
    fn the_fifth_wrong_one_begins_a_wait_that_grows_and_stays_at_a_quarter_of_an_hour() {
        let mut count = Count::default();
        let mut now = 1_000_000;
        let mut waits = Vec::new();
        for _ in 0..10 {
            count.begin(at(now)).unwrap();
            let left = count.left(at(now));
            waits.push(left / 1000);
            now += left;
        }
        assert_eq!(waits, [0, 0, 0, 0, 30, 60, 300, 900, 900, 900]);
    }

    #[test]
    fn an_attempt_during_a_wait_is_refused_and_makes_it_no_longer() {
        let mut count = Count { wrong: FREE, since: at(0) };
        assert_eq!(count.begin(at(10_000)), Err(20_000));
        assert_eq!(count.begin(at(29_999)), Err(1));
        assert_eq!(count.wrong, FREE);
        assert_eq!(count.begin(at(30_000)), Ok(()));
    }

    #[test]
    fn names_that_nobody_has_are_counted_up_to_a_number_and_push_out_no_person() {
        let mut book = Book::default();
        let person = Subject::Person(PersonId::from_bytes([7; 16]));
        book.begin(&person, at(0)).unwrap();
        for number in 0..200_i64 {
            book.begin(&Subject::unknown(&number.to_string()), at(number)).unwrap();
        }
        assert_eq!(book.0.len(), MOST_UNKNOWN + 1);
        assert!(book.0.contains_key(&person.key()));
        assert!(book.0.contains_key(&Subject::unknown("199").key()));
        assert!(!book.0.contains_key(&Subject::unknown("0").key()));
        assert_eq!(Subject::unknown(" Ada "), Subject::unknown("ada"));
    }

    /// What happens between two looks at the count.
    #[derive(Clone, Copy, Debug)]
    enum Between {
        /// So many ms pass.
        Passes(i64),
        /// Somebody sets the clock back by so many ms.
        SetBack(i64),
        /// The application is started again: what is kept is read.
        Restart,
        /// Somebody tries while nothing is taken.
        Tries,
    }

    fn between() -> impl Strategy<Value = Between> {
        prop_oneof![
            4 => (0..400_000_i64).prop_map(Between::Passes),
            1 => (1..40_000_000_000_i64).prop_map(Between::SetBack),
            1 => Just(Between::Restart),
            1 => Just(Between::Tries),
        ]
    }

    proptest! {
        /// However often the clock is set back and the application started again, a wait takes its whole time, and each
        /// setting back that is looked at adds one wait at most.
        #[test]
        fn a_wait_is_never_cut_short_by_a_clock_set_back_or_a_restart_and_always_ends(
            wrong in FREE..FREE + 6,
            what in prop::collection::vec(between(), 0..40),
        ) {
            let (mut clock, mut passed, mut set_back) = (1_800_000_000_000_i64, 0_i64, 0_i64);
            let mut count = Count { wrong, since: at(clock) };
            let wait = count.left(at(clock));
            for one in what {
                match one {
                    Between::Passes(ms) => { clock += ms; passed += ms; }
                    Between::SetBack(ms) => { clock -= ms; set_back += 1; }
                    Between::Restart => {
                        count = serde_json::from_slice(&serde_json::to_vec(&count).unwrap()).unwrap();
                    }
                    Between::Tries => if count.left(at(clock)) > 0 {
                        prop_assert!(count.begin(at(clock)).is_err());
                    }
                }
                let left = count.left(at(clock));
                prop_assert!(left <= wait, "never more than the wait itself: {left}");
                prop_assert!(passed + left >= wait, "never shorter: {passed} passed, {left} left of {wait}");
                if left == 0 {
                    prop_assert!(passed >= wait);
                    break;
                }
                prop_assert!(passed < (set_back + 1) * wait, "{passed} passed and {set_back} set back");
            }
            clock += count.left(at(clock));
            prop_assert_eq!(count.begin(at(clock)), Ok(()));
        }
    }
}
