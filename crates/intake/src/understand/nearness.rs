//! By nearness of meaning: the layer after the parsers, where an embedding model is installed.
//!
//! "It's like I touched a live wire" shares no word with "Like an electric shock", and their sentence vectors lie close. The layer
//! never settles an answer by itself: what it finds where the parsers found nothing is asked back ("did you mean …?"), because
//! nearness does not hear a "not" ("the baby's kicking away" is near to "the baby moves less"). Where the parsers were unsure and
//! it finds the same by itself, that is enough. So without a model nothing is lost but the suggestion.
//!
//! No model is called here: the caller has [`Nearness::texts`] embedded and hands the vectors to [`Nearness::settle`].

use domain::{Coding, Language, Phi};

use super::asked::{Asked, Want};
use super::said::{Tongue, words_of};
use super::{ASK_BACK_BELOW, Kind, Understanding, Value};
use crate::questionnaire::Item;

/// The least cosine of what was said and an option for the option to be suggested. Of answers in own images (`evals/answers`,
/// ids with `-f`, open part) what lay below was right as often as wrong.
const NEAR: f32 = 0.25;
/// An option is suggested only where it lies nearer than the second by this much of cosine.
const NEARER: f32 = 0.01;
/// How sure a suggestion is: to be asked back.
const SUGGESTED: f64 = 0.5;
/// How sure an unsure answer becomes that is also the nearest.
const AGREED: f64 = 0.72;
/// Longer words tell a story, and their vector is about all of it.
const MOST_WORDS: usize = 40;

/// Texts whose nearness would help to understand an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearness {
    said: Phi<String>,
    /// Each option, as it stands on its button.
    options: Vec<Coding>,
}

impl Nearness {
    /// What to compare, where the parsers were not sure which option an answer means. `None` where nearness has nothing to
    /// say: another kind of question, an answer that is sure, a wish, a language that the models listed for it do not know.
    pub fn wanted(question: &Item, text: &str, language: &Language, by_rule: &Understanding) -> Option<Self> {
        let unsure = match by_rule.kind {
            Kind::Unclear => true,
            Kind::Answer => by_rule.confidence < ASK_BACK_BELOW,
            Kind::Unknown | Kind::Skip | Kind::Back | Kind::Repeat | Kind::Person => false,
        };
        let asked = Asked::of(question);
        let Want::Choice { options, .. } = asked.want else { return None };
        let words = words_of(text).len();
        let english = Tongue::of(language) == Tongue::English && language.primary() == "en";
        if !unsure || !english || options.len() < 2 || !(2..=MOST_WORDS).contains(&words) {
            return None;
        }
        let options = options
            .iter()
            .map(|option| Coding {
                system: option.system.clone(),
                code: option.code.clone(),
                display: option.display.get(language).to_owned(),
            })
            .collect();
        Some(Self { said: Phi::new(text.trim().to_owned()), options })
    }

    /// The texts to embed: first what the patient said, then what stands on the buttons, which is the same for every
    /// patient and may be kept.
    pub fn texts(&self) -> (&str, impl Iterator<Item = &str>) {
        (self.said.expose(), self.options.iter().map(|option| option.display.as_str()))
    }

    /// What is understood with the vectors of the texts, each of length 1: the parsers' answer where it is also the nearest,
    /// now surely; the nearest option, unsurely, where they had none; else the parsers' outcome as it was.
    pub fn settle(&self, said: &[f32], options: &[Vec<f32>], by_rule: Understanding) -> Understanding {
        if options.len() != self.options.len() || options.iter().any(|option| option.len() != said.len()) {
            return by_rule;
        }
        let mut near: Vec<(f32, usize)> =
            options.iter().enumerate().map(|(index, option)| (cosine(said, option), index)).collect();
        near.sort_by(|one, other| other.0.total_cmp(&one.0));
        let [(first, nearest), (second, _), ..] = near[..] else { return by_rule };
        if !(first >= NEAR && first - second >= NEARER) {
            return by_rule;
        }
        let nearest = &self.options[nearest];
        match (by_rule.kind, by_rule.value.as_ref().map(Phi::expose)) {
            (Kind::Answer, Some(Value::Choice(chosen))) => {
                let same = matches!(chosen.as_slice(), [only] if only.code == nearest.code && only.system == nearest.system);
                let confidence = if same { by_rule.confidence.max(AGREED) } else { by_rule.confidence };
                Understanding { confidence, ..by_rule }
            }
            (Kind::Unclear, _) => Understanding {
                kind: Kind::Answer,
                value: Some(Phi::new(Value::Choice(vec![nearest.clone()]))),
                confidence: SUGGESTED,
                ..by_rule
            },
            _ => by_rule,
        }
    }
}

