//! Praat's TextGrid, long ("text = …") and short: the file's free-standing strings, numbers and flags in order, whatever
//! stands between them, which is how Praat itself reads it.

use domain::Speaker;

use super::{Turn, speaker};
use crate::Error;

const FORM: &str = "a TextGrid";

/// Whether the text announces itself as a TextGrid.
pub(super) fn is_one(text: &str) -> bool {
    text.lines().next().is_some_and(|line| line.contains("ooTextFile"))
        && text.lines().take(4).any(|line| line.contains("\"TextGrid\""))
}

/// The non-empty intervals of every interval tier, by time. `who` speaks, or whoever the tier's name says.
pub(super) fn turns(text: &str, who: Option<Speaker>) -> Result<Vec<Turn>, Error> {
    let mut values = Values { text, line: 1 };
    if values.string()? != "ooTextFile" || values.string()? != "TextGrid" {
        return Err(values.malformed("it does not begin with \"ooTextFile\" and \"TextGrid\""));
    }
    values.number()?;
    values.number()?;
    if !matches!(values.next(), Some(Value::Flag("exists"))) {
        return Err(values.malformed("it has no tiers"));
    }
    let tiers = values.count()?;
    let mut turns = Vec::new();
    for _ in 0..tiers {
        let class = values.string()?;
        let name = values.string()?;
        let speaker = who.or_else(|| speaker(&name)).unwrap_or(Speaker::Unknown);
        values.number()?;
        values.number()?;
        let entries = values.count()?;
        for _ in 0..entries {
            let start = values.number()?;
            let end = if class == "IntervalTier" { values.number()? } else { start };
            let text = values.string()?;
            if class == "IntervalTier" && !text.trim().is_empty() {
                let (start_ms, end_ms) = (Some(millis(start)), Some(millis(end)));
                turns.push(Turn { speaker, text, start_ms, end_ms, confidence: None });
            }
        }
    }
    turns.sort_by_key(|turn| turn.start_ms);
    Ok(turns)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates, and takes NaN to 0"
)]
fn millis(seconds: f64) -> u32 {
    (seconds * 1000.0).round() as u32
}

/// What a TextGrid says, without how it says it.
enum Value<'a> {
    Text(String),
    Number(f64),
    Flag(&'a str),
}

struct Values<'a> {
    text: &'a str,
    line: usize,
}

impl<'a> Values<'a> {
    fn malformed(&self, problem: &'static str) -> Error {
        Error::Malformed { form: FORM, line: self.line, problem }
    }

    fn string(&mut self) -> Result<String, Error> {
        match self.next() {
            Some(Value::Text(text)) => Ok(text),
            Some(_) => Err(self.malformed("a text in quotes is expected here")),
            None => Err(self.malformed("the file ends too early")),
        }
    }

    fn number(&mut self) -> Result<f64, Error> {
        match self.next() {
            Some(Value::Number(number)) => Ok(number),
            Some(_) => Err(self.malformed("a number is expected here")),
            None => Err(self.malformed("the file ends too early")),
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be a small whole number"
    )]
    fn count(&mut self) -> Result<usize, Error> {
        let number = self.number()?;
        if number.fract() == 0.0 && (0.0..1e9).contains(&number) {
            Ok(number as usize)
        } else {
            Err(self.malformed("a count is expected here"))
        }
    }

    fn skip(&mut self, bytes: usize) -> &'a str {
        let (skipped, rest) = self.text.split_at(bytes);
        self.line += skipped.matches('\n').count();
        self.text = rest;
        skipped
    }

    /// The next free-standing value.
    fn next(&mut self) -> Option<Value<'a>> {
        loop {
            let blank = self.text.len() - self.text.trim_start().len();
            self.skip(blank);
            if self.text.is_empty() {
                return None;
            }
            if self.text.starts_with('"') {
                return self.quoted().map(Value::Text);
            }
            let end = self.text.find(char::is_whitespace).unwrap_or(self.text.len());
            let word = self.skip(end);
            if let Some(flag) = word.strip_prefix('<').and_then(|word| word.strip_suffix('>')) {
                return Some(Value::Flag(flag));
            }
            if word.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+' || c == '.')
                && let Ok(number) = word.parse()
            {
                return Some(Value::Number(number));
            }
            if word.starts_with('!') {
                let line = self.text.find('\n').unwrap_or(self.text.len());
                self.skip(line);
            }
        }
    }

    /// A text in quotes, in which `""` stands for `"`.
    fn quoted(&mut self) -> Option<String> {
        let mut text = String::new();
        self.skip(1);
        loop {
            let end = self.text.find('"')?;
            text.push_str(self.skip(end));
            self.skip(1);
            if !self.text.starts_with('"') {
                return Some(text);
            }
            text.push('"');
            self.skip(1);
        }
    }
}
