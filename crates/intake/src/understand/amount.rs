//! How many: counts, decimals, scales; ranges.

use super::Heard;
use super::answer::Value;
use super::asked::Asked;
use super::duration;
use super::filler;
use super::number::{self, Form, Number};
use super::said::{Phrases, Tongue, is_any, joined, span, starts};
use crate::redflag::words::{Mark, Word};
use crate::unit;
use std::sync::LazyLock;

/// A number, or two with what lies between.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Amount {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) form: Form,
}

impl Amount {
    pub(super) fn value(&self) -> f64 {
        f64::midpoint(self.low, self.high)
    }

    /// Least and greatest, where it is a range.
    pub(super) fn range(&self) -> Option<(f64, f64)> {
        (self.low < self.high).then_some((self.low, self.high))
    }

    /// How sure a number is that was said like this.
    pub(super) fn sure(&self) -> f64 {
        if self.low < self.high {
            return if self.high <= self.low * 3.0 + 2.0 { 0.75 } else { 0.6 };
        }
        match self.form {
            Form::Digits | Form::Word => 0.96,
            Form::Article => 0.9,
            Form::Vague => 0.86,
            Form::Slip => 0.72,
            Form::Oh => 0.7,
        }
    }
}

impl From<Number> for Amount {
    fn from(number: Number) -> Self {
        Self {
            first: number.first,
            last: number.last,
            low: number.value,
            high: number.value,
            form: number.form,
        }
    }
}

/// Every amount in the words.
pub(super) fn amounts(words: &[Word], tongue: Tongue) -> Vec<Amount> {
    let said = number::numbers(words, tongue);
    let said = number::together(words, &said);
    let said = with_slips(words, said, tongue);
    ranges(words, &said, tongue)
}

/// "to or three", "for": two and four where nothing else makes sense of them.
fn with_slips(words: &[Word], said: Vec<Number>, tongue: Tongue) -> Vec<Number> {
    let mut out = said;
    let meaningful: Vec<usize> = (0..words.len())
        .filter(|&word| {
            let text = words[word].text.as_str();
            number::slip(text, tongue).is_some() || !filler::is_filler(text, tongue)
        })
        .collect();
    for at in 0..words.len() {
        let Some(value) = number::slip(&words[at].text, tongue) else { continue };
        if out.iter().any(|number| (number.first..=number.last).contains(&at)) {
            continue;
        }
        let number_from =
            |place: usize| out.iter().any(|number| number.first == place && number.form != Form::Article);
        let number_to =
            |place: usize| out.iter().any(|number| number.last == place && number.form != Form::Article);
        let before_or = is_any(words, at + 1, &["or"]) && number_from(at + 2);
        let after_or = at >= 2 && is_any(words, at - 1, &["or"]) && number_to(at - 2);
        let measured = (duration::is_unit(words, at + 1, tongue) || super::measure::is_unit(words, at + 1))
            && (at == 0
                || is_any(
                    words,
                    at - 1,
                    &[
                        "for", "about", "like", "maybe", "around", "past", "last", "only", "just", "been",
                        "say",
                    ],
                ) && words[at].text != "for");
        let alone = meaningful == [at] && out.is_empty() && words[at].text != "for"
            || (words.len() <= 2 && meaningful == [at] && out.is_empty());
        if before_or || after_or || measured || alone {
            out.push(Number { first: at, last: at, value, form: Form::Slip });
        }
    }
    out.sort_by_key(|number| number.first);
    out
}

fn ranges(words: &[Word], said: &[Number], tongue: Tongue) -> Vec<Amount> {
    let mut out: Vec<Amount> = Vec::new();
    for number in said {
        if number.form == Form::Oh {
            continue;
        }
        let joins = out.last().is_some_and(|last| {
            last.low == last.high
                && last.high != number.value
                && number.form != Form::Article
                && between_joins(words, last, number, tongue)
        });
        match out.last_mut().filter(|_| joins) {
            Some(last) => {
                let value = number.value;
                (last.low, last.high) = (last.low.min(value), last.high.max(value));
                last.last = number.last;
            }
            None => out.push((*number).into()),
        }
    }
    out
}

