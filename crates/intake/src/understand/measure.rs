//! How much: weights, heights, temperatures and whatever else has a unit that is no time.

use super::Heard;
use super::amount::{self, Amount};
use super::answer::{Quantity, Value};
use super::asked::Measure;
use super::duration::tidy;
use super::filler;
use super::number::{self, Form};
use super::said::{Tongue, is_any, joined, span, starts};
use crate::redflag::words::{Mark, Word};

/// What units are called. A name that stands for several is the one that the question offers.
const UNITS: &[(&str, &[&str])] = &[
    (
        "kg",
        &[
            "kg",
            "kgs",
            "kilo",
            "kilos",
            "kilogram",
            "kilograms",
            "kilogramme",
            "kilogrammes",
            "kilogramo",
            "kilogramos",
            "kilito",
            "kilitos",
        ],
    ),
    ("g", &["g", "gram", "grams", "gramme", "grammes", "gramo", "gramos"]),
    ("mg", &["mg", "milligram", "milligrams", "miligramo", "miligramos"]),
    ("[lb_av]", &["lb", "lbs", "pound", "pounds", "libra", "libras"]),
    ("[stone_av]", &["stone", "stones"]),
    ("[foz_us]", &["ounce", "ounces", "oz", "onza", "onzas"]),
    ("[oz_av]", &["ounce", "ounces", "oz", "onza", "onzas"]),
    (
        "cm",
        &["cm", "cms", "centimeter", "centimeters", "centimetre", "centimetres", "centimetro", "centimetros"],
    ),
    ("mm", &["mm", "millimeter", "millimeters", "millimetre", "millimetres", "milimetro", "milimetros"]),
    ("m", &["m", "meter", "meters", "metre", "metres", "metro", "metros"]),
    ("km", &["km", "kms", "kilometer", "kilometers", "kilometre", "kilometres", "kilometro", "kilometros"]),
    ("[mi_i]", &["mile", "miles", "milla", "millas"]),
    ("[yd_i]", &["yard", "yards", "yarda", "yardas"]),
    ("[ft_i]", &["foot", "feet", "ft", "pie", "pies"]),
    ("[in_i]", &["inch", "inches", "in", "pulgada", "pulgadas"]),
    ("Cel", &["c", "celsius", "centigrade", "centigrados", "celcius"]),
    ("[degF]", &["f", "fahrenheit", "farenheit", "fahrenheits"]),
    ("L", &["l", "liter", "liters", "litre", "litres", "litro", "litros"]),
    (
        "mL",
        &[
            "ml",
            "mls",
            "milliliter",
            "milliliters",
            "millilitre",
            "millilitres",
            "mililitro",
            "mililitros",
            "cc",
        ],
    ),
    ("[cup_us]", &["cup", "cups", "taza", "tazas"]),
    ("[pt_us]", &["pint", "pints", "pinta", "pintas"]),
    ("{glass}", &["glass", "glasses", "vaso", "vasos"]),
    (
        "mg/dL",
        &[
            "mg/dl",
            "milligrams per deciliter",
            "milligrams per decilitre",
            "miligramos por decilitro",
            "mg per dl",
            "mg dl",
        ],
    ),
    (
        "mmol/L",
        &[
            "mmol",
            "mmols",
            "millimoles",
            "millimole",
            "millimoles per liter",
            "millimols",
            "milimoles",
            "mmol l",
            "milimoles por litro",
            "millimoles per litre",
        ],
    ),
    ("%", &["percent", "per cent", "por ciento", "porciento"]),
    (
        "/min",
        &[
            "beats",
            "beats per minute",
            "bpm",
            "breaths",
            "per minute",
            "a minute",
            "latidos",
            "latidos por minuto",
            "pulsaciones",
            "por minuto",
        ],
    ),
    ("mm[Hg]", &["millimeters of mercury", "milimetros de mercurio", "mmhg"]),
    ("[iU]", &["units", "unit", "unidades", "unidad"]),
];

/// Words between a number and its unit.
const BETWEEN: &[&str] =
    &["degrees", "degree", "grados", "grado", "of", "de", "or", "so", "more", "and", "whole", "full"];

