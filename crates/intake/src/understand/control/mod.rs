//! What is not an answer: "I don't know", "skip", "go back", "say that again", "I want a person".

mod words;

use std::sync::LazyLock;

use super::answer::Kind;
use super::filler;
use super::said::{Found, Phrases, Tongue, is_any, span};
use crate::redflag::words::{Mark, Word};
use words::{AROUND, ENGLISH, Meaning, NOT_TAKEN, SPANISH};

static NOT_TAKEN_PHRASES: LazyLock<[Phrases<()>; 2]> = LazyLock::new(|| {
    let compiled = |phrases| Phrases::of(phrases, ());
    [compiled(NOT_TAKEN[0]), compiled(NOT_TAKEN[1])]
});

/// Whether the patient says that what is asked for was never measured, and where.
pub(super) fn never_measured(words: &[Word], tongue: Tongue) -> Option<(u32, u32)> {
    let found = tongue.pick(&NOT_TAKEN_PHRASES[0], &NOT_TAKEN_PHRASES[1]).find(words);
    found.first().map(|found| span(words, found.first, found.last))
}

static PHRASES: LazyLock<[Phrases<Meaning>; 2]> =
    LazyLock::new(|| [Phrases::new(&[ENGLISH]), Phrases::new(&[SPANISH])]);

/// A wish that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wish {
    pub(super) kind: Kind,
    pub(super) span: (u32, u32),
    /// Its first and last word.
    pub(super) words: (usize, usize),
    /// Whether nothing else of meaning was said.
    pub(super) whole: bool,
    /// Whether it is one that counts only alone.
    pub(super) alone: bool,
    /// Words of meaning besides it.
    pub(super) left: usize,
}

/// A question put back to the kiosk: "is ten the worst?"
pub(super) fn asks_back(words: &[Word]) -> Option<(u32, u32)> {
    const ASKING: &[&str] = &[
        "is", "are", "do", "does", "what", "which", "how", "why", "who", "when", "can", "should", "could",
        "did", "was", "you", "por", "que", "cual", "cuando", "es", "cuanto", "se", "puedo", "debo", "quien",
        "donde", "where", "whats", "am",
    ];
    let first = words.iter().find(|word| {
        !filler::HESITATION.contains(&word.text.as_str())
            && !matches!(
                word.text.as_str(),
                "sorry" | "so" | "and" | "y" | "wait" | "but" | "pero" | "perdon"
            )
    })?;
    let last = words.last()?;
    // "A blood what?"
    if words.len() <= 4 && last.mark == Mark::Question && is_any(words, words.len() - 1, &["what", "que"]) {
        return Some((words[0].start, last.end));
    }
    let whole = words[..words.len() - 1].iter().all(|word| word.mark < Mark::Stop);
    (words.len() > 2 && whole && last.mark == Mark::Question && ASKING.contains(&first.text.as_str()))
        .then_some((words[0].start, last.end))
}

/// The wish in the words, if there is one: the last of the strongest.
pub(super) fn wish(words: &[Word], tongue: Tongue) -> Option<Wish> {
    let found = tongue.pick(&PHRASES[0], &PHRASES[1]).every(words);
    let found: Vec<_> = found.into_iter().filter(|found| !excused(words, found, tongue)).collect();
    let mut covered = vec![false; words.len()];
    for found in &found {
        (found.first..=found.last).for_each(|word| covered[word] = true);
    }
    for (word, covered) in words.iter().zip(&mut covered) {
        *covered |= AROUND.contains(&word.text.as_str());
    }
    let left = filler::left_over(words, &covered, tongue);
    let rank = |found: &&Found<Meaning>| match (found.means.kind, found.means.alone) {
        (Kind::Person, false) => 6,
        (Kind::Repeat, false) => 5,
        (Kind::Back | Kind::Skip, false) => 4,
        (Kind::Unknown, _) => 3,
        (Kind::Repeat, true) => 1,
        _ => 2,
    };
    let best = found.iter().max_by_key(rank)?;
    // "back", "what", "next" mean it only where they are all that was said.
    let others = words
        .iter()
        .enumerate()
        .filter(|(index, word)| {
            !found.iter().any(|found| found.covers(*index))
                && !AROUND.contains(&word.text.as_str())
                && !filler::HESITATION.contains(&word.text.as_str())
        })
        .count();
    if best.means.alone && others > 0 {
        return None;
    }
    Some(Wish {
        kind: best.means.kind,
        span: span(words, best.first, best.last),
        words: (best.first, best.last),
        whole: left == 0,
        alone: best.means.alone,
        left,
    })
}

