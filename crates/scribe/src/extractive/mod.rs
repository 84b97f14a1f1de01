//! The drafter that needs no model: it chooses and rewrites what was said, and never writes a content word that was not.

mod answer;
mod candidate;
mod choose;
mod clean;
mod clinician;
mod features;
mod lexicon;
mod must;
mod person;
mod question;
mod sound;
mod speech;
mod weights;

use domain::{DraftEngine, Note, NoteSection, Phi, Sentence, SentenceOrigin, Utterance};

pub use candidate::{Candidate, Kind, Phase, candidates};
pub use features::features;
pub use weights::Weights;

use crate::Template;

/// The note. Its sections follow the template; within one, topics in the template's order, and the visit's order in each.
pub fn draft(utterances: &[Utterance], template: &Template, weights: &Weights) -> Note {
    let candidates = candidate::candidates(utterances);
    let chosen = choose::choose(&candidates, weights);
    let mut next = 0;
    let mut sections = Vec::new();
    for section in &template.sections {
        let mut sentences = Vec::new();
        for topic in &section.takes {
            for (candidate, _) in chosen.iter().filter(|(_, of)| of == topic) {
                sentences.push(Sentence {
                    id: next,
                    text: Phi::new(candidate.text.clone()),
                    origin: SentenceOrigin::Drafted,
                    evidence: candidate.evidence.clone(),
                });
                next += 1;
            }
        }
        if !sentences.is_empty() {
            sections.push(NoteSection { id: section.id.clone(), title: section.title.clone(), sentences });
        }
    }
    Note { template: template.id.clone(), engine: DraftEngine::Extractive, sections }
}