/// The unit that stands here: its code and last word.
fn unit_at(words: &[Word], at: usize, offered: &[Option<&str>]) -> Option<(String, usize)> {
    let mut best: Option<(String, usize)> = None;
    for (code, names) in UNITS {
        for name in *names {
            let parts: Vec<&str> = name.split([' ', '/']).collect();
            if !starts(words, at, &parts) {
                continue;
            }
            let last = at + parts.len() - 1;
            let is_offered = offered.contains(&Some(*code));
            let better = best.as_ref().is_none_or(|(own, end)| {
                last > *end || last == *end && is_offered && !offered.contains(&Some(own.as_str()))
            });
            if better {
                best = Some(((*code).to_owned(), last));
            }
        }
    }
    best
}

/// Whether a unit of this kind stands here, spelled out.
pub(super) fn is_unit(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(|word| word.text.len() > 3) && unit_at(words, at, &[]).is_some()
}

fn unit_after(words: &[Word], last: usize, offered: &[Option<&str>]) -> Option<(String, usize)> {
    for at in last + 1..last + 4 {
        if words.get(at - 1)?.mark >= Mark::Colon {
            return None;
        }
        if let Some(found) = unit_at(words, at, offered) {
            // "In" is an inch only where nothing else makes sense of it.
            let preposition = words[at].text == "in" && words.get(at + 1).is_some();
            return (!preposition).then_some(found);
        }
        if !is_any(words, at, BETWEEN) {
            return None;
        }
    }
    None
}

/// An amount with the unit that was said, or the one that the question has.
pub(super) fn read(
    words: &[Word],
    tongue: Tongue,
    measure: Measure,
    offered: &[Option<&str>],
    earlier: Option<&Heard>,
) -> Option<Heard> {
    if measure == Measure::Length
        && let Some(heard) = height(words, tongue, offered)
    {
        return Some(heard);
    }
    let mut all = amount::amounts(words, tongue);
    all.retain(|amount| {
        !(is_any(
            words,
            amount.last + 1,
            &[
                "times", "veces", "oclock", "years", "anos", "days", "dias", "weeks", "semanas", "months",
                "meses", "hours", "horas",
            ],
        ))
    });
    let mut said = match with_unit(words, &all, offered) {
        Some(said) => said,
        None => {
            all.retain(|amount| amount.form != Form::Article);
            without_unit(words, &mut all, measure, offered, earlier)?
        }
    };
    said.with_half(words);
    said.or_more(words, &all, offered);
    said.stones_as_pounds(words, &all, offered);
    let Said { amount, unit, end, sure } = said;
    let end = end.min(words.len() - 1);
    let mut covered = vec![false; words.len()];
    (amount.first..=end).for_each(|word| covered[word] = true);
    let others = all
        .iter()
        .filter(|other| (other.first > end || other.last < amount.first) && other.form != Form::Article)
        .count();
    let left = filler::left_over(words, &covered, tongue);
    let mut confidence = sure * filler::after(left) * filler::hedged(words, tongue);
    if others > 0 {
        confidence *= 0.8;
    }
    if measure == Measure::Temperature && !plausible(measure, &amount) {
        confidence *= 0.5;
    }
    let value = Value::Quantity(Quantity { value: tidy(amount.value()), unit });
    Some(Heard { range: amount.range(), ..Heard::new(value, confidence, span(words, amount.first, end)) })
}

/// An amount, its unit, and where they end.
struct Said {
    amount: Amount,
    unit: Option<String>,
    end: usize,
    sure: f64,
}

/// The first amount that a unit stands after; "litro y medio" does not say its one.
fn with_unit(words: &[Word], all: &[Amount], offered: &[Option<&str>]) -> Option<Said> {
    let said = |amount: &Amount| {
        let (unit, end) = unit_after(words, amount.last, offered)?;
        let sure = amount.sure() * if amount.form == Form::Article { 0.95 } else { 1.0 };
        Some(Said { amount: *amount, unit: Some(unit), end, sure })
    };
    let half = |at: usize| {
        let (unit, last) = unit_at(words, at, offered)?;
        let amount = Amount { first: at, last: last + 2, low: 1.5, high: 1.5, form: Form::Word };
        starts(words, last + 1, &["y", "medio"]).then_some(Said {
            amount,
            unit: Some(unit),
            end: last + 2,
            sure: 0.93,
        })
    };
    all.iter().find_map(said).or_else(|| (0..words.len()).find_map(half))
}