/// "I don't, no" is no "I don't know"; Spanish "no se me quita" no "no sé".
fn excused(words: &[Word], found: &Found<Meaning>, tongue: Tongue) -> bool {
    let next = words.get(found.last + 1).map_or("", |word| word.text.as_str());
    let parted = found.last > found.first
        && words[found.last].text == "no"
        && words[found.last - 1].mark >= Mark::Comma;
    parted && found.means.kind == Kind::Unknown
        || tongue == Tongue::Spanish
            && found.means.kind == Kind::Unknown
            && words[found.last].text == "se"
            && matches!(
                next,
                "me" | "te" | "le" | "les" | "nos" | "quita" | "puede" | "va" | "siente" | "ve" | "pasa"
            )
}

#[cfg(test)]
mod tests {
    use super::super::said::words_of;
    use super::*;

    fn kind(text: &str, tongue: Tongue) -> Option<Kind> {
        wish(&words_of(text), tongue).filter(|wish| wish.whole).map(|wish| wish.kind)
    }

    #[test]
    fn english_wishes_are_told_apart() {
        for (text, expected) in [
            ("I don't know", Kind::Unknown),
            ("um no idea sorry", Kind::Unknown),
            ("I'm not really sure to be honest", Kind::Unknown),
            ("i can't remember", Kind::Unknown),
            ("skip", Kind::Skip),
            ("can we skip this one please", Kind::Skip),
            ("I'd rather not say", Kind::Skip),
            ("next question", Kind::Skip),
            ("go back please", Kind::Back),
            ("I made a mistake on the last one", Kind::Back),
            ("can you say that again", Kind::Repeat),
            ("sorry what was that", Kind::Repeat),
            ("I don't understand the question", Kind::Repeat),
            ("what does that mean", Kind::Repeat),
            ("pardon", Kind::Repeat),
            ("I didn't hear you", Kind::Repeat),
            ("I want to talk to a person", Kind::Person),
            ("can I speak to a nurse please", Kind::Person),
            ("can someone help me", Kind::Person),
            ("I don't know what that means", Kind::Repeat),
        ] {
            assert_eq!(kind(text, Tongue::English), Some(expected), "{text}");
        }
    }

    #[test]
    fn spanish_wishes_are_told_apart() {
        for (text, expected) in [
            ("no sé", Kind::Unknown),
            ("pues no me acuerdo", Kind::Unknown),
            ("ni idea", Kind::Unknown),
            ("prefiero no contestar", Kind::Skip),
            ("la siguiente pregunta", Kind::Skip),
            ("quiero volver atrás", Kind::Back),
            ("¿me lo puede repetir?", Kind::Repeat),
            ("no le entendí", Kind::Repeat),
            ("¿mande?", Kind::Repeat),
            ("¿qué significa eso?", Kind::Repeat),
            ("quiero hablar con una persona", Kind::Person),
            ("necesito ayuda", Kind::Person),
        ] {
            assert_eq!(kind(text, Tongue::Spanish), Some(expected), "{text}");
        }
        assert_eq!(kind("no se me quita", Tongue::Spanish), None);
    }

    #[test]
    fn an_answer_with_such_a_word_in_it_is_no_wish() {
        for text in ["my back hurts", "I'm back at work", "what I have is a cough", "next to my elbow"] {
            assert_eq!(kind(text, Tongue::English), None, "{text}");
        }
    }
}
