//! What somebody is called.

use super::Heard;
use super::answer::Value;
use super::asked::Asked;
use super::correct;
use super::filler;
use super::said::{Phrases, Tongue, cut, span, starts};
use crate::redflag::words::{Mark, Word};
use std::sync::LazyLock;

/// What stands before a name. The last that is found begins it.
const LEADS: &[&str] = &[
    "(my|his|her|their|the|your) (full|first|last|given|family|middle|sur|whole|legal|complete|maiden|doctors)? (name|surname)",
    "(my|his|her|their|the|your) (full|first|last|given|family|middle|sur|whole|legal|complete|maiden|doctors)? (name|surname|names) (is|its|would be|was)",
    "(name|surname|names|surnames) (is|s)",
    "(the)? (names|surnames) (is)?",
    "(im|i am|this is|thats|that is|its|it is|thatd be|that would be|it would be|hes|shes|he is|she is) (called|named)?",
    "(they|people|everyone|everybody|friends|you can|just|folks) (call|calls) (me|him|her)",
    "call me",
    "(im|i am|is|hes|shes|its)? (called|named)",
    "i go by",
    "(please)? (call|ring|phone|contact|tell) (my|her|his)",
    "(i)? (see|have|use|go to|usually see) (a|the)?",
    "(me llamo|se llama|me llaman|le llaman|me dicen|le dicen|llamame|llameme|llamen a|llame a|llamenle a|llamen|avisen a|avisele a|contacten a)",
    "(yo)? soy",
    "(es|seria|son|sera|era)",
    "(mi|mis|su|sus|el|la) (nombre|nombres|apellido|apellidos) (completo|completa)? (de soltera)? (es|son|seria)?",
    "(a nombre de|de parte de)",
    "(one|that|it) (is|would be)",
];
static LEAD_PHRASES: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of(LEADS, ()));

const NICKNAME: &[&str] = &[
    "(but|and|though|although)? (they|people|everyone|everybody|friends|my friends|you can|just|folks|the family|most people|all) (just|mostly|usually)? (call|calls|know) (me|him|her) ..1",
    "(but|and|though)? (i|we)? (usually|mostly|just)? (go|goes|known|answer|answers) (by|as|to)",
    "(but|or|and)? (just)? (call me|known as|better known as|for short)",
    "(pero|y|aunque)? (todos|todo el mundo|la gente|mis amigos|en la casa|en mi casa)? (me|le) (dicen|llaman|conocen|dice|llama)",
    "(pero|o|y)? (digame|dime|diganme|llameme|llamenme|llamame)",
];
static NICKNAMES: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of(NICKNAME, ()));

const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "miss", "mister", "missus", "senor", "senora", "senorita", "sr", "sra", "srta", "don",
    "dona", "sir", "madam",
];
const DOCTOR: &[&str] = &["doctor", "dr", "dra", "doctora"];

/// Who somebody is to the patient, and what else a name does not have in it.
const NOT_NAMES: &[&str] = &[
    "my",
    "wife",
    "husband",
    "son",
    "daughter",
    "mother",
    "father",
    "mom",
    "mum",
    "dad",
    "brother",
    "sister",
    "friend",
    "neighbor",
    "neighbour",
    "partner",
    "boyfriend",
    "girlfriend",
    "aunt",
    "uncle",
    "cousin",
    "niece",
    "nephew",
    "grandson",
    "granddaughter",
    "grandmother",
    "grandfather",
    "older",
    "younger",
    "eldest",
    "youngest",
    "oldest",
    "mi",
    "esposa",
    "esposo",
    "marido",
    "mujer",
    "hijo",
    "hija",
    "madre",
    "padre",
    "mama",
    "papa",
    "hermano",
    "hermana",
    "amigo",
    "amiga",
    "vecino",
    "vecina",
    "novio",
    "novia",
    "tia",
    "tio",
    "prima",
    "primo",
    "nieta",
    "nieto",
    "sobrina",
    "sobrino",
    "cunada",
    "cunado",
    "suegra",
    "mayor",
    "menor",
    "pareja",
    "is",
    "its",
    "it",
    "thats",
    "the",
    "called",
    "named",
    "call",
    "please",
    "a",
    "es",
    "un",
    "una",
    "her",
    "his",
    "name",
    "names",
    "sure",
    "yes",
    "yeah",
    "ok",
    "okay",
    "well",
    "oh",
    "hi",
    "hello",
    "hola",
    "si",
    "bueno",
    "pues",
    "nobody",
    "spelled",
    "spelt",
    "spelling",
    "none",
    "one",
    "have",
    "dont",
    "no",
    "not",
    "nadie",
    "estoy",
    "sola",
    "solo",
    "any",
    "anyone",
    "tengo",
    "ninguno",
    "nombre",
    "apellido",
    "apellidos",
    "and",
    "y",
    "i",
    "im",
    "am",
    "that",
    "last",
    "first",
    "full",
    "surname",
    "surnames",
    "actually",
    "just",
    "you",
    "can",
    "me",
    "el",
    "la",
    "los",
    "las",
    "soy",
    "probably",
    "then",
    "so",
    "claro",
    "son",
    "ex",
    "guess",
    "think",
    "would",
    "be",
    "to",
    "for",
    "this",
    "boss",
    "roommate",
    "carer",
    "caregiver",
    "stepmother",
    "stepfather",
    "godmother",
    "daughters",
    "sons",
];
/// Small words inside a name: kept, not capitalised.
const PARTICLES: &[&str] = &[
    "de", "la", "del", "los", "las", "y", "van", "von", "der", "den", "da", "dos", "di", "al", "bin", "ibn",
    "le", "du",
];

