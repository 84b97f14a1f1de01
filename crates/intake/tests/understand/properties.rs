//! What holds whatever is said.

use bedside_intake::understand::{Kind, Understanding};
use proptest::prelude::*;

use super::{heard, questions};

const WORDS: &[&str] = &[
    "no",
    "yes",
    "not",
    "wait",
    "sorry",
    "I",
    "mean",
    "two",
    "to",
    "or",
    "three",
    "and",
    "a",
    "half",
    "hundred",
    "thousand",
    "million",
    "point",
    "oh",
    "days",
    "weeks",
    "ago",
    "since",
    "last",
    "Tuesday",
    "May",
    "third",
    "of",
    "the",
    "31st",
    "February",
    "nineteen",
    "5/3/81",
    "31/31/9999",
    "99999999999999999999",
    "fever",
    "but",
    "never",
    "sometimes",
    "metformin",
    "500mg",
    "twice",
    "every",
    "½",
    "s",
    "w",
    "one",
    "plus",
    "double",
    "at",
    "dot",
    "hace",
    "y",
    "media",
    "sí",
    "u",
    "mil",
    "de",
    "un",
    "una",
    "años",
    "también",
    "ninguno",
    "first",
    "second",
    "none",
    "everything",
    "except",
    "my",
    "mother",
    "back",
    "skip",
    "?",
    ",",
    ".",
    "—",
    "(",
    "'",
    "5'11\"",
    "pounds",
    "stone",
    "feet",
    "%",
    "\u{301}",
    "😀",
    "ß",
    "İ",
    "०",
    "month",
    "year",
    "0",
    "0.0",
    "1e9",
    "-1",
];

fn holds(text: &str, understood: &Understanding) {
    let length = u32::try_from(text.chars().count()).unwrap();
    if let Some((start, end)) = understood.span {
        assert!(start <= end && end <= length, "{text:?}: {start}..{end} of {length}");
    }
    assert!((0.0..=1.0).contains(&understood.confidence), "{text:?}: {}", understood.confidence);
    assert_eq!(understood.kind == Kind::Answer, understood.value.is_some(), "{text:?}");
    if let Some((least, greatest)) = understood.range {
        assert!(least.is_finite() && greatest.is_finite() && least <= greatest, "{text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_text_to_any_question_is_understood_the_same_twice_within_bounds(
        text in ".{0,80}",
        at in 0_usize..64,
        spanish: bool,
    ) {
        let names = questions::names();
        let language = if spanish { "es" } else { "en" };
        let name = names[at % names.len()];
        let understood = heard(name, &text, language);
        holds(&text, &understood);
        prop_assert_eq!(understood, heard(name, &text, language));
    }

    #[test]
    fn any_words_to_any_question_are_understood_the_same_twice_within_bounds(
        words in prop::collection::vec(prop::sample::select(WORDS), 0..14),
        at in 0_usize..64,
        spanish: bool,
    ) {
        let names = questions::names();
        let text = words.join(" ");
        let language = if spanish { "es" } else { "en" };
        let name = names[at % names.len()];
        let understood = heard(name, &text, language);
        holds(&text, &understood);
        prop_assert_eq!(understood, heard(name, &text, language));
    }
}

#[test]
fn a_very_long_answer_is_no_trouble() {
    let text = "well it was two or three weeks and metformin no yes ".repeat(400);
    for name in questions::names() {
        holds(&text, &heard(name, &text, "en"));
    }
}
