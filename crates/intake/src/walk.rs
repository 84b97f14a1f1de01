//! The walk: which question is on the screen, given the answers so far.
//!
//! The state is the answers and, where the patient went back, the question that they went back to. Everything else follows:
//! without a step back, the question on the screen is the first enabled one in the file's order that has no answer yet. So a
//! walk that is built again from its recorded answers stands exactly where the live one stood.

use std::fmt;
use std::sync::Arc;

use domain::{Answer, AnswerValue};

use crate::check::accepted;
use crate::questionnaire::{Item, ItemKind};
use crate::{Error, Questionnaire};

/// An intake under way. Its `Debug` holds no answer.
#[derive(Clone)]
pub struct Intake {
    questionnaire: Arc<Questionnaire>,
    /// By item; kept also while an item is disabled, so that it is there again when it is enabled again.
    answers: Vec<Option<Answer>>,
    /// By item; follows from the answers.
    enabled: Vec<bool>,
    /// The step that the patient went back to.
    revisiting: Option<usize>,
}

/// What was recorded: the body of an answer event. Its `Debug` holds no answer.
#[derive(Clone, PartialEq)]
pub struct Recorded {
    /// The question.
    pub link_id: String,
    /// The answer as it is kept.
    pub answer: Answer,
}

impl fmt::Debug for Intake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Intake")
            .field("questionnaire", &self.questionnaire.canonical())
            .field("progress", &self.progress())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorded").field("link_id", &self.link_id).finish_non_exhaustive()
    }
}

/// How far the patient has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Progress {
    /// Questions that were answered, skipped, or not known.
    pub answered: usize,
    /// Questions that are to be asked, given the answers so far.
    pub total_enabled: usize,
}

impl Intake {
    /// An intake before its first question.
    pub fn new(questionnaire: Arc<Questionnaire>) -> Self {
        let count = questionnaire.all().len();
        let mut intake =
            Self { questionnaire, answers: vec![None; count], enabled: vec![false; count], revisiting: None };
        intake.settle();
        intake
    }

    /// The intake that the recorded answers lead to; of several answers to one question the last one counts. Answers to
    /// items that have since been disabled are kept, but are no part of the response.
    ///
    /// # Errors
    /// [`Error::LinkUnknown`], [`Error::Answer`] or [`Error::Required`] where an answer does not belong to this questionnaire.
    pub fn replay(
        questionnaire: Arc<Questionnaire>,
        answers: impl IntoIterator<Item = (String, Answer)>,
    ) -> Result<Self, Error> {
        let mut intake = Self::new(questionnaire);
        for (link_id, answer) in answers {
            let index = intake.questionnaire.index_or_error(&link_id)?;
            intake.answers[index] = Some(accepted(&intake.questionnaire.all()[index], answer)?);
        }
        intake.settle();
        Ok(intake)
    }

    /// The same for answers of which some may not belong to this questionnaire, as where a record was made with another version
    /// of it: those are left out.
    #[must_use]
    pub fn replay_what_fits(
        questionnaire: Arc<Questionnaire>,
        answers: impl IntoIterator<Item = (String, Answer)>,
    ) -> Self {
        let mut intake = Self::new(questionnaire);
        for (link_id, answer) in answers {
            let Some(index) = intake.questionnaire.index(&link_id) else { continue };
            if let Ok(answer) = accepted(&intake.questionnaire.all()[index], answer) {
                intake.answers[index] = Some(answer);
            }
        }
        intake.settle();
        intake
    }

    /// This intake gone on with by another questionnaire, as after its reason has picked one: the answers to the same questions
    /// that the other accepts are there already, and are not asked again. What it does not accept or does not ask is
    /// left behind; the caller keeps it with this one.
    #[must_use]
    pub fn carried_over(&self, to: Arc<Questionnaire>) -> Self {
        self.carried_over_with(&[], to)
    }

