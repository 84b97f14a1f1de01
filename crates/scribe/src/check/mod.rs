//! The checker: does a sentence say what its evidence says?
//!
//! Whatever drafted a note, each of its sentences is held against the utterances that it points to: numbers, dates, units, doses,
//! sides, negations, the names of medicines and allergies, and who it is about. Number words equal digits, a unit equals its
//! synonyms. Everything here is by rule and by list; it would rather object to a sentence that is right than let one pass that
//! is wrong, and it decides nothing: a clinician does.

mod dates;
pub(crate) mod medicines;
pub(crate) mod negation;
pub(crate) mod numbers;
mod quantities;
pub(crate) mod reading;
mod sides;
pub(crate) mod subject;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use domain::{DraftEngine, Note, Phi, Sentence, SentenceOrigin, Utterance};
use serde::Serialize;

use crate::{Finding, Problem, evidence, words};
use reading::{Text, stem};

/// In what a sentence differs from its evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Difference {
    /// A number that nobody said.
    Number,
    /// A day, a month or a year that nobody said.
    Date,
    /// A number that was said of another unit, or without one.
    Unit,
    /// A dose of another medicine, or another frequency.
    Dose,
    /// Left for right, or a side that nobody named.
    Side,
    /// Denied where it was affirmed, or the other way round.
    Negation,
    /// A medicine that nobody named.
    Medicine,
    /// An allergy that nobody spoke of.
    Allergy,
    /// Somebody else than of whom it was said.
    Subject,
}

/// Everything that is doubtful about a note's sentences, in their order.
///
/// What a clinician typed has no evidence, and is only said to have none. In what the extractive drafter wrote every content word
/// must have been said; a language model may use words of its own, as long as most of a sentence's were said.
pub fn check(note: &Note, utterances: &[Utterance]) -> Vec<Finding> {
    let strict = note.engine != DraftEngine::Generative;
    let used: BTreeSet<u32> = note.sentences().flat_map(|sentence| &sentence.evidence).copied().collect();
    let read = |index: u32| {
        utterances.get(index as usize).map(|said| (index, Text::said(said.text.expose(), said.speaker)))
    };
    let said: BTreeMap<u32, Text> = used.into_iter().filter_map(read).collect();
    let mut all = Vec::new();
    for section in &note.sections {
        for sentence in &section.sentences {
            let problems = problems(sentence, utterances, &said, strict);
            all.extend(problems.into_iter().map(|problem| Finding {
                section: section.id.clone(),
                sentence: sentence.id,
                problem,
            }));
        }
    }
    all
}

/// Whether a note may only be signed once somebody has confirmed this sentence: the drafter wrote it and it is doubtful, or a
/// clinician changed it to something that contradicts what was said. What a clinician typed is theirs to say.
pub fn must_confirm(origin: SentenceOrigin, problem: &Problem) -> bool {
    match origin {
        SentenceOrigin::Drafted => true,
        SentenceOrigin::Edited => matches!(problem, Problem::Differs { .. }),
        SentenceOrigin::Typed => false,
    }
}

/// What is doubtful about a sentence.
fn problems(
    sentence: &Sentence,
    utterances: &[Utterance],
    read: &BTreeMap<u32, Text>,
    strict: bool,
) -> Vec<Problem> {
    if let Some(problem) = evidence::missing(sentence, utterances.len()) {
        return vec![problem];
    }
    let said: Vec<&Text> = sentence.evidence.iter().filter_map(|index| read.get(index)).collect();
    let text = Text::read(sentence.text.expose());
    let mut all = differences(&text, &said);
    if strict {
        all.extend(evidence::unsupported(sentence, utterances));
    } else {
        all.extend(mostly_unsaid(&text, &said));
    }
    all
}

fn differences(text: &Text, said: &[&Text]) -> Vec<Problem> {
    let mut found = quantities_wrong(text, said);
    let mut push =
        |difference, words: Vec<String>| found.extend(words.into_iter().map(|word| (difference, word)));
    push(Difference::Date, dates::wrong(text, said));
    push(Difference::Medicine, medicines::unsaid(text, said));
    push(Difference::Dose, medicines::wrong_doses(text, said));
    push(Difference::Dose, medicines::wrong_frequencies(text, said));
    push(Difference::Side, sides::wrong(text, said));
    push(Difference::Negation, negation::wrong(text, said));
    push(Difference::Allergy, medicines::wrong_allergies(text, said));
    push(Difference::Subject, subject::wrong(text, said));
    found.sort_by_key(|(difference, _)| *difference);
    let mut all: Vec<Problem> = Vec::new();
    for (difference, word) in found {
        let word = Phi::new(word);
        match all.last_mut() {
            Some(Problem::Differs { difference: last, words }) if *last == difference => {
                if !words.contains(&word) {
                    words.push(word);
                }
            }
            _ => all.push(Problem::Differs { difference, words: vec![word] }),
        }
    }
    all
}

/// The numbers of a sentence that were not said so.
fn quantities_wrong(text: &Text, said: &[&Text]) -> Vec<(Difference, String)> {
    let written = quantities::quantities(text);
    if written.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let told: Vec<_> = said.iter().flat_map(|text| quantities::quantities_said(text)).collect();
    let units: Vec<_> =
        said.iter().flat_map(|text| &text.tokens).filter_map(|token| quantities::unit(&token.text)).collect();
    for quantity in written {
        // "this one" is no number.
        let pronoun = matches!(text.word(quantity.number.from), "one" | "uno") && quantity.unit.is_none();
        if pronoun {
            continue;
        }
        let difference = match quantities::compare(&quantity, &told, &units) {
            None => continue,
            Some(_) if dates::is_of_date(text, &quantity) => Difference::Date,
            Some(quantities::Wrong::Number) => Difference::Number,
            Some(quantities::Wrong::Unit) => Difference::Unit,
        };
        found.push((difference, quantity.written(text)));
    }
    found
}

/// The words that were not said, where they are half of the sentence's or more.
fn mostly_unsaid(text: &Text, said: &[&Text]) -> Option<Problem> {
    let known: Vec<String> =
        said.iter().flat_map(|text| &text.tokens).map(|token| stem(&token.text)).collect();
    let content: Vec<&str> = text
        .tokens
        .iter()
        .map(|token| token.text.as_str())
        .filter(|word| word.chars().any(char::is_alphanumeric) && words::is_content(word))
        .collect();
    let unsaid: Vec<_> = content.iter().filter(|word| !known.contains(&stem(word))).collect();
    let words = || unsaid.iter().map(|word| Phi::new((**word).to_owned())).collect();
    // Of what was said, more than half must be left.
    (content.is_empty() || unsaid.len() * 2 >= content.len()).then(|| Problem::Unsupported { words: words() })
}
