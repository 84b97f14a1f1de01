//! A text as words that can be compared: lower case, without accents and apostrophes, with the place of each in the original.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Lower case, without accents and apostrophes: "Can’t" is "cant", "años" is "anos".
    pub(crate) text: String,
    /// Where it begins in the original, in code points.
    pub(crate) start: u32,
    /// Where it ends, exclusive.
    pub(crate) end: u32,
    /// What stands between it and the next word.
    pub(crate) mark: Mark,
}

/// What stands after a word, strongest first found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    /// A space, a hyphen, nothing.
    None,
    /// A comma or a bracket.
    Comma,
    /// A colon or a dash.
    Colon,
    /// A full stop, an exclamation mark, a semicolon, a line's end.
    Stop,
    /// A question mark.
    Question,
}

impl Word {
    /// Whether a sentence ends after it.
    pub(crate) fn ends_sentence(&self) -> bool {
        self.mark >= Mark::Stop
    }

    /// Whether it is a number in digits.
    pub(crate) fn is_number(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_digit())
    }

    /// Whether it is a year of the last century or this one.
    pub(crate) fn is_year(&self) -> bool {
        self.text.len() == 4
            && (self.text.starts_with("19") || self.text.starts_with("20"))
            && self.text.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// The words of a text.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let chars: Vec<char> = text.chars().collect();
    let mut words: Vec<Word> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if is_word(chars[at]) {
            let end = word_end(&chars, at);
            words.push(Word {
                text: folded(&chars[at..end]),
                start: u32::try_from(at).unwrap_or(u32::MAX),
                end: u32::try_from(end).unwrap_or(u32::MAX),
                mark: Mark::None,
            });
            at = end;
        } else {
            if let Some(last) = words.last_mut() {
                last.mark = last.mark.max(mark(&chars, at));
            }
            at += 1;
        }
    }
    words
}

/// The word as patterns write it.
pub(crate) fn folded(chars: &[char]) -> String {
    if chars.iter().all(char::is_ascii) {
        return chars.iter().filter(|c| !is_apostrophe(**c)).map(char::to_ascii_lowercase).collect();
    }
    chars
        .iter()
        .filter(|c| !is_apostrophe(**c))
        .collect::<String>()
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

fn word_end(chars: &[char], start: usize) -> usize {
    let mut end = start + 1;
    while end < chars.len() {
        let inside = chars.get(end + 1).is_some_and(|next| {
            (is_apostrophe(chars[end]) && next.is_alphabetic())
                || (matches!(chars[end], '.' | ',')
                    && next.is_ascii_digit()
                    && chars[start..end].iter().all(char::is_ascii_digit))
        });
        if !is_word(chars[end]) && !inside {
            break;
        }
        end += 1;
    }
    end
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{02bc}' | '\u{b4}' | '`')
}

fn mark(chars: &[char], at: usize) -> Mark {
    match chars[at] {
        '?' => Mark::Question,
        '.' | '!' | ';' | '\n' | '\r' | '\u{2026}' | '\u{3002}' => Mark::Stop,
        ':' | '\u{2013}' | '\u{2014}' => Mark::Colon,
        '-' if at > 0 && chars[at - 1].is_whitespace() => Mark::Colon,
        ',' | '(' | ')' | '/' => Mark::Comma,
        _ => Mark::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_case_accents_and_apostrophes_and_keep_their_place() {
        let found = words("¿Años? I Can’t, 38.5—no");
        let texts: Vec<_> =
            found.iter().map(|word| (word.text.as_str(), word.start, word.end, word.mark)).collect();
        assert_eq!(
            texts,
            [
                ("anos", 1, 5, Mark::Question),
                ("i", 7, 8, Mark::None),
                ("cant", 9, 14, Mark::Comma),
                ("38.5", 16, 20, Mark::Colon),
                ("no", 21, 23, Mark::None),
            ]
        );
    }

    #[test]
    fn accents_written_apart_stay_in_their_word() {
        let found = words("respiracio\u{301}n mal");
        assert_eq!((found[0].text.as_str(), found[0].end, found[1].start), ("respiracion", 12, 13));
    }
}
