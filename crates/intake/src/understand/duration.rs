//! How long: "two or three weeks", "a year and a half", "since last Tuesday".

use time::Date;

use super::Heard;
use super::amount::{self, Amount};
use super::answer::{Quantity, Value};
use super::asked::Asked;
use super::date::{self, Day};
use super::filler;
use super::number::Form;
use super::said::{Phrases, Table, Tongue, is_any, span, starts};
use crate::redflag::words::{Mark, Word};
use crate::unit;
use std::sync::LazyLock;

/// A unit of time that was said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Unit {
    /// In UCUM.
    pub(super) code: &'static str,
    /// How many of it one is: a fortnight is two weeks.
    pub(super) size: f64,
    /// Its last word.
    pub(super) last: usize,
}

const ENGLISH: &[(&[&str], &str, f64)] = &[
    (&["second", "seconds", "sec", "secs"], "s", 1.0),
    (&["minute", "minutes", "min", "mins", "minuet", "minuets"], "min", 1.0),
    (&["hour", "hours", "hr", "hrs", "h", "our", "ours"], "h", 1.0),
    (&["day", "days", "d", "night", "nights", "dais"], "d", 1.0),
    (&["week", "weeks", "wk", "wks", "weak", "weaks"], "wk", 1.0),
    (&["fortnight", "fortnights"], "wk", 2.0),
    (&["month", "months", "mo", "mos", "mth", "mths"], "mo", 1.0),
    (&["year", "years", "yr", "yrs"], "a", 1.0),
    (&["decade", "decades"], "a", 10.0),
];

const SPANISH: &[(&[&str], &str, f64)] = &[
    (&["segundo", "segundos"], "s", 1.0),
    (&["minuto", "minutos", "minutito", "minutitos", "min"], "min", 1.0),
    (&["hora", "horas", "horita", "horitas", "h"], "h", 1.0),
    (&["dia", "dias", "noche", "noches", "diitas"], "d", 1.0),
    (&["semana", "semanas", "semanita", "semanitas"], "wk", 1.0),
    (&["quincena", "quincenas"], "d", 15.0),
    (&["mes", "meses", "mesecitos"], "mo", 1.0),
    (&["ano", "anos", "anito", "anitos"], "a", 1.0),
    (&["decada", "decadas"], "a", 10.0),
];

/// Whether a unit of time stands here.
pub(super) fn is_unit(words: &[Word], at: usize, tongue: Tongue) -> bool {
    unit_at(words, at, tongue).is_some()
}

fn unit_at(words: &[Word], at: usize, tongue: Tongue) -> Option<Unit> {
    let text = words.get(at)?.text.as_str();
    tongue
        .pick(ENGLISH, SPANISH)
        .iter()
        .find(|(names, ..)| names.contains(&text))
        .map(|(_, code, size)| Unit { code, size: *size, last: at })
}

/// The unit of time that belongs to the number that ends here: "three more days", "two or so weeks".
pub(super) fn unit_after(words: &[Word], last: usize, tongue: Tongue) -> Option<Unit> {
    let between = tongue.pick(
        &[
            "more",
            "or",
            "so",
            "odd",
            "whole",
            "full",
            "good",
            "solid",
            "long",
            "of",
            "entire",
            "straight",
            "different",
            "couple",
            "plus",
            "short",
        ][..],
        &[
            "o",
            "mas",
            "buenas",
            "buenos",
            "y",
            "pico",
            "de",
            "largos",
            "largas",
            "enteros",
            "enteras",
            "completos",
        ][..],
    );
    for at in last + 1..last + 4 {
        if at > 0 && words.get(at - 1).is_none_or(|word| word.mark >= Mark::Comma) {
            return None;
        }
        if let Some(unit) = unit_at(words, at, tongue) {
            // "Twice a day", "two a day": how often, not how long.
            let article = is_any(
                words,
                at.saturating_sub(1),
                &["a", "an", "per", "each", "every", "al", "por", "cada"],
            );
            return (!article || at == last + 1).then_some(unit);
        }
        if !is_any(words, at, between) {
            return None;
        }
    }
    None
}

