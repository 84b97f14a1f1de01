//! Days and months.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use time::{Date, Duration, Month as Name, OffsetDateTime};

use crate::Error;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// A place's offset from UTC at a time, in seconds, east positive. Handed in, because daylight saving is the world's.
pub trait Zone {
    /// The offset at that time.
    fn offset_seconds(&self, at: Timestamp) -> i32;
}

impl<F: Fn(Timestamp) -> i32> Zone for F {
    fn offset_seconds(&self, at: Timestamp) -> i32 {
        self(at)
    }
}

/// A day of the calendar, `YYYY-MM-DD`. As a limit it holds wherever on Earth the reader is: a licence begins when the day
/// begins at the easternmost place (UTC+14) and ends when it ends at the westernmost (UTC−12), so that nobody loses an
/// hour to a time zone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(Date);

impl Day {
    /// The day that a time falls on in UTC.
    pub fn of(time: Timestamp) -> Self {
        let seconds = time.as_millis().div_euclid(1000);
        // Outside the calendar (the year 9999) lies no day that anything here is about.
        Self(OffsetDateTime::from_unix_timestamp(seconds).map_or(Date::MAX, OffsetDateTime::date))
    }

    /// So many days later.
    #[must_use]
    pub fn plus(self, days: u32) -> Self {
        Self(self.0.checked_add(Duration::days(i64::from(days))).unwrap_or(Date::MAX))
    }

    /// When it begins at the easternmost place.
    pub fn begins(self) -> Timestamp {
        Timestamp::from_millis(self.midnight_utc() - 14 * HOUR_MS)
    }

    /// When it has ended at the westernmost place; the first moment after it.
    pub fn ends(self) -> Timestamp {
        Timestamp::from_millis(self.midnight_utc() + DAY_MS + 12 * HOUR_MS)
    }

    fn midnight_utc(self) -> i64 {
        self.0.midnight().assume_utc().unix_timestamp() * 1000
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), u8::from(self.0.month()), self.0.day())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Day({self})")
    }
}

impl FromStr for Day {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let invalid =
            || Error::Invalid { field: "date".to_owned(), reason: "a date is YYYY-MM-DD, of the calendar" };
        let [year, month, day] = numbers(text, [4, 2, 2]).ok_or_else(invalid)?;
        let month = u8::try_from(month).ok().and_then(|month| Name::try_from(month).ok());
        let date = month.and_then(|month| {
            Date::from_calendar_date(i32::try_from(year).ok()?, month, u8::try_from(day).ok()?).ok()
        });
        date.map(Self).ok_or_else(invalid)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

impl TryFrom<String> for Day {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

/// A month of the calendar, `YYYY-MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month {
    year: i32,
    month: u8,
}

impl Month {
    /// The month that a time falls in, at a place.
    pub fn of(time: Timestamp, zone: &dyn Zone) -> Self {
        let local = time.as_millis() + i64::from(zone.offset_seconds(time)) * 1000;
        let day = Day::of(Timestamp::from_millis(local)).0;
        Self { year: day.year(), month: day.month().into() }
    }

    /// From its first moment at a place to the first of the next.
    pub fn bounds(self, zone: &dyn Zone) -> Range<Timestamp> {
        self.begins(zone)..self.next().begins(zone)
    }

    /// The one after it.
    #[must_use]
    pub fn next(self) -> Self {
        match self.month {
            12 => Self { year: self.year + 1, month: 1 },
            month => Self { year: self.year, month: month + 1 },
        }
    }

    fn begins(self, zone: &dyn Zone) -> Timestamp {
        let first = Name::try_from(self.month)
            .ok()
            .and_then(|month| Date::from_calendar_date(self.year, month, 1).ok())
            .unwrap_or(Date::MAX);
        let local = Day(first).midnight_utc();
        // The offset is that of the moment sought. A guess with the offset near it, then one with the guess's own.
        let guess = |near: i64| local - i64::from(zone.offset_seconds(Timestamp::from_millis(near))) * 1000;
        Timestamp::from_millis(guess(guess(local)))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match numbers(text, [4, 2]) {
            Some([year @ 1970..=9998, month @ 1..=12]) => {
                Ok(Self { year: i32::try_from(year).unwrap_or(i32::MAX), month: month as u8 })
            }
            _ => Err(Error::Invalid { field: "month".to_owned(), reason: "a month is YYYY-MM" }),
        }
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

impl TryFrom<String> for Month {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

/// Numbers of so many digits, with hyphens between and nothing else.
fn numbers<const N: usize>(text: &str, digits: [usize; N]) -> Option<[u32; N]> {
    let parts: Vec<_> = text.split('-').collect();
    let mut found = [0; N];
    if parts.len() != N {
        return None;
    }
    for ((part, digits), number) in parts.iter().zip(digits).zip(&mut found) {
        if part.len() != digits || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        let format = &time::format_description::well_known::Rfc3339;
        let time = OffsetDateTime::parse(text, format).unwrap();
        Timestamp::from_millis(i64::try_from(time.unix_timestamp_nanos() / 1_000_000).unwrap())
    }

    #[test]
    fn a_day_is_read_as_it_is_written_and_nothing_else_is() {
        for good in ["2027-12-31", "2028-02-29", "0001-01-01"] {
            assert_eq!(good.parse::<Day>().unwrap().to_string(), good);
        }
        for bad in ["2027-02-29", "2027-1-1", "27-01-01", "2027-13-01", "2027-01-01 ", "+027-01-01", ""] {
            assert!(bad.parse::<Day>().is_err(), "{bad}");
        }
        assert!("2026-13".parse::<Month>().is_err() && "2026-11".parse::<Month>().is_ok());
    }

    #[test]
    fn a_day_lasts_as_long_as_it_is_that_day_somewhere() {
        let day: Day = "2027-12-31".parse().unwrap();
        assert_eq!(day.begins(), at("2027-12-30T10:00:00Z"));
        assert_eq!(day.ends(), at("2028-01-01T12:00:00Z"));
    }

    #[test]
    fn a_month_begins_at_midnight_where_the_facility_is_daylight_saving_or_not() {
        // Santiago: the clocks go forward at midnight, so that the day begins at one.
        let change = at("2026-09-06T04:00:00Z");
        let santiago = move |time: Timestamp| if time < change { -4 * 3600 } else { -3 * 3600 };
        let september: Month = "2026-09".parse().unwrap();
        assert_eq!(september.bounds(&santiago), at("2026-09-01T04:00:00Z")..at("2026-10-01T03:00:00Z"));
        let utc = |_: Timestamp| 0;
        for (text, month) in [
            ("2026-08-31T23:59:59.999Z", "2026-08"),
            ("2026-09-01T00:00:00Z", "2026-09"),
            ("2026-12-31T23:00:00Z", "2026-12"),
        ] {
            assert_eq!(Month::of(at(text), &utc).to_string(), month);
        }
        for month in ["2026-01", "2026-09", "2026-12"] {
            let month: Month = month.parse().unwrap();
            let bounds = month.bounds(&santiago);
            assert_eq!(Month::of(bounds.start, &santiago), month);
            assert_eq!(Month::of(bounds.end, &santiago), month.next());
        }
    }
}
