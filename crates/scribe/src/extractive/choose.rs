//! Which candidates the note holds, and where.

use std::collections::HashSet;

use super::candidate::{Candidate, Kind, Phase};
use crate::{Topic, words};

/// The chosen candidates, each with its topic, in the order of the visit.
pub(crate) fn choose(candidates: &[Candidate]) -> Vec<(&Candidate, Topic)> {
    let mut chosen: Vec<(&Candidate, Topic)> = Vec::new();
    let mut seen: Vec<HashSet<String>> = Vec::new();
    for candidate in candidates {
        let content: HashSet<_> =
            words::tokens(&candidate.text).filter(|word| words::is_content(word)).collect();
        let fewest = if candidate.kind == Kind::Answered { 1 } else { 3 };
        if content.len() < fewest || seen.iter().any(|other| content.is_subset(other)) {
            continue;
        }
        seen.push(content);
        chosen.push((candidate, topic(candidate)));
    }
    chosen
}

fn topic(candidate: &Candidate) -> Topic {
    match (candidate.kind, candidate.phase) {
        (Kind::Told | Kind::Answered, _) => Topic::History,
        (Kind::Ordered, _) => Topic::Plan,
        (Kind::Stated, Phase::Talk) => Topic::History,
        (Kind::Stated, Phase::Examination) => Topic::Examination,
        (Kind::Stated, Phase::Results) => Topic::Results,
        (Kind::Stated, Phase::Plan) => Topic::Assessment,
    }
}