fn between_joins(words: &[Word], before: &Amount, after: &Number, tongue: Tongue) -> bool {
    let between: Vec<&str> =
        words[before.last + 1..after.first].iter().map(|word| word.text.as_str()).collect();
    let opened = |table: &[&str]| {
        (before.first.saturating_sub(2)..before.first).any(|word| is_any(words, word, table))
    };
    let article = before.form == Form::Article;
    let next = after.value == before.low + 1.0 || after.value == before.low + 0.5;
    match (tongue, between.as_slice()) {
        (_, []) => {
            let comma = words[before.last].mark == Mark::Comma;
            let plain = words[before.last].mark == Mark::None;
            !article && (next && before.low < 20.0 && (comma || plain)) || {
                // "5-7": digits with a hyphen.
                plain
                    && before.form == Form::Digits
                    && after.form == Form::Digits
                    && after.value > before.low
                    && after.value <= before.low * 3.0 + 2.0
                    && words[after.first].start == words[before.last].end + 1
            }
        }
        (
            Tongue::English,
            ["or"]
            | ["or", "maybe" | "even" | "perhaps" | "like" | "about" | "possibly"]
            | ["maybe" | "perhaps" | "possibly"],
        ) => true,
        (Tongue::English, ["to" | "through" | "til" | "till" | "until"] | ["up", "to"]) => !article,
        (Tongue::English, ["and"]) => opened(&["between"]),
        (
            Tongue::Spanish,
            ["o" | "u"]
            | ["o", "quiza" | "quizas" | "hasta" | "talvez" | "como" | "tal"]
            | ["o", "tal", "vez"]
            | ["tal", "vez"]
            | ["quiza" | "quizas"],
        ) => true,
        (Tongue::Spanish, ["a" | "hasta"] | ["al"]) => !article,
        (Tongue::Spanish, ["y"]) => opened(&["entre"]),
        _ => false,
    }
}

/// Words that make a number no answer: "this one", "no one", "one of".
fn pronoun(words: &[Word], amount: &Amount) -> bool {
    words[amount.first].text == "one"
        && amount.first == amount.last
        && (amount.first > 0
            && is_any(
                words,
                amount.first - 1,
                &[
                    "this", "that", "the", "other", "no", "every", "each", "which", "last", "next",
                    "another", "any", "some", "good", "bad",
                ],
            )
            || is_any(words, amount.first + 1, &["of"]))
}

const NOW: &[&str] =
    &["now", "today", "currently", "moment", "presently", "ahora", "ahorita", "hoy", "actualmente"];
const THEN: &[&str] = &[
    "was",
    "were",
    "yesterday",
    "earlier",
    "before",
    "last",
    "used",
    "usually",
    "normally",
    "ago",
    "initially",
    "first",
    "worst",
    "sometimes",
    "night",
    "times",
    "era",
    "estaba",
    "ayer",
    "antes",
    "normalmente",
    "anoche",
    "llego",
    "fue",
    "tenia",
    "worse",
    "normal",
    "spikes",
    "peor",
];

const NONE: &[&str] = &[
    "(none|nothing|zero|nil|nada|ninguno|ninguna|ningun|nunca|never|nobody|nadie)",
    "no (pain|dolor|discomfort|trouble|kids|children|hijos|problem|problems|falls|times|molestia|drinks|cigarettes|siblings)",
    "(not|no) (at all|any|bad|para nada)",
    "(no)? me duele nada",
    "(doesnt|does not|isnt|not) (hurt|hurting|any pain)",
    "no (me)? duele",
    "(i)? (dont|do not|havent|have not|didnt) (have|had|got|smoke|drink|fallen|feel|take|use|been|do|exercise) (any|one|at all|it|anything)?",
    "no (tengo|he|fumo|bebo|tomo|hay|hago|siento)",
];
static NONES: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of(NONE, ()));

