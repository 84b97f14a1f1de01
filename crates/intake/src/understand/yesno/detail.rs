//! Details in the place of a yes or no.

use std::sync::LazyLock;

use super::super::Heard;
use super::super::answer::Value;
use super::super::asked::Asked;
use super::super::said::{Phrases, Tongue, is_any, span};
use super::super::{choice, filler, medicine};
use super::{NEGATION, PARENTS, RELATIVES};
use crate::redflag::words::Word;

const COMES_UP: &[&str] = &[
    "(everything|it all|all of it|it|food|water) (just)? comes (straight|right|all)? (back)? up",
    "(throw|throwing|bring|bringing|brought|puke|vomit|vomiting) (it|everything|it all|all of it) (all)? (right|straight)? (back)? (up)?",
    "(nothing|none of it) (stays|will stay|goes|is staying) (down|in)",
    "(lo|la|todo)? (devuelvo|vomito|regreso|saco) (todo)?",
    "(nada) (me)? (cae|entra|queda|se queda|retengo) ..3",
];
static COMES_UP_PHRASES: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of(COMES_UP, ()));

const WELL: &[&str] = &[
    "help", "helped", "helping", "ayudo", "ayuda", "sirvio", "well", "better", "good", "safe", "bien",
    "mejor", "segura", "seguro", "enough",
];
const BADLY: &[&str] = &[
    "terrible",
    "terribly",
    "awful",
    "bad",
    "badly",
    "worse",
    "poor",
    "poorly",
    "lousy",
    "useless",
    "pointless",
    "inutil",
    "mal",
    "peor",
    "fatal",
    "horrible",
    "pesimo",
    "scared",
    "miedo",
];
const FINE: &[&str] = &["fine", "great", "good", "well", "better", "ok", "okay", "bien", "mejor", "perfecto"];

/// No yes and no no: a detail is a yes, a denied one a no. Surer where it names what is asked for.
pub(super) fn detail(asked: &Asked, words: &[Word], tongue: Tongue) -> Option<Heard> {
    let content: Vec<usize> =
        (0..words.len()).filter(|&word| !filler::is_filler(&words[word].text, tongue)).collect();
    let whole = || span(words, 0, words.len() - 1);
    // "As well" is no "well".
    let fine =
        (0..words.len()).any(|at| is_any(words, at, FINE) && !(at > 0 && is_any(words, at - 1, &["as"])));
    let says = |table: &[&str]| words.iter().any(|word| table.contains(&word.text.as_str()));
    if asked.ability
        && let Some(found) = COMES_UP_PHRASES.find(words).first()
    {
        return Some(Heard::new(Value::Boolean(false), 0.82, span(words, found.first, found.last)));
    }
    if asked.says(WELL) && !asked.says(&["allergic", "alergico"]) && (says(BADLY) || fine) {
        let negated = says(NEGATION);
        return Some(Heard::new(Value::Boolean(fine != negated && !says(BADLY)), 0.74, whole()));
    }
    let lives_alone = asked.alone();
    if lives_alone && says(&["only", "just", "solo", "sola"]) && says(&["me", "yo"]) {
        return Some(Heard::new(Value::Boolean(true), 0.85, whole()));
    }
    if lives_alone
        && says(&[
            "care",
            "nursing",
            "home",
            "residencia",
            "asilo",
            "us",
            "flatmate",
            "flatmates",
            "lodger",
            "sharing",
            "share",
            "parents",
            "padres",
            "companeros",
        ])
        && !says(&["own", "myself"])
    {
        return Some(Heard::new(Value::Boolean(false), 0.76, whole()));
    }
    if lives_alone && says(&["myself", "own", "solo", "sola", "alone", "nobody", "nadie"]) {
        return Some(Heard::new(Value::Boolean(true), 0.85, whole()));
    }
    if lives_alone && says(&["with", "con"]) {
        return Some(Heard::new(Value::Boolean(false), 0.8, whole()));
    }
    if (asked.contains(" even ") || asked.contains(" incluso ") || asked.contains(" aun "))
        && says(&["only", "just", "solo", "solamente", "nomas", "unicamente"])
    {
        return Some(Heard::new(Value::Boolean(false), 0.76, whole()));
    }
    // "It's been normal" to "Have you had a fever?"
    if !asked.says(&["normal", "regular"])
        && says(&["normal", "normales"])
        && (asked.exists || asked.past || asked.contains(" had "))
        && !says(&["than", "que"])
    {
        return Some(Heard::new(Value::Boolean(says(NEGATION)), 0.7, whole()));
    }
    let relative = words.iter().any(|word| {
        RELATIVES.contains(&word.text.as_str()) || asked.family && PARENTS.contains(&word.text.as_str())
    });
    if asked.family && relative && !says(NEGATION) {
        return Some(Heard::new(Value::Boolean(true), 0.84, whole()));
    }
    let gone = says(&["died", "passed", "left", "murio", "fallecio", "dead", "fue"]);
    if lives_alone
        && !gone
        && (relative || says(&["roommate", "roommates", "housemate", "somos", "companero", "companera"]))
    {
        return Some(Heard::new(Value::Boolean(false), 0.76, whole()));
    }
    let (&first, &last) = (content.first()?, content.last()?);
    let only = |at: usize| is_any(words, at, &["nada"]) && is_any(words, at + 1, &["mas"]);
    let denied = (0..words.len()).any(|at| NEGATION.contains(&words[at].text.as_str()) && !only(at));
    let about = content.iter().any(|&word| asked.mentions(&words[word].text));
    let named = choice::names_something(words)
        || medicine::names_one(words, tongue)
        || medicine::says_how_often(words, tongue);
    // "Just aspirin" to "Are you on blood thinners?"
    let named = named
        && !(medicine::names_one(words, tongue)
            && !asked.contains(" any ")
            && says(&["just", "only", "solo", "nomas"]));
    let confidence = match (denied, about, asked.exists) {
        (true, true, _) => 0.72,
        (true, false, _) => 0.6,
        (false, true, _) => 0.85,
        (false, false, true) if named => 0.82,
        (false, false, true) => 0.66,
        (false, false, false) if named => 0.68,
        // It may be about anything.
        (false, false, false) => 0.53,
    };
    // "Can you keep fluids down?" - "Only with the medicine."
    let ability = if asked.ability { 0.55 } else { 1.0 };
    Some(Heard::new(Value::Boolean(!denied), confidence * ability, span(words, first, last)))
}
