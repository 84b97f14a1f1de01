//! Phrases that are likely, such as the answers to a question: their words are preferred, not required.
//!
//! whisper.cpp lets a function change the logits before a token is chosen. Text is compared and not tokens: whisper.cpp splits
//! a phrase into other tokens than the models were trained on, so that every token is preferred whose text goes on with a
//! phrase, and the end of the text where a phrase is complete. A phrase may begin at any word.

// whisper-rs hands the callback of the logits to C as it is.
#![allow(unsafe_code)]

use std::collections::{BTreeSet, HashMap};
use std::ffi::{c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};

use whisper_rs::{FullParams, WhisperContext, whisper_rs_sys as sys};

/// What is added to the logit of a preferred token. More makes whatever is said one of the phrases: with twice as much some more
/// of the digits of `evals/speech` are right (70.0 % for 67.6 %), and more are surely wrong (13.8 % for 10.4 %).
const PREFERENCE: f32 = 2.0;

/// The text of each token of a model.
pub(crate) struct Vocabulary {
    texts: Vec<Vec<u8>>,
    tokens: HashMap<Vec<u8>, usize>,
    end: usize,
}

impl Vocabulary {
    pub(crate) fn of(context: &WhisperContext) -> Self {
        let end = context.token_eot();
        Self::new((0..end).map(|token| context.token_to_bytes(token).unwrap_or_default().to_vec()).collect())
    }

    fn new(texts: Vec<Vec<u8>>) -> Self {
        let end = texts.len();
        let tokens = texts.iter().cloned().enumerate().map(|(token, text)| (text, token)).collect();
        Self { texts, tokens, end }
    }
}

/// The phrases that are expected, against one vocabulary.
pub(crate) struct Expected<'a> {
    vocabulary: &'a Vocabulary,
    /// Each with a space before it, as the tokens of a text have it.
    phrases: Vec<Vec<u8>>,
}

impl<'a> Expected<'a> {
    pub(crate) fn new(vocabulary: &'a Vocabulary, phrases: &[String]) -> Self {
        let phrases: BTreeSet<Vec<u8>> =
            phrases.iter().flat_map(|phrase| forms(phrase)).map(String::into_bytes).collect();
        Self { vocabulary, phrases: phrases.into_iter().collect() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// The tokens that go on with a phrase after that text, the end of the text among them where one is complete.
    fn after(&self, text: &[u8]) -> BTreeSet<usize> {
        let mut preferred = BTreeSet::new();
        let beginnings = (0..text.len()).filter(|at| text[*at] == b' ').chain([text.len()]);
        for said in beginnings.map(|at| &text[at..]) {
            for rest in self.phrases.iter().filter_map(|phrase| phrase.strip_prefix(said)) {
                if rest.is_empty() {
                    preferred.insert(self.vocabulary.end);
                }
                let pieces =
                    (1..=rest.len()).filter_map(|length| self.vocabulary.tokens.get(&rest[..length]));
                preferred.extend(pieces.copied());
            }
        }
        preferred
    }

    fn prefer(&self, said: impl Iterator<Item = i32>, logits: &mut [f32]) {
        let texts = said.filter_map(|token| self.vocabulary.texts.get(usize::try_from(token).ok()?));
        let text: Vec<u8> = texts.flatten().copied().collect();
        for token in self.after(&text) {
            if let Some(logit) = logits.get_mut(token) {
                *logit += PREFERENCE;
            }
        }
    }

    /// Makes whisper prefer the phrases.
    ///
    /// # Safety
    /// This must outlive every use of the parameters.
    pub(crate) unsafe fn apply(&self, parameters: &mut FullParams<'_, '_>) {
        // Safety: as the caller promises; the callback reads it only, so that whisper's threads may share it.
        unsafe {
            parameters.set_filter_logits_callback(Some(filter));
            parameters
                .set_filter_logits_callback_user_data(std::ptr::from_ref(self).cast_mut().cast::<c_void>());
        }
    }
}

/// A phrase as a text may have it: as it is, and as a sentence begins.
fn forms(phrase: &str) -> Vec<String> {
    let phrase = phrase.trim();
    let mut letters = phrase.chars();
    let Some(first) = letters.next() else { return Vec::new() };
    vec![format!(" {phrase}"), format!(" {}{}", first.to_uppercase(), letters.as_str())]
}

unsafe extern "C" fn filter(
    context: *mut sys::whisper_context,
    _state: *mut sys::whisper_state,
    tokens: *const sys::whisper_token_data,
    count: c_int,
    logits: *mut f32,
    expected: *mut c_void,
) {
    let Ok(count) = usize::try_from(count) else { return };
    if context.is_null() || logits.is_null() || expected.is_null() || (count > 0 && tokens.is_null()) {
        return;
    }
    // Safety: whisper.cpp gives `count` tokens and one logit for each token of the model; `expected` is what `apply` set.
    let (said, logits, expected) = unsafe {
        let width = usize::try_from(sys::whisper_n_vocab(context)).unwrap_or(0);
        let said = if count == 0 { &[][..] } else { std::slice::from_raw_parts(tokens, count) };
        (said, std::slice::from_raw_parts_mut(logits, width), &*expected.cast::<Expected<'_>>())
    };
    // A panic must not unwind into C; without its preference a text is only less likely.
    let _ = catch_unwind(AssertUnwindSafe(|| expected.prefer(said.iter().map(|token| token.id), logits)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let texts = [" ", " s", " seven", "even", " not", " a", " at", " all", "t", " Seven", "x"];
        Vocabulary::new(texts.iter().map(|text| text.as_bytes().to_vec()).collect())
    }

    fn preferred(said: &str) -> Vec<usize> {
        let vocabulary = vocabulary();
        let expected = Expected::new(&vocabulary, &["seven".into(), "not at all".into()]);
        expected.after(said.as_bytes()).into_iter().collect()
    }

    #[test]
    fn at_first_every_token_that_begins_a_phrase_is_preferred() {
        assert_eq!(preferred(""), [0, 1, 2, 4, 9]);
    }

    #[test]
    fn a_phrase_is_gone_on_with_in_whatever_tokens_it_came() {
        assert_eq!(preferred(" s"), [0, 1, 2, 3, 4, 9]);
        assert!(preferred(" not").contains(&6) && preferred(" not a").contains(&8));
    }

    #[test]
    fn the_end_is_preferred_where_a_phrase_is_complete_also_after_other_words() {
        assert!(preferred(" about seven").contains(&11));
        assert!(!preferred(" not at").contains(&11));
        assert!(!preferred(" seventeen").contains(&11));
    }

    #[test]
    fn nothing_is_preferred_where_nothing_is_expected_and_logits_change_by_the_preference_only() {
        let vocabulary = vocabulary();
        assert!(Expected::new(&vocabulary, &[String::new()]).is_empty());
        let mut logits = vec![0.0; 12];
        Expected::new(&vocabulary, &["seven".into()]).prefer([2].into_iter(), &mut logits);
        assert_eq!(logits.iter().filter(|logit| **logit == PREFERENCE).count(), 5);
        assert_eq!(logits[11], PREFERENCE);
    }
}