const GREATEST: &[&str] = &[
    "(the)? worst (pain|ever|possible|imaginable|its|it|ive|i) ..6",
    "(as bad as|as high as) ..5",
    "off the (chart|charts|scale)",
    "(the)? (maximum|max|highest|most|top)",
    "(lo|el) (peor|maximo|mas alto|mas fuerte) ..5",
    "(through the roof|unbearable|insoportable|couldnt be worse|excruciating|no aguanto|no lo aguanto|insufrible|unimaginable)",
];
static GREATESTS: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of(GREATEST, ()));

/// One number between the limits.
pub(super) fn read(
    asked: &Asked,
    words: &[Word],
    tongue: Tongue,
    (min, max): (Option<f64>, Option<f64>),
) -> Option<Heard> {
    let all = amounts(words, tongue);
    let unit = counted_unit(asked);
    let mut best: Option<(f64, Amount, f64)> = None;
    for (index, amount) in all.iter().enumerate() {
        if pronoun(words, amount) || out_of(words, amount, index, &all) {
            continue;
        }
        let mut amount = *amount;
        let mut score = amount.sure();
        if let Some(said) = duration::unit_after(words, amount.last, tongue) {
            let age = matches!(said.code, "a") && asked.says(&["old", "age", "edad", "anos"]);
            match unit {
                Some(unit) if unit == said.code => amount.last = said.last,
                Some(wanted) => match unit::convert(amount.low * said.size, said.code, wanted) {
                    Some(low) if low.fract().abs() < 1e-6 && low >= 1.0 => {
                        amount.high = amount.high / amount.low * low;
                        amount.low = low;
                        amount.last = said.last;
                        score *= 0.95;
                    }
                    _ => score *= 0.5,
                },
                None if age => amount.last = said.last,
                // "Three times a day" counts times, "for two days" does not.
                None if asked.scale => score *= 0.3,
                None => score *= 0.55,
            }
        }
        let article_alone = amount.form == Form::Article && all.len() > 1;
        let article = amount.form == Form::Article && words.len() > amount.last + 1 && asked.scale;
        if article_alone || article {
            score *= 0.3;
        }
        let fits = |value: f64| min.is_none_or(|min| value >= min) && max.is_none_or(|max| value <= max);
        if !(fits(amount.low) && fits(amount.high)) {
            score *= 0.35;
        }
        score *= time_of(words, &amount, &all);
        if times_after(words, amount.last) && asked.scale {
            score *= 0.4;
        }
        if best.as_ref().is_none_or(|(best, ..)| score > *best + 1e-9) {
            best = Some((score, amount, score));
        }
    }
    let Some((_, amount, sure)) = best else { return without_number(asked, words, max) };
    let others = all
        .iter()
        .filter(|other| other.last < amount.first || other.first > amount.last)
        .filter(|other| {
            other.form != Form::Article
                && !pronoun(words, other)
                && !belongs_elsewhere(words, other, asked, tongue)
        })
        .count();
    let mut covered = vec![false; words.len()];
    (amount.first..=amount.last).for_each(|word| covered[word] = true);
    for (word, covered) in words.iter().zip(&mut covered) {
        *covered |= asked.mentions(&word.text);
    }
    let left = filler::left_over(words, &covered, tongue);
    let mut confidence = sure * filler::after(left) * filler::hedged(words, tongue);
    if others > 0 {
        confidence *= 0.8;
    }
    Some(Heard {
        range: amount.range(),
        ..Heard::new(Value::Number(amount.value()), confidence, span(words, amount.first, amount.last))
    })
}

