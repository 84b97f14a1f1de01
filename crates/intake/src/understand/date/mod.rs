//! Dates: "the third of May eighty-one", "last Tuesday", "hace tres semanas", "5/3/81".

mod seek;
mod year;

use std::sync::LazyLock;

use domain::PartialDate;
use time::Date;

use super::Heard;
use super::answer::Value;
use super::calendar;
pub(super) use super::calendar::Day;
use super::date_words::{NEAR_EN, NEAR_ES, Near};
use super::filler;
use super::said::{Phrases, Tongue, span};
use crate::redflag::words::Word;
use seek::Seeker;

/// Where the date is looked for, seen from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Past,
    Future,
    Birth,
}

/// A date that was said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) day: Day,
    pub(super) sure: f64,
    /// Whether only a day of some month was named ("the sixth").
    day_only: bool,
}

static NEAR: LazyLock<[Phrases<Near>; 2]> =
    LazyLock::new(|| [Phrases::new(&[NEAR_EN]), Phrases::new(&[NEAR_ES])]);

/// A date, as exactly as it was said. `earlier` is what was said before a correction.
pub(super) fn read(
    words: &[Word],
    tongue: Tongue,
    today: Date,
    way: Way,
    day_first: bool,
    earlier: Option<&Heard>,
) -> Option<Heard> {
    let all = every(words, tongue, today, way, day_first);
    let found = *choose(&all)?;
    let day = earlier.map_or(found.day, |earlier| corrected(found, earlier, way));
    let date: PartialDate = day.written().parse().ok()?;
    let mut covered = vec![false; words.len()];
    for other in &all {
        let same = other.day == found.day || within(other.day, found.day);
        if same || other.first <= found.last && found.first <= other.last {
            (other.first..=other.last).for_each(|word| covered[word] = true);
        }
    }
    let left = filler::left_over(words, &covered, tongue);
    let mut confidence = found.sure * filler::after(left) * filler::hedged(words, tongue);
    let others = all.iter().any(|other| {
        (other.first > found.last || other.last < found.first)
            && other.day != found.day
            && !within(other.day, found.day)
            && !within(found.day, other.day)
    });
    if others {
        confidence *= 0.75;
    }
    let ahead = match way {
        Way::Past | Way::Birth => day.is_after(today),
        Way::Future => false,
    };
    if ahead {
        confidence *= 0.4;
    }
    Some(Heard::new(Value::Date(date), confidence, span(words, found.first, found.last)))
}

/// The first date in the words.
pub(super) fn find(words: &[Word], tongue: Tongue, today: Date, way: Way) -> Option<Found> {
    choose(&every(words, tongue, today, way, tongue == Tongue::Spanish)).copied()
}

/// The most exact of those that were said, and of these the first.
fn choose(all: &[Found]) -> Option<&Found> {
    let rank = |found: &Found| match found.day {
        Day::Full(_) => 3,
        Day::Month(..) => 2,
        Day::Year(_) => 1,
    };
    let mut best: Option<&Found> = None;
    for found in all {
        let better = best.is_none_or(|best| {
            rank(found) > rank(best) && (within(found.day, best.day) || found.first <= best.last)
        });
        if better {
            best = Some(found);
        }
    }
    best
}

/// Whether the one says the other more exactly.
fn within(exact: Day, wide: Day) -> bool {
    let (year, month) = match exact {
        Day::Full(date) => (date.year(), Some(u8::from(date.month()))),
        Day::Month(year, month) => (year, Some(month)),
        Day::Year(year) => (year, None),
    };
    match wide {
        Day::Year(wide) => wide == year,
        Day::Month(wide, wide_month) => wide == year && month == Some(wide_month),
        Day::Full(_) => false,
    }
}

/// "March fifth, no, the sixth": the month stays.
fn corrected(found: Found, earlier: &Heard, way: Way) -> Day {
    let Value::Date(date) = &earlier.value else { return found.day };
    let parts: Vec<i32> = date.as_str().split('-').filter_map(|part| part.parse().ok()).collect();
    let part = |index: usize| parts.get(index).and_then(|part| u8::try_from(*part).ok());
    let year = parts.first().copied().unwrap_or_default();
    let merged = match (found.day, part(1), part(2)) {
        (Day::Full(day), Some(month), _) if found.day_only => {
            calendar::date(year, month, day.day()).map(Day::Full)
        }
        // A month of birth is never said without its year.
        (Day::Month(own, month), _, Some(day)) if way == Way::Birth => {
            calendar::date(own, month, day).map(Day::Full)
        }
        (Day::Month(_, month), _, Some(day)) => calendar::date(year, month, day).map(Day::Full),
        (Day::Year(year), Some(month), Some(day)) => calendar::date(year, month, day).map(Day::Full),
        (Day::Year(year), Some(month), None) => Some(Day::Month(year, month)),
        _ => None,
    };
    merged.unwrap_or(found.day)
}

fn every(words: &[Word], tongue: Tongue, today: Date, way: Way, day_first: bool) -> Vec<Found> {
    let seeker = Seeker { words, tongue, today, way, day_first };
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    let near = tongue.pick(&NEAR[0], &NEAR[1]).find(words);
    let spans = seeker.ago();
    while at < words.len() {
        let here = seeker
            .in_digits(at)
            .or_else(|| seeker.with_month(at))
            .or_else(|| spans.iter().find(|found| found.first == at).copied())
            .or_else(|| seeker.weekday(at))
            .or_else(|| {
                near.iter()
                    .find(|near| near.first == at)
                    .and_then(|near| seeker.near(near.means, near.first, near.last))
            })
            .or_else(|| seeker.in_numbers(at))
            .or_else(|| seeker.year_alone(at))
            .or_else(|| seeker.day_alone(at));
        match here {
            Some(date) => {
                at = date.last + 1;
                // "Last month, on the twentieth".
                if let Some(before) = found.last_mut()
                    && let (Day::Month(year, month), Day::Full(day), true) =
                        (before.day, date.day, date.day_only)
                    && date.first <= before.last + 2
                    && let Some(whole) = calendar::date(year, month, day.day())
                {
                    (before.day, before.last) = (Day::Full(whole), date.last);
                    before.sure = before.sure.min(0.9);
                } else {
                    found.push(date);
                }
            }
            None => at += 1,
        }
    }
    found
}
