//! A clinician's changes to a draft.

use domain::{Note, NoteSection, Phi, Sentence, SentenceOrigin};
use serde::{Deserialize, Serialize};

/// A section as the clinician left it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditedSection {
    /// The section's id.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Its sentences, in order.
    pub sentences: Vec<EditedSentence>,
}

/// A sentence as the clinician left it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditedSentence {
    /// The id it had; `None` for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<u32>,
    /// The words.
    pub text: Phi<String>,
}

/// The note after the clinician's changes.
///
/// A sentence that keeps its id keeps its evidence; it stays *drafted* if its words are the same (white space aside) and
/// becomes *edited* if not, while one that a person typed stays *typed*. A sentence without an id, with one the note does
/// not have, or with one used a second time is new: *typed*, without evidence. New ids go on after the highest there was,
/// so that no id ever means another sentence. Empty sentences and sections are left out. Sentences may move between
/// sections.
pub fn apply_edit(note: &Note, edited: &[EditedSection]) -> Note {
    let mut next = note.sentences().map(|sentence| sentence.id).max().map_or(0, |id| id.saturating_add(1));
    let mut used = Vec::new();
    let sections = edited.iter().filter_map(|section| {
        let sentences: Vec<_> = section
            .sentences
            .iter()
            .filter(|sentence| !sentence.text.expose().trim().is_empty())
            .map(|sentence| {
                let old = sentence
                    .id
                    .filter(|id| !used.contains(id))
                    .and_then(|id| note.sentences().find(|old| old.id == id));
                used.extend(old.map(|old| old.id));
                let text = Phi::new(sentence.text.expose().trim().to_owned());
                old.map_or_else(
                    || {
                        let id = next;
                        next = next.saturating_add(1);
                        let text = text.clone();
                        Sentence { id, text, origin: SentenceOrigin::Typed, evidence: Vec::new() }
                    },
                    |old| kept(old, text.clone()),
                )
            })
            .collect();
        (!sentences.is_empty()).then(|| NoteSection {
            id: section.id.clone(),
            title: section.title.clone(),
            sentences,
        })
    });
    Note {
        template: note.template.clone(),
        engine: note.engine,
        model: note.model.clone(),
        sections: sections.collect(),
    }
}

fn kept(old: &Sentence, text: Phi<String>) -> Sentence {
    let same = old.text.expose().split_whitespace().eq(text.expose().split_whitespace());
    let origin = match old.origin {
        SentenceOrigin::Drafted if !same => SentenceOrigin::Edited,
        origin => origin,
    };
    Sentence { id: old.id, text, origin, evidence: old.evidence.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::DraftEngine;

    fn note() -> Note {
        let sentence = |id, text: &str| Sentence {
            id,
            text: text.into(),
            origin: SentenceOrigin::Drafted,
            evidence: vec![id],
        };
        Note {
            template: "soap".into(),
            engine: DraftEngine::Extractive,
            model: None,
            sections: vec![NoteSection {
                id: "subjective".into(),
                title: "Subjective".into(),
                sentences: vec![sentence(0, "Denies fever."), sentence(1, "Reports cough.")],
            }],
        }
    }

    fn edit(sentences: &[(Option<u32>, &str)]) -> Vec<EditedSection> {
        let sentences =
            sentences.iter().map(|&(id, text)| EditedSentence { id, text: text.into() }).collect();
        vec![EditedSection { id: "plan".into(), title: "Plan".into(), sentences }]
    }

    #[test]
    fn a_kept_sentence_keeps_its_evidence_and_says_whether_it_was_changed() {
        let after = apply_edit(&note(), &edit(&[(Some(1), "Reports  cough. "), (Some(0), "Denies fevers.")]));
        let [cough, fever] = after.sections[0].sentences.as_slice() else { panic!("two sentences") };
        assert_eq!(
            (cough.id, cough.origin, cough.evidence.as_slice()),
            (1, SentenceOrigin::Drafted, [1].as_slice())
        );
        assert_eq!(
            (fever.id, fever.origin, fever.evidence.as_slice()),
            (0, SentenceOrigin::Edited, [0].as_slice())
        );
    }

    #[test]
    fn a_new_or_twice_used_or_unknown_id_is_a_typed_sentence_with_an_id_of_its_own() {
        let after = apply_edit(
            &note(),
            &edit(&[(Some(0), "Denies fever."), (Some(0), "x"), (None, "y"), (Some(77), "z")]),
        );
        let seen: Vec<_> = after.sentences().map(|s| (s.id, s.origin, s.evidence.len())).collect();
        let typed = SentenceOrigin::Typed;
        assert_eq!(seen, [(0, SentenceOrigin::Drafted, 1), (2, typed, 0), (3, typed, 0), (4, typed, 0)]);
    }

    #[test]
    fn what_was_emptied_is_gone() {
        assert!(apply_edit(&note(), &edit(&[(Some(0), "  ")])).sections.is_empty());
    }
}
