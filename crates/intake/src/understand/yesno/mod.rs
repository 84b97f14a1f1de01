//! Yes and no, with what people say instead of them.

mod detail;
mod drift;
mod words;

use std::sync::LazyLock;

use super::Heard;
use super::answer::{Kind, Value};
use super::asked::Asked;
use super::choice;
use super::control::Wish;
use super::correct;
use super::filler;
use super::said::{Found, Phrases, Tongue, is_any, span, words_of};
use crate::redflag::words::{Mark, Word};
use words::{Cue, ENGLISH, SPANISH};

static CUES: LazyLock<[Phrases<Cue>; 2]> =
    LazyLock::new(|| [Phrases::new(&[ENGLISH]), Phrases::new(&[SPANISH])]);

/// The words that begin something that takes back what was said before.
const TURNS: &[&str] = &[
    "well", "actually", "wait", "oh", "hmm", "or", "hang", "mean", "though", "bueno", "digo", "espera",
    "perdon", "realidad", "ah", "hecho",
];
const BUTS: &[&str] =
    &["but", "except", "although", "though", "pero", "aunque", "excepto", "salvo", "only", "just"];
const NEGATION: &[&str] = &[
    "not", "no", "dont", "doesnt", "didnt", "havent", "hasnt", "isnt", "arent", "wasnt", "never", "cant",
    "cannot", "nothing", "none", "without", "wouldnt", "wont", "nunca", "nada", "ningun", "ninguna",
    "ninguno", "sin", "tampoco", "jamas", "ni", "denies", "neither",
];

/// Yes or no, from words that are no wish for something else.
pub(super) fn read(asked: &Asked, words: &[Word], tongue: Tongue) -> Option<Heard> {
    let parts = correct::parts(words, tongue, true);
    let corrected = parts.len() > 1;
    // A detail after a correction may only say why: "yes, well, no, actually I have to stop halfway".
    let surely =
        parts.iter().find_map(|part| read_part(asked, part, tongue).filter(|heard| heard.confidence >= 0.6));
    let mut heard = surely.or_else(|| parts.iter().find_map(|part| read_part(asked, part, tongue)))?;
    if corrected {
        heard.confidence *= 0.93;
    }
    Some(heard)
}

/// A plain yes or no, without details counting as one: which, how surely, and where.
pub(super) fn plain(words: &[Word], tongue: Tongue) -> Option<(bool, f64, (u32, u32))> {
    let parts = correct::parts(words, tongue, true);
    let heard = parts.iter().find_map(|part| said(&Asked::nothing(), part, tongue))?;
    let Value::Boolean(yes) = heard.value else { return None };
    Some((yes, heard.confidence, heard.span))
}

/// Where the reading stands after each cue.
struct Standing {
    yes: bool,
    confidence: f64,
    first: usize,
    last: usize,
    /// Whether it was said by a whole sentence or only by the word.
    plainly: bool,
    /// Whether it took back what was said before.
    turned: bool,
}

fn read_part(asked: &Asked, words: &[Word], tongue: Tongue) -> Option<Heard> {
    if !words.is_empty()
        && let Some(heard) = drift::by_drift(asked, words)
    {
        return Some(heard);
    }
    said(asked, words, tongue).or_else(|| detail::detail(asked, words, tongue))
}

fn said(asked: &Asked, words: &[Word], tongue: Tongue) -> Option<Heard> {
    let cues: Vec<Found<Cue>> = tongue.pick(&CUES[0], &CUES[1]).find(words);
    let mut standing: Option<Standing> = None;
    let others = !asked.family
        && !asked.says(&[
            "family",
            "anyone",
            "anybody",
            "relative",
            "relatives",
            "familia",
            "familiar",
            "alguien",
            "parents",
            "padres",
        ]);
    for (index, cue) in cues.iter().enumerate() {
        // "My sister does": not the patient.
        if others && of_another(words, cue.first) {
            continue;
        }
        let before = index.checked_sub(1).map_or(0, |before| cues[before].last + 1);
        let turned = (before..cue.first).any(|word| TURNS.contains(&words[word].text.as_str()));
        let but = (before..cue.first).any(|word| BUTS.contains(&words[word].text.as_str()));
        let close = cue.first <= before + 1;
        let ends = cue.last + 1 == words.len();
        let elliptical = ends_clause(words, cue.last);
        let Some((yes, confidence, plainly)) = value(asked, words, cue, standing.as_ref(), elliptical) else {
            continue;
        };
        standing = Some(match standing {
            None => Standing { yes, confidence, first: cue.first, last: cue.last, plainly, turned: false },
            Some(before) => {
                next(before, cue, (yes, confidence, plainly), Turn { close, ends, turned, but, elliptical })
            }
        });
    }
    let mut covered = vec![false; words.len()];
    for cue in &cues {
        (cue.first..=cue.last).for_each(|word| covered[word] = true);
    }
    let standing = standing?;
    if let Some(heard) = yes_after_all(asked, words, &standing) {
        return Some(heard);
    }
    let left = filler::left_over(words, &covered, tongue);
    let rest = if standing.plainly || left == 0 { filler::after(left / 2) } else { 0.97 };
    // "No, but I can't eat shellfish": no, and perhaps yes.
    let but = (standing.first + 1..words.len())
        .find(|&word| is_any(words, word, &["but", "pero", "except", "excepto"]));
    let taken_back = but.is_some_and(|but| {
        !standing.yes && words[but..].iter().filter(|word| !filler::is_filler(&word.text, tongue)).count() > 1
    });
    let rest = if taken_back { rest * 0.8 } else { rest };
    // "I took a lot of cough syrup, but it's not helping": the no is about something else.
    let told_before = !standing.yes
        && (0..standing.first)
            .filter(|&word| !covered[word] && !filler::is_filler(&words[word].text, tongue))
            .count()
            > 2;
    let rest = if told_before { rest * 0.78 } else { rest };
    Some(Heard::new(
        Value::Boolean(standing.yes),
        standing.confidence * rest,
        span(words, standing.first, standing.last),
    ))
}

