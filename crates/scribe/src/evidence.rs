//! Does a sentence say only what its evidence says?

use std::collections::HashSet;

use domain::{Note, Phi, Sentence, Utterance};
use serde::Serialize;

use crate::check::Difference;
use crate::words;

/// What is wrong with a sentence of a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The section's id.
    pub section: String,
    /// The sentence's id.
    pub sentence: u32,
    /// What it lacks.
    pub problem: Problem,
}

/// What a sentence lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Problem {
    /// It rests on nothing that was said.
    NoEvidence,
    /// It refers to an utterance that there is not.
    MissingUtterance {
        /// The index it names.
        index: u32,
    },
    /// Words that carry content (see [`words::is_content`]) and stand in none of its utterances.
    Unsupported {
        /// Which, in lower case.
        words: Vec<Phi<String>>,
    },
    /// It says something else than its evidence.
    Differs {
        /// In what.
        difference: Difference,
        /// The words of the sentence that do, in lower case.
        words: Vec<Phi<String>>,
    },
}

/// Checks the words of every sentence against its evidence; [`crate::check`] checks what they say. Nothing found means: each
/// sentence has evidence, the evidence exists, and every content word of the sentence was said in it. Sentences that a
/// clinician typed or changed are checked alike; it is for the screen to say that their author is a person.
pub fn check_evidence(note: &Note, utterances: &[Utterance]) -> Vec<Finding> {
    note.sections
        .iter()
        .flat_map(|section| section.sentences.iter().map(move |sentence| (section, sentence)))
        .filter_map(|(section, sentence)| {
            let problem = check(sentence, utterances)?;
            Some(Finding { section: section.id.clone(), sentence: sentence.id, problem })
        })
        .collect()
}

fn check(sentence: &Sentence, utterances: &[Utterance]) -> Option<Problem> {
    missing(sentence, utterances.len()).or_else(|| {
        let mut words = unsaid(sentence, utterances);
        words.extend(denies(sentence, utterances));
        (!words.is_empty()).then(|| Problem::Unsupported { words: words.into_iter().map(Phi::new).collect() })
    })
}

/// What is wrong with the evidence that a sentence names, of so many utterances.
pub(crate) fn missing(sentence: &Sentence, utterances: usize) -> Option<Problem> {
    if sentence.evidence.is_empty() {
        return Some(Problem::NoEvidence);
    }
    let index = sentence.evidence.iter().find(|index| **index as usize >= utterances)?;
    Some(Problem::MissingUtterance { index: *index })
}

/// The content words of a sentence that none of its utterances holds. What it denies is [`crate::check`]'s to compare.
pub(crate) fn unsupported(sentence: &Sentence, utterances: &[Utterance]) -> Option<Problem> {
    let words = unsaid(sentence, utterances);
    (!words.is_empty()).then(|| Problem::Unsupported { words: words.into_iter().map(Phi::new).collect() })
}

fn said(sentence: &Sentence, utterances: &[Utterance]) -> HashSet<String> {
    let evidence = sentence.evidence.iter().filter_map(|index| utterances.get(*index as usize));
    evidence.flat_map(|utterance| words::tokens(utterance.text.expose())).collect()
}

fn unsaid(sentence: &Sentence, utterances: &[Utterance]) -> Vec<String> {
    let said = said(sentence, utterances);
    let mut unsaid = Vec::new();
    for word in words::tokens(sentence.text.expose()) {
        if words::is_content(&word) && !said.contains(&word) && !unsaid.contains(&word) {
            unsaid.push(word);
        }
    }
    unsaid
}

/// The word that denies, where nothing was denied.
fn denies(sentence: &Sentence, utterances: &[Utterance]) -> Option<String> {
    let said = said(sentence, utterances);
    let denied = NEGATES.iter().any(|word| said.contains(*word));
    let mut words = words::tokens(sentence.text.expose());
    words.find(|word| !denied && (word == "not" || word == "denies"))
}

/// Tokens that negate in speech: `t` is the end of "don't".
const NEGATES: &[&str] = &[
    "no", "not", "t", "nt", "never", "none", "nothing", "nobody", "nowhere", "without", "nor", "neither",
    "nope", "nah", "cannot", "negative", "denies", "deny", "denied", "dont", "cant", "wont", "didnt",
    "doesnt", "isnt", "wasnt", "havent", "hasnt",
];

#[cfg(test)]
mod tests {
    use domain::{SentenceOrigin, Speaker, UtteranceSource};

    use super::*;

    fn problem(text: &str, evidence: &[u32], said: &str) -> Option<Problem> {
        let utterance = Utterance {
            index: 0,
            speaker: Speaker::Patient,
            text: said.into(),
            source: UtteranceSource::Typed,
            start_ms: None,
            end_ms: None,
            confidence: None,
        };
        let sentence = Sentence {
            id: 0,
            text: Phi::new(text.to_owned()),
            origin: SentenceOrigin::Drafted,
            evidence: evidence.to_vec(),
        };
        check(&sentence, &[utterance])
    }

    fn unsupported(words: &[&str]) -> Option<Problem> {
        Some(Problem::Unsupported { words: words.iter().map(|word| Phi::new((*word).to_owned())).collect() })
    }

    #[test]
    fn a_sentence_may_hold_no_word_number_side_or_negation_that_its_evidence_lacks() {
        let said = "my left knee hurts after 20 minutes";
        assert_eq!(problem("Their left knee hurts after 20 minutes.", &[0], said), None);
        assert_eq!(
            problem("Their right knee hurts before 25 minutes.", &[0], said),
            unsupported(&["right", "before", "25"])
        );
        assert_eq!(problem("Their left knee does not hurt.", &[0], said), unsupported(&["hurt", "not"]));
        assert_eq!(problem("Denies chills.", &[0], "chills ? no"), None);
        assert_eq!(problem("Denies chills.", &[0], "chills ? yes"), unsupported(&["denies"]));
        assert_eq!(problem("Denies chills.", &[], "chills"), Some(Problem::NoEvidence));
        assert_eq!(problem("Denies chills.", &[1], "chills"), Some(Problem::MissingUtterance { index: 1 }));
    }
}