/// "Out of ten", "de diez": the scale, not the answer.
fn out_of(words: &[Word], amount: &Amount, index: usize, all: &[Amount]) -> bool {
    let first = amount.first;
    let scaled = first >= 2 && starts(words, first - 2, &["out", "of"])
        || first >= 2 && starts(words, first - 2, &["sobre", "de"])
        || first >= 1
            && index > 0
            && is_any(words, first - 1, &["sobre", "over"])
            && all[index - 1].last + 2 == first
        || first >= 1
            && index > 0
            && is_any(words, first - 1, &["de"])
            && all[index - 1].last + 2 == first
            && amount.low == 10.0
        || first >= 1
            && index > 0
            && amount.low == 10.0
            && all[index - 1].last + 1 == first
            && words[first - 1].mark == Mark::Comma
            && amount.form == Form::Digits;
    scaled
}

/// The unit of time that a count is in: "how many days".
fn counted_unit(asked: &Asked) -> Option<&'static str> {
    const UNITS: [(&str, &str); 12] = [
        ("minutes", "min"),
        ("hours", "h"),
        ("days", "d"),
        ("weeks", "wk"),
        ("months", "mo"),
        ("years", "a"),
        ("minutos", "min"),
        ("horas", "h"),
        ("dias", "d"),
        ("semanas", "wk"),
        ("meses", "mo"),
        ("anos", "a"),
    ];
    let counts = |name: &str| {
        ["how many", "cuantos", "cuantas", "number of", "in"]
            .iter()
            .any(|head| asked.contains(&format!(" {head} {name} ")))
    };
    UNITS.iter().find(|(name, _)| counts(name)).map(|(_, code)| *code)
}

fn times_after(words: &[Word], last: usize) -> bool {
    is_any(words, last + 1, &["times", "veces", "vez", "time"])
}

/// A number that says something else than what is asked: a time of the day, an age, a length of time.
fn belongs_elsewhere(words: &[Word], amount: &Amount, asked: &Asked, tongue: Tongue) -> bool {
    duration::unit_after(words, amount.last, tongue).is_some() && counted_unit(asked).is_none()
        || is_any(words, amount.last + 1, &["oclock", "am", "pm"])
        || amount.first >= 2 && starts(words, amount.first - 2, &["out", "of"])
        || amount.first >= 1 && is_any(words, amount.first - 1, &["sobre"])
}

/// More for what is said to be so now, less for what was.
fn time_of(words: &[Word], amount: &Amount, all: &[Amount]) -> f64 {
    if all.len() < 2 {
        return 1.0;
    }
    let clause_end = |word: usize| {
        words[word].mark >= Mark::Comma || is_any(words, word + 1, &["but", "and", "pero", "y", "then"])
    };
    let mut from = amount.first;
    while from > 0 && !clause_end(from - 1) && !all.iter().any(|other| other.last == from - 1) {
        from -= 1;
    }
    let mut to = amount.last;
    while to + 1 < words.len() && !clause_end(to) && !all.iter().any(|other| other.first == to + 1) {
        to += 1;
    }
    let says = |table: &[&str]| (from..=to).any(|word| is_any(words, word, table));
    match (says(NOW), says(THEN)) {
        (true, _) => 1.0,
        (false, true) => 0.6,
        (false, false) => 0.85,
    }
}

/// "None", "the worst I ever had".
fn without_number(asked: &Asked, words: &[Word], max: Option<f64>) -> Option<Heard> {
    if let Some(found) = NONES.find(words).first() {
        let alone = filler::left_over(
            words,
            &(0..words.len()).map(|word| found.covers(word)).collect::<Vec<_>>(),
            Tongue::English,
        );
        return Some(Heard::new(
            Value::Number(0.0),
            0.85 * filler::after(alone),
            span(words, found.first, found.last),
        ));
    }
    let found = GREATESTS.find(words);
    let (found, max) = (found.first().filter(|_| asked.scale)?, max?);
    Some(Heard::new(Value::Number(max), 0.72, span(words, found.first, found.last)))
}

/// Whether two numbers stand side by side: "ninety-eight six".
pub(super) fn beside(words: &[Word], left: &Amount, right: &Amount) -> bool {
    left.last + 1 == right.first
        && joined(words, left.last)
        && left.low == left.high
        && right.low == right.high
}

#[cfg(test)]
#[path = "amount_tests.rs"]
mod tests;
