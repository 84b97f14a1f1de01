//! Known names in the words: spelled right, nearly, or in pieces.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::filler;
use super::super::number;
use super::super::said::{Tongue, is_any};
use super::super::spelling;
use super::{Named, names};
use crate::redflag::words::{Mark, Word, folded};

/// Known names, each list by the folded letters without spaces, with their spelling.
static KNOWN: LazyLock<[Names; 3]> =
    LazyLock::new(|| [names::GENERICS, names::BRANDS, names::SPANISH].map(Names::of));

/// A list of names.
struct Names(HashMap<String, &'static str>);

impl Names {
    fn of(list: &'static str) -> Self {
        Self(list.split(", ").map(|name| (squeezed(name), name)).collect())
    }

    /// The lists as a speaker of the language knows them: the own names, the brands, the other language's names.
    fn for_tongue(tongue: Tongue) -> [&'static Self; 3] {
        let [generics, brands, spanish] = &*KNOWN;
        tongue.pick([generics, brands, spanish], [spanish, brands, generics])
    }

    /// The name that the letters are nearest to, up to so many slips.
    fn nearest(&self, letters: &str, allowed: usize) -> Option<(&'static str, usize)> {
        let heard = sound(letters);
        let mut best: Option<(&'static str, usize)> = None;
        for (own, name) in &self.0 {
            let sounds = sound(own);
            if sounds.len() < 5 || sounds.as_bytes().first() != heard.as_bytes().first() {
                continue;
            }
            let most = best.map_or(allowed, |(_, slips)| slips);
            // Of those equally near the first by the alphabet, so that the answer is always the same.
            if let Some(slips) = spelling::distance(&sounds, &heard, most)
                && best.is_none_or(|(before, least)| slips < least || *name < before)
            {
                best = Some((name, slips));
            }
        }
        best
    }
}

/// The known name of these letters: in the language that is spoken, else nearly so in it, else in the other.
fn exact(letters: &str, tongue: Tongue) -> Option<&'static str> {
    let [own, brands, other] = Names::for_tongue(tongue);
    own.0.get(letters).or_else(|| brands.0.get(letters)).copied().or_else(|| {
        let other = other.0.get(letters).copied()?;
        Some(own.nearest(letters, 1).map_or(other, |(name, _)| name))
    })
}

fn squeezed(name: &str) -> String {
    folded(&name.chars().filter(|c| c.is_alphanumeric()).collect::<Vec<_>>())
}

/// Ordinary words that are near a name and mean none.
pub(super) const NO_NAMES: &[&str] = &[
    "morning",
    "evening",
    "tension",
    "presion",
    "pastilla",
    "pastillas",
    "corazon",
    "colesterol",
    "tiroides",
    "azucar",
    "doctor",
    "tablet",
    "tablets",
    "capsule",
    "pressure",
    "nothing",
    "another",
    "something",
    "allergy",
    "needed",
    "medicine",
    "medicines",
    "medication",
    "prescription",
    "inhaler",
    "insurance",
    "calcium",
    "twice",
    "thrice",
    "bottle",
    "little",
    "water",
    "blood",
    "sugar",
    "thyroid",
    "sleeping",
    "stomach",
    "diabetes",
    "cholesterol",
    "depression",
    "anxiety",
    "manana",
    "pastilla",
    "pastillas",
    "medicina",
    "medicamento",
    "presion",
    "estomago",
    "azucar",
    "colesterol",
    "tiroides",
    "comida",
    "noche",
    "semana",
    "doctora",
    "before",
    "dinner",
    "supper",
    "starting",
    "started",
    "stopped",
    "milligram",
    "milligrams",
    "microgram",
    "micrograms",
    "miligramo",
    "miligramos",
    "microgramos",
    "injection",
    "weekly",
    "alright",
    "vitamin",
    "vitamina",
    "cortisone",
    "tradition",
    "station",
    "relation",
    "morphing",
    "having",
    "because",
    "heparins",
    "adding",
    "during",
    "inside",
    "outside",
    "parents",
    "patient",
    "present",
    "problem",
    "program",
    "tonight",
    "usually",
    "whatever",
    "yesterday",
    "actually",
    "everyday",
    "together",
    "sometimes",
    "infection",
    "position",
    "both",
    "sorry",
    "rather",
    "perdon",
    "digo",
];

/// A known name that begins at this word, spelled right or nearly.
pub(super) fn known_at(words: &[Word], at: usize, tongue: Tongue) -> Option<Named> {
    let most = 4.min(words.len() - at);
    let together = |length: usize| -> String {
        words[at..at + length].iter().map(|word| spoken_number(&word.text)).collect()
    };
    let unbroken = |length: usize| words[at..at + length - 1].iter().all(|word| word.mark == Mark::None);
    for length in (1..=most).rev().filter(|length| unbroken(*length)) {
        // "Aspirin a" is no "aspirina"; "al buterol" is albuterol.
        let parted = length > 1
            && words[at..at + length]
                .iter()
                .any(|word| word.text.len() < 2 || filler::is_filler(&word.text, tongue));
        if let Some(name) = exact(&together(length), tongue)
            .filter(|name| !parted || name.contains([' ', '-']) || whole_only(words, at, length, tongue))
        {
            // A word that is also an ordinary one.
            if length == 1
                && matches!(name, "soma" | "iron" | "requip")
                && at > 0
                && is_any(words, at - 1, &["an", "the"])
            {
                continue;
            }
            return Some(Named { first: at, last: at + length - 1, name: name.to_owned(), sure: 0.96 });
        }
    }
    for length in [1, 2, 3].into_iter().filter(|length| *length <= most && unbroken(*length)) {
        let word = together(length);
        let ordinary = words[at..at + length].iter().any(|word| {
            filler::is_filler(&word.text, tongue) && word.text.len() > 2
                || NO_NAMES.contains(&word.text.as_str())
                || word.text.starts_with(|c: char| c.is_ascii_digit())
        });
        // "Both in the morning" is no biotin.
        let small =
            length > 1 && words[at..at + length].iter().any(|word| filler::is_filler(&word.text, tongue));
        if ordinary
            || word.len() < 6
            || length > 1 && number::number_at(words, at + length - 1, tongue).is_some()
        {
            continue;
        }
        if let Some((name, slips)) = nearest(&word, tongue).filter(|(_, slips)| !small || *slips == 0) {
            let sure = match slips {
                0 | 1 => 0.9,
                _ => 0.8,
            };
            return Some(Named { first: at, last: at + length - 1, name: name.to_owned(), sure });
        }
    }
    None
}

/// "Losar tan": together a name, and no part of it one; "aspirin a" is only aspirin.
fn whole_only(words: &[Word], at: usize, length: usize, tongue: Tongue) -> bool {
    let pieces = &words[at..at + length];
    pieces.iter().all(|word| word.text.len() > 1 && exact(&word.text, tongue).is_none())
        && pieces.iter().any(|word| word.text.len() > 3 && !filler::is_filler(&word.text, tongue))
}

/// "Twelve" in "vitamin B twelve".
fn spoken_number(word: &str) -> String {
    match word {
        "twelve" | "doce" => "12".to_owned(),
        "six" => "6".to_owned(),
        "three" | "tres" => "3".to_owned(),
        _ => word.to_owned(),
    }
}

/// The known name that the letters are nearest to.
fn nearest(word: &str, tongue: Tongue) -> Option<(&'static str, usize)> {
    let allowed = match word.len() {
        0..=5 => 0,
        6..=7 => 1,
        8..=10 => 2,
        _ => 3,
    };
    let [own, brands, other] = Names::for_tongue(tongue);
    let near = [own, brands]
        .into_iter()
        .filter_map(|list| list.nearest(word, allowed))
        .min_by_key(|(_, slips)| *slips);
    near.or_else(|| other.nearest(word, allowed.saturating_sub(1)).map(|(name, slips)| (name, slips + 1)))
}

/// Letters that are heard alike written alike.
fn sound(text: &str) -> String {
    const ALIKE: [(&str, &str); 14] = [
        ("ph", "f"),
        ("y", "i"),
        ("ce", "se"),
        ("ci", "si"),
        ("z", "s"),
        ("ck", "k"),
        ("k", "c"),
        ("th", "t"),
        ("ll", "l"),
        ("ss", "s"),
        ("ff", "f"),
        ("nn", "n"),
        ("tt", "t"),
        ("mm", "m"),
    ];
    ALIKE.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
