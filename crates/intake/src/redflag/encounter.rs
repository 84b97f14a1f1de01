//! Signs over the utterances of one encounter: a blow to the head at the beginning, a blood thinner five minutes later.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Language, Severity};

use super::pattern::Match;
use super::{FlagHit, RedFlagRules, keep_better, words};

/// What an encounter's utterances have said so far that a sign may yet be made of. One an encounter; empty at its beginning.
/// It holds no words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SaidSoFar {
    /// The parts of signs that were said to be so: by language, need, group.
    parts: BTreeSet<(String, usize, usize)>,
}

impl RedFlagRules {
    /// Finds signs in the encounter's next utterance, one hit a rule: those that it says by itself, and those that it makes
    /// with what was said before, where the rule lets its parts stand apart. Spans lie in this utterance. Feed it every
    /// utterance of the patient, or of somebody for them, in order; the clinician's questions are nobody's signs.
    pub fn assess_next(&self, so_far: &mut SaidSoFar, text: &str, language: &Language) -> Vec<FlagHit> {
        let words = words::words(text);
        let mut best: BTreeMap<usize, (Severity, Match)> = BTreeMap::new();
        for (code, lexicon) in self.coded_lexicons(language) {
            let found = lexicon.asserted(&words);
            for (index, need) in lexicon.needs.iter().enumerate() {
                if let Some(matched) = need.met(index, &found) {
                    keep_better(&mut best, need.rule, need.severity, matched);
                }
                if !need.across {
                    continue;
                }
                let here = (0..need.groups).find_map(|group| found.get(&(index, group))?.first().cloned());
                let Some(here) = here else { continue };
                for group in (0..need.groups).filter(|group| found.contains_key(&(index, *group))) {
                    so_far.parts.insert((code.to_owned(), index, group));
                }
                let all =
                    (0..need.groups).all(|group| so_far.parts.contains(&(code.to_owned(), index, group)));
                if all {
                    keep_better(&mut best, need.rule, need.severity, here);
                }
            }
        }
        self.hits(&words, best)
    }
}