/// The amount that can be what is measured, in the unit of what was corrected or in the only one that is offered.
fn without_unit(
    words: &[Word],
    all: &mut Vec<Amount>,
    measure: Measure,
    offered: &[Option<&str>],
    earlier: Option<&Heard>,
) -> Option<Said> {
    let at = all.iter().position(|amount| plausible(measure, amount)).unwrap_or(0);
    let mut amount = *all.get(at)?;
    // "Ninety-eight six": a decimal.
    if let Some(next) = all.get(at + 1)
        && measure == Measure::Temperature
        && amount::beside(words, &amount, next)
        && (1.0..10.0).contains(&next.low)
        && amount.low.fract() == 0.0
    {
        amount.low += next.low / 10.0;
        amount.high = amount.low;
        amount.last = next.last;
        all.remove(at + 1);
    }
    let before = earlier.and_then(|heard| match &heard.value {
        Value::Quantity(quantity) => quantity.unit.clone(),
        _ => None,
    });
    let mut units = offered.iter().flatten();
    let only = units.next().filter(|_| units.next().is_none()).map(|unit| (*unit).to_owned());
    let unit = before.or(only);
    let sure = amount.sure() * if unit.is_some() { 0.97 } else { 0.78 };
    Some(Said { amount, unit, end: amount.last, sure })
}

impl Said {
    /// "A litre and a half".
    fn with_half(&mut self, words: &[Word]) {
        const HALVES: &[&[&str]] = &[&["and", "a", "half"], &["y", "medio"], &["y", "media"]];
        if let Some(half) = HALVES.iter().find(|half| starts(words, self.end + 1, half))
            && self.unit.is_some()
            && self.end > self.amount.last
        {
            self.amount.low += 0.5;
            self.amount.high += 0.5;
            self.end += half.len();
        }
    }

    /// "Six cups, maybe seven".
    fn or_more(&mut self, words: &[Word], all: &[Amount], offered: &[Option<&str>]) {
        const OR: &[&str] = &["or", "maybe", "perhaps", "o", "quiza", "quizas"];
        let (amount, end) = (self.amount, self.end);
        let near = |other: &&Amount| other.first > end && other.first <= end + 3 && other.low == other.high;
        if let Some(other) = all.iter().find(near)
            && amount.low == amount.high
            && other.low > amount.low
            && other.low <= amount.low + 3.0
            && (end + 1..other.first).any(|word| is_any(words, word, OR))
        {
            self.amount.high = other.low;
            self.sure = self.sure.min(0.75);
            self.end = unit_after(words, other.last, offered).map_or(other.last, |(_, last)| last);
        }
    }

    /// A stone is fourteen pounds, and "eleven stone four" has four more.
    fn stones_as_pounds(&mut self, words: &[Word], all: &[Amount], offered: &[Option<&str>]) {
        if self.unit.as_deref() != Some("[stone_av]") {
            return;
        }
        let rest =
            |other: &&Amount| other.first == self.end + 1 && other.low < 14.0 && other.form != Form::Article;
        let more = all.iter().find(rest).copied();
        if more.is_none() && offered.contains(&Some("[stone_av]")) {
            return;
        }
        if let Some(more) = more {
            self.end = unit_after(words, more.last, offered).map_or(more.last, |(_, last)| last);
        }
        let pounds = more.map_or(0.0, |more| more.low);
        self.amount.low = self.amount.low * 14.0 + pounds;
        self.amount.high = self.amount.high * 14.0 + pounds;
        self.unit = Some("[lb_av]".to_owned());
    }
}

/// Whether a number can be what is measured.
fn plausible(measure: Measure, amount: &Amount) -> bool {
    match measure {
        Measure::Temperature => (30.0..45.0).contains(&amount.low) || (85.0..115.0).contains(&amount.low),
        Measure::Mass => amount.low >= 1.0,
        _ => true,
    }
}