/// What ends a name: how it is spelled, whose it is.
const ENDS: &[&str] = &[
    "with",
    "spelled",
    "spelt",
    "spelling",
    "thats",
    "shes",
    "hes",
    "she",
    "he",
    "my",
    "at",
    "from",
    "who",
    "its",
    "it",
    "but",
    "capital",
    "apostrophe",
    "hyphen",
    "as",
    "con",
    "se",
    "que",
    "pero",
    "mi",
    "es",
    "ella",
    "el",
    "though",
    "i",
    "im",
    "in",
    "on",
    "because",
    "like",
    "sin",
    "por",
    "phone",
    "number",
    "and",
    "please",
    "is",
    "was",
    "thank",
    "thanks",
    "gracias",
    "para",
    "nee",
];

/// A name. `family` says that only a family name is asked for.
pub(super) fn read(asked: &Asked, text: &str, words: &[Word], tongue: Tongue) -> Option<Heard> {
    // "I'm William Henderson, but everybody calls me Bill": both names, unless the other is asked for.
    let other_asked = asked.says(&[
        "called", "call", "prefer", "nickname", "known", "llamen", "llamemos", "diga", "digan", "apodo",
    ]);
    if let Some(other) = NICKNAMES.find(words).first().filter(|other| other.first > 1 && !other_asked)
        && let Some(own) = one(text, &words[..other.first], tongue)
        && matches!(&own.value, Value::Text(name) if name.contains(' '))
    {
        return Some(own);
    }
    let parts = correct::parts(words, tongue, false);
    parts.iter().find_map(|part| one(text, part, tongue)).or_else(|| one(text, words, tongue))
}

/// "First name Karen, last name Lopez".
fn in_parts(text: &str, words: &[Word]) -> Option<Heard> {
    let after = |phrases: &[&[&str]]| {
        (0..words.len()).find_map(|at| {
            phrases.iter().find(|phrase| starts(words, at, phrase)).map(|phrase| at + phrase.len())
        })
    };
    let given = after(&[&["first", "name"], &["given", "name"], &["mi", "nombre", "es"]])?;
    let family =
        after(&[&["last", "name"], &["family", "name"], &["surname"], &["apellido"], &["apellidos"]])?;
    let (first, last) = name_from(words, given)?;
    let (family_first, family_last) = name_from(words, family)?;
    if family <= given {
        return None;
    }
    let last = last.min(family.saturating_sub(3)).max(first);
    let whole = format!(
        "{} {}",
        written_name(text, words, first, last),
        written_name(text, words, family_first, family_last)
    );
    Some(Heard::new(Value::Text(whole), 0.88, span(words, first, family_last)))
}

fn one(text: &str, words: &[Word], tongue: Tongue) -> Option<Heard> {
    if let Some(whole) = in_parts(text, words) {
        return Some(whole);
    }
    let leads = LEAD_PHRASES.find(words);
    // The last lead that has a name after it; "son" and "es" are also parts of other things.
    let lead_end =
        leads.iter().rev().find(|lead| name_from(words, lead.last + 1).is_some()).map(|lead| lead.last + 1);
    let from = lead_end.unwrap_or(0);
    let (mut first, last) = name_from(words, from)?;
    let spelled = spelled_out(words);
    let spelled = spelled.map(|(letters, at, end)| nearest_tail(words, first, last, letters, at, end));
    if let Some((letters, at, end)) = &spelled {
        // "Smith, s m i t h": the spelling decides how it is written.
        let near =
            (first..=last).find(|&word| super::spelling::distance(&words[word].text, letters, 2).is_some());
        if let Some(near) = near.filter(|near| near < at || near > end) {
            let kept = (first..=last).filter(|word| *word == near || !(*at..=*end).contains(word));
            let written: Vec<String> =
                kept.map(|word| {
                    if word == near { capital(letters) } else { as_name(text, &words[word], word > first) }
                })
                .collect();
            return Some(Heard::new(Value::Text(written.join(" ")), 0.93, span(words, first, last)));
        }
        if (first..=last).all(|word| (*at..=*end).contains(&word)) {
            // Spelled, then said or not.
            let after = name_from(words, end + 1);
            if let Some((first, last)) = after {
                return Some(Heard::new(
                    Value::Text(written_name(text, words, first, last)),
                    0.9,
                    span(words, first, last),
                ));
            }
            return Some(Heard::new(Value::Text(capital(letters)), 0.85, span(words, *at, *end)));
        }
        if first < *at {
            let upto = last.min(at - 1);
            return Some(Heard::new(
                Value::Text(written_name(text, words, first, upto)),
                0.85,
                span(words, first, upto),
            ));
        }
    }
    let doctor = DOCTOR.contains(&words[first].text.as_str());
    if doctor && first == last {
        return None;
    }
    while TITLES.contains(&words[first].text.as_str()) && first < last {
        first += 1;
    }
    let mut name = written_name(text, words, if doctor { first + 1 } else { first }, last);
    if doctor {
        name = format!("{} {name}", if words[first].text.ends_with('a') { "Dra." } else { "Dr." });
    }
    let count = last - first + 1;
    let confidence: f64 = match (lead_end.is_some(), count) {
        (_, 5..) => 0.6,
        (true, _) => 0.92,
        (false, _) if first > 0 => 0.85,
        _ => 0.9,
    };
    // Ordinary words are no name: "the pain is bad".
    let ordinary = (first..=last)
        .filter(|&word| {
            filler::is_filler(&words[word].text, tongue) && !PARTICLES.contains(&words[word].text.as_str())
        })
        .count();
    let confidence = confidence * if ordinary > 0 && count > 1 { 0.6 } else { 1.0 };
    let denied = words.iter().any(|word| {
        matches!(
            word.text.as_str(),
            "no" | "not" | "dont" | "none" | "nobody" | "nadie" | "ninguno" | "didnt"
        )
    });
    let confidence = if denied && first > 0 { confidence * 0.7 } else { confidence };
    Some(Heard::new(Value::Text(name), confidence, span(words, first, last)))
}

