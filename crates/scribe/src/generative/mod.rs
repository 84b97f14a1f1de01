//! The drafter that asks a language model: what to ask, what to make of its answers. Who asks it is somebody else's.
//!
//! A visit is read in windows that leave room for an answer; two lines of each stand in the next, so that an answer finds its
//! question. Each answer is lines of `section [evidence] sentence` under a grammar, so that a sentence without a section or without
//! evidence cannot be written. The windows' sentences are put together by section, each once. What the model writes is checked like
//! any other draft ([`crate::check`]): nothing it says is taken for said.
//!
//! The words and the grammar are files: `crates/scribe/prompts`. The part of a prompt that is the same for every window stands first,
//! so that a model's state of it can be kept.

mod answer;
mod windows;

use domain::{DraftEngine, Note, NoteSection, Phi, Sentence, SentenceOrigin, Speaker, Utterance};

use crate::{FEWEST_WORDS, Outcome, Reader, Refusal, Template, words};
pub use answer::Written;
use windows::{Line, Room};

/// Why a model's draft came to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// The template alone fills the model's context.
    #[error("its context is too small for this template")]
    ContextTooSmall,
    /// An answer did not end, however little it was asked about.
    #[error("it does not come to an end")]
    Endless,
    /// An answer is not in the form that was asked for.
    #[error("its answer is not in the form that was asked for")]
    Form,
}

/// What a model is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The instructions, the same in every window.
    pub system: String,
    /// The window's lines.
    pub user: Phi<String>,
    /// The GBNF grammar of the answer.
    pub grammar: String,
    /// The tokens that the answer may have.
    pub most_tokens: u32,
    /// Which window, from 1.
    pub part: u32,
    /// How many there are, as far as can be told.
    pub parts: u32,
}

/// A model's answer.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// Its text.
    pub text: &'a str,
    /// Whether it came to its end.
    pub finished: bool,
    /// The tokens that the ask had.
    pub prompt_tokens: u32,
    /// The tokens that the answer has.
    pub tokens: u32,
}

/// A draft on its way: what to ask next, and what was answered.
#[derive(Clone, Debug)]
pub struct Drafting {
    template: Template,
    language: String,
    system: String,
    lines: Vec<Line>,
    room: Room,
    /// The first line that no window has had.
    next: usize,
    /// The lines of the window that is being asked.
    window: std::ops::Range<usize>,
    part: u32,
    written: Vec<Written>,
}

impl Drafting {
    /// Begins a draft for a model with so many tokens of context.
    ///
    /// # Errors
    /// Too little was said.
    pub fn new(
        utterances: &[Utterance],
        template: &Template,
        language: &str,
        context: u32,
    ) -> Result<Self, Refusal> {
        let words = words::spoken(utterances);
        if words < FEWEST_WORDS {
            return Err(Refusal::TooShort { words });
        }
        let system = instructions(template, language);
        Ok(Self {
            template: template.clone(),
            language: language.to_owned(),
            lines: windows::lines(
                utterances
                    .iter()
                    .map(|said| (said.index, speaker(said.speaker), said.text.expose().as_str())),
            ),
            room: Room::new(context, system.len()),
            system,
            next: 0,
            window: 0..0,
            part: 0,
            written: Vec::new(),
        })
    }

    /// What to ask next; none when every line was read.
    ///
    /// # Errors
    /// The context is too small.
    pub fn ask(&mut self) -> Result<Option<Ask>, Unusable> {
        if self.next >= self.lines.len() {
            return Ok(None);
        }
        let window = self.room.window(&self.lines, self.next)?;
        let lines: String = self.lines[window.clone()].iter().map(|line| line.text.as_str()).collect();
        let parts = self.part + 1 + self.room.windows_of(&self.lines[window.end..]);
        let mut ids: Vec<u32> = self.lines[window.clone()].iter().map(|line| line.index).collect();
        ids.dedup();
        self.window = window;
        let (most, longest) = self.room.sentences();
        let user = include_str!("../../prompts/window.txt")
            .replace("{part}", &(self.part + 1).to_string())
            .replace("{lines}", lines.trim_end());
        Ok(Some(Ask {
            system: self.system.clone(),
            user: Phi::new(user),
            grammar: self.grammar(&ids, most, longest),
            most_tokens: self.room.answer(),
            part: self.part + 1,
            parts,
        }))
    }

