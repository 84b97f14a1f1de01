//! Which part of its topic a sentence is about.

use super::candidate::Candidate;
use super::lexicon::{ALLERGIES, MEDICINES, REACTIONS, TAKES, listed};
use super::must::{self, Must, must, names_drug, names_test};
use crate::{Matter, Topic};

const KIN: &str = "mother father mom dad sister brother family grandmother grandfather aunt uncle cousin parents mother's father's siblings";
const HABITS: &str = "smoke smokes smoked smoking cigarettes tobacco vape vapes alcohol drink drinks drinking beer wine drugs marijuana married single \
                      retired work works job lives live exercise exercises gym diet";
const PAST: &str = "surgery surgeries operation operated history diagnosed childhood hospitalized hospital removed replaced replacement \
                    appendectomy hysterectomy";
const VITALS: &str = "pressure pulse temperature saturation oxygen respirations weight bpm";
const RETURN: &str =
    "return follow-up back worse worsen worsens emergency ambulance call weeks months appointment schedule";

/// The part; none where it is about nothing that a template would put apart.
pub(super) fn matter(candidate: &Candidate, topic: Topic) -> Option<Matter> {
    let words = must::words(&candidate.text);
    let asked: Vec<String> = candidate.asked.split_whitespace().map(str::to_owned).collect();
    let any = |list| must::any(&words, list);
    let kept = must(candidate);
    match topic {
        Topic::History => {
            let reacts = ALLERGIES.within(&asked) && any(REACTIONS);
            if words.iter().chain(&asked).any(|word| listed(word, KIN)) {
                Some(Matter::Family)
            } else if kept == Some(Must::Allergy) || ALLERGIES.within(&words) || reacts {
                Some(Matter::Allergies)
            } else if kept == Some(Must::Medicine) || names_drug(&words) && (any(TAKES) || any(MEDICINES)) {
                Some(Matter::Medicines)
            } else if any(HABITS) {
                Some(Matter::Habits)
            } else {
                any(PAST).then_some(Matter::Past)
            }
        }
        Topic::Examination => any(VITALS).then_some(Matter::Vitals),
        Topic::Plan => {
            if names_test(&words) {
                Some(Matter::Tests)
            } else if names_drug(&words) || any(MEDICINES) {
                Some(Matter::Medicines)
            } else {
                any(RETURN).then_some(Matter::Return)
            }
        }
        Topic::Results | Topic::Assessment => None,
    }
}