/// A length of time that was said.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Length {
    first: usize,
    last: usize,
    low: f64,
    high: f64,
    unit: &'static str,
    sure: f64,
}

/// What stands for a length without a number.
#[derive(Clone, Copy, PartialEq)]
struct Fixed(f64, &'static str, f64);

const FIXED_EN: Table<Fixed> = &[
    (Fixed(2.0, "d", 0.93), &["(since)? (the)? day before (yesterday|last)"]),
    (Fixed(1.0, "d", 0.93), &["(since)? yesterday (morning|afternoon|evening|night)?"]),
    (
        Fixed(1.0, "d", 0.78),
        &[
            "(since)? last night",
            "overnight",
            "all (day|night) (long)?",
            "the whole (day|night)",
            "(the|this) (past|last) day",
        ],
    ),
    (
        Fixed(0.0, "d", 0.55),
        &[
            "(since)? (early|late)? (this|earlier) (morning|afternoon|evening|today)",
            "(since)? (just)? today",
            "(since)? tonight",
        ],
    ),
    (
        Fixed(1.0, "wk", 0.9),
        &["(since)? last week", "(all|the whole|the entire) week (long)?", "(the|this) (past|last) week"],
    ),
    (Fixed(1.0, "wk", 0.65), &["(since)? (this|earlier this) week"]),
    (
        Fixed(1.0, "mo", 0.9),
        &["(since)? last month", "(all|the whole|the entire) month (long)?", "(the|this) (past|last) month"],
    ),
    (
        Fixed(1.0, "a", 0.9),
        &["(since)? last year", "(all|the whole|the entire) year (long)?", "(the|this) (past|last) year"],
    ),
    (Fixed(0.0, "min", 0.5), &["just (now|started|happened)", "right now", "a (moment|second|sec) ago"]),
];

const FIXED_ES: Table<Fixed> = &[
    (Fixed(2.0, "d", 0.93), &["(desde)? (antier|anteayer|antes de ayer|antiayer|antes ayer)"]),
    (Fixed(1.0, "d", 0.93), &["(desde)? ayer (en|por|a)? (la)? (manana|tarde|noche|mediodia)?"]),
    (
        Fixed(1.0, "d", 0.78),
        &["(desde)? anoche", "(todo|toda) el dia", "toda la noche", "todo el (santo)? dia"],
    ),
    (
        Fixed(0.0, "d", 0.55),
        &[
            "(desde)? (hoy|esta (manana|tarde|noche|madrugada)) (en la|por la)? (manana|tarde)?",
            "(desde)? (hoy)? temprano",
        ],
    ),
    (Fixed(1.0, "wk", 0.9), &["(desde)? la semana (pasada|anterior)", "toda la semana", "la ultima semana"]),
    (Fixed(1.0, "wk", 0.65), &["(desde)? esta semana"]),
    (Fixed(1.0, "mo", 0.9), &["(desde)? el mes (pasado|anterior)", "todo el mes", "el ultimo mes"]),
    (Fixed(1.0, "a", 0.9), &["(desde)? el ano (pasado|anterior)", "todo el ano", "el ultimo ano"]),
    (
        Fixed(0.0, "min", 0.5),
        &[
            "(ahora|ahorita) mismo",
            "hace (un (ratito|rato|momento)|ratito|momento)",
            "acaba de (empezar|comenzar|pasar)",
        ],
    ),
];

static FIXED: LazyLock<[Phrases<Fixed>; 2]> =
    LazyLock::new(|| [Phrases::new(&[FIXED_EN]), Phrases::new(&[FIXED_ES])]);

/// A length of time. `earlier` is what was said before a correction: "three weeks, no, four".
pub(super) fn read(
    asked: &Asked,
    words: &[Word],
    tongue: Tongue,
    today: Date,
    units: &[Option<&str>],
    earlier: Option<&Heard>,
) -> Option<Heard> {
    let spoken = lengths(words, tongue);
    let spoken = joined_ranges(words, spoken, tongue);
    let (length, several) = match spoken.first() {
        Some(first) => (best(words, &spoken).unwrap_or(*first), spoken.len() > 1),
        None => (
            since(words, tongue, today)
                // "This morning" is no number of minutes.
                .filter(|length| length.low > 0.0 || length.unit != "d" || offers(units, "d"))
                .or_else(|| bare(asked, words, tongue, units, earlier))?,
            false,
        ),
    };
    let mut covered = vec![false; words.len()];
    spoken
        .iter()
        .chain([&length])
        .for_each(|length| (length.first..=length.last).for_each(|word| covered[word] = true));
    let left = filler::left_over(words, &covered, tongue);
    let mut confidence = length.sure * filler::after(left) * filler::hedged(words, tongue);
    if several {
        confidence *= 0.7;
    }
    if vague_more(words, &length) {
        confidence *= 0.75;
    }
    let quantity = Quantity {
        value: tidy(f64::midpoint(length.low, length.high)),
        unit: (!length.unit.is_empty()).then(|| length.unit.to_owned()),
    };
    let range = (length.low < length.high).then_some((length.low, length.high));
    Some(Heard {
        range,
        ..Heard::new(Value::Quantity(quantity), confidence, span(words, length.first, length.last))
    })
}

fn offers(units: &[Option<&str>], unit: &str) -> bool {
    units.iter().flatten().next().is_none() || units.contains(&Some(unit))
}

/// Of several the one that says when it began.
fn best(words: &[Word], spoken: &[Length]) -> Option<Length> {
    let marked = |length: &&Length| {
        is_any(words, length.last + 1, &["ago", "back", "now", "atras"])
            || length.first > 0
                && is_any(
                    words,
                    length.first - 1,
                    &["for", "since", "hace", "desde", "llevo", "about", "past", "last", "como"],
                )
    };
    spoken.iter().find(marked).copied()
}

/// "More than a week", "over a year": at least so long.
fn vague_more(words: &[Word], length: &Length) -> bool {
    let from = length.first.saturating_sub(3);
    (from..length.first).any(|word| {
        starts(words, word, &["more", "than"])
            || starts(words, word, &["less", "than"])
            || starts(words, word, &["mas", "de"])
            || starts(words, word, &["menos", "de"])
            || starts(words, word, &["at", "least"])
            || starts(words, word, &["al", "menos"])
            || is_any(words, word, &["over", "under"])
    })
}

/// The first length of time in the words, least and greatest in seconds, with its place.
pub(super) fn in_seconds(words: &[Word], tongue: Tongue) -> Option<((f64, f64), (usize, usize))> {
    let spoken = lengths(words, tongue);
    let length = joined_ranges(words, spoken, tongue).into_iter().next()?;
    let seconds = |value: f64| unit::convert(value, length.unit, "s");
    Some(((seconds(length.low)?, seconds(length.high)?), (length.first, length.last)))
}

/// Numbers with a unit, put together where they belong together: "a year and three months".
fn lengths(words: &[Word], tongue: Tongue) -> Vec<Length> {
    let mut out: Vec<Length> = halves_alone(words, tongue);
    out.extend(past_one(words, tongue));
    for amount in amount::amounts(words, tongue) {
        if out.iter().any(|length| length.first <= amount.last && amount.first <= length.last) {
            continue;
        }
        let Some(unit) = unit_after(words, amount.last, tongue) else { continue };
        if frequency(words, &amount) {
            continue;
        }
        let mut length = with_half(words, amount, unit, tongue);
        if let Some(alternative) = or_two(words, &length, tongue) {
            length = alternative;
        }
        match out.last_mut() {
            Some(last) if continues(words, last, &length, tongue) => {
                let more = unit::convert(length.low, length.unit, last.unit).unwrap_or_default();
                let whole = unit::convert(last.low, last.unit, length.unit).unwrap_or_default();
                // In the smaller unit where that is whole: a year and three months are fifteen months.
                let by_count = match (last.unit, length.unit) {
                    ("a", "mo") => Some(last.low * 12.0 + length.low),
                    ("wk", "d") => Some(last.low * 7.0 + length.low),
                    ("d", "h") => Some(last.low * 24.0 + length.low),
                    ("h", "min") => Some(last.low * 60.0 + length.low),
                    _ => None,
                };
                match by_count {
                    Some(value) => (last.low, last.high, last.unit) = (value, value, length.unit),
                    None if whole.fract() == 0.0 => {
                        (last.low, last.high, last.unit) =
                            (whole + length.low, whole + length.low, length.unit);
                    }
                    None => (last.low, last.high) = (last.low + more, last.high + more),
                }
                last.last = length.last;
            }
            _ => out.push(length),
        }
    }
    out
}

/// "Hora y media", "año y medio": the one is not said.
fn halves_alone(words: &[Word], tongue: Tongue) -> Vec<Length> {
    if tongue == Tongue::English {
        return Vec::new();
    }
    let numbered = |at: usize| {
        at > 0
            && super::number::numbers(&words[..at], tongue).last().is_some_and(|number| number.last + 1 == at)
    };
    let half = |at: usize| starts(words, at + 1, &["y", "medio"]) || starts(words, at + 1, &["y", "media"]);
    (0..words.len())
        .filter(|&at| half(at) && !numbered(at))
        .filter_map(|at| {
            let unit = unit_at(words, at, tongue)?;
            Some(Length {
                first: at,
                last: at + 2,
                low: 1.5 * unit.size,
                high: 1.5 * unit.size,
                unit: unit.code,
                sure: 0.93,
            })
        })
        .collect()
}

/// "The past fortnight", "for the last month".
fn past_one(words: &[Word], tongue: Tongue) -> Vec<Length> {
    let past = |at: usize| {
        is_any(words, at, &["past"])
            || is_any(words, at, &["last"]) && at > 1 && starts(words, at - 2, &["for", "the"])
    };
    (0..words.len())
        .filter(|&at| past(at))
        .filter_map(|at| {
            let unit = unit_at(words, at + 1, tongue)?;
            let (low, high) = (unit.size, unit.size);
            Some(Length { first: at, last: at + 1, low, high, unit: unit.code, sure: 0.88 })
        })
        .collect()
}

/// "Three times a day", "every two days".
fn frequency(words: &[Word], amount: &Amount) -> bool {
    let before = amount.first.checked_sub(1);
    let every = before.is_some_and(|before| {
        is_any(
            words,
            before,
            &["every", "each", "per", "cada", "al", "por", "times", "veces", "vez", "once", "twice"],
        )
    });
    every && !before.is_some_and(|before| before > 0 && is_any(words, before - 1, &["hace"]))
}

fn with_half(words: &[Word], amount: Amount, unit: Unit, tongue: Tongue) -> Length {
    let mut length = Length {
        first: amount.first,
        last: unit.last,
        low: amount.low * unit.size,
        high: amount.high * unit.size,
        unit: unit.code,
        sure: amount.sure(),
    };
    let halves: &[(&[&str], f64)] = tongue.pick(
        &[(&["and", "a", "half"], 0.5), (&["and", "half"], 0.5), (&["and", "a", "quarter"], 0.25)],
        &[(&["y", "media"], 0.5), (&["y", "medio"], 0.5), (&["y", "cuarto"], 0.25)],
    );
    if let Some((phrase, more)) = halves.iter().find(|(phrase, _)| starts(words, unit.last + 1, phrase)) {
        length.low += more * unit.size;
        length.high += more * unit.size;
        length.last += phrase.len();
    }
    // Half an hour is thirty minutes, half a year six months.
    let smaller = match (length.low, length.unit) {
        (low, "h") if low > 0.0 && low < 1.0 => Some((60.0, "min")),
        (low, "a") if low > 0.0 && low < 1.0 => Some((12.0, "mo")),
        (low, "d") if low > 0.0 && low < 1.0 => Some((24.0, "h")),
        _ => None,
    };
    if let Some((factor, code)) = smaller {
        (length.low, length.high, length.unit) = (length.low * factor, length.high * factor, code);
    }
    if tongue == Tongue::Spanish && amount.form == Form::Article && is_any(words, unit.last, &["dia", "hora"])
    {
        length.sure -= 0.02;
    }
    length
}

/// "A week or two", "un mes o dos".
fn or_two(words: &[Word], length: &Length, tongue: Tongue) -> Option<Length> {
    let or = tongue.pick(&["or", "maybe", "perhaps"][..], &["o", "u", "quiza", "quizas"][..]);
    let to = tongue.pick(&["to", "till", "until", "up"][..], &["a", "hasta", "al"][..]);
    let ranged = is_any(words, length.last + 1, to)
        || length.first > 0
            && is_any(words, length.first - 1, &["between", "entre"])
            && is_any(words, length.last + 1, &["and", "y"]);
    let linking = if ranged { 1 + usize::from(is_any(words, length.last + 2, &["to"])) } else { 0 };
    let linking =
        linking + (length.last + 1..words.len()).take(2).take_while(|&word| is_any(words, word, or)).count();
    let most = if ranged { length.low * 6.0 } else { length.low + 4.0 };
    if linking == 0 {
        return None;
    }
    let more = super::number::number_at(words, length.last + 1 + linking, tongue)
        .filter(|number| number.form != Form::Article)?;
    let another_unit = unit_after(words, more.last, tongue).is_some();
    (!another_unit && length.low == length.high && more.value > length.low && more.value <= most)
        .then_some(Length { last: more.last, high: more.value, sure: 0.75, ..*length })
}

/// "… and three months", "… and two days".
fn continues(words: &[Word], last: &Length, next: &Length, tongue: Tongue) -> bool {
    let between: Vec<&str> = words[last.last + 1..next.first].iter().map(|word| word.text.as_str()).collect();
    let and = tongue.pick("and", "y");
    let linked = between.is_empty() && words[last.last].mark == Mark::None
        || between == [and]
        || between == [tongue.pick("plus", "con")];
    let exact = last.low == last.high && next.low == next.high;
    linked && exact && rank(next.unit) < rank(last.unit)
}

fn rank(unit: &str) -> usize {
    ["s", "min", "h", "d", "wk", "mo", "a"].iter().position(|own| *own == unit).unwrap_or_default()
}

/// "A few days to a week", "an hour or two hours".
fn joined_ranges(words: &[Word], spoken: Vec<Length>, tongue: Tongue) -> Vec<Length> {
    let mut out: Vec<Length> = Vec::new();
    for length in spoken {
        if let Some(last) = out.last_mut() {
            let between: Vec<&str> =
                words[last.last + 1..length.first].iter().map(|word| word.text.as_str()).collect();
            let joins = match tongue {
                Tongue::English => {
                    matches!(
                        between.as_slice(),
                        ["or" | "to" | "maybe"]
                            | ["or", "maybe" | "even" | "perhaps" | "about" | "possibly"]
                            | ["up", "to"]
                    ) || between == ["and"] && last.first > 0 && is_any(words, last.first - 1, &["between"])
                }
                Tongue::Spanish => {
                    matches!(
                        between.as_slice(),
                        ["o" | "a" | "hasta"]
                            | ["o", "quiza" | "quizas" | "hasta" | "tal"]
                            | ["o", "tal", "vez"]
                    ) || between == ["y"] && last.first > 0 && is_any(words, last.first - 1, &["entre"])
                }
            };
            let unit = if rank(last.unit) <= rank(length.unit) { last.unit } else { length.unit };
            let converted =
                unit::convert(last.low, last.unit, unit).zip(unit::convert(length.high, length.unit, unit));
            if joins && let Some((low, high)) = converted {
                (last.low, last.high) = (tidy(low.min(high)), tidy(low.max(high)));
                (last.unit, last.last, last.sure) = (unit, length.last, 0.72);
                continue;
            }
        }
        out.push(length);
    }
    out
}

/// "Since Tuesday", "yesterday", "in March": from then to today.
fn since(words: &[Word], tongue: Tongue, today: Date) -> Option<Length> {
    let fixed = tongue.pick(&FIXED[0], &FIXED[1]).find(words);
    // A year of two digits is no time since: "forty".
    let day = date::find(words, tongue, today, date::Way::Past)
        .filter(|day| day.sure >= 0.8 || !matches!(day.day, Day::Year(_)));
    if let Some(found) = fixed.first()
        && day.as_ref().is_none_or(|day| day.first >= found.first && day.last <= found.last)
    {
        let Fixed(value, unit, sure) = found.means;
        return Some(Length { first: found.first, last: found.last, low: value, high: value, unit, sure });
    }
    let day = day?;
    let (value, unit) = elapsed(&day.day, today)?;
    let first = if day.first > 0 && is_any(words, day.first - 1, &["since", "desde", "from"]) {
        day.first - 1
    } else {
        day.first
    };
    Some(Length { first, last: day.last, low: value, high: value, unit, sure: day.sure * 0.95 })
}

#[expect(clippy::cast_precision_loss, reason = "days of a life")]
fn elapsed(day: &Day, today: Date) -> Option<(f64, &'static str)> {
    let month_of = |date: Date| i64::from(date.year()) * 12 + i64::from(u8::from(date.month()));
    let (value, unit) = match *day {
        Day::Full(date) => ((today - date).whole_days(), "d"),
        Day::Month(year, month) => (month_of(today) - (i64::from(year) * 12 + i64::from(month)), "mo"),
        Day::Year(year) => (i64::from(today.year() - year), "a"),
    };
    (value >= 0).then_some((value as f64, unit))
}

/// A number alone: in the unit of the question, or of what was said before a correction.
fn bare(
    asked: &Asked,
    words: &[Word],
    tongue: Tongue,
    units: &[Option<&str>],
    earlier: Option<&Heard>,
) -> Option<Length> {
    let amounts = amount::amounts(words, tongue);
    let age = |amount: &Amount| {
        amount.first >= 2
            && (starts(words, amount.first - 2, &["i", "was"])
                || starts(words, amount.first - 2, &["desde", "los"]))
    };
    let amount = amounts.iter().find(|amount| amount.form != Form::Article && !age(amount))?;
    let before = earlier.and_then(|heard| match &heard.value {
        Value::Quantity(Quantity { unit: Some(unit), .. }) => known(unit),
        _ => None,
    });
    let mut offered = units.iter().flatten();
    let only = match (offered.next(), offered.next()) {
        (Some(unit), None) => known(unit),
        _ => named_in(asked),
    };
    let (unit, sure) = match (before, only) {
        (Some(unit), _) => (unit, 0.95),
        (None, Some(unit)) => (unit, 0.93),
        (None, None) => ("", 0.4),
    };
    Some(Length {
        first: amount.first,
        last: amount.last,
        low: amount.low,
        high: amount.high,
        unit,
        sure: sure * amount.sure(),
    })
}

fn known(unit: &str) -> Option<&'static str> {
    ["s", "min", "h", "d", "wk", "mo", "a"].into_iter().find(|own| *own == unit)
}

fn named_in(asked: &Asked) -> Option<&'static str> {
    let table = ENGLISH.iter().chain(SPANISH);
    table
        .filter(|(_, _, size)| *size == 1.0)
        .find(|(names, ..)| {
            names.iter().any(|name| name.len() > 3 && asked.contains(&format!(" many {name} ")))
                || names.iter().any(|name| {
                    name.len() > 2
                        && asked.contains(&format!(
                            " cuant{} {name} ",
                            if matches!(*name, "horas" | "semanas") { "as" } else { "os" }
                        ))
                })
        })
        .map(|(_, code, _)| *code)
}

/// Without the dust of binary fractions.
pub(super) fn tidy(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}
