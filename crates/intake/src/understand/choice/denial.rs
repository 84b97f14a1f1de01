//! What is said not to be so: denied, or somebody else's.

use super::super::said::{Tongue, is_any, starts};
use super::Hit;
use crate::redflag::words::{Mark, Word};

const DENIALS: &[&str] = &[
    "not", "no", "dont", "doesnt", "didnt", "isnt", "havent", "hasnt", "without", "never", "aint", "wasnt",
    "arent", "neither", "nor", "sin", "ni", "tampoco", "nunca",
];
const ENDS_DENIAL: &[&str] = &[
    "but",
    "just",
    "only",
    "more",
    "rather",
    "though",
    "pero",
    "sino",
    "solo",
    "nomas",
    "solamente",
    "mas",
    "so",
    "except",
    "salvo",
    "yes",
    "si",
    "instead",
    "because",
    "which",
];

/// Marks what is said not to be so.
pub(super) fn deny(words: &[Word], hits: &mut [Hit], tongue: Tongue, several: bool) {
    let all_hits: Vec<Hit> = hits.to_vec();
    // "Falling asleep is no problem."
    for at in 1..words.len() {
        let fine = starts(words, at, &["no", "problem"])
            || starts(words, at, &["no", "trouble"])
            || starts(words, at, &["not", "a", "problem"])
            || starts(words, at, &["not", "the", "problem"]);
        let stated = is_any(words, at - 1, &["is", "s", "was", "isnt"]);
        if fine && stated {
            hits.iter_mut()
                .filter(|hit| hit.last < at && hit.last + 4 > at)
                .for_each(|hit| hit.denied = true);
        }
    }
    for at in 0..words.len() {
        if !DENIALS.contains(&words[at].text.as_str()) {
            continue;
        }
        // "No, a cough": an answer to something, no denial of what follows.
        let bare = matches!(words[at].text.as_str(), "no") && words[at].mark >= Mark::Comma;
        // The word belongs to what was found: "not at all", "can't catch my breath".
        let inside = all_hits.iter().any(|hit| (hit.first..=hit.last).contains(&at));
        let idiom = starts(words, at, &["not", "sure"])
            || starts(words, at, &["not", "only"])
            || starts(words, at, &["no", "solo"])
            || starts(words, at, &["dont", "know"])
            || starts(words, at, &["not", "before"])
            || starts(words, at, &["cant", "stop"])
            || starts(words, at, &["wont", "stop"])
            || starts(words, at, &["wont", "go"])
            || starts(words, at, &["no", "puedo"])
            || starts(words, at, &["no", "se", "me", "quita"])
            || starts(words, at, &["doesnt", "go"])
            || words[at].text == "cant"
                && is_any(words, at + 1, &["have", "eat", "take", "tolerate", "use", "touch"])
            || starts(words, at, &["no", "puedo"]);
        // "Left, no, right": a correction.
        let corrects = !several
            && words[at].text == "no"
            && at > 0
            && all_hits.iter().any(|hit| hit.last + 1 == at)
            && all_hits.iter().any(|hit| hit.first > at);
        if bare || inside || idiom || corrects {
            continue;
        }
        let end = (at + 1..words.len())
            .find(|&word| {
                let stops = words[word - 1].mark >= Mark::Colon;
                let turns = ENDS_DENIAL.contains(&words[word].text.as_str())
                    || words[word - 1].mark == Mark::Comma
                        && is_any(
                            words,
                            word,
                            &["i", "its", "it", "ive", "im", "tengo", "es", "me", "y", "and", "a"],
                        );
                stops || turns || word > at + 9
            })
            .unwrap_or(words.len());
        hits.iter_mut()
            .filter(|hit| hit.first > at && hit.first < end && hit.last <= end)
            .for_each(|hit| hit.denied = true);
    }
    // "My mother has diabetes."
    let others: &[&str] = tongue.pick(
        &[
            "mother",
            "father",
            "mom",
            "dad",
            "sister",
            "brother",
            "grandmother",
            "grandfather",
            "aunt",
            "uncle",
            "mum",
            "wife",
            "husband",
        ],
        &[
            "madre", "padre", "mama", "papa", "hermana", "hermano", "abuela", "abuelo", "tia", "tio",
            "esposa", "esposo",
        ],
    );
    for at in 0..words.len() {
        // Of one choice it is no denial: "my wife drove me".
        let relative = several
            && others.contains(&words[at].text.as_str())
            && at > 0
            && is_any(words, at - 1, &["my", "mi"])
            && !all_hits.iter().any(|hit| (hit.first..=hit.last).contains(&at));
        if relative {
            let end = (at + 1..words.len())
                .find(|&word| {
                    words[word - 1].mark >= Mark::Stop
                        || is_any(words, word, &["but", "pero", "i", "yo", "ive", "im"])
                })
                .unwrap_or(words.len());
            hits.iter_mut().filter(|hit| hit.first > at && hit.first < end).for_each(|hit| hit.denied = true);
        }
    }
}