    /// The same where the patient has been taken through other questionnaires before: what this one does not answer is taken
    /// from those, the first that answers it. An answer to the same linkId counts only where the same question was asked: a
    /// clinic's forms number their items alike.
    #[must_use]
    pub fn carried_over_with(&self, earlier: &[Self], to: Arc<Questionnaire>) -> Self {
        let mut intake = Self::new(to);
        for from in std::iter::once(self).chain(earlier) {
            for (index, item) in from.questionnaire.all().iter().enumerate() {
                let place = intake.questionnaire.index(&item.link_id);
                let Some((place, answer)) = place.zip(from.recorded_at(index).cloned()) else { continue };
                let asked = &intake.questionnaire.all()[place];
                if intake.answers[place].is_none() && asked.asks_what(item) {
                    intake.answers[place] = accepted(asked, answer).ok();
                }
            }
        }
        intake.settle();
        intake
    }

    /// Every answer, by linkId: also those to items that are not asked any more, given the others.
    pub fn answers(&self) -> impl Iterator<Item = (&str, &Answer)> {
        let items = self.questionnaire.all().iter();
        items.zip(&self.answers).filter_map(|(item, answer)| Some((item.link_id.as_str(), answer.as_ref()?)))
    }

    /// The questionnaire that is walked.
    pub fn questionnaire(&self) -> &Arc<Questionnaire> {
        &self.questionnaire
    }

    /// The item on the screen; `None` when every question was put and the review is due.
    pub fn current_item(&self) -> Option<&Item> {
        self.current_index().map(|index| self.item(index))
    }

    /// Records an answer to any question that is enabled now, usually the one on the screen, and moves on.
    ///
    /// # Errors
    /// [`Error::LinkUnknown`]; [`Error::Answer`] where it does not fit or the question is not being asked;
    /// [`Error::Required`] where it is empty, skipped or unknown and must not be. Nothing changes then.
    pub fn answer(&mut self, link_id: &str, answer: Answer) -> Result<Recorded, Error> {
        let index = self.step(link_id)?;
        self.record(index, answer)
    }

    /// Passes over the step on the screen: a text that was read, or a question that the patient leaves out.
    ///
    /// # Errors
    /// [`Error::Required`] where it must be answered, [`Error::Finished`] at the review.
    pub fn skip(&mut self) -> Result<Recorded, Error> {
        let index = self.current_index().ok_or(Error::Finished)?;
        self.record(index, Answer::Skipped)
    }

    /// Records "I don't know" for the question on the screen.
    ///
    /// # Errors
    /// [`Error::Required`] where it must be answered, [`Error::Finished`] at the review.
    pub fn unknown(&mut self) -> Result<Recorded, Error> {
        let index = self.current_index().ok_or(Error::Finished)?;
        self.record(index, Answer::Unknown)
    }

    /// Goes to the step before the one on the screen; from the review, to the last. `false` at the first step.
    pub fn back(&mut self) -> bool {
        let before = self.current_index().unwrap_or(self.answers.len());
        let Some(index) = (0..before).rev().find(|&index| self.is_asked(index)) else { return false };
        self.revisiting = Some(index);
        true
    }

    /// Goes on from a step that the patient went back to, leaving its answer as it is. `false` where there is nothing
    /// answered to go on from.
    pub fn forward(&mut self) -> bool {
        let Some(here) = self.current_index().filter(|&index| self.answers[index].is_some()) else {
            return false;
        };
        self.revisiting = (here + 1..self.answers.len()).find(|&index| self.is_asked(index));
        if self.revisiting.is_some_and(|index| self.answers[index].is_none()) {
            self.revisiting = None;
        }
        true
    }

    /// Goes to a question, as the review does to change an answer.
    ///
    /// # Errors
    /// [`Error::LinkUnknown`], or [`Error::Answer`] where the item is not being asked.
    pub fn goto(&mut self, link_id: &str) -> Result<(), Error> {
        self.revisiting = Some(self.step(link_id)?);
        Ok(())
    }

