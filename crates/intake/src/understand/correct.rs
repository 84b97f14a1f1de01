//! "No wait, three days": what was said last counts.

use std::sync::LazyLock;

use super::number;
use super::said::{Phrases, Tongue};
use crate::redflag::words::{Mark, Word};

const ENGLISH: &[&str] = &[
    "(no)? (oh)? (wait|hang on|hold on) (a (minute|second|sec|moment))? (no|sorry|actually|make that)?",
    "(no|or|oh)? sorry (no|i mean|i meant)?",
    "(no)? (i|what i) (mean|meant) (to say)?",
    "(no)? (make|call) (that|it)",
    "(no)? scratch that",
    "strike that",
    "(i take that back|correction|let me think|let me correct that|let me rephrase|im wrong|i was wrong|im lying|i lie|thats wrong|thats not right|i tell a lie|my mistake|my bad|i misspoke|excuse me)",
    "(no)? (or)? rather",
    "no no (no)?",
    "(no|or|well)? actually (no|its|it was|it is|make (it|that))?",
    "(no|oh) (its|it was|it is|thats)",
    "what am i saying",
];

const SPANISH: &[&str] = &[
    "(ay)? (no)? (espera|espere|esperese|esperate) (un (momento|segundo))? (no)?",
    "(no|ay|uy|ah)? (perdon|perdone|disculpe|disculpa) (no|quise decir|digo)?",
    "(no)? (digo|quise decir|quiero decir|queria decir) (que)?",
    "(o)? mejor dicho",
    "mas bien",
    "(corrijo|rectifico|miento|me corrijo|me equivoque|estoy mintiendo|que digo|no es cierto|no es verdad|me confundi)",
    "no no (no)?",
    "(no)? (bueno)? (en realidad|de hecho) (no|son|es|fue|fueron)?",
    "(ay)? (bueno|ah|ay) no",
    "no (son|es|fue|fueron|eran)",
];

static CUES: LazyLock<[Phrases<()>; 2]> =
    LazyLock::new(|| [Phrases::of(ENGLISH, ()), Phrases::of(SPANISH, ())]);

/// Where corrections stand: the first and last word of each.
pub(super) fn cues(words: &[Word], tongue: Tongue) -> Vec<(usize, usize)> {
    let found = tongue.pick(&CUES[0], &CUES[1]).find(words);
    found.into_iter().filter(|cue| cue.first > 0).map(|cue| (cue.first, cue.last)).collect()
}

/// The parts between corrections, the last one first; the whole where nothing was corrected. `said_no` says that a "no" of
/// the cue belongs to the answer, as in one to a yes-or-no question.
pub(super) fn parts(words: &[Word], tongue: Tongue, said_no: bool) -> Vec<&[Word]> {
    cut(words, tongue, said_no, false)
}

/// The parts between corrections, where a "no" between two answers is one too: "yesterday, no, the day before".
pub(super) fn parts_by_no(words: &[Word], tongue: Tongue) -> Vec<&[Word]> {
    cut(words, tongue, false, true)
}

fn cut(words: &[Word], tongue: Tongue, said_no: bool, bare_no: bool) -> Vec<&[Word]> {
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    for cue in tongue.pick(&CUES[0], &CUES[1]).find(words) {
        let (mut first, mut last) = (cue.first, cue.last);
        let text = |at: usize| words[at].text.as_str();
        let only_no = words[cue.first..=cue.last].iter().all(|word| word.text == "no");
        if said_no && only_no {
            continue;
        }
        let mid_sentence =
            first > 0 && words[first - 1].mark < Mark::Comma && matches!(text(first), "actually" | "rather");
        if said_no && mid_sentence {
            continue;
        }
        if said_no {
            if text(first) == "no" {
                first += 1;
            }
            while last > first && text(last) == "no" {
                last -= 1;
            }
            if first > last
                || matches!(text(first), "its" | "it" | "thats" | "es" | "son" | "fue" | "eran" | "fueron")
            {
                continue;
            }
        } else if words[first].text == "no" && first == 0 {
            // "No, it was Tuesday" corrects nothing that was said.
            continue;
        }
        if cue.first == 0 && words[cue.last].mark < Mark::Comma && cue.first == cue.last {
            // "Sorry three days" at the very start.
            continue;
        }
        cuts.push((first, last));
    }
    if bare_no {
        for at in 1..words.len().saturating_sub(1) {
            let within = cuts.iter().any(|(first, last)| (*first..=*last).contains(&at));
            let told = matches!(
                words[at - 1].text.as_str(),
                "have"
                    | "had"
                    | "is"
                    | "and"
                    | "with"
                    | "or"
                    | "pero"
                    | "y"
                    | "but"
                    | "que"
                    | "si"
                    | "ya"
                    | "yo"
                    | "there"
                    | "theres"
                    | "in"
                    | "of"
                    | "creo"
            );
            // "Two, well, three with the baby".
            let turns = matches!(words[at].text.as_str(), "well" | "bueno")
                && number::number_at(words, at + 1, tongue).is_some()
                && number::numbers(&words[..at], tongue).last().is_some_and(|number| number.last + 1 == at);
            if turns && !within || words[at].text == "no" && !within && !told {
                cuts.push((at, at));
            }
        }
        cuts.sort_unstable();
    }
    let mut parts = Vec::new();
    let mut end = words.len();
    for (first, last) in cuts.into_iter().rev() {
        parts.push(&words[last + 1..end]);
        end = first;
    }
    parts.push(&words[..end]);
    parts.retain(|part| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::super::said::words_of;
    use super::*;

    fn last(text: &str, tongue: Tongue, said_no: bool) -> String {
        let words = words_of(text);
        let parts = parts(&words, tongue, said_no);
        parts[0].iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_follows_a_correction_is_the_first_part() {
        assert_eq!(last("two days, no wait, three days", Tongue::English, false), "three days");
        assert_eq!(last("tuesday i mean wednesday", Tongue::English, false), "wednesday");
        assert_eq!(last("dos, perdón, quise decir tres", Tongue::Spanish, false), "tres");
        assert_eq!(last("three days", Tongue::English, false), "three days");
    }

    #[test]
    fn a_no_in_the_correction_of_a_yes_stays() {
        assert_eq!(last("yes, wait, no", Tongue::English, true), "no");
        assert_eq!(last("no, wait, yes", Tongue::English, true), "yes");
    }
}