/// "No thermometer in the house, but I've been shivering": the no is another's, and what is asked for is told after it.
fn yes_after_all(asked: &Asked, words: &[Word], standing: &Standing) -> Option<Heard> {
    let but = (standing.first + 1..words.len()).find(|&word| is_any(words, word, &["but", "pero"]))?;
    let no = !standing.yes
        && words[standing.first].text == "no"
        && standing.first == standing.last
        && words[standing.first].mark == Mark::None;
    let told = &words[but + 1..];
    let denied = told.iter().any(|word| NEGATION.contains(&word.text.as_str()));
    let named = words_of(asked.line());
    let about = choice::names_the_same(told, &named) && !choice::names_the_same(&words[..but], &named);
    (no && about && !denied)
        .then(|| Heard::new(Value::Boolean(true), 0.72, span(words, but + 1, words.len() - 1)))
}

struct Turn {
    /// Whether hardly anything stands between it and the cue before.
    close: bool,
    /// Whether nothing comes after it.
    ends: bool,
    turned: bool,
    but: bool,
    elliptical: bool,
}

/// What a cue says, how surely, and whether in a sentence of its own.
fn value(
    asked: &Asked,
    words: &[Word],
    cue: &Found<Cue>,
    before: Option<&Standing>,
    elliptical: bool,
) -> Option<(bool, f64, bool)> {
    Some(match cue.means {
        // "A couple of pounds, but not too much": still so.
        Cue::Hedged(false) | Cue::Doubtful(_) if before.is_none() && after_but(words, cue.first) => {
            return None;
        }
        Cue::Same if asked.changes => (false, 0.82, true),
        Cue::Same => return None,
        // "Felt hot, but I didn't check."
        Cue::Plainly(false) if before.is_none() && cue.first > 2 && after_but(words, cue.first) => {
            (false, 0.5, true)
        }
        // "I can't eat shellfish": a detail.
        Cue::Plainly(false)
            if !elliptical && !asked.ability && is_any(words, cue.last, &["cant", "cannot", "couldnt"]) =>
        {
            return None;
        }
        // "With no trouble" to "can you walk?"
        Cue::Plainly(false)
            if asked.ability
                && (cue.first..=cue.last).any(|word| {
                    is_any(
                        words,
                        word,
                        &["trouble", "problem", "problems", "difficulty", "problema", "problemas"],
                    )
                }) =>
        {
            (true, 0.9, true)
        }
        Cue::Plainly(false)
            if asked.request
                && (cue.first..=cue.last)
                    .any(|word| is_any(words, word, &["problem", "problems", "problema", "objection"])) =>
        {
            (true, 0.9, true)
        }
        // "Right" is a side, "y" is "and": yes only alone.
        Cue::Plainly(true)
            if cue.first == cue.last
                && is_any(words, cue.first, &["right", "y", "true"])
                && words.len() > 2 =>
        {
            return None;
        }
        Cue::Formerly if asked.family => return None,
        Cue::First => (asked.says(&["first", "primera"]), 0.85, true),
        Cue::Slip if words.len() <= 2 => (false, 0.75, false),
        Cue::Yes if conditional(words, cue) => return None,
        Cue::Yes => (true, 0.97, false),
        Cue::No => (false, 0.97, false),
        // "I was going to take the bus", "there is a rash": a detail, no yes.
        Cue::Plainly(true)
            if !elliptical && cue.last < cue.first + 3 && is_auxiliary(&words[cue.last].text) =>
        {
            return None;
        }
        // "Not much".
        Cue::Plainly(true)
            if cue.first == cue.last
                && after_no(words, cue.first)
                && !before.is_some_and(|before| before.turned) =>
        {
            (false, 0.8, true)
        }
        Cue::Plainly(yes) => {
            let whole = elliptical || !is_auxiliary(&words[cue.last].text);
            (yes, if whole { 0.95 } else { 0.88 }, true)
        }
        Cue::Hedged(yes) => (yes, 0.88, true),
        Cue::Sometimes => (true, 0.88, true),
        Cue::Doubtful(yes) => (yes, 0.5, true),
        Cue::Formerly if asked.past => return None,
        Cue::Formerly => (false, 0.74, true),
        Cue::NotSince => (asked.past && !asked.ability, if asked.ability { 0.8 } else { 0.55 }, true),
        Cue::LongAgo if asked.past || before.is_some() => return None,
        Cue::LongAgo => (false, 0.55, true),
        Cue::Allows if asked.request => (true, 0.93, true),
        Cue::Allows if words[cue.first].text == "no" && asked.ability => (true, 0.8, true),
        Cue::Allows if words[cue.first].text == "no" => (false, 0.85, true),
        Cue::Allows if before.is_none() => (true, 0.75, true),
        Cue::Refuses if asked.request => (false, 0.93, true),
        Cue::Refuses if before.is_none() => (false, 0.75, true),
        Cue::Allows | Cue::Refuses | Cue::Nothing | Cue::Slip => return None,
    })
}

