//! Days, months and years.

use super::quantities::{Quantity, quantities_said};
use super::reading::Text;

const MONTHS: &[&str] = &[
    "january jan enero",
    "february feb febrero",
    "march mar marzo",
    "april apr abril",
    "may mayo",
    "june jun junio",
    "july jul julio",
    "august aug agosto",
    "september sept sep septiembre",
    "october oct octubre",
    "november nov noviembre",
    "december dec diciembre",
];
const DAYS: &[&str] = &[
    "monday mon lunes",
    "tuesday tue tues martes",
    "wednesday wed miércoles",
    "thursday thu thurs jueves",
    "friday fri viernes",
    "saturday sábado",
    "sunday domingo",
    "yesterday ayer",
    "tomorrow",
    "tonight",
    "christmas navidad",
    "thanksgiving",
    "easter",
];

fn in_lines(lines: &[&str], word: &str) -> Option<usize> {
    lines.iter().position(|line| line.split_ascii_whitespace().any(|known| known == word))
}

/// A month that is meant as one: "may" and "march" are verbs too, "mar" and "sep" begin other words.
fn month(text: &Text, at: usize) -> Option<usize> {
    let token = text.tokens.get(at)?;
    let month = in_lines(MONTHS, &token.text)?;
    let unsure = token.is("may march mar");
    let before = at.checked_sub(1).map_or("", |before| text.word(before));
    let placed = matches!(
        before,
        "in" | "since"
            | "of"
            | "last"
            | "next"
            | "this"
            | "until"
            | "by"
            | "en"
            | "de"
            | "early"
            | "late"
            | "from"
    );
    let dated = text.word(at + 1).starts_with(|c: char| c.is_ascii_digit());
    (!unsure || (token.capital && (placed || dated))).then_some(month)
}

fn is_year(quantity: &Quantity) -> bool {
    quantity.unit.is_none()
        && quantity.number.value.fract() == 0.0
        && (1900.0..2100.0).contains(&quantity.number.value)
}

/// Whether a number of the sentence belongs to a date.
pub(super) fn is_of_date(text: &Text, quantity: &Quantity) -> bool {
    let (from, to) = (quantity.number.from, quantity.number.to);
    let near = (from.saturating_sub(2)..=to + 1).any(|at| month(text, at).is_some());
    is_year(quantity) || (quantity.unit.is_none() && near)
}

/// The days, months and written dates of the sentence that were not said.
pub(super) fn wrong(sentence: &Text, said: &[&Text]) -> Vec<String> {
    let told = |lines: &[&str], line: usize| {
        said.iter().flat_map(|text| &text.tokens).any(|token| in_lines(lines, &token.text) == Some(line))
    };
    let mut wrong = Vec::new();
    for (at, token) in sentence.tokens.iter().enumerate() {
        let unsaid = match (month(sentence, at), in_lines(DAYS, &token.text)) {
            (Some(month), _) => !told(MONTHS, month),
            (_, Some(day)) => !told(DAYS, day),
            _ => token.text.matches('/').count() == 2 && !is_said(&token.text, said, &told),
        };
        if unsaid {
            wrong.push(token.text.clone());
        }
    }
    wrong
}

/// "3/4/2024" was said as it is, or in its parts.
fn is_said(date: &str, said: &[&Text], told: &impl Fn(&[&str], usize) -> bool) -> bool {
    if said.iter().any(|text| text.has(date)) {
        return true;
    }
    let numbers: Vec<f64> =
        said.iter().flat_map(|text| quantities_said(text)).map(|quantity| quantity.number.value).collect();
    date.split('/').all(|part| {
        let value: f64 = part.parse().unwrap_or(f64::NAN);
        let month =
            part.parse::<usize>().ok().and_then(|month| month.checked_sub(1)).filter(|month| *month < 12);
        numbers.iter().any(|said| (said - value).abs() < 0.5)
            || month.is_some_and(|month| told(MONTHS, month))
    })
}
