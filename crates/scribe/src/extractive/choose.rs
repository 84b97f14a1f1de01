//! Which candidates the note holds, and where.

use std::collections::HashSet;

use super::candidate::{Candidate, Kind};
use super::lexicon::{ASSESSES, DOES};
use super::weights::Weights;
use crate::{Topic, words};

/// A sentence is left out when it adds less than this share of new content words to what the note says already.
const FEWEST_NEW: f32 = 0.34;

/// The chosen candidates, each with its topic, in the order of the visit.
pub(crate) fn choose<'a>(candidates: &'a [Candidate], weights: &Weights) -> Vec<(&'a Candidate, Topic)> {
    let mut ranked: Vec<_> = candidates
        .iter()
        .enumerate()
        .map(|(at, candidate)| {
            let features = super::features::features(candidate);
            (at, weights.keep(&features), topic(candidate, weights.topic(&features)))
        })
        .filter(|(_, keep, _)| *keep > weights.threshold())
        .collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut said: HashSet<String> = HashSet::new();
    let mut chosen = Vec::new();
    for (at, _, topic) in ranked {
        let candidate = &candidates[at];
        let content: HashSet<_> =
            words::tokens(&candidate.text).filter(|word| words::is_content(word)).collect();
        #[expect(clippy::cast_precision_loss, reason = "a sentence has few words")]
        let new =
            content.iter().filter(|word| !said.contains(*word)).count() as f32 / content.len().max(1) as f32;
        // A denial is worth its line even where the words were said before: "denies" is what is new.
        let fewest = if candidate.kind == Kind::Answered { FEWEST_NEW / 2.0 } else { FEWEST_NEW };
        if content.is_empty() || new < fewest {
            continue;
        }
        said.extend(content);
        chosen.push((at, topic));
    }
    chosen.sort_unstable_by_key(|(at, _)| *at);
    chosen.into_iter().map(|(at, topic)| (&candidates[at], topic)).collect()
}

/// The topic, where the weights may not have the last word: what the patient tells is history, whatever it sounds like; an order
/// is never history; and what a clinician makes of it is an assessment.
fn topic(candidate: &Candidate, weighed: Topic) -> Topic {
    let words = || {
        candidate
            .text
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ':'))
            .map(str::to_lowercase)
    };
    match (candidate.kind, weighed) {
        (Kind::Told | Kind::Answered, _) => Topic::History,
        (Kind::Ordered, Topic::History) => Topic::Plan,
        (Kind::Stated, Topic::History | Topic::Plan) => {
            let words: Vec<_> = words().filter(|word| !word.is_empty()).collect();
            if ASSESSES.within(&words) && !DOES.within(&words) { Topic::Assessment } else { weighed }
        }
        (Kind::Ordered | Kind::Stated, weighed) => weighed,
    }
}