/// Spanish "si" is also "if": "yes" only at a beginning, at an end, or after what asks for it.
fn conditional(words: &[Word], cue: &Found<Cue>) -> bool {
    if words[cue.first].text != "si" {
        return false;
    }
    let begins = words[..cue.first].last().is_none_or(|before| {
        before.mark >= Mark::Comma
            || filler::HESITATION.contains(&before.text.as_str())
            || matches!(
                before.text.as_str(),
                "que"
                    | "ayer"
                    | "antes"
                    | "hoy"
                    | "ahora"
                    | "pues"
                    | "bueno"
                    | "yo"
                    | "eso"
                    | "claro"
                    | "no"
                    | "si"
                    | "ah"
                    | "a"
                    | "verdad"
                    | "la"
                    | "digo"
                    | "pero"
                    | "mi"
            )
    });
    !begins && !ends_clause(words, cue.last)
}

/// Whether a "but" stands right before.
fn after_but(words: &[Word], at: usize) -> bool {
    (at.saturating_sub(2)..at).any(|word| is_any(words, word, &["but", "pero"]))
}

/// Whether a plain yes or no was said in other words than those of the wish: "I don't know, I don't think so".
pub(super) fn says_besides(words: &[Word], tongue: Tongue, wish: &Wish) -> bool {
    tongue.pick(&CUES[0], &CUES[1]).find(words).iter().any(|cue| {
        let outside = cue.last < wish.words.0 || cue.first > wish.words.1;
        // "I'm not sure if I did."
        let asks = cue.first > 0
            && is_any(words, cue.first - 1, &["if", "whether", "that", "what", "how", "si", "que"]);
        outside && !asks && matches!(cue.means, Cue::Plainly(_) | Cue::Hedged(_) | Cue::Sometimes)
    })
}

/// "Not a fever exactly", "no mucho".
fn after_no(words: &[Word], at: usize) -> bool {
    (at.saturating_sub(3)..at).any(|word| {
        is_any(words, word, &["no", "not", "isnt", "dont"])
            && words[word..at].iter().all(|word| word.mark == Mark::None)
    })
}

fn is_auxiliary(word: &str) -> bool {
    matches!(
        word,
        "do" | "am"
            | "have"
            | "did"
            | "can"
            | "was"
            | "is"
            | "are"
            | "does"
            | "would"
            | "could"
            | "will"
            | "dont"
            | "havent"
            | "didnt"
            | "not"
            | "cant"
            | "has"
            | "were"
            | "should"
            | "been"
    )
}

/// Whether a sentence or a part of one ends after the word.
fn ends_clause(words: &[Word], last: usize) -> bool {
    words[last].mark >= Mark::Comma
        || words.get(last + 1).is_none_or(|word| {
            matches!(
                word.text.as_str(),
                "but"
                    | "and"
                    | "because"
                    | "so"
                    | "i"
                    | "its"
                    | "it"
                    | "sorry"
                    | "thanks"
                    | "thank"
                    | "really"
                    | "actually"
                    | "though"
                    | "unfortunately"
                    | "pero"
                    | "y"
                    | "porque"
                    | "gracias"
                    | "yes"
                    | "yeah"
                    | "no"
                    | "sometimes"
                    | "well"
                    | "not"
                    | "anymore"
                    | "either"
            )
        })
}

