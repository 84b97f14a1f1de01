//! Does a sentence say only what its evidence says?

use std::collections::HashSet;

use domain::{Note, Phi, Sentence, Utterance};
use serde::Serialize;

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
}

/// Checks every sentence against its evidence. Nothing found means: each sentence has evidence, the evidence exists, and
/// every content word of the sentence was said in it. Sentences that a clinician typed or changed are checked alike; it is
/// for the screen to say that their author is a person.
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
    if sentence.evidence.is_empty() {
        return Some(Problem::NoEvidence);
    }
    let mut said = HashSet::new();
    for &index in &sentence.evidence {
        let Some(utterance) = utterances.get(index as usize) else {
            return Some(Problem::MissingUtterance { index });
        };
        said.extend(words::tokens(utterance.text.expose()));
    }
    let mut unsupported = Vec::new();
    for word in words::tokens(sentence.text.expose()) {
        if words::is_content(&word) && !said.contains(&word) && !unsupported.contains(&word) {
            unsupported.push(word);
        }
    }
    (!unsupported.is_empty())
        .then(|| Problem::Unsupported { words: unsupported.into_iter().map(Phi::new).collect() })
}
