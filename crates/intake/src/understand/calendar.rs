//! Days counted from a day.

use time::{Date, Duration, Month, Weekday};

/// A date as exactly as it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Day {
    Full(Date),
    Month(i32, u8),
    Year(i32),
}

impl Day {
    /// As FHIR writes it.
    pub(super) fn written(self) -> String {
        match self {
            Self::Full(date) => format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day()),
            Self::Month(year, month) => format!("{year:04}-{month:02}"),
            Self::Year(year) => format!("{year:04}"),
        }
    }

    /// Whether all of it lies after the day.
    pub(super) fn is_after(self, today: Date) -> bool {
        match self {
            Self::Full(date) => date > today,
            Self::Month(year, month) => (year, month) > (today.year(), u8::from(today.month())),
            Self::Year(year) => year > today.year(),
        }
    }
}

/// The date, if there is such a day.
pub(super) fn date(year: i32, month: u8, day: u8) -> Option<Date> {
    Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()
}

/// So many days later.
pub(super) fn plus_days(from: Date, days: i64) -> Option<Date> {
    (days.abs() < 100_000).then(|| from.checked_add(Duration::days(days))).flatten()
}

/// So many months later.
pub(super) fn plus_months(from: Date, months: i32) -> Option<Day> {
    let index = from
        .year()
        .checked_mul(12)?
        .checked_add(i32::from(u8::from(from.month())) - 1)?
        .checked_add(months)?;
    let month = u8::try_from(index.rem_euclid(12) + 1).ok()?;
    valid_year(index.div_euclid(12)).map(|year| Day::Month(year, month))
}

/// A year that FHIR can write.
pub(super) fn valid_year(year: i32) -> Option<i32> {
    (1..=9999).contains(&year).then_some(year)
}

/// The last such weekday before the day.
pub(super) fn weekday_before(today: Date, weekday: Weekday) -> Option<Date> {
    let back =
        i64::from((today.weekday().number_days_from_monday() + 7 - weekday.number_days_from_monday()) % 7);
    plus_days(today, if back == 0 { -7 } else { -back })
}

/// The next such weekday after the day.
pub(super) fn weekday_after(today: Date, weekday: Weekday) -> Option<Date> {
    let on =
        i64::from((weekday.number_days_from_monday() + 7 - today.weekday().number_days_from_monday()) % 7);
    plus_days(today, if on == 0 { 7 } else { on })
}

/// The Monday of the week that the day is in.
pub(super) fn monday(day: Date) -> Option<Date> {
    plus_days(day, -i64::from(day.weekday().number_days_from_monday()))
}

/// Feasts that people date by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feast {
    On(u8, u8),
    /// The nth such weekday of a month, counted from Monday; -1 is the last.
    Nth(i8, u8, u8),
    Easter,
}

impl Feast {
    pub(super) fn of(self, year: i32) -> Option<Date> {
        match self {
            Self::On(month, day) => date(year, month, day),
            Self::Nth(nth, weekday, month) => {
                let first = date(year, month, 1)?;
                let on = (weekday + 7 - first.weekday().number_days_from_monday()) % 7;
                let nth_day = |nth: i64| plus_days(first, i64::from(on) + (nth - 1) * 7);
                if nth > 0 {
                    return nth_day(i64::from(nth));
                }
                (4..=5).rev().filter_map(nth_day).find(|day| u8::from(day.month()) == month)
            }
            Self::Easter => easter(year),
        }
    }
}

/// Western Easter, by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, 1991).
fn easter(year: i32) -> Option<Date> {
    let (a, b, c) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    date(year, u8::try_from(n / 31).ok()?, u8::try_from(n % 31 + 1).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feasts_fall_where_they_fall() {
        assert_eq!(Feast::Easter.of(2026), date(2026, 4, 5));
        assert_eq!(Feast::Easter.of(2024), date(2024, 3, 31));
        assert_eq!(Feast::Nth(4, 3, 11).of(2026), date(2026, 11, 26));
        assert_eq!(Feast::Nth(-1, 0, 5).of(2026), date(2026, 5, 25));
    }

    #[test]
    fn the_last_tuesday_before_a_tuesday_is_a_week_ago() {
        let tuesday = date(2026, 11, 24).unwrap();
        assert_eq!(weekday_before(tuesday, Weekday::Tuesday), date(2026, 11, 17));
        assert_eq!(weekday_before(tuesday, Weekday::Monday), date(2026, 11, 23));
        assert_eq!(weekday_after(tuesday, Weekday::Monday), date(2026, 11, 30));
    }

    #[test]
    fn months_are_counted_over_the_year() {
        assert_eq!(plus_months(date(2026, 2, 1).unwrap(), -3), Some(Day::Month(2025, 11)));
    }
}
