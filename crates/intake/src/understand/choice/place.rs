//! Options by their place in the list, or by their number.

use std::borrow::Cow;

use super::super::amount;
use super::super::duration;
use super::super::filler;
use super::super::number;
use super::super::said::{Tongue, is_any, words_of};
use super::{Hit, Known};
use crate::questionnaire::ChoiceOption;
use crate::redflag::words::{Mark, Word};

/// "Top", "bottom", "down here" in the options' own words, where they say "upper" and "lower".
pub(super) fn upright<'w>(words: &'w [Word], known: &[Known]) -> Cow<'w, [Word]> {
    const UP: &[&str] = &["top", "high", "up", "above", "arriba", "alto", "alta"];
    const DOWN: &[&str] = &["bottom", "low", "down", "below", "beneath", "abajo", "bajo", "baja"];
    let stem = |heard: &[&str]| {
        let of = |option: &Known| {
            let all = option.alternatives.iter().flatten();
            all.map(String::as_str).find(|own| heard.contains(own)).map(str::to_owned)
        };
        known.iter().find_map(of)
    };
    let Some((up, down)) = stem(&["upper", "superior"]).zip(stem(&["lower", "inferior"])) else {
        return Cow::Borrowed(words);
    };
    let put = |word: &Word| match word.text.as_str() {
        text if UP.contains(&text) => Word { text: up.clone(), ..word.clone() },
        text if DOWN.contains(&text) => Word { text: down.clone(), ..word.clone() },
        _ => word.clone(),
    };
    words.iter().map(put).collect()
}

/// Options that are numbers.
pub(super) fn by_number(words: &[Word], options: &[ChoiceOption], tongue: Tongue) -> Vec<Hit> {
    let values: Vec<Option<f64>> =
        options.iter().map(|option| option.display.original().trim().parse().ok()).collect();
    if values.iter().flatten().count() < 2 {
        return Vec::new();
    }
    let said = amount::amounts(words, tongue);
    let mut out = Vec::new();
    for amount in said {
        let place =
            values.iter().position(|value| value.is_some_and(|value| (value - amount.low).abs() < 1e-9));
        out.extend(place.map(|option| Hit {
            option,
            first: amount.first,
            last: amount.last,
            sure: 0.93,
            denied: false,
        }));
    }
    out
}

/// Options that are stretches of time or of numbers: "less than a week", "3 to 5", "more than 10".
pub(super) fn by_stretch(words: &[Word], options: &[ChoiceOption], tongue: Tongue) -> Vec<Hit> {
    let stretches: Vec<Option<Stretch>> = options
        .iter()
        .map(|option| {
            [Tongue::English, Tongue::Spanish]
                .into_iter()
                .find_map(|own| stretch(&words_of(option.display.original()), own))
        })
        .collect();
    if stretches.iter().flatten().count() < 2
        || stretches.iter().flatten().all(|stretch| stretch.low == stretch.high)
    {
        return Vec::new();
    }
    let Some(said) = stretch(words, tongue) else { return Vec::new() };
    let middle = if said.high.is_finite() { f64::midpoint(said.low, said.high) } else { said.low * 1.01 };
    let holds = |own: &Stretch| own.time == said.time && own.low <= middle && middle <= own.high;
    // "A week" is no "less than a week" where another option begins with it.
    let inside = |own: &Stretch| holds(own) && middle < own.high;
    let place =
        |test: &dyn Fn(&Stretch) -> bool| stretches.iter().position(|own| own.as_ref().is_some_and(test));
    let option = place(&inside).or_else(|| place(&holds));
    let (first, last) = said.place;
    option.map(|option| Hit { option, first, last, sure: 0.88, denied: false }).into_iter().collect()
}

/// From here to there, in seconds where it is a time.
struct Stretch {
    low: f64,
    high: f64,
    time: bool,
    place: (usize, usize),
}

fn stretch(words: &[Word], tongue: Tongue) -> Option<Stretch> {
    let (time, (low, high), place) = match duration::in_seconds(words, tongue) {
        Some((bounds, place)) => (true, bounds, place),
        None => {
            let amount = amount::amounts(words, tongue)
                .into_iter()
                .find(|amount| amount.form != number::Form::Article)?;
            (false, (amount.low, amount.high), (amount.first, amount.last))
        }
    };
    let says = |table: &[&str]| words.iter().any(|word| table.contains(&word.text.as_str()));
    let below = says(&["less", "under", "fewer", "menos", "below", "within"]);
    let above = says(&["more", "over", "mas", "longer", "above", "least", "older", "plus"]) && !below;
    let (low, high) = match (below, above) {
        (true, _) => (0.0, high),
        (_, true) => (low, f64::INFINITY),
        _ => (low, high),
    };
    Some(Stretch { low, high, time, place })
}

