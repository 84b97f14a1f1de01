//! What a patient means: from what was said or typed to the value that the question takes.
//!
//! Words in, a typed value out, with how sure it is and the words that it came from. Everything is a pure function of the
//! question, the words, the language and the day. English and Spanish; in another language only what both share is
//! understood. Words are data: the tables of each file.
//!
//! Conventions: "a couple" is 2, "a few" 3; days or weeks ago give a full date, months ago a month, years ago a year; a range
//! gives its middle with lower confidence; "none of those" gives the option that says so, else none; a medicine taken as
//! needed has no frequency, weekly is 0.14, at bedtime 1; a detail instead of yes or no is a yes; a field that was not said is
//! left out, never guessed.

mod amount;
mod answer;
mod asked;
mod calendar;
mod choice;
mod contact;
mod control;
mod correct;
mod count;
mod date;
pub(crate) mod date_words;
mod duration;
mod filler;
mod free;
mod measure;
mod medicine;
mod moment;
mod nearness;
mod number;
mod outcome;
mod people;
pub(crate) mod person;
mod said;
mod spelling;
mod yesno;

use domain::{Language, MedicineMention, Phi};
use time::Date;

pub use answer::{Kind, Medicine, Quantity, Understanding, Value};
pub use asked::question_from_json;
pub use nearness::Nearness;
pub use outcome::outcome;

use crate::questionnaire::Item;
use crate::redflag::words::Word;
use asked::{Asked, Measure, Want};
use control::Wish;
use date::Way;
use said::Tongue;

/// The day that is written `YYYY-MM-DD`.
pub fn day(written: &str) -> Option<Date> {
    Date::parse(written, time::macros::format_description!("[year]-[month]-[day]")).ok()
}

/// Below this confidence an answer is asked back once, with buttons, and then left for staff.
pub const ASK_BACK_BELOW: f64 = 0.7;

/// How many words are looked at; what a patient says beyond them is free text, if anything.
const MOST_WORDS: usize = 200;

/// What a parser made of the words.
#[derive(Clone, Debug, PartialEq)]
struct Heard {
    value: Value,
    confidence: f64,
    span: (u32, u32),
    range: Option<(f64, f64)>,
}

impl Heard {
    fn new(value: Value, confidence: f64, span: (u32, u32)) -> Self {
        Self { value, confidence, span, range: None }
    }
}

/// Understands what was said to a question.
///
/// `text` is typed, or what speech recognition wrote: capitals and punctuation help and are not needed. `today` is the day at
/// the clinic; relative dates count from it.
pub fn understand(question: &Item, text: &str, language: &Language, today: Date) -> Understanding {
    let tongue = Tongue::of(language);
    let asked = Asked::of(question);
    let words = said::words_of(text);
    let free = matches!(asked.want, Want::Words | Want::Allergies);
    let words = if words.len() > MOST_WORDS && !free { words[..MOST_WORDS].to_vec() } else { words };
    let wish = control::wish(&words, tongue);
    if free::is_noise(text, &words)
        && !answers_shortly(&asked, &words)
        && wish.is_none_or(|wish| wish.kind != Kind::Repeat && !wish.whole)
    {
        return unclear(&words, 0.6);
    }
    // "The last one" is a wish to go back, and an option: what the question can take goes first.
    let wish = wish.filter(|wish| !answer_itself(&asked, &words, tongue, language, wish));
    let besides = |wish: &Wish| {
        wish.kind == Kind::Unknown && asked.want == Want::YesNo && yesno::says_besides(&words, tongue, wish)
    };
    if let Some(wish) = wish.filter(|wish| wish.whole && !besides(wish)) {
        return settled(wish, 0.95);
    }
    if !free && let Some(place) = free::said_to_others(&words, tongue) {
        return Understanding { span: Some(place), ..unclear(&words, 0.5) };
    }
    if !free
        && let Some(place) = control::asks_back(&words)
        && wish.is_none()
    {
        return Understanding {
            kind: Kind::Repeat,
            value: None,
            confidence: 0.75,
            span: Some(place),
            range: None,
        };
    }
    if takes_measure(&asked)
        && let Some(place) = control::never_measured(&words, tongue)
    {
        let span = Some(place);
        return Understanding { kind: Kind::Unknown, value: None, confidence: 0.8, span, range: None };
    }
    let heard = parsed(&asked, text, &words, tongue, language, today, wish.as_ref());
    match (heard, wish) {
        (Some(heard), None) => answered(heard, 1.0),
        (Some(heard), Some(wish)) => both(&asked, heard, wish),
        (None, Some(wish)) => settled(wish, if wish.left <= 2 { 0.85 } else { 0.72 }),
        (None, None) => unclear(&words, 0.3),
    }
}

