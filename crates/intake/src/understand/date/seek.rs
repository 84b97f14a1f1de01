//! The forms that a date is said in, each from one word on.

use time::{Date, Weekday};

use super::super::amount;
use super::super::calendar::{self, Day, plus_days, plus_months, valid_year};
use super::super::date_words::{MONTHS_EN, MONTHS_ES, Near, WEEKDAYS_EN, WEEKDAYS_ES};
use super::super::duration;
use super::super::number::{self, Form};
use super::super::said::{Tongue, is_any, starts};
use super::{Found, Way};
use crate::redflag::words::Word;

pub(super) struct Seeker<'a> {
    pub(super) words: &'a [Word],
    pub(super) tongue: Tongue,
    pub(super) today: Date,
    pub(super) way: Way,
    pub(super) day_first: bool,
}

impl Seeker<'_> {
    fn found(first: usize, last: usize, day: Day, sure: f64) -> Found {
        Found { first, last, day, sure, day_only: false }
    }

    /// "5/3/81", "2026-11-23".
    pub(super) fn in_digits(&self, at: usize) -> Option<Found> {
        let parts: Vec<&str> = self.words[at].text.split('/').collect();
        let &[first, second, third] = parts.as_slice() else { return None };
        let number = |part: &str| part.parse::<i32>().ok();
        let (a, b, c) = (number(first)?, number(second)?, number(third)?);
        if first.len() == 4 {
            return self.full(at, at, a, b, c, 0.97);
        }
        let year = if third.len() == 2 { self.century(c) } else { c };
        self.ordered(at, at, a, b, year)
    }

    /// Day and month by the language's order, or by which of them can be a month.
    fn ordered(&self, first: usize, last: usize, a: i32, b: i32, year: i32) -> Option<Found> {
        let (day, month, sure) = match (a, b) {
            _ if a > 12 && b <= 12 => (a, b, 0.95),
            _ if b > 12 && a <= 12 => (b, a, 0.95),
            _ if a == b => (a, b, 0.95),
            _ if self.day_first => (a, b, 0.86),
            _ => (b, a, 0.76),
        };
        self.full(first, last, year, month, day, sure)
    }

    fn full(&self, first: usize, last: usize, year: i32, month: i32, day: i32, sure: f64) -> Option<Found> {
        let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        calendar::date(valid_year(year)?, month, day)
            .map(|date| Self::found(first, last, Day::Full(date), sure))
    }

    fn month_at(&self, at: usize) -> Option<u8> {
        let text = self.words.get(at)?.text.as_str();
        let index =
            self.tongue.pick(&MONTHS_EN, &MONTHS_ES).iter().position(|names| names.contains(&text))?;
        u8::try_from(index + 1).ok()
    }

    /// A day of a month in words or digits, from one place on: the day and its last word.
    fn day_at(&self, at: usize) -> Option<(i32, usize)> {
        let ordinal = number::ordinal_at(self.words, at, self.tongue)
            .and_then(|(day, last)| Some((i32::try_from(day).ok()?, last)));
        let plain = || {
            let number = number::number_at(self.words, at, self.tongue)?;
            let whole = number.value.fract() == 0.0
                && matches!(number.form, Form::Digits | Form::Word)
                && (1.0..=31.0).contains(&number.value);
            #[expect(clippy::cast_possible_truncation, reason = "1 to 31")]
            whole.then_some((number.value as i32, number.last))
        };
        ordinal.or_else(plain).filter(|(day, _)| (1..=31).contains(day))
    }

    /// A date with the name of a month: before it or after it the day, then the year.
    pub(super) fn with_month(&self, at: usize) -> Option<Found> {
        let mut first = at;
        let mut day = None;
        let mut month_at = at;
        if self.month_at(at).is_none() {
            // "the third of May", "3 de mayo", "third May"
            let mut next = at;
            while is_any(self.words, next, &["the", "el", "dia", "on"]) && next < at + 2 {
                next += 1;
            }
            let (number, last) = self.day_at(next)?;
            let mut after = last + 1;
            while is_any(self.words, after, &["of", "de", "day", "in"]) && after < last + 3 {
                after += 1;
            }
            self.month_at(after)?;
            (day, month_at, first) = (Some(number), after, at);
        }
        let month = self.month_at(month_at)?;
        let mut last = month_at;
        if day.is_none() {
            let skip = if is_any(self.words, last + 1, &["the"]) { 1 } else { 0 };
            if let Some((number, end)) = self.day_at(last + 1 + skip) {
                // "May twenty twenty", "May 1981": that is the year.
                let year = self.year_at(last + 1).filter(|(.., whole)| *whole);
                if year.is_none_or(|(_, year_end, _)| year_end <= end) && !self.measured(end) {
                    (day, last) = (Some(number), end);
                }
            }
        }
        let year = self.year_at(last + 1).or_else(|| self.near_year(last + 1));
        if let Some((_, end, _)) = year {
            last = end;
        }
        // "Nineteen sixty, December tenth".
        let before = || {
            (first.saturating_sub(4)..first).find_map(|at| {
                self.year_at(at).filter(|(_, end, whole)| *whole && end + 1 == first).map(|year| (year, at))
            })
        };
        let mut year = year;
        if year.is_none()
            && let Some((found, at)) = before()
        {
            (year, first) = (Some(found), at);
        }
        let verb = matches!(self.words[month_at].text.as_str(), "may" | "march" | "mar");
        let led = month_at > 0
            && is_any(
                self.words,
                month_at - 1,
                &[
                    "in", "last", "of", "since", "this", "early", "late", "mid", "around", "about", "from",
                    "by", "on", "next", "for", "until", "during", "like",
                ],
            );
        if verb && day.is_none() && year.is_none() && !led && self.words.len() > 1 {
            return None;
        }
        let month_number = i32::from(month);
        match (day, year) {
            (Some(day), Some((year, _, _))) => self
                .full(first, last, year, month_number, day, 0.97)
                // The month has no such day.
                .or_else(|| Some(Self::found(first, last, Day::Month(valid_year(year)?, month), 0.4))),
            (Some(day), None) => {
                if self.way == Way::Birth {
                    return None;
                }
                let this = self.today.year();
                let full = |year: i32| self.full(first, last, year, month_number, day, 0.9);
                let here = full(this)?;
                let Day::Full(date) = here.day else { return None };
                match self.way {
                    Way::Future if date < self.today => full(this + 1),
                    Way::Past if date > self.today => full(this - 1),
                    _ => Some(here),
                }
            }
            (None, Some((year, _, whole))) => Some(Self::found(
                first,
                last,
                Day::Month(valid_year(year)?, month),
                if whole { 0.96 } else { 0.86 },
            )),
            (None, None) => {
                if self.way == Way::Birth {
                    return None;
                }
                let now = u8::from(self.today.month());
                let year = self.today.year()
                    + match self.way {
                        Way::Future => i32::from(month < now),
                        _ => -i32::from(month > now),
                    };
                // "Last March" in November is this year's; in May it may be last year's.
                let last_said = month_at > 0 && is_any(self.words, month_at - 1, &["last"]);
                let sure = if last_said && now >= month && now - month < 4 { 0.7 } else { 0.9 };
                Some(Self::found(first, last, Day::Month(year, month), sure))
            }
        }
    }

    fn weekday_at(&self, at: usize) -> Option<Weekday> {
        let text = self.words.get(at)?.text.as_str();
        let index =
            self.tongue.pick(&WEEKDAYS_EN, &WEEKDAYS_ES).iter().position(|names| names.contains(&text))?;
        Some(Weekday::Monday.nth_next(u8::try_from(index).ok()?))
    }

    /// "Last Tuesday", "Tuesday of last week", "el martes pasado".
    pub(super) fn weekday(&self, at: usize) -> Option<Found> {
        let mut next = at;
        let lead: Vec<&str> = self.words[at..]
            .iter()
            .take(3)
            .map(|word| word.text.as_str())
            .take_while(|word| {
                matches!(
                    *word,
                    "last"
                        | "this"
                        | "past"
                        | "on"
                        | "next"
                        | "the"
                        | "el"
                        | "pasado"
                        | "proximo"
                        | "este"
                        | "coming"
                )
            })
            .collect();
        next += lead.len();
        let mut weekday = self.weekday_at(next);
        let mut week = None;
        if weekday.is_none() && starts(self.words, at, &["last", "week"]) {
            next = at + 2 + usize::from(is_any(self.words, at + 2, &["on"]));
            weekday = self.weekday_at(next);
            week = Some(-7);
        }
        let weekday = weekday?;
        let mut last = next;
        let after = |phrase: &[&str]| starts(self.words, last + 1, phrase).then_some(phrase.len());
        let tails: [(&[&[&str]], i64); 4] = [
            (
                &[
                    &["of", "last", "week"],
                    &["last", "week"],
                    &["de", "la", "semana", "pasada"],
                    &["la", "semana", "pasada"],
                ],
                -7,
            ),
            (&[&["of", "this", "week"], &["this", "week"], &["de", "esta", "semana"]], 0),
            (
                &[
                    &["of", "next", "week"],
                    &["next", "week"],
                    &["de", "la", "proxima", "semana"],
                    &["de", "la", "semana", "que", "viene"],
                ],
                7,
            ),
            (&[&["before", "last"], &["antepasado"]], -70),
        ];
        let tail = tails.iter().find_map(|(phrases, days)| {
            phrases.iter().find_map(|phrase| after(phrase)).map(|length| (length, *days))
        });
        if let Some((length, days)) = tail {
            last += length;
            week = Some(days);
        }
        let ahead = lead.iter().any(|word| matches!(*word, "next" | "proximo" | "coming"))
            || starts(self.words, last + 1, &["que", "viene"])
            || is_any(self.words, last + 1, &["proximo"]);
        let behind = lead.iter().any(|word| matches!(*word, "last" | "pasado" | "past"))
            || is_any(self.words, last + 1, &["pasado", "last"]);
        if behind && is_any(self.words, last + 1, &["pasado", "last"])
            || ahead && is_any(self.words, last + 1, &["proximo"])
        {
            last += 1;
        }
        // "Friday the thirteenth".
        if week.is_none()
            && is_any(self.words, last + 1, &["the"])
            && let Some(day) = self.day_alone(last + 1)
            && let Day::Full(date) = day.day
        {
            return Some(Self::found(
                at,
                day.last,
                day.day,
                if date.weekday() == weekday { 0.95 } else { 0.7 },
            ));
        }
        let counted = at > 0
            && number::numbers(&self.words[..at], self.tongue)
                .last()
                .is_some_and(|number| number.last + 1 == at);
        let offset = i64::from(weekday.number_days_from_monday());
        let (date, sure) = match week {
            Some(-70) => (plus_days(calendar::weekday_before(self.today, weekday)?, -7)?, 0.85),
            Some(days) => (plus_days(calendar::monday(self.today)?, days + offset)?, 0.92),
            None if ahead || (self.way == Way::Future && !behind) => {
                (calendar::weekday_after(self.today, weekday)?, 0.9)
            }
            None => {
                let date = calendar::weekday_before(self.today, weekday)?;
                // "Last Monday" on a Tuesday may be a week and a day ago.
                let close = (self.today - date).whole_days() <= 2;
                (date, if behind && close { 0.72 } else { 0.94 })
            }
        };
        // "Two Mondays ago".
        let sure = if counted { sure * 0.5 } else { sure };
        Some(Self::found(at, last, Day::Full(date), sure))
    }

    pub(super) fn near(&self, near: Near, first: usize, last: usize) -> Option<Found> {
        let (day, sure) = match near {
            Near::Days(days, sure) => (Day::Full(plus_days(self.today, days)?), sure),
            Near::Months(months) => (plus_months(self.today, months)?, 0.92),
            Near::Years(years) => (Day::Year(valid_year(self.today.year() + years)?), 0.92),
            Near::Weekend => (Day::Full(calendar::weekday_before(self.today, Weekday::Saturday)?), 0.72),
            Near::Feast(feast) => {
                let this = self.today.year();
                if let Some((year, last, _)) = self.year_at(last + 1).or_else(|| self.near_year(last + 1)) {
                    return Some(Self::found(first, last, Day::Full(feast.of(year)?), 0.88));
                }
                let here = feast.of(this)?;
                let date = match self.way {
                    Way::Future if here < self.today => feast.of(this + 1)?,
                    Way::Past | Way::Birth if here > self.today => feast.of(this - 1)?,
                    _ => here,
                };
                (Day::Full(date), 0.86)
            }
            Near::Season(month) => {
                if let Some((year, last, _)) = self.year_at(last + 1).or_else(|| self.near_year(last + 1)) {
                    return Some(Self::found(first, last, Day::Year(valid_year(year)?), 0.85));
                }
                let now = u8::from(self.today.month());
                (Day::Year(self.today.year() - i32::from(month > now)), 0.55)
            }
        };
        Some(Self::found(first, last, day, sure))
    }

    /// "Three weeks ago", "hace dos días", "in two weeks"; of a question about the past also "three weeks".
    pub(super) fn ago(&self) -> Vec<Found> {
        let mut amounts = amount::amounts(self.words, self.tongue);
        // "Hace año y medio": the one is not said.
        for at in 1..self.words.len() {
            let unsaid =
                is_any(self.words, at - 1, &["hace"]) && duration::is_unit(self.words, at, self.tongue);
            if unsaid {
                amounts.push(amount::Amount {
                    first: at,
                    last: at - 1,
                    low: 1.0,
                    high: 1.0,
                    form: Form::Word,
                });
            }
        }
        amounts
            .iter()
            .filter_map(|amount| {
                let unit = duration::unit_after(self.words, amount.last, self.tongue)?;
                let before = |phrase: &[&str]| {
                    amount.first >= phrase.len() && starts(self.words, amount.first - phrase.len(), phrase)
                };
                let half = [&["and", "a", "half"][..], &["y", "medio"], &["y", "media"]]
                    .iter()
                    .find(|phrase| starts(self.words, unit.last + 1, phrase))
                    .map_or(0, |phrase| phrase.len());
                let end = unit.last + half;
                let ago = is_any(self.words, end + 1, &["ago", "back", "earlier", "atras", "prior"]);
                let hace = (1..=4)
                    .any(|back| amount.first >= back && is_any(self.words, amount.first - back, &["hace"]));
                let ahead = before(&["in"])
                    || before(&["dentro", "de"])
                    || before(&["en"])
                    || starts(self.words, end + 1, &["from", "now"])
                    || starts(self.words, end + 1, &["from", "today"]);
                if before(&["every"]) || before(&["cada"]) || is_any(self.words, end + 1, &["old"]) {
                    return None;
                }
                let (direction, sure) = match (ago || hace, ahead, self.way) {
                    (true, ..) => (-1.0, 0.96),
                    (_, true, Way::Future) => (1.0, 0.95),
                    (_, _, Way::Past) => (-1.0, 0.84),
                    _ => return None,
                };
                // "A month and a half ago" is a month.
                let whole_units = matches!(unit.code, "mo" | "a") && amount.value() >= 1.0;
                let more = if half > 0 && !whole_units { 0.5 } else { 0.0 };
                let count = if whole_units { amount.value().floor() } else { amount.value() };
                let size = unit.size * (count + more) * direction;
                if size.abs() > 50_000.0 {
                    return None;
                }
                #[expect(clippy::cast_possible_truncation, reason = "below 50,000")]
                let whole = |value: f64| value.round() as i32;
                // "A week ago Saturday", "a week last Tuesday".
                let mut named = end + 1 + usize::from(ago);
                named += usize::from(is_any(self.words, named, &["last", "on", "this", "el"]));
                if unit.code == "wk"
                    && direction < 0.0
                    && amount.low == amount.high
                    && let Some(weekday) = self.weekday_at(named)
                {
                    let day = plus_days(
                        calendar::weekday_before(self.today, weekday)?,
                        -7 * i64::from(whole(amount.low * unit.size)),
                    )?;
                    return Some(Self::found(amount.first, named, Day::Full(day), 0.88));
                }
                let day = match unit.code {
                    "d" => Day::Full(plus_days(self.today, i64::from(whole(size)))?),
                    "wk" => Day::Full(plus_days(self.today, i64::from(whole(size * 7.0)))?),
                    "mo" => plus_months(self.today, whole(size))?,
                    "a" if size.abs() < 1.0 => plus_months(self.today, whole(size * 12.0))?,
                    "a" => Day::Year(valid_year(self.today.year() + whole(size * 1.000_001))?),
                    _ => Day::Full(self.today),
                };
                let sure = sure
                    * if amount.range().is_some() { 0.65 } else { amount.sure() / 0.96 }
                    * if half > 0 { 0.85 } else { 1.0 };
                let first = if hace {
                    (1..=4)
                        .find(|back| is_any(self.words, amount.first.saturating_sub(*back), &["hace"]))
                        .map_or(amount.first, |back| amount.first - back)
                } else {
                    amount.first
                };
                Some(Self::found(first, if ago { end + 1 } else { end }, day, sure))
            })
            .collect()
    }

    /// "Five three eighty-one", "05 03 1981": day, month and year as numbers.
    pub(super) fn in_numbers(&self, at: usize) -> Option<Found> {
        let skip_oh = |at: usize| at + usize::from(is_any(self.words, at, &["oh", "o", "zero", "cero"]));
        let start = at + usize::from(is_any(self.words, at, &["the", "el"]));
        let (a, end) = self.day_at(skip_oh(start))?;
        let end_of_day = end;
        // "The eleventh of the ninth": the day stands first.
        let of = if starts(self.words, end + 1, &["of", "the"]) {
            2
        } else {
            usize::from(is_any(self.words, end + 1, &["del", "de", "slash"]))
        };
        let next = skip_oh(end + 1 + of);
        let (b, end) = self.day_at(next)?;
        let (year, last, _) = self.year_at(end + 1 + usize::from(is_any(self.words, end + 1, &["slash"])))?;
        if of > 0 && !is_any(self.words, end_of_day + 1, &["slash"]) {
            return self.full(at, last, year, b, a, 0.93);
        }
        let found = self.ordered(at, last, a, b, year)?;
        Some(Found { sure: found.sure * 0.97, ..found })
    }

    /// "In 2019", "nineteen eighty one", "back in '08".
    pub(super) fn year_alone(&self, at: usize) -> Option<Found> {
        let led = is_any(
            self.words,
            at,
            &["in", "since", "of", "year", "en", "desde", "del", "ano", "around", "about", "like"],
        );
        let start = at + usize::from(led);
        let (year, last, whole) = self.year_at(start)?;
        if is_any(
            self.words,
            last + 1,
            &["mg", "milligrams", "years", "anos", "days", "dias", "pounds", "percent"],
        ) || self.measured(last)
        {
            return None;
        }
        // "Nineteen eighty something"; "desde el diez de noviembre".
        let vague = is_any(self.words, last + 1, &["something", "ish", "odd", "pico", "tantos"])
            || starts(self.words, last + 1, &["y", "tantos"])
            || starts(self.words, last + 1, &["y", "pico"]);
        let of = usize::from(is_any(self.words, last + 1, &["de", "of"]));
        let day = self.month_at(last + 1 + of).is_some() && !whole
            || (start..=start + 1).any(|at| at < self.words.len() && self.with_month(at).is_some());
        if vague || !whole && day {
            return None;
        }
        let latest = self.today.year() + if self.way == Way::Future { 20 } else { 0 };
        if year > latest {
            return None;
        }
        let sure = match (whole, led, self.way) {
            (true, ..) => 0.95,
            (false, true, _) => 0.82,
            (false, false, Way::Birth) => 0.72,
            (false, false, _) if self.words.len() <= 2 => 0.6,
            _ => return None,
        };
        Some(Self::found(start, last, Day::Year(valid_year(year)?), sure))
    }

    /// "On the fifteenth", "el día 3", "the third of last month".
    pub(super) fn day_alone(&self, at: usize) -> Option<Found> {
        if self.way == Way::Birth || !is_any(self.words, at, &["the", "el", "dia"]) {
            return None;
        }
        let start = at + 1 + usize::from(is_any(self.words, at + 1, &["dia"]));
        let ordinal = number::ordinal_at(self.words, start, self.tongue)
            .map(|(day, last)| (i32::try_from(day).unwrap_or_default(), last));
        let (day, last) = match self.tongue {
            Tongue::English => ordinal?,
            Tongue::Spanish => ordinal.or_else(|| self.day_at(start))?,
        };
        if is_any(
            self.words,
            last + 1,
            &["time", "one", "day", "week", "month", "year", "vez", "dia", "option"],
        ) || self.measured(last)
            || !(1..=31).contains(&day)
        {
            return None;
        }
        let (months, length) = [
            (&["of", "last", "month"][..], -1),
            (&["last", "month"], -1),
            (&["of", "this", "month"], 0),
            (&["del", "mes", "pasado"], -1),
            (&["de", "este", "mes"], 0),
        ]
        .iter()
        .find(|(phrase, _)| starts(self.words, last + 1, phrase))
        .map_or((None, 0), |(phrase, months)| (Some(*months), phrase.len()));
        let date_in = |months: i32| match plus_months(self.today, months)? {
            Day::Month(year, month) => calendar::date(year, month, u8::try_from(day).ok()?),
            _ => None,
        };
        let (date, sure) = match (months, self.way) {
            (Some(months), _) => (date_in(months)?, 0.93),
            (None, Way::Future) => {
                (date_in(0).filter(|date| *date >= self.today).or_else(|| date_in(1))?, 0.8)
            }
            (None, _) => (date_in(0).filter(|date| *date <= self.today).or_else(|| date_in(-1))?, 0.8),
        };
        Some(Found { day_only: months.is_none(), ..Self::found(at, last + length, Day::Full(date), sure) })
    }
}
