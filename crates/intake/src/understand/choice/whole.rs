//! All of the options, or none of them.

use std::sync::LazyLock;

use super::super::asked::Asked;
use super::super::filler;
use super::super::said::{Found, Phrases, Tongue, is_any, span, words_of};
use super::super::yesno;
use super::place::by_place;
use super::{Chosen, Hit, Known, hits, known, rate};
use crate::questionnaire::ChoiceOption;
use crate::redflag::words::Word;

const ALL: &[&str] = &[
    "all (of)? (them|those|these|the above|that|it)",
    "(everything|all) (on the list|there|up there)?",
    "(the|the whole) lot (of them)?",
    "you name it",
    "(toditas|toditos|de todo)",
    "every (one of (them|those)|single one)",
    "(todas|todos|todo) (ellas|ellos|las anteriores|los anteriores|eso|lo anterior)?",
    "both (of them|of those)?",
    "(ambas|ambos|las dos|los dos)",
];
const REGRETS: &[&str] = &[
    "afraid",
    "unfortunately",
    "sadly",
    "alas",
    "together",
    "honest",
    "desgraciadamente",
    "lamentablemente",
    "desgracia",
    "juntas",
    "juntos",
    "triste",
    "ellas",
    "ellos",
];
const EXCEPT: &[&str] = &[
    "(everything|all|anything|all of (them|those|the above|these)|any of them|todo|todas|todos|todas ellas) (except|but|apart from|besides|other than|bar|menos|excepto|salvo) (for|the|a|la|el|las|los)?",
];
static ALL_PHRASES: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of(ALL, ()));
static EXCEPT_PHRASES: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of(EXCEPT, ()));

/// "All of them", "everything except the rash".
pub(super) fn all_of(
    words: &[Word],
    tongue: Tongue,
    options: &[ChoiceOption],
    none: Option<usize>,
    several: bool,
) -> Option<Chosen> {
    if !several {
        return None;
    }
    let every = || (0..options.len()).filter(|index| Some(*index) != none);
    if let Some(except) = EXCEPT_PHRASES.find(words).first() {
        let known: Vec<Known> = options.iter().map(known).collect();
        let rest = &words[except.last + 1..];
        let mut left_out = hits(rest, &known, tongue);
        if left_out.is_empty() {
            left_out = by_place(rest, options.len(), tongue);
        }
        let indices: Vec<usize> =
            every().filter(|index| !left_out.iter().any(|hit| hit.option == *index)).collect();
        let last = left_out.iter().map(|hit| except.last + 1 + hit.last).max()?;
        return Some(Chosen {
            indices,
            confidence: 0.84,
            span: span(words, except.first, last),
            hits: left_out,
        });
    }
    let all = *ALL_PHRASES.find(words).first()?;
    let covered: Vec<bool> = (0..words.len()).map(|word| all.covers(word)).collect();
    let left = filler::left_over(words, &covered, tongue);
    let both = matches!(words[all.first].text.as_str(), "both" | "ambas" | "ambos" | "las" | "los");
    let count = every().count();
    // "I'm afraid", "unfortunately"; "all of them except", "almost all" have been looked at or are none.
    let regretted = words
        .iter()
        .zip(&covered)
        .filter(|(word, covered)| !**covered && REGRETS.contains(&word.text.as_str()))
        .count();
    if left > regretted
        || both && count != 2
        || words.iter().any(|word| matches!(word.text.as_str(), "not" | "no" | "none"))
        || is_any(words, all.last + 1, &["over", "the", "el", "la", "day", "night"])
    {
        return None;
    }
    Some(Chosen {
        indices: every().collect(),
        confidence: 0.9,
        span: span(words, all.first, all.last),
        hits: vec![Hit { option: 0, first: all.first, last: all.last, sure: 0.9, denied: false }],
    })
}

const NONE: &[&str] = &[
    "none (of)? (these|those|them|the above|that|it)?",
    "(nothing|nada|ninguno|ninguna|ningunos|neither|nope|nada de eso|ninguna de esas|ninguno de esos|ninguna de las anteriores|ninguno de los anteriores|zilch)",
    "nothing (like that|of the sort|of those|on (the|that) list|really)?",
    "(not|no) (any|one|a one) (of (these|those|them))?",
    "(i)? (dont|do not|havent|have not|never|didnt) (have|had|use|got|get|take|need|feel) (any|none|a thing|anything|nothing|either|one) ..3",
    "(im|i am)? (perfectly|completely|pretty)? (healthy|fine|sano|sana|well)",
    "no (allergies|symptoms|problems|conditions|issues|alergias|sintomas|problemas|enfermedades|complaints|padecimientos)",
    "no (tengo|he tenido|uso|padezco|siento) (nada|ninguno|ninguna|alergias|sintomas|problemas)?",
    "(estoy|soy) (bien|sano|sana)",
    "(right as rain|fit as a fiddle|fighting fit|never better|strong as (a|an) (horse|ox))",
    "(everything|everythings|all|its all) (is|just)? (fine|normal|working|as it should|in order) ..6",
    "(como un roble|todo (bien|normal|en orden|tranquilo)|al cien|al pelo|sano como)",
    "(makes no (odds|difference)|whatever i do|haga lo que haga|no matter what)",
];
static NONE_PHRASES: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of(NONE, ()));

/// Nothing was chosen: was that said?
pub(super) fn nothing(
    asked: &Asked,
    words: &[Word],
    tongue: Tongue,
    options: &[ChoiceOption],
    none: Option<usize>,
    none_said: bool,
    hits: &[Hit],
) -> Option<Chosen> {
    let found = NONE_PHRASES.find(words).first().copied();
    let plain = yesno::plain(words, tongue);
    let several = asked.repeats;
    let covered: Vec<bool> = (0..words.len())
        .map(|word| {
            found.is_some_and(|found| found.covers(word))
                || hits.iter().any(|hit| (hit.first..=hit.last).contains(&word))
                || asked.mentions(&words[word].text)
        })
        .collect();
    let left = filler::left_over(words, &covered, tongue);
    let whole = || span(words, 0, words.len() - 1);
    let place =
        |found: Option<Found<()>>| found.map_or_else(whole, |found| span(words, found.first, found.last));
    if several {
        let said = none_said || found.is_some();
        let (confidence, at) = match (said, plain) {
            (true, _) => (0.93, place(found)),
            (false, Some((false, sure, at))) => (0.9 * sure, at),
            _ => return None,
        };
        let denied = hits.iter().any(|hit| hit.denied);
        let confidence =
            confidence * filler::after(left) * if denied && found.is_none() { 0.65 } else { 1.0 };
        return Some(Chosen { indices: none.into_iter().collect(), confidence, span: at, hits: Vec::new() });
    }
    // One option says yes or no.
    let says =
        |wanted: &[&str]| {
            options.iter().position(|option| {
                option.display.every().any(|text| {
                    words_of(text).first().is_some_and(|word| wanted.contains(&word.text.as_str()))
                }) || wanted.contains(&option.code.to_lowercase().as_str())
            })
        };
    let (yes, sure, at) = plain?;
    let option = if yes {
        says(&["yes", "si", "y"])
    } else {
        says(&["no", "never", "nunca", "not", "none", "ninguno", "ninguna", "n"])
            .or_else(|| rate::never(options))
    };
    let index = option?;
    let denied = hits.iter().any(|hit| hit.denied && hit.option != index);
    let confidence = sure * 0.95 * filler::after(left) * if denied && left > 0 { 0.75 } else { 1.0 };
    Some(Chosen { indices: vec![index], confidence, span: at, hits: Vec::new() })
}