    /// How many of the questions that are to be asked have been dealt with.
    pub fn progress(&self) -> Progress {
        let questions =
            || (0..self.answers.len()).filter(|&i| self.is_asked(i) && self.item(i).is_question());
        Progress {
            answered: questions().filter(|&index| self.answers[index].is_some()).count(),
            total_enabled: questions().count(),
        }
    }

    /// Whether every step was dealt with and every required question has its answer.
    pub fn is_complete(&self) -> bool {
        self.first_open().is_none() && self.missing().is_empty()
    }

    /// The required questions, of those that are enabled, that have no answer.
    pub fn missing(&self) -> Vec<String> {
        (0..self.answers.len())
            .filter(|&index| {
                self.is_asked(index) && self.item(index).required && self.item(index).is_question()
            })
            .filter(|&index| self.given(index).is_empty())
            .map(|index| self.item(index).link_id.clone())
            .collect()
    }

    /// What became of a question, where it is enabled and was dealt with.
    pub fn recorded(&self, link_id: &str) -> Option<&Answer> {
        let index = self.questionnaire.index(link_id)?;
        self.answers[index].as_ref().filter(|_| self.enabled[index])
    }

    /// Whether the item is being asked, given the answers so far.
    pub fn is_enabled(&self, link_id: &str) -> bool {
        self.questionnaire.index(link_id).is_some_and(|index| self.enabled[index])
    }

    pub(crate) fn current_index(&self) -> Option<usize> {
        self.revisiting.or_else(|| self.first_open())
    }

    pub(crate) fn enabled_at(&self, index: usize) -> bool {
        self.enabled[index]
    }

    pub(crate) fn recorded_at(&self, index: usize) -> Option<&Answer> {
        self.answers[index].as_ref().filter(|_| self.enabled[index])
    }

    fn first_open(&self) -> Option<usize> {
        (0..self.answers.len()).find(|&index| self.is_asked(index) && self.answers[index].is_none())
    }

    fn item(&self, index: usize) -> &Item {
        &self.questionnaire.all()[index]
    }

    fn is_asked(&self, index: usize) -> bool {
        self.enabled[index] && self.item(index).is_step()
    }

    fn step(&self, link_id: &str) -> Result<usize, Error> {
        let index = self.questionnaire.index_or_error(link_id)?;
        if self.is_asked(index) {
            Ok(index)
        } else {
            Err(Error::Answer { link_id: link_id.to_owned(), problem: "the item is not being asked" })
        }
    }

    fn record(&mut self, index: usize, answer: Answer) -> Result<Recorded, Error> {
        let answer = accepted(self.item(index), answer)?;
        let recorded = Recorded { link_id: self.item(index).link_id.clone(), answer: answer.clone() };
        self.answers[index] = Some(answer);
        self.revisiting = None;
        self.settle();
        Ok(recorded)
    }

    /// The values given to a question; none where it is disabled, skipped or not known.
    pub(crate) fn given(&self, index: usize) -> &[AnswerValue] {
        match &self.answers[index] {
            Some(Answer::Given(values)) if self.enabled[index] => values,
            _ => &[],
        }
    }

    /// Decides anew which items are enabled. Each is visited after everything that it depends on.
    fn settle(&mut self) {
        let questionnaire = Arc::clone(&self.questionnaire);
        for &index in questionnaire.dependency_order() {
            self.enabled[index] = self.decide(&questionnaire.all()[index]);
        }
    }

    fn decide(&self, item: &Item) -> bool {
        // What stands under a question belongs to its answer: without one there is nothing to ask about.
        let placed = item.parent.is_none_or(|parent| {
            self.enabled[parent]
                && (self.item(parent).kind == ItemKind::Group || !self.given(parent).is_empty())
        });
        let mut holds =
            item.conditions.iter().map(|condition| condition.test.holds(self.given(condition.question)));
        placed
            && !item.hidden
            && (item.conditions.is_empty()
                || if item.all_conditions { holds.all(|h| h) } else { holds.any(|h| h) })
    }
}