    /// Takes the answer to the last ask. One that did not end is asked again about less.
    ///
    /// # Errors
    /// It can never be used.
    pub fn answered(&mut self, answer: Answer<'_>) -> Result<(), Unusable> {
        let asked: usize = self.lines[self.window.clone()].iter().map(|line| line.text.len()).sum();
        let learnt = self.room.learn(asked, answer.prompt_tokens);
        let wordy = self.room.learn_of_answer(answer.text.chars().count(), answer.tokens);
        if !answer.finished {
            return if learnt || wordy { Ok(()) } else { self.room.narrow() };
        }
        let here = answer::read(answer.text, &self.template).ok_or(Unusable::Form)?;
        let known = |index: &u32| self.lines[self.window.clone()].iter().any(|line| line.index == *index);
        if !here.iter().all(|written| !written.evidence.is_empty() && written.evidence.iter().all(known)) {
            return Err(Unusable::Form);
        }
        for written in here {
            answer::merge(&mut self.written, written);
        }
        self.room.widen();
        self.next = self.window.end;
        self.part += 1;
        Ok(())
    }

    /// The last ask did not fit into the context: it is asked again with less in it.
    ///
    /// # Errors
    /// Nothing would fit.
    pub fn did_not_fit(&mut self) -> Result<(), Unusable> {
        self.room.shrink()
    }

    /// What an answer that is still being written says so far: the heading and the words of each sentence.
    pub fn so_far(&self, text: &str) -> Vec<(String, String)> {
        let heading = |id: &str| {
            let section = self.template.sections.iter().find(|section| section.id == id)?;
            Some(section.title_in(&self.language).to_owned())
        };
        answer::so_far(text).filter_map(|(id, words)| Some((heading(id)?, words.to_owned()))).collect()
    }

    /// The note, once every line was read.
    pub fn finish(self, model: &str) -> Outcome {
        let mut id = 0;
        let sections: Vec<_> = self
            .template
            .sections
            .iter()
            .filter_map(|section| {
                let of_section = self.written.iter().filter(|written| written.section == section.id);
                let sentences: Vec<_> = of_section
                    .map(|written| {
                        id += 1;
                        Sentence {
                            id: id - 1,
                            text: Phi::new(written.text.clone()),
                            origin: SentenceOrigin::Drafted,
                            evidence: written.evidence.clone(),
                        }
                    })
                    .collect();
                let title = section.title_in(&self.language).to_owned();
                (!sentences.is_empty()).then(|| NoteSection { id: section.id.clone(), title, sentences })
            })
            .collect();
        if sections.is_empty() {
            return Outcome::Refused(Refusal::NotClinical);
        }
        Outcome::Draft(Note {
            template: self.template.id,
            engine: DraftEngine::Generative,
            model: Some(model.to_owned()),
            sections,
        })
    }

    fn grammar(&self, ids: &[u32], most: u32, longest: u32) -> String {
        let either = |all: Vec<String>| all.join(" | ");
        let sections = self.template.sections.iter().map(|section| format!("\"{}\"", section.id)).collect();
        include_str!("../../prompts/note.gbnf")
            .replace("{most}", &most.to_string())
            .replace("{longest}", &longest.to_string())
            .replace("{sections}", &either(sections))
            .replace("{ids}", &either(ids.iter().map(|id| format!("\"{id}\"")).collect()))
    }
}

fn instructions(template: &Template, language: &str) -> String {
    let sections: Vec<_> = template
        .sections
        .iter()
        .map(|section| {
            let asks = if section.asks.is_empty() { section.title_in("en") } else { &section.asks };
            format!("- {}: {asks}", section.id)
        })
        .collect();
    let reader = match template.reader {
        Reader::Clinician => include_str!("../../prompts/reader-clinician.txt"),
        Reader::Patient => include_str!("../../prompts/reader-patient.txt"),
    };
    let language = match language.split('-').next().unwrap_or(language) {
        "en" => "English",
        "es" => "Spanish",
        "ar" => "Arabic",
        other => other,
    };
    include_str!("../../prompts/note.txt")
        .replace("{example}", template.sections.first().map_or("", |section| section.id.as_str()))
        .replace("{sections}", &sections.join("\n"))
        .replace("{reader}", reader.trim())
        .replace("{language}", language)
}

const fn speaker(speaker: Speaker) -> &'static str {
    match speaker {
        Speaker::Clinician => "clinician",
        Speaker::Patient => "patient",
        Speaker::Other => "companion",
        Speaker::Unknown => "somebody",
    }
}

#[cfg(test)]
mod tests;
