//! Words, and which of them carry content.

use domain::Utterance;

/// How many words the utterances hold. What has no letter and no digit is not a word.
pub(crate) fn spoken(utterances: &[Utterance]) -> usize {
    utterances
        .iter()
        .flat_map(|utterance| utterance.text.expose().split_whitespace())
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count()
}

/// The words of a text: runs of letters and digits, in lower case. "Don't" is `don`, `t`; "4.5" is `4`, `5`.
pub fn tokens(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Whether a word (as [`tokens`] gives it) carries content: whether a sentence that holds it needs evidence that holds it.
///
/// All words do, but for those of the stop list: English function words (but not those that say when or how much, such as *after*
/// and *all*), the pieces of contractions, the pronouns and
/// auxiliary verbs that change when "I have" becomes "Patient has", and the drafter's own scaffold. The scaffold is four
/// words: *patient*, *reports*, *denies*, *states*. *Want*, *let* and *got* are in it because speech is written down as "wanna",
/// "lemme" and "gotta", *will* because "gonna" is. *Not* and *denies* need no word of their own in the evidence, but [`crate::check_evidence`] asks for
/// some negation there.
pub fn is_content(word: &str) -> bool {
    STOP_WORDS.binary_search(&word).is_err()
}

/// The stop list, sorted.
pub(crate) const STOP_WORDS: &[&str] = &[
    "a",
    "also",
    "am",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "been",
    "being",
    "but",
    "by",
    "can",
    "could",
    "d",
    "denies",
    "did",
    "do",
    "does",
    "doing",
    "for",
    "got",
    "had",
    "has",
    "have",
    "having",
    "he",
    "her",
    "hers",
    "herself",
    "him",
    "himself",
    "his",
    "i",
    "if",
    "in",
    "is",
    "it",
    "its",
    "itself",
    "let",
    "ll",
    "m",
    "me",
    "might",
    "my",
    "myself",
    "not",
    "of",
    "on",
    "or",
    "our",
    "ours",
    "ourselves",
    "patient",
    "re",
    "reports",
    "s",
    "she",
    "should",
    "so",
    "some",
    "states",
    "t",
    "that",
    "the",
    "their",
    "theirs",
    "them",
    "themselves",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "to",
    "ve",
    "want",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "which",
    "who",
    "whom",
    "why",
    "will",
    "with",
    "would",
    "you",
    "your",
    "yours",
    "yourself",
    "yourselves",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stop_list_is_sorted_and_spares_numbers_negation_and_sides() {
        assert!(STOP_WORDS.is_sorted());
        for word in [
            "no", "never", "without", "left", "right", "20", "mg", "daily", "up", "down", "none", "after",
            "before", "all",
        ] {
            assert!(is_content(word), "{word}");
        }
    }
}
