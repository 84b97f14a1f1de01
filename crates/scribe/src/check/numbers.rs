//! Numbers, however they are written: "five hundred" is 500, "one forty eight" may be 148.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::reading::Text;

/// A number in a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Number {
    pub(crate) value: f64,
    /// The first token of it.
    pub(crate) from: usize,
    /// The token after it.
    pub(crate) to: usize,
    /// Whether it is only one way of reading what was said.
    pub(crate) perhaps: bool,
}

enum Word {
    Value(f64),
    Times(f64),
}

const SMALL: &[&[&str]] = &[
    &["zero", "cero"],
    &["one", "uno"],
    &["two", "dos"],
    &["three", "tres"],
    &["four", "cuatro"],
    &["five", "cinco"],
    &["six", "seis"],
    &["seven", "siete"],
    &["eight", "ocho"],
    &["nine", "nueve"],
    &["ten", "diez"],
    &["eleven"],
    &["twelve", "doce"],
    &["thirteen", "trece"],
    &["fourteen", "catorce"],
    &["fifteen", "quince"],
    &["sixteen", "dieciséis", "dieciseis"],
    &["seventeen", "diecisiete"],
    &["eighteen", "dieciocho"],
    &["nineteen", "diecinueve"],
    &["twenty", "veinte"],
    &["veintiuno", "veintiún"],
    &["veintidós", "veintidos"],
    &["veintitrés", "veintitres"],
    &["veinticuatro"],
    &["veinticinco"],
    &["veintiséis", "veintiseis"],
    &["veintisiete"],
    &["veintiocho"],
    &["veintinueve"],
];
const TENS: &[(&str, f64)] = &[
    ("thirty", 30.0),
    ("treinta", 30.0),
    ("forty", 40.0),
    ("fourty", 40.0),
    ("cuarenta", 40.0),
    ("fifty", 50.0),
    ("cincuenta", 50.0),
    ("sixty", 60.0),
    ("sesenta", 60.0),
    ("seventy", 70.0),
    ("setenta", 70.0),
    ("eighty", 80.0),
    ("ochenta", 80.0),
    ("ninety", 90.0),
    ("noventa", 90.0),
    ("cien", 100.0),
    ("ciento", 100.0),
    ("doscientos", 200.0),
    ("trescientos", 300.0),
    ("cuatrocientos", 400.0),
    ("quinientos", 500.0),
    ("seiscientos", 600.0),
    ("setecientos", 700.0),
    ("ochocientos", 800.0),
    ("novecientos", 900.0),
];
const ORDINALS: &[&str] = &[
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// The value of a number word; none for any other.
pub(crate) fn word(word: &str) -> Option<f64> {
    match of(word)? {
        Word::Value(value) => Some(value),
        Word::Times(_) => None,
    }
}

static WORDS: LazyLock<HashMap<&'static str, f64>> = LazyLock::new(|| {
    #[expect(clippy::cast_precision_loss, reason = "it is below 30")]
    let small = SMALL
        .iter()
        .enumerate()
        .flat_map(|(value, words)| words.iter().map(move |word| (*word, value as f64)));
    small.chain(TENS.iter().copied()).collect()
});

fn of(word: &str) -> Option<Word> {
    match word {
        "hundred" => Some(Word::Times(100.0)),
        "thousand" | "mil" => Some(Word::Times(1000.0)),
        word => WORDS.get(word).copied().map(Word::Value),
    }
}

fn digits(word: &str) -> Option<f64> {
    word.starts_with(|c: char| c.is_ascii_digit()).then(|| word.parse().ok()).flatten()
}

/// The numbers of a text, in order.
pub(crate) fn numbers(text: &Text) -> Vec<Number> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < text.tokens.len() {
        match number(text, at) {
            Some((value, to)) => {
                all.push(Number { value, from: at, to, perhaps: false });
                at = to;
            }
            None => at += 1,
        }
    }
    all
}

/// The numbers of what was said, with every other way of reading them: runs as digits ("one oh five"), ordinals, "twice".
pub(crate) fn numbers_said(text: &Text) -> Vec<Number> {
    let mut all = numbers(text);
    let firm = all.clone();
    for start in 0..firm.len() {
        let mut joined = written(firm[start].value);
        for pair in firm[start..].windows(2).take(3) {
            let gap = text.tokens.get(pair[0].to..pair[1].from).unwrap_or_default();
            if !gap.iter().all(|token| token.is("oh o")) {
                break;
            }
            joined.push_str(&"0".repeat(gap.len()));
            joined.push_str(&written(pair[1].value));
            let value = joined.parse().unwrap_or(f64::NAN);
            all.push(Number { value, from: firm[start].from, to: pair[1].to, perhaps: true });
        }
    }
    for (at, token) in text.tokens.iter().enumerate() {
        let also: &[f64] = match token.text.as_str() {
            "a" | "an" | "single" | "un" | "una" => &[1.0],
            "once" => &[1.0, 11.0],
            "twice" | "couple" | "both" | "double" => &[2.0],
            "thrice" => &[3.0],
            "dozen" => &[12.0],
            "half" | "media" | "medio" => &[0.5],
            ordinal => {
                if let Some(value) = ORDINALS.iter().position(|word| *word == ordinal) {
                    #[expect(clippy::cast_precision_loss, reason = "it is below 21")]
                    all.push(Number { value: value as f64, from: at, to: at + 1, perhaps: true });
                }
                &[]
            }
        };
        all.extend(also.iter().map(|value| Number { value: *value, from: at, to: at + 1, perhaps: true }));
    }
    all
}