/// "The second one", "number two", "option b", "the first two", "la última".
pub(super) fn by_place(words: &[Word], count: usize, tongue: Tongue) -> Vec<Hit> {
    let mut out: Vec<Hit> = Vec::new();
    let mut put = |option: usize, first: usize, last: usize, sure: f64| {
        if option < count {
            out.push(Hit { option, first, last, sure, denied: false });
        }
    };
    for at in 0..words.len() {
        let text = words[at].text.as_str();
        let thing = |at: usize| {
            is_any(words, at, &["one", "option", "choice", "answer", "button", "opcion", "respuesta", "ones"])
        };
        let ends = |at: usize| {
            at >= words.len()
                || words[at - 1].mark >= Mark::Comma
                || is_any(words, at, &["and", "y", "please", "por", "or", "i", "thank", "thanks", "then"])
        };
        if let Some((place, last)) = number::ordinal_at(words, at, tongue) {
            let place = usize::try_from(place).ok().filter(|place| *place > 0).unwrap_or(usize::MAX);
            if let Some(more) = number::number_at(words, last + 1, tongue)
                && place == 1
                && (2.0..=5.0).contains(&more.value)
                && ends(more.last + 1 + usize::from(thing(more.last + 1)))
            {
                (0..count)
                    .take_while(|&option| option as f64 + 1.0 <= more.value)
                    .for_each(|option| put(option, at, more.last, 0.92));
            } else if thing(last + 1) || thing(at.wrapping_sub(1)) {
                put(place - 1, at, last + 1 - usize::from(!thing(last + 1)), 0.93);
            } else if ends(last + 1) {
                put(place - 1, at, last, 0.88);
            }
        }
        let plural = tongue == Tongue::Spanish
            && number::number_at(words, at, tongue).is_some_and(|number| number.value <= 5.0)
            && is_any(words, at + 1, &["primeras", "primeros"]);
        if plural && let Some(number) = number::number_at(words, at, tongue) {
            (0..count)
                .take_while(|&option| option as f64 + 1.0 <= number.value)
                .for_each(|option| put(option, at, at + 1, 0.92));
        }
        let last_one = matches!(text, "last" | "final" | "ultima" | "ultimo");
        if last_one && (thing(at + 1) || ends(at + 1)) && count > 0 {
            put(count - 1, at, at + usize::from(thing(at + 1)), 0.92);
        }
        let named = matches!(
            text,
            "number" | "option" | "choice" | "letter" | "numero" | "opcion" | "letra" | "answer"
        );
        let article = tongue == Tongue::Spanish
            && matches!(text, "la" | "el")
            && number::number_at(words, at + 1, tongue).is_some_and(|number| {
                number.form == number::Form::Word || number.form == number::Form::Digits
            });
        if named || article {
            if let Some(number) = number::number_at(words, at + 1, tongue)
                && number.value >= 1.0
                && number.value.fract() == 0.0
                && (named || ends(number.last + 1))
            {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a small whole number"
                )]
                put(number.value.min(1000.0) as usize - 1, at, number.last, 0.9);
            } else if named && let Some(letter) = words.get(at + 1).filter(|word| word.text.len() == 1) {
                let letter = letter.text.bytes().next().unwrap_or_default();
                if letter.is_ascii_lowercase() {
                    put(usize::from(letter - b'a'), at, at + 1, 0.88);
                }
            }
        }
    }
    if out.is_empty() {
        // A bare number may be the option's place; not sure.
        let content: Vec<usize> = (0..words.len())
            .filter(|&word| !filler::is_filler(&words[word].text, tongue) || words[word].text == "one")
            .collect();
        if let Some(&first) = content.first()
            && let Some(number) = number::number_at(words, first, tongue)
            && content.iter().all(|word| (number.first..=number.last).contains(word))
            && number.value >= 1.0
            && number.value.fract() == 0.0
            && matches!(number.form, number::Form::Word | number::Form::Digits)
        {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a small whole number"
            )]
            let option = number.value.min(1000.0) as usize - 1;
            if option < count {
                out.push(Hit { option, first: number.first, last: number.last, sure: 0.62, denied: false });
            }
        }
    }
    out
}