/// Of two vectors of length 1.
fn cosine(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use time::macros::date;

    use super::super::{question_from_json, understand};
    use super::*;

    fn question() -> Item {
        let option =
            |code: &str, display: &str| json!({ "valueCoding": { "code": code, "display": display } });
        question_from_json(&json!({
            "linkId": "q", "type": "choice", "text": "What does it feel like?",
            "answerOption": [option("e", "Like an electric shock"), option("d", "Dull"), option("b", "Burning")],
        }))
        .unwrap()
    }

    fn heard(text: &str) -> (Understanding, Option<Nearness>) {
        let english = Language::english();
        let by_rule = understand(&question(), text, &english, date!(2026 - 11 - 23));
        let nearness = Nearness::wanted(&question(), text, &english, &by_rule);
        (by_rule, nearness)
    }

    fn chosen(understanding: &Understanding) -> Vec<String> {
        match understanding.value.as_ref().map(Phi::expose) {
            Some(Value::Choice(codings)) => codings.iter().map(|coding| coding.code.clone()).collect(),
            _ => Vec::new(),
        }
    }

    const UNIT: [[f32; 3]; 3] = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];

    fn units() -> Vec<Vec<f32>> {
        UNIT.iter().map(|vector| vector.to_vec()).collect()
    }

    #[test]
    fn what_no_rule_understands_is_suggested_and_asked_back() {
        let (by_rule, nearness) = heard("as though I had put my tongue on a battery");
        assert_eq!(by_rule.kind, Kind::Unclear);
        let nearness = nearness.unwrap();
        let (said, options) = nearness.texts();
        assert_eq!((said, options.count()), ("as though I had put my tongue on a battery", 3));
        let settled = nearness.settle(&[0.8, 0.6, 0.0], &units(), by_rule);
        assert_eq!((settled.kind, chosen(&settled)), (Kind::Answer, vec!["e".to_owned()]));
        assert!(settled.confidence < ASK_BACK_BELOW, "nearness alone is never sure");
    }

    #[test]
    fn what_is_far_from_every_option_or_as_near_to_two_stays_unclear() {
        let (by_rule, nearness) = heard("my parole officer says so");
        let nearness = nearness.unwrap();
        for said in [[0.1, 0.05, 0.0], [0.7, 0.7, 0.0], [f32::NAN, 0.0, 0.0]] {
            assert_eq!(nearness.settle(&said, &units(), by_rule.clone()), by_rule);
        }
    }

    #[test]
    fn vectors_of_another_number_or_length_change_nothing() {
        let (by_rule, nearness) = heard("my parole officer says so");
        let nearness = nearness.unwrap();
        assert_eq!(nearness.settle(&[1.0, 0.0, 0.0], &units()[..2], by_rule.clone()), by_rule);
        assert_eq!(nearness.settle(&[1.0], &units(), by_rule.clone()), by_rule);
    }

    #[test]
    fn a_sure_answer_a_wish_and_another_language_are_left_alone() {
        for text in ["burning", "I want to talk to a person", "skip this one"] {
            assert_eq!(heard(text).1, None, "{text}");
        }
        let spanish = Language::new("es");
        let by_rule = understand(&question(), "como si me tocara un cable", &spanish, date!(2026 - 11 - 23));
        assert_eq!(Nearness::wanted(&question(), "como si me tocara un cable", &spanish, &by_rule), None);
    }

    #[test]
    fn an_unsure_answer_that_is_also_the_nearest_is_sure_and_another_stays_as_it_was() {
        let (mut by_rule, _) = heard("burning");
        by_rule.confidence = 0.6;
        let text = "it sort of burns I would say";
        let nearness = Nearness::wanted(&question(), text, &Language::english(), &by_rule).unwrap();
        let agreed = nearness.settle(&[0.0, 0.0, 1.0], &units(), by_rule.clone());
        assert_eq!(chosen(&agreed), ["b"]);
        assert!(agreed.confidence >= ASK_BACK_BELOW);
        assert_eq!(nearness.settle(&[1.0, 0.0, 0.0], &units(), by_rule.clone()), by_rule);
    }
}