fn written(value: f64) -> String {
    format!("{value}")
}

/// The number that begins at a token, and the token after it.
fn number(text: &Text, start: usize) -> Option<(f64, usize)> {
    let (mut value, mut at) = match digits(text.word(start)) {
        Some(value) => (value, start + 1),
        None => in_words(text, start)?,
    };
    if let (true, Some(Word::Times(times))) = (digits(text.word(start)).is_some(), of(text.word(at))) {
        value *= times;
        at += 1;
    }
    // "two point five"
    if matches!(text.word(at), "point" | "punto" | "coma") {
        let mut decimals = String::new();
        let mut next = at + 1;
        while let Some(digit) = word(text.word(next)).or_else(|| digits(text.word(next))) {
            decimals.push_str(&written(digit));
            next += 1;
        }
        if let Ok(with) = format!("{value}.{decimals}").parse::<f64>()
            && !decimals.is_empty()
        {
            return Some((with, next));
        }
    }
    if matches!((text.word(at), text.word(at + 1), text.word(at + 2)), ("and", "a", "half"))
        || matches!((text.word(at), text.word(at + 1)), ("y", "media" | "medio"))
    {
        let to = if text.word(at) == "y" { at + 2 } else { at + 3 };
        return Some((value + 0.5, to));
    }
    Some((value, at))
}

/// "one hundred and twenty five": parts that can follow one another in one number.
fn in_words(text: &Text, start: usize) -> Option<(f64, usize)> {
    let (mut total, mut part, mut room) = (0.0, 0.0, f64::INFINITY);
    let mut at = start;
    loop {
        let here = text.word(at);
        match of(here) {
            Some(Word::Value(value)) if value < room && (part == 0.0 || fits(part, value)) => {
                part += value;
                room = if value >= 100.0 {
                    100.0
                } else if value >= 20.0 && value % 10.0 == 0.0 {
                    10.0
                } else {
                    0.0
                };
                at += 1;
            }
            Some(Word::Times(times)) if at > start || here == "mil" => {
                let times_what = if part == 0.0 { 1.0 } else { part };
                if times < 1000.0 {
                    part = times_what * times;
                    room = 100.0;
                } else {
                    total += times_what * times;
                    part = 0.0;
                    room = 1000.0;
                }
                at += 1;
            }
            None if at > start
                && (here == "and" && (part >= 100.0 || part == 0.0) || here == "y" && part >= 20.0)
                && matches!(of(text.word(at + 1)), Some(Word::Value(value)) if value < room) =>
            {
                at += 1;
            }
            _ => break,
        }
    }
    (at > start).then_some((total + part, at))
}

/// Whether a smaller number can stand behind: 20 and 5, 100 and 48, but not 1 and 40.
fn fits(before: f64, value: f64) -> bool {
    value > 0.0 && (before % 100.0 == 0.0 || (before % 10.0 == 0.0 && before % 100.0 >= 20.0 && value < 10.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<f64> {
        numbers(&Text::read(text)).iter().map(|number| number.value).collect()
    }

    fn said(text: &str) -> Vec<f64> {
        numbers_said(&Text::read(text)).iter().map(|number| number.value).collect()
    }

    #[test]
    fn words_are_the_numbers_they_say() {
        assert_eq!(read("five hundred milligrams"), [500.0]);
        assert_eq!(read("one hundred and twenty-five over eighty two"), [125.0, 82.0]);
        assert_eq!(read("two point five, one and a half, 4.5 and 1,000"), [2.5, 1.5, 4.5, 1000.0]);
        assert_eq!(read("two thousand nineteen or 3 hundred"), [2019.0, 300.0]);
        assert_eq!(read("quinientos miligramos, treinta y cinco, mil doscientos"), [500.0, 35.0, 1200.0]);
        assert_eq!(read("zero to ten, one forty eight"), [0.0, 10.0, 1.0, 48.0]);
        assert_eq!(read("hundreds of thousands, nobody"), [] as [f64; 0]);
    }

    #[test]
    fn what_was_said_is_read_in_every_way_it_can_be_meant() {
        assert!(said("one forty eight over ninety two").contains(&148.0));
        assert!(said("one oh five").contains(&105.0));
        assert!(said("nineteen eighty four").contains(&1984.0));
        assert!(said("twice a day").contains(&2.0));
        assert!(!said("ten, then twenty").contains(&1020.0));
    }
}
