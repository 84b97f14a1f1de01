//! What of a sentence was not said: a check of its own, that shares no code and no list with the drafter.
//!
//! Words are whole here ("4.5", "2/6", "co-codamol", "x-ray"), and few are free: articles, pronouns, the forms of *be*, *have*
//! and *do*, and the drafter's four words *patient*, *reports*, *denies* and *to*. Prepositions, conjunctions, modal verbs,
//! sides, numbers and units must have been said like any other word. A sentence that negates must rest on speech that does.

use std::collections::HashSet;

/// Free in a note: what may change when "I have" becomes "the patient has".
const FREE: &[&str] = &[
    "a",
    "an",
    "the",
    "i",
    "me",
    "my",
    "mine",
    "myself",
    "you",
    "your",
    "yours",
    "yourself",
    "he",
    "him",
    "his",
    "she",
    "her",
    "hers",
    "it",
    "its",
    "we",
    "us",
    "our",
    "they",
    "them",
    "their",
    "theirs",
    "themselves",
    "be",
    "is",
    "am",
    "are",
    "was",
    "were",
    "been",
    "being",
    "have",
    "has",
    "had",
    "do",
    "does",
    "did",
    "patient",
    "patient's",
    "reports",
    "denies",
    "to",
    "not",
];

/// What says no, in a note and in speech.
const NEGATES: &[&str] = &[
    "no", "not", "never", "none", "nothing", "nobody", "nowhere", "without", "nor", "neither", "nope", "nah",
    "denies", "cannot", "negative",
];

/// The words and marks of a sentence that stand nowhere in the speech that it rests on.
pub(crate) fn unsaid(sentence: &str, speech: &str) -> Vec<String> {
    let said: Vec<String> = words(speech);
    let known: HashSet<&str> = said.iter().map(String::as_str).collect();
    let written = words(sentence);
    let mut unsaid: Vec<String> = written
        .iter()
        .filter(|word| !FREE.contains(&word.as_str()) && !known.contains(word.as_str()))
        .cloned()
        .collect();
    let negates = |word: &String| NEGATES.contains(&word.as_str());
    if written.iter().any(negates) && !said.iter().any(negates) {
        unsaid.push("a negation".to_owned());
    }
    unsaid
}

/// Whole words in lower case, contractions opened the same way on both sides.
fn words(text: &str) -> Vec<String> {
    let text = text
        .to_lowercase()
        .replace(['\u{2019}', '\u{2018}'], "'")
        .replace('\u{2026}', " ")
        .replace("...", " ");
    let mut all = Vec::new();
    for word in text.split_whitespace() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'' && c != '+' && c != '%');
        if let Some(stem) =
            word.strip_suffix("n't").or_else(|| word.strip_suffix("nt").filter(|_| word == "nt"))
        {
            all.extend(match stem {
                "ca" => vec!["can".to_owned(), "not".to_owned()],
                "wo" => vec!["will".to_owned(), "not".to_owned()],
                stem => vec![stem.to_owned(), "not".to_owned()],
            });
        } else if let Some((stem, suffix)) = word.split_once('\'').filter(|(_, suffix)| suffix.len() <= 2) {
            all.push(stem.to_owned());
            all.extend(
                match suffix {
                    "ll" => Some("will"),
                    "d" => Some("would"),
                    "ve" => Some("have"),
                    "re" | "m" => Some("are"),
                    _ => None,
                }
                .map(str::to_owned),
            );
        } else {
            all.extend(match word {
                "ca" => vec!["can".to_owned()],
                "wo" => vec!["will".to_owned()],
                "going" | "gonna" | "gon" => vec!["going".to_owned(), "will".to_owned()],
                "wanna" | "wan" => vec!["want".to_owned()],
                "gotta" => vec!["got".to_owned()],
                "lemme" | "lem" => vec!["let".to_owned()],
                // A word begun twice, "w-watery", is said as the word too.
                word => word
                    .rsplit_once('-')
                    .map(|(_, last)| last.to_owned())
                    .into_iter()
                    .chain([word.to_owned()])
                    .collect(),
            });
        }
    }
    all.retain(|word| !word.is_empty());
    all
}

#[test]
fn the_check_finds_what_was_not_said() {
    for (sentence, speech, found) in [
        ("The patient takes 5 mg.", "i take 50 mg", vec!["takes", "5"]),
        ("Denies fever.", "any fever ? yes", vec!["a negation"]),
        ("Pain in the right knee after meals.", "pain in my left knee before meals", vec!["right", "after"]),
        ("Take codamol for 2.5 weeks.", "take co-codeine for 25 weeks", vec!["codamol", "2.5"]),
        ("The patient has not had chills.", "i haven't had chills", vec![]),
        ("The patient will go.", "i'm gonna go", vec![]),
    ] {
        assert_eq!(unsaid(sentence, speech), found, "{sentence}");
    }
}
