//! Which candidates the note holds, and where.

use std::collections::HashSet;

use super::candidate::{Candidate, Kind, Phase};
use super::lexicon::{ASSESSES, DOES, listed};
use super::must::{Must, must};
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
            let must = must(candidate);
            let topic = topic(candidate, weights.topic(&features));
            let topic = match must {
                Some(Must::Order) => Topic::Plan,
                Some(Must::Diagnosis) => Topic::Assessment,
                Some(Must::Allergy | Must::Medicine) | None => topic,
            };
            // A question before an answer takes nothing from what the answer is worth by itself.
            let alone = alone(candidate).map(|alone| weights.keep(&super::features::features(&alone)));
            let keep = weights.keep(&features);
            (at, must.is_some(), alone.map_or(keep, |alone| alone.max(keep)), topic)
        })
        .filter(|(_, must, keep, _)| *must || *keep > weights.threshold())
        .collect();
    let content = |at: usize| -> HashSet<String> {
        words::tokens(&candidates[at].text).filter(|word| words::is_content(word)).collect()
    };
    // What must be kept comes first, the fullest of it before what it repeats.
    ranked.sort_by(|a, b| {
        let length = |ranked: &(usize, bool, f32, Topic)| if ranked.1 { content(ranked.0).len() } else { 0 };
        b.1.cmp(&a.1).then(length(b).cmp(&length(a))).then(b.2.total_cmp(&a.2)).then(a.0.cmp(&b.0))
    });
    let mut said: HashSet<String> = HashSet::new();
    let mut kept: Vec<(HashSet<String>, bool)> = Vec::new();
    let mut chosen = Vec::new();
    for (at, must, _, topic) in ranked {
        let candidate = &candidates[at];
        let content = content(at);
        #[expect(clippy::cast_precision_loss, reason = "a sentence has few words")]
        let new =
            content.iter().filter(|word| !said.contains(*word)).count() as f32 / content.len().max(1) as f32;
        // A denial is worth its line even where the words were said before: "denies" is what is new.
        let fewest = if candidate.kind == Kind::Answered { FEWEST_NEW / 2.0 } else { FEWEST_NEW };
        // Of what must be kept, only what one sentence says already is left out; a single new word may be the dose.
        let denies = words::tokens(&candidate.text).any(|word| listed(&word, "not denies"));
        let repeated = if must {
            kept.iter().any(|(other, denied)| *denied == denies && content.is_subset(other))
        } else {
            new < fewest
        };
        if content.is_empty() || repeated {
            continue;
        }
        said.extend(content.iter().cloned());
        kept.push((content, denies));
        chosen.push((at, topic));
    }
    chosen.sort_unstable_by_key(|(at, _)| *at);
    chosen.into_iter().map(|(at, topic)| (&candidates[at], topic)).collect()
}

/// The answer without the question that it was given as a heading.
fn alone(candidate: &Candidate) -> Option<Candidate> {
    let answer = candidate.text.strip_prefix('\u{201c}')?.split_once("\u{201d}: ")?.1;
    Some(Candidate { text: answer.to_owned(), kind: Kind::Told, ..candidate.clone() })
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
    let found = |list| words().any(|word| listed(&word, list));
    let weighed = match weighed {
        // Nothing was found on examination where nobody examines.
        Topic::Examination if candidate.phase == Phase::Talk && !found(EXAMINED) => elsewhere(candidate),
        Topic::Examination if !found(EXAMINED) && !found(FOUND) => elsewhere(candidate),
        Topic::Results if !found(TESTED) => elsewhere(candidate),
        Topic::History
            if candidate.kind == Kind::Stated && words().next().is_some_and(|first| first == "if") =>
        {
            Topic::Plan
        }
        weighed => weighed,
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

/// Where a clinician's words belong that only sound like a finding.
fn elsewhere(candidate: &Candidate) -> Topic {
    if candidate.phase == Phase::Plan { Topic::Plan } else { Topic::History }
}

/// Whether a word may name what an examination finds, or where.
pub(super) fn is_found(word: &str) -> bool {
    listed(word, EXAMINED)
        || listed(word, FOUND)
        || listed(word, "lump lumps murmurs crackle wheeze redness bulging fluid")
}

/// Words of an examination.
const EXAMINED: &str = "exam examination vital vitals palpation palpate auscultation bilaterally murmur bruit bruits edema erythema saturation \
                        oximetry ronchi rhonchi crackles rales afebrile appreciate pulse";

/// What an examination finds, and where.
const FOUND: &str = "pressure temperature heart lungs lung chest abdomen belly neck throat ear ears nose eye eyes skin knee ankle foot feet leg \
                     legs arm arms hand wrist elbow shoulder hip back spine joint swelling swollen tenderness tender rhythm range motion strength \
                     reflexes sensation gait rash weakness clear distress oxygen lymph thyroid mass soft wheezing pain bruising extremities \
                     extremity flexion extension rotation sinuses sinus nodes redness scarring incision wound finger fingers toe thumb good \
                     normal positive negative decreased intact";

/// Words of tests and images.
const TESTED: &str = "x-ray x-rays xray mri ct lab labs result results hemoglobin a1c test tests tested ultrasound echocardiogram echo ekg ecg \
                      glucose creatinine cholesterol level levels panel count cbc urine urinalysis scan biopsy culture fracture imaging \
                      normal elevated blood kidney liver white pressure low high function electrolytes study endoscopy colonoscopy mammogram \
                      stress pulmonary x ray calcium tsh iron ldl";