/// What stands after one more cue: the last statement that commits the patient.
fn next(
    before: Standing,
    cue: &Found<Cue>,
    (yes, confidence, plainly): (bool, f64, bool),
    turn: Turn,
) -> Standing {
    // What was taken back once does not become surer.
    if before.yes == yes && before.turned {
        return Standing { last: cue.last, ..before };
    }
    if before.yes == yes {
        let confidence = before.confidence.max(confidence).min(before.confidence + 0.05);
        return Standing { confidence, last: cue.last, plainly: before.plainly || plainly, ..before };
    }
    let taken_over = |confidence: f64| Standing {
        yes,
        confidence,
        first: cue.first,
        last: cue.last,
        plainly,
        turned: true,
    };
    match cue.means {
        // "Yeah no": the last of bare words; "no, I just, um, yeah, came in" is no yes.
        Cue::Yes | Cue::No if !before.plainly && turn.close => taken_over(0.78),
        Cue::Yes | Cue::No if turn.turned => taken_over(0.72),
        Cue::Yes | Cue::No if turn.ends => taken_over(0.62),
        // "Yes, I used to".
        Cue::Formerly => Standing { confidence: before.confidence.min(0.6), ..before },
        Cue::Plainly(_) if turn.elliptical && !turn.but => taken_over(if yes { 0.74 } else { 0.66 }),
        Cue::Plainly(_) | Cue::Hedged(_) if turn.turned => taken_over(0.7),
        // "No, sometimes"; "no, but sometimes".
        Cue::Sometimes => taken_over(if turn.turned { 0.66 } else { 0.6 }),
        Cue::Hedged(_) if !before.plainly && !turn.but && !before.yes => taken_over(0.6),
        Cue::Doubtful(_) => Standing { confidence: before.confidence.min(0.66), ..before },
        // "Yes, but not today": what was said first stands.
        _ if turn.but => Standing { confidence: before.confidence * 0.85, ..before },
        _ => Standing { confidence: before.confidence * 0.82, ..before },
    }
}

const RELATIVES: &[&str] = &[
    "mother",
    "father",
    "mom",
    "mum",
    "dad",
    "sister",
    "brother",
    "son",
    "daughter",
    "wife",
    "husband",
    "grandmother",
    "grandfather",
    "aunt",
    "uncle",
    "cousin",
    "grandma",
    "grandpa",
    "friend",
    "madre",
    "padre",
    "mama",
    "papa",
    "hermana",
    "hermano",
    "hijo",
    "hija",
    "esposa",
    "esposo",
    "abuela",
    "abuelo",
    "tia",
    "tio",
    "prima",
    "primo",
    "amiga",
    "amigo",
    "hijos",
    "kids",
    "children",
    "partner",
    "boyfriend",
    "girlfriend",
    "nietos",
    "marido",
];
const PARENTS: &[&str] = &[
    "parents",
    "sisters",
    "brothers",
    "siblings",
    "family",
    "padres",
    "hermanos",
    "hermanas",
    "abuelos",
    "tios",
    "mamas",
    "papas",
    "grandparents",
];

/// Whether the word stands in a sentence about somebody else: "my sister does".
fn of_another(words: &[Word], at: usize) -> bool {
    (at.saturating_sub(3)..at).any(|word| {
        word > 0
            && RELATIVES.contains(&words[word].text.as_str())
            && is_any(words, word - 1, &["my", "mi", "his", "her"])
            && words[word..at]
                .iter()
                .all(|word| word.mark == Mark::None && !BUTS.contains(&word.text.as_str()))
            && !(word + 1..at).any(|word| is_any(words, word, &["i", "yo", "me"]))
    })
}

/// Whether the words of a wish are part of a yes or no: "no idea" is not, "I can't say it does" is.
pub(super) fn holds(asked: &Asked, words: &[Word], tongue: Tongue, wish: &Wish) -> bool {
    let cues = tongue.pick(&CUES[0], &CUES[1]).find(words);
    // "Sorry, no": the apology is no question.
    if wish.alone
        && cues.iter().any(|cue| matches!(cue.means, Cue::Yes | Cue::No) && !conditional(words, cue))
    {
        return true;
    }
    cues.iter().any(|cue| {
        let says = !matches!(cue.means, Cue::Nothing | Cue::Doubtful(_) | Cue::Slip | Cue::First);
        let covers = cue.first <= wish.words.0 && cue.last >= wish.words.1;
        let longer = cue.last - cue.first > wish.words.1 - wish.words.0;
        let overlaps = cue.first <= wish.words.1 && cue.last >= wish.words.0;
        // "I didn't get that this year."
        if overlaps && wish.left > 0 && wish.kind == Kind::Repeat && matches!(cue.means, Cue::Plainly(_)) {
            return true;
        }
        says && covers && (longer || asked.request && matches!(cue.means, Cue::Refuses | Cue::Allows))
    })
}