/// Feet and inches, metres and centimetres.
fn height(words: &[Word], tongue: Tongue, offered: &[Option<&str>]) -> Option<Heard> {
    let has = |code: &str| offered.contains(&Some(code)) || offered.iter().all(Option::is_none);
    let said: Vec<number::Number> = number::numbers(words, tongue);
    let quantity = |value: f64, unit: &str, confidence: f64, first: usize, last: usize| {
        let mut covered = vec![false; words.len()];
        (first..=last).for_each(|word| covered[word] = true);
        let left = filler::left_over(words, &covered, tongue);
        Some(Heard::new(
            Value::Quantity(Quantity { value: tidy(value), unit: Some(unit.to_owned()) }),
            confidence * filler::after(left) * filler::hedged(words, tongue),
            span(words, first, last),
        ))
    };
    for (index, number) in said.iter().enumerate() {
        let next = said.get(index + 1);
        let feet = is_any(words, number.last + 1, &["foot", "feet", "ft", "pie", "pies"]);
        if feet && (2.0..9.0).contains(&number.value) {
            let inch_at = number.last + 2;
            let after = next.filter(|next| {
                next.first <= inch_at + 1
                    && next.first >= inch_at
                    && next.value < 12.0
                    && next.form != Form::Article
            });
            if let Some(inches) = after {
                let last = if is_any(words, inches.last + 1, &["inch", "inches", "in", "pulgada", "pulgadas"])
                {
                    inches.last + 1
                } else {
                    inches.last
                };
                return total_inches(number.value, inches.value, has("[in_i]"), has("[ft_i]"))
                    .and_then(|(value, unit)| quantity(value, unit, 0.95, number.first, last));
            }
        }
        // 5'4", "five eleven"
        let quoted = words[number.first].text.len() == 1
            && next.is_some_and(|next| {
                next.first == number.last + 1
                    && words[next.first].start == words[number.last].end + 1
                    && next.form == Form::Digits
            });
        let spoken = next.is_some_and(|next| next.first == number.last + 1 && joined(words, number.last))
            && number.form == Form::Word
            && (has("[in_i]") || has("[ft_i]"));
        if let Some(next) = next
            && (quoted || spoken)
            && (3.0..8.0).contains(&number.value)
            && next.value < 12.0
            && next.value.fract() == 0.0
            && unit_after(words, next.last, offered).is_none_or(|(unit, _)| unit == "[in_i]")
        {
            let sure = if quoted { 0.93 } else { 0.8 };
            return total_inches(number.value, next.value, has("[in_i]"), has("[ft_i]"))
                .and_then(|(value, unit)| quantity(value, unit, sure, number.first, next.last));
        }
        // "Un metro setenta", "a metre seventy".
        if is_any(words, number.last + 1, &["metro", "metros", "metre", "meter"])
            && (1.0..3.0).contains(&number.value)
        {
            let at = number.last + 2 + usize::from(is_any(words, number.last + 2, &["con", "y", "and"]));
            if let Some(more) = next.filter(|next| next.first == at && (1.0..100.0).contains(&next.value)) {
                let value = number.value * 100.0 + more.value;
                let last =
                    if is_any(words, more.last + 1, &["centimetros", "cm", "centimetres", "centimeters"]) {
                        more.last + 1
                    } else {
                        more.last
                    };
                return if has("cm") {
                    quantity(value, "cm", 0.93, number.first, last)
                } else {
                    quantity(value / 100.0, "m", 0.93, number.first, last)
                };
            }
        }
    }
    // "Uno setenta", "1.73", "173".
    let whole = amount::amounts(words, tongue);
    let bare = whole
        .iter()
        .find(|amount| amount.form != Form::Article && unit_after(words, amount.last, offered).is_none())?;
    let one = whole.len() == 1 && offered.iter().flatten().count() > 0 && bare.low == bare.high;
    match bare.low {
        centimetres if one && (100.0..230.0).contains(&centimetres) && has("cm") => {
            quantity(centimetres, "cm", 0.86, bare.first, bare.last)
        }
        centimetres if one && (100.0..230.0).contains(&centimetres) && has("m") => {
            quantity(centimetres / 100.0, "m", 0.82, bare.first, bare.last)
        }
        metres if one && (1.0..2.3).contains(&metres) && metres.fract() > 0.0 && has("m") => {
            quantity(metres, "m", 0.86, bare.first, bare.last)
        }
        metres if one && (1.0..2.3).contains(&metres) && metres.fract() > 0.0 && has("cm") => {
            quantity((metres * 100.0).round(), "cm", 0.8, bare.first, bare.last)
        }
        _ => None,
    }
}

fn total_inches(feet: f64, inches: f64, in_inches: bool, in_feet: bool) -> Option<(f64, &'static str)> {
    let total = feet * 12.0 + inches;
    Some(match (in_inches, in_feet) {
        (true, _) => (total, "[in_i]"),
        (false, true) => (total / 12.0, "[ft_i]"),
        (false, false) => ((total * 2.54 * 10.0).round() / 10.0, "cm"),
    })
}
