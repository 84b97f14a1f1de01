//! How much of a visit fits into one ask.
//!
//! Tokens are guessed from bytes, and the guess is corrected by every answer, which says how many there were.

use std::ops::Range;

use super::Unusable;

/// Bytes of a line at most; a longer utterance goes on in another with the same number.
const LONGEST_LINE: usize = 600;
/// Lines of a window that the next one has again.
const OVERLAP: usize = 2;
/// Tokens a byte, before any answer came: a little more than English has.
const FIRST_GUESS: f64 = 0.3;
/// Beyond this no tokeniser goes: a token a byte, with the templates' own.
const MOST_PER_BYTE: f64 = 2.0;
/// Tokens that a chat's own marks take, roughly.
const MARKS: f64 = 48.0;
/// Bytes of a sentence, and of what stands before it.
const LONGEST_SENTENCE: u32 = 220;
const BEFORE_SENTENCE: u32 = 28;
/// Tokens of an answer at most, and the share of the context.
const MOST_ANSWER: u32 = 1536;

/// A line of a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The utterance that it is of.
    pub(super) index: u32,
    /// As the model reads it.
    pub(super) text: String,
}

/// The lines of a visit: one an utterance, more of a long one.
pub(super) fn lines<'u>(said: impl Iterator<Item = (u32, &'static str, &'u str)>) -> Vec<Line> {
    let mut lines = Vec::new();
    for (index, speaker, text) in said {
        let mut part = String::new();
        let mut push = |part: &mut String| {
            if !part.is_empty() {
                lines.push(Line { index, text: format!("{index} {speaker}: {part}\n") });
                part.clear();
            }
        };
        for word in text.split_whitespace() {
            // A word that is longer than a line is cut where a character ends; none of it is lost.
            for piece in pieces(word) {
                if part.len() + piece.len() + 1 > LONGEST_LINE {
                    push(&mut part);
                }
                if !part.is_empty() {
                    part.push(' ');
                }
                part.push_str(piece);
            }
        }
        push(&mut part);
    }
    lines
}

fn pieces(word: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = word;
    while rest.len() > LONGEST_LINE {
        let end = (0..=LONGEST_LINE).rev().find(|end| rest.is_char_boundary(*end)).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

/// The room that a model's context gives.
#[derive(Clone, Debug)]
pub(super) struct Room {
    context: u32,
    /// Bytes of the instructions.
    instructions: usize,
    per_byte: f64,
    /// Tokens a character of the answers, the most there were: a character may take several.
    per_character: f64,
    /// How often a window was halved because its answer did not end.
    halved: u32,
}

impl Room {
    pub(super) const fn new(context: u32, instructions: usize) -> Self {
        Self { context, instructions, per_byte: FIRST_GUESS, per_character: FIRST_GUESS, halved: 0 }
    }

    /// Tokens kept free for the answer.
    pub(super) fn answer(&self) -> u32 {
        (self.context / 8 * 3).min(MOST_ANSWER)
    }

    /// Bytes of lines that a window may have.
    fn bytes(&self) -> f64 {
        let tokens = f64::from(self.context - self.answer()) - MARKS;
        (tokens / self.per_byte - to_f64(self.instructions)) / f64::from(1_u32 << self.halved)
    }

    /// The most sentences of an answer, and the most characters of each: even if all are as long as may be, the answer ends.
    pub(super) fn sentences(&self) -> (u32, u32) {
        let per = self.per_byte.max(self.per_character);
        let room = f64::from(self.answer()) - 8.0;
        let longest = (room / per - f64::from(BEFORE_SENTENCE) - 4.0).clamp(8.0, f64::from(LONGEST_SENTENCE));
        let most = (room / ((longest + f64::from(BEFORE_SENTENCE)) * per + 2.0)).clamp(1.0, 40.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 220")]
        let limits = (most as u32, longest as u32);
        limits
    }

    /// The window whose first new line is this one.
    pub(super) fn window(&self, lines: &[Line], next: usize) -> Result<Range<usize>, Unusable> {
        let room = self.bytes();
        let mut start = next.saturating_sub(OVERLAP);
        loop {
            let mut end = start;
            let mut taken = 0.0;
            while end < lines.len() && taken + to_f64(lines[end].text.len()) <= room {
                taken += to_f64(lines[end].text.len());
                end += 1;
            }
            if end > next {
                return Ok(start..end);
            }
            // Not even one new line: without those before it, perhaps.
            if start == next {
                return Err(Unusable::ContextTooSmall);
            }
            start += 1;
        }
    }

    /// How many windows the lines take, roughly.
    pub(super) fn windows_of(&self, lines: &[Line]) -> u32 {
        let bytes: usize = lines.iter().map(|line| line.text.len()).sum();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a visit has few windows"
        )]
        let windows = (to_f64(bytes) / self.bytes().max(1.0)).ceil() as u32;
        windows
    }

    /// Corrects the guess by what an ask had. Whether more tokens came of it than were counted on.
    pub(super) fn learn(&mut self, lines: usize, tokens: u32) -> bool {
        let measured =
            (f64::from(tokens) / to_f64(lines + self.instructions).max(1.0)).clamp(0.1, MOST_PER_BYTE);
        let more = measured > self.per_byte * 1.05;
        // A tenth on top: the next lines may have rarer words.
        self.per_byte = measured * 1.1;
        more
    }

    /// Corrects what an answer's character may take. Whether it is more than was counted on.
    pub(super) fn learn_of_answer(&mut self, characters: usize, tokens: u32) -> bool {
        // The beginning of an answer says little.
        if characters < 40 {
            return false;
        }
        let measured = f64::from(tokens) / to_f64(characters);
        let more = measured > self.per_byte.max(self.per_character) * 1.05;
        self.per_character = self.per_character.max(measured * 1.1);
        more
    }

    /// The ask did not fit.
    pub(super) fn shrink(&mut self) -> Result<(), Unusable> {
        if self.per_byte >= MOST_PER_BYTE {
            return Err(Unusable::ContextTooSmall);
        }
        self.per_byte = (self.per_byte * 1.6).min(MOST_PER_BYTE);
        Ok(())
    }

    /// The answer did not end.
    pub(super) fn narrow(&mut self) -> Result<(), Unusable> {
        if self.halved >= 3 {
            return Err(Unusable::Endless);
        }
        self.halved += 1;
        Ok(())
    }

    /// An answer ended.
    pub(super) fn widen(&mut self) {
        self.halved = 0;
    }
}

#[expect(clippy::cast_precision_loss, reason = "no transcript has 2^52 bytes")]
const fn to_f64(bytes: usize) -> f64 {
    bytes as f64
}
