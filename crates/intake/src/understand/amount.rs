//! Numbers as amounts: slips of recognition put right, pieces put together, ranges.

use super::duration;
use super::filler;
use super::number::{self, Form, Number};
use super::said::{Tongue, is_any, joined};
use crate::redflag::words::{Mark, Word};

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
        let nothing_else = out.iter().all(|number| number.form == Form::Article);
        let led = at > 0
            && is_any(
                words,
                at - 1,
                &[
                    "about", "like", "maybe", "around", "past", "last", "only", "just", "say", "for", "been",
                    "probably", "roughly",
                ],
            );
        let unit = duration::is_unit(words, at + 1, tongue) || super::measure::is_unit(words, at + 1);
        let measured = unit && (led || at == 0 && words[at].text != "for");
        let alone = meaningful == [at] && nothing_else && (words[at].text != "for" || words.len() <= 2);
        if before_or || after_or || measured || alone {
            out.push(Number { first: at, last: at, value, form: Form::Slip });
        }
    }
    out.sort_by_key(|number| number.first);
    // "Forty ate hours".
    let mut index = 0;
    while index < out.len() {
        let number = out[index];
        let tens =
            number.form == Form::Word && (20.0..100.0).contains(&number.value) && number.value % 10.0 == 0.0;
        let next = number.last + 1;
        let slip = words.get(next).and_then(|word| number::slip(&word.text, tongue));
        let unit = duration::is_unit(words, next + 1, tongue)
            || super::measure::is_unit(words, next + 1)
            || next + 1 == words.len();
        if tens
            && unit
            && joined(words, number.last)
            && let Some(slip) = slip
        {
            out.retain(|other| other.first != next);
            out[index] = Number { last: next, value: number.value + slip, form: Form::Slip, ..number };
        }
        index += 1;
    }
    out
}

fn ranges(words: &[Word], said: &[Number], tongue: Tongue) -> Vec<Amount> {
    let mut out: Vec<Amount> = Vec::new();
    for (index, number) in said.iter().enumerate() {
        // "A five": the article says no number.
        let article = number.form == Form::Article
            && said.get(index + 1).is_some_and(|next| next.first == number.last + 1);
        if number.form == Form::Oh || article {
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

/// "Not a seven", "not even a one": said not to be so.
pub(super) fn denied(words: &[Word], amount: &Amount) -> bool {
    const BETWEEN: &[&str] =
        &["even", "quite", "a", "an", "really", "like", "full", "siquiera", "un", "una", "al"];
    let mut at = amount.first;
    while at > 0 && is_any(words, at - 1, BETWEEN) {
        at -= 1;
    }
    at > 0 && is_any(words, at - 1, &["not", "ni", "isnt"]) && words[at - 1].mark == Mark::None
}

fn between_joins(words: &[Word], before: &Amount, after: &Number, tongue: Tongue) -> bool {
    if denied(words, before) {
        return false;
    }
    let between: Vec<&str> = words[before.last + 1..after.first]
        .iter()
        .map(|word| word.text.as_str())
        .filter(|word| !tongue.pick(&["a", "an"], &["un", "una"]).contains(word))
        .collect();
    let opened = |table: &[&str]| {
        (before.first.saturating_sub(2)..before.first).any(|word| is_any(words, word, table))
    };
    let article = before.form == Form::Article;
    let next = after.value == before.low + 1.0 || after.value == before.low + 0.5;
    match (tongue, between.as_slice()) {
        (_, []) => {
            let comma = words[before.last].mark == Mark::Comma;
            let plain = words[before.last].mark == Mark::None;
            let near = next || number::ascending(before.low, after.value);
            !article && near && (comma || plain) || {
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

/// Whether two numbers stand side by side: "ninety-eight six".
pub(super) fn beside(words: &[Word], left: &Amount, right: &Amount) -> bool {
    left.last + 1 == right.first
        && joined(words, left.last)
        && left.low == left.high
        && right.low == right.high
}