/// The run of words from here that can be a name.
fn name_from(words: &[Word], from: usize) -> Option<(usize, usize)> {
    let skipped = |word: &Word| {
        let text = word.text.as_str();
        NOT_NAMES.contains(&text) || filler::HESITATION.contains(&text)
    };
    let mut first = from;
    // "De la Cruz" begins with a particle; "la" alone before a name does not.
    while first < words.len() && skipped(&words[first]) {
        first += 1;
    }
    let mut last = first.checked_sub(1);
    let mut at = first;
    while at < words.len() {
        let text = words[at].text.as_str();
        let particle = PARTICLES.contains(&text) && at + 1 < words.len();
        let ends = ENDS.contains(&text) && !particle;
        if at > first && (ends || NOT_NAMES.contains(&text) && !particle)
            || text.starts_with(|c: char| c.is_ascii_digit())
        {
            break;
        }
        last = Some(at);
        // "Smith, John" is one name; a full stop ends it, but not that of "Mrs."
        let titled = TITLES.contains(&text) || DOCTOR.contains(&text) || text.len() == 1;
        if words[at].mark >= Mark::Colon && !titled || at >= first + 7 {
            break;
        }
        if words[at].mark == Mark::Comma
            && words.get(at + 1).is_none_or(|next| skipped(next) || ENDS.contains(&next.text.as_str()))
        {
            break;
        }
        at += 1;
    }
    let last = last.filter(|last| *last >= first && first < words.len())?;
    Some((first, last))
}

/// The letters without those before them that spell nothing: "with a y, s m y t h e".
fn nearest_tail(
    words: &[Word],
    first: usize,
    last: usize,
    letters: String,
    at: usize,
    end: usize,
) -> (String, usize, usize) {
    let all: Vec<char> = letters.chars().collect();
    let slips = |from: usize| {
        let tail: String = all[from..].iter().collect();
        (first..=last)
            .filter(|word| *word < at)
            .filter_map(|word| super::spelling::distance(&words[word].text, &tail, 1))
            .min()
    };
    let tails = (0..all.len().saturating_sub(2)).filter_map(|from| Some((slips(from)?, from)));
    let from = tails.min().map_or(0, |(_, from)| from);
    (all[from..].iter().collect(), at + from, end)
}

/// Letters said one by one, three at least: the word that they make, and where.
fn spelled_out(words: &[Word]) -> Option<(String, usize, usize)> {
    let single = |word: &Word| word.text.chars().count() == 1 && word.text.chars().all(char::is_alphabetic);
    let first = (0..words.len()).find(|&at| words.len() >= at + 3 && words[at..at + 3].iter().all(single))?;
    let letters: String =
        words[first..].iter().take_while(|word| single(word)).map(|word| word.text.as_str()).collect();
    let count = letters.chars().count();
    Some((letters, first, first + count - 1))
}

/// The name as it is written: capitals where none were given, its own marks kept.
fn written_name(text: &str, words: &[Word], first: usize, last: usize) -> String {
    let mut written = String::new();
    for at in first..=last {
        if at > first {
            let between = cut(text, (words[at - 1].end, words[at].start));
            written.push_str(if between.trim().is_empty() { " " } else { &between });
        }
        written.push_str(&as_name(text, &words[at], at > first));
    }
    written.trim().to_owned()
}

fn as_name(text: &str, word: &Word, inside: bool) -> String {
    let own = cut(text, (word.start, word.end));
    let particle = inside && PARTICLES.contains(&word.text.as_str());
    if particle || own.chars().any(char::is_uppercase) { own } else { capital(&own) }
}

/// The word with a capital letter at its beginning.
pub(crate) fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |head| head.to_uppercase().chain(chars).collect())
}
