//! Which words are certain.

use domain::Phi;
use worker::SegmentWord;

/// The last words of a pass may still grow into others.
const UNSURE: usize = 2;

/// The words of a growing stretch on which two passes in a row agreed. They never change.
pub(super) struct Committed {
    commits: bool,
    words: Vec<SegmentWord>,
    before: Vec<SegmentWord>,
}

impl Committed {
    pub(super) fn new(commits: bool) -> Self {
        Self { commits, words: Vec::new(), before: Vec::new() }
    }

    /// One more pass over the stretch, longer than the one before. Committed and tentative words.
    pub(super) fn pass(&mut self, words: &[SegmentWord]) -> (Phi<String>, Phi<String>) {
        if self.commits {
            let agreed = words.iter().zip(&self.before).take_while(|(new, old)| same(new, old)).count();
            let sure = agreed.min(words.len().saturating_sub(UNSURE));
            if sure > self.words.len() {
                self.words.extend_from_slice(&words[self.words.len()..sure]);
            }
        }
        self.before = words.to_vec();
        let rest = words.get(self.words.len()..).unwrap_or_default();
        let texts = |words: &[SegmentWord]| join(words.iter().map(|word| word.text.expose().as_str()));
        (texts(&self.words), texts(rest))
    }

    /// The words of the whole stretch: the committed ones, then what the last pass heard after them.
    pub(super) fn close(self, last: Vec<SegmentWord>) -> Vec<SegmentWord> {
        if self.words.is_empty() {
            return last;
        }
        let mut words = self.words;
        let rest = last.into_iter().skip(words.len());
        words.extend(rest);
        words
    }
}

fn same(one: &SegmentWord, other: &SegmentWord) -> bool {
    let plain = |word: &SegmentWord| -> String {
        word.text.expose().chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    plain(one) == plain(other)
}

pub(super) fn join<'a>(words: impl Iterator<Item = &'a str>) -> Phi<String> {
    Phi::new(words.collect::<Vec<_>>().join(" "))
}
