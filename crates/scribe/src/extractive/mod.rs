//! The drafter that needs no model: it chooses and rewrites what was said, and never writes a content word that was not.

mod answer;
mod candidate;
mod choose;
mod clean;
mod clinician;
mod features;
mod lexicon;
mod matter;
mod must;
mod person;
mod question;
mod second;
mod sound;
mod speech;
mod weights;

use domain::{DraftEngine, Note, NoteSection, Phi, Sentence, SentenceOrigin, Utterance};

pub use candidate::{Candidate, Kind, Phase, candidates};
pub use features::features;
pub(crate) use must::is_medicine;
pub use weights::Weights;

use crate::{Reader, Template};

/// The note, with headings in a language. Its sections follow the template; within one, what it takes in the template's order,
/// and the visit's order in each.
pub fn draft(utterances: &[Utterance], template: &Template, language: &str, weights: &Weights) -> Note {
    let candidates = candidate::candidates(utterances);
    let chosen = choose::choose(&candidates, weights);
    let mut placed: Vec<_> = chosen
        .into_iter()
        .filter_map(|(candidate, topic)| {
            let place = template.place(topic, matter::matter(candidate, topic))?;
            Some((place, candidate))
        })
        .collect();
    // Stable: the visit's order stays in each.
    placed.sort_by_key(|(place, _)| *place);
    let mut sections: Vec<NoteSection> = Vec::new();
    for (((place, _), candidate), id) in placed.into_iter().zip(0..) {
        let section = &template.sections[place];
        let text = match template.reader {
            Reader::Clinician => candidate.text.clone(),
            Reader::Patient => second::second(&candidate.text, &candidate.evidence, utterances),
        };
        let sentence = Sentence {
            id,
            text: Phi::new(text),
            origin: SentenceOrigin::Drafted,
            evidence: candidate.evidence.clone(),
        };
        match sections.last_mut() {
            Some(last) if last.id == section.id => last.sentences.push(sentence),
            _ => sections.push(NoteSection {
                id: section.id.clone(),
                title: section.title_in(language).to_owned(),
                sentences: vec![sentence],
            }),
        }
    }
    Note { template: template.id.clone(), engine: DraftEngine::Extractive, model: None, sections }
}