/// The medicines that a text names in passing, whoever speaks, each with what is said of it there.
pub fn medicines_named(text: &str, language: &Language) -> Vec<MedicineMention> {
    medicine::mentioned(text, &said::words_of(text), Tongue::of(language))
}

/// A number that one would have to measure.
fn takes_measure(asked: &Asked) -> bool {
    let counted = asked.scale || asked.contains(" how many ") || asked.contains(" cuant");
    matches!(asked.want, Want::Number(_) | Want::Quantity { .. }) && !counted
}

/// Whether one of the words that are else only politeness answers this question: "okay" to a request, "you" to nothing.
fn answers_shortly(asked: &Asked, words: &[Word]) -> bool {
    let yes_no = matches!(asked.want, Want::YesNo)
        && words.iter().any(|word| {
            matches!(word.text.as_str(), "ok" | "okay" | "bueno" | "mhm" | "hmm" | "huh" | "uh" | "mm")
        });
    let yes_no = yes_no && yesno::plain(words, Tongue::English).is_some();
    let allowed =
        asked.request && words.iter().any(|word| matches!(word.text.as_str(), "ok" | "okay" | "bueno"));
    yes_no || allowed || matches!(asked.want, Want::Postcode | Want::Phone | Want::Name) && words.len() > 2
}

/// Whether the words that could be a wish are the answer: "back" to "where does it hurt?", "maybe" as an option.
fn answer_itself(asked: &Asked, words: &[Word], tongue: Tongue, language: &Language, wish: &Wish) -> bool {
    match asked.want {
        Want::Choice { options, .. }
            if matches!(wish.kind, Kind::Back | Kind::Unknown | Kind::Skip | Kind::Person | Kind::Repeat) =>
        {
            choice::read(asked, "", words, tongue, language, options, false)
                .is_some_and(|heard| heard.confidence >= 0.84)
        }
        Want::YesNo => yesno::holds(asked, words, tongue, wish),
        Want::Words => {
            wish.kind == Kind::Back
                && asked.says(&["where", "hurt", "hurts", "pain", "part", "body", "donde", "duele", "dolor"])
        }
        _ => false,
    }
}

fn parsed(
    asked: &Asked,
    text: &str,
    words: &[Word],
    tongue: Tongue,
    language: &Language,
    today: Date,
    wish: Option<&Wish>,
) -> Option<Heard> {
    // What was a wish is not looked through for an answer: "I don't know" holds no no.
    let outside: Vec<Word>;
    let words = match (wish, asked.want) {
        (
            Some(wish),
            Want::YesNo
            | Want::Number(_)
            | Want::Quantity { .. }
            | Want::Date
            | Want::Choice { .. }
            | Want::Medicines,
        ) => {
            outside = words
                .iter()
                .enumerate()
                .filter(|(index, _)| *index < wish.words.0 || *index > wish.words.1)
                .map(|(_, word)| word.clone())
                .collect();
            outside.as_slice()
        }
        _ => words,
    };
    if words.is_empty() {
        return None;
    }
    let way = match asked {
        Asked { birth: true, .. } => Way::Birth,
        Asked { future: true, .. } => Way::Future,
        _ => Way::Past,
    };
    match asked.want {
        Want::Nothing => None,
        Want::YesNo => yesno::read(asked, words, tongue),
        Want::Number(limits) => corrected(words, tongue, |part, _| count::read(asked, part, tongue, limits)),
        Want::Date => {
            let day_first = tongue == Tongue::Spanish && !language.tag().ends_with("US")
                || matches!(
                    language.tag().split('-').next_back(),
                    Some("GB" | "AU" | "NZ" | "IE" | "IN" | "ZA")
                );
            let read = |part: &[Word], way, earlier: Option<&Heard>| {
                date::read(part, tongue, today, way, day_first, earlier)
            };
            // "The eighth of May, no, of March 1970": before the correction there need be no year.
            let first = if way == Way::Birth { Way::Past } else { way };
            corrected_from(
                words,
                tongue,
                |part| read(part, first, None),
                |part, earlier| read(part, way, earlier),
            )
        }
        Want::Quantity { measure: Measure::Time, units } => corrected(words, tongue, |part, earlier| {
            duration::read(asked, part, tongue, today, &units, earlier)
        }),
        Want::Quantity { measure, units } => {
            corrected(words, tongue, |part, earlier| measure::read(part, tongue, measure, &units, earlier))
        }
        Want::Choice { options, open } => choice::read(asked, text, words, tongue, language, options, open),
        Want::Medicines => medicine::read(text, words, tongue),
        Want::Phone => contact::phone(text, words, tongue),
        Want::Postcode => contact::postcode(text, words, tongue),
        Want::Email => contact::email(text, words),
        Want::Name => person::read(asked, text, words, tongue),
        Want::Allergies | Want::Words => free::read(text, words, tongue),
    }
}

/// Reads the part after the last correction; what it leaves out is taken from the part before.
fn corrected(
    words: &[Word],
    tongue: Tongue,
    read: impl Fn(&[Word], Option<&Heard>) -> Option<Heard>,
) -> Option<Heard> {
    corrected_from(words, tongue, |part| read(part, None), &read)
}

/// The same, where what was said before a correction is read in a way of its own.
fn corrected_from(
    words: &[Word],
    tongue: Tongue,
    before: impl Fn(&[Word]) -> Option<Heard>,
    read: impl Fn(&[Word], Option<&Heard>) -> Option<Heard>,
) -> Option<Heard> {
    let parts = correct::parts_by_no(words, tongue);
    if parts.len() == 1 {
        return read(parts[0], None);
    }
    let mut later: Option<Heard> = None;
    for (index, part) in parts.iter().enumerate() {
        let earlier = parts[index + 1..].iter().find_map(|part| before(part));
        if let Some(heard) = read(part, earlier.as_ref()) {
            later = Some(heard);
            break;
        }
    }
    let mut heard = later.or_else(|| read(words, None))?;
    heard.confidence *= 0.95;
    Some(heard)
}

/// An answer and a wish in one breath.
fn both(asked: &Asked, heard: Heard, wish: Wish) -> Understanding {
    let words = matches!(asked.want, Want::Words | Want::Allergies);
    match wish.kind {
        // Free text says such things all the time: "I can't go back to work".
        _ if words => answered(heard, 1.0),
        // What is left beside "no idea" says nothing by itself: "no idea, I live in a bungalow".
        Kind::Unknown
            if (0.4..0.68).contains(&heard.confidence)
                && matches!(asked.want, Want::YesNo)
                && heard.value == Value::Boolean(true) =>
        {
            settled(wish, 0.72)
        }
        Kind::Unknown if heard.confidence < 0.6 && matches!(asked.want, Want::Number(_)) => {
            settled(wish, 0.75)
        }
        Kind::Unknown => answered(heard, 0.7),
        Kind::Person if wish.left <= 3 => settled(wish, 0.78),
        Kind::Person | Kind::Repeat | Kind::Back | Kind::Skip if wish.left <= 1 || heard.confidence < 0.6 => {
            settled(wish, 0.75)
        }
        _ => answered(heard, 0.8),
    }
}

fn answered(heard: Heard, sure: f64) -> Understanding {
    Understanding {
        kind: Kind::Answer,
        value: Some(Phi::new(heard.value)),
        confidence: (heard.confidence * sure).clamp(0.0, 1.0),
        span: Some(heard.span),
        range: heard.range,
    }
}

fn settled(wish: Wish, confidence: f64) -> Understanding {
    Understanding { kind: wish.kind, value: None, confidence, span: Some(wish.span), range: None }
}

fn unclear(words: &[Word], confidence: f64) -> Understanding {
    let span = words.first().zip(words.last()).map(|(first, last)| (first.start, last.end));
    Understanding { kind: Kind::Unclear, value: None, confidence, span, range: None }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;

    pub(super) fn item(question: &Json) -> Item {
        question_from_json(question).unwrap()
    }

    #[test]
    fn silence_is_unclear_and_sure_of_nothing() {
        let question = item(&json!({ "linkId": "q", "type": "boolean", "text": "Any pain?" }));
        let heard = understand(&question, "", &Language::english(), time::macros::date!(2026 - 11 - 23));
        assert_eq!(heard.kind, Kind::Unclear);
        assert!(heard.confidence < ASK_BACK_BELOW && heard.span.is_none());
    }
}
