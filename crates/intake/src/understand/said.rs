//! What was said, as words, and tables of phrases to find in it.

use domain::Language;

use crate::redflag::pattern::{PatternSet, Subject, Terms};
use crate::redflag::words::{self, Mark, Word};

/// The languages that are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tongue {
    English,
    Spanish,
}

impl Tongue {
    /// Spanish for "es" and its regions, English for everything else.
    pub(super) fn of(language: &Language) -> Self {
        if language.primary().eq_ignore_ascii_case("es") { Self::Spanish } else { Self::English }
    }

    /// The table for the language.
    pub(super) fn pick<T>(self, english: T, spanish: T) -> T {
        match self {
            Self::English => english,
            Self::Spanish => spanish,
        }
    }
}

/// The words of a text, with numbers parted from what is written onto them ("500mg", "5½") and numeric dates kept whole
/// ("5/3/81", "3.5.1981", "2026-11-23" are each one word with slashes).
pub(super) fn words_of(text: &str) -> Vec<Word> {
    let chars: Vec<char> = text.chars().collect();
    let dates = numeric_dates(&chars);
    let mut out: Vec<Word> = Vec::new();
    for word in words::words(text) {
        let (start, end) = (place(word.start), place(word.end));
        if let Some((first, last)) = dates.iter().find(|(first, last)| start < *last && *first < end) {
            if start == *first {
                let whole: String = chars[*first..*last].iter().collect();
                out.push(Word {
                    text: whole.replace(['-', '.'], "/"),
                    start: code_points(*first),
                    end: code_points(*last),
                    mark: Mark::None,
                });
            }
            if end == *last
                && let Some(date) = out.last_mut()
            {
                date.mark = word.mark;
            }
            continue;
        }
        part(word, &chars, &mut out);
    }
    out
}

/// "500mg" is "500" and "mg"; "3rd" and "1ro" stay whole.
fn part(word: Word, chars: &[char], out: &mut Vec<Word>) {
    let (start, end) = (place(word.start), place(word.end));
    let inside = &chars[start..end];
    let head = inside.iter().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).count();
    let tail = &inside[head..];
    let ordinal = matches!(
        words::folded(tail).as_str(),
        "st" | "nd"
            | "rd"
            | "th"
            | "ro"
            | "ra"
            | "do"
            | "da"
            | "to"
            | "ta"
            | "o"
            | "er"
            | "mo"
            | "vo"
            | "º"
            | "ª"
    );
    if head == 0 || tail.is_empty() || ordinal {
        let text = without_degree(word.text);
        out.push(Word { text, ..word });
        return;
    }
    let cut = code_points(start + head);
    out.push(Word { text: words::folded(&inside[..head]), start: word.start, end: cut, mark: Mark::None });
    out.push(Word { text: without_degree(words::folded(tail)), start: cut, end: word.end, mark: word.mark });
}

/// "ºC" is "c".
fn without_degree(text: String) -> String {
    text.strip_prefix('º').filter(|rest| !rest.is_empty()).map_or_else(|| text.clone(), str::to_owned)
}

/// Three numbers with the same sign between them, that can be a date.
fn numeric_dates(chars: &[char]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let before = at.checked_sub(1).map(|before| chars[before]);
        let starts = chars[at].is_ascii_digit() && !before.is_some_and(|c| c.is_alphanumeric() || c == '.');
        match starts.then(|| numeric_date(chars, at)).flatten() {
            Some(end) => {
                found.push((at, end));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

fn numeric_date(chars: &[char], start: usize) -> Option<usize> {
    let digits = |from: usize| chars[from..].iter().take_while(|c| c.is_ascii_digit()).count();
    let first = digits(start);
    let sign = *chars.get(start + first).filter(|c| matches!(c, '/' | '-' | '.'))?;
    let second_at = start + first + 1;
    let second = digits(second_at);
    if chars.get(second_at + second) != Some(&sign) {
        return None;
    }
    let third_at = second_at + second + 1;
    let third = digits(third_at);
    let end = third_at + third;
    let fits = matches!((first, second, third), (1 | 2, 1 | 2, 2 | 4) | (4, 1 | 2, 1 | 2));
    let goes_on = chars.get(end) == Some(&sign) && chars.get(end + 1).is_some_and(char::is_ascii_digit);
    let ends = !(goes_on || chars.get(end).is_some_and(|c| c.is_alphanumeric()));
    (fits && ends).then_some(end)
}

fn place(index: u32) -> usize {
    usize::try_from(index).unwrap_or(usize::MAX)
}

pub(super) fn code_points(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// The part of the text between two places, in code points.
pub(super) fn cut(text: &str, span: (u32, u32)) -> String {
    text.chars().skip(place(span.0)).take(place(span.1.saturating_sub(span.0))).collect()
}

/// A phrase that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found<T> {
    /// Its first word.
    pub(super) first: usize,
    /// Its last word.
    pub(super) last: usize,
    /// What it stands for.
    pub(super) means: T,
}

impl<T> Found<T> {
    pub(super) fn covers(&self, word: usize) -> bool {
        (self.first..=self.last).contains(&word)
    }
}

/// A table of phrases, compiled. A phrase is written in the pattern language of the red flags.
/// A gap at the end (`what is ..3`) takes in up to so many words more of the sentence.
pub(super) struct Phrases<T>(PatternSet<(T, usize)>);

/// What a table says: each meaning with the phrases that stand for it.
pub(super) type Table<T> = &'static [(T, &'static [&'static str])];

impl<T: Copy> Phrases<T> {
    /// Compiles a table; a phrase that cannot be read is left out, and a test says that there is none.
    pub(super) fn new(tables: &[Table<T>]) -> Self {
        let mut set = PatternSet::default();
        for (meaning, phrases) in tables.iter().copied().flatten() {
            phrases.iter().for_each(|phrase| add(&mut set, phrase, *meaning));
        }
        Self(set)
    }

    /// Compiles phrases that all stand for the same.
    pub(super) fn of(phrases: &[&str], meaning: T) -> Self {
        let mut set = PatternSet::default();
        phrases.iter().for_each(|phrase| add(&mut set, phrase, meaning));
        Self(set)
    }

    /// Adds phrases.
    pub(super) fn more(&mut self, phrases: &[&str], meaning: T) {
        phrases.iter().for_each(|phrase| add(&mut self.0, phrase, meaning));
    }

    /// Every phrase of the table in the words; of those that overlap the one that begins first, and of these the longest.
    pub(super) fn find(&self, words: &[Word]) -> Vec<Found<T>> {
        let mut kept: Vec<Found<T>> = Vec::new();
        for found in self.every(words) {
            if kept.last().is_none_or(|last| found.first > last.last) {
                kept.push(found);
            }
        }
        kept
    }

    /// Every phrase, also those that overlap; by first word, the longest first.
    pub(super) fn every(&self, words: &[Word]) -> Vec<Found<T>> {
        let barrier = vec![false; words.len()];
        let mut found: Vec<Found<T>> = self
            .0
            .find(&Subject { words, barrier: &barrier })
            .into_iter()
            .map(|(matched, (means, more))| {
                let last = matched.last();
                let rest = words[last..].iter().take(more).take_while(|word| !word.ends_sentence()).count();
                Found { first: matched.first(), last: (last + rest).min(words.len() - 1), means }
            })
            .collect();
        found.sort_by_key(|found| (found.first, usize::MAX - found.last));
        found
    }
}

fn add<T: Copy>(set: &mut PatternSet<(T, usize)>, phrase: &str, meaning: T) {
    let end = phrase.rsplit_once(" ..").and_then(|(head, digits)| Some((head, digits.parse().ok()?)));
    let (head, more) = end.unwrap_or((phrase, 0));
    let compiled = set.add(head, &Terms::new(), (meaning, more));
    debug_assert!(compiled.is_ok(), "'{phrase}': {compiled:?}");
}

/// From the first to the last of these words, in code points.
pub(super) fn span(words: &[Word], first: usize, last: usize) -> (u32, u32) {
    (words[first].start, words[last].end)
}

/// Whether nothing but a space stands between a word and the next.
pub(super) fn joined(words: &[Word], word: usize) -> bool {
    words[word].mark == Mark::None && word + 1 < words.len()
}

/// The words' texts from one place on, for matching by slices.
pub(super) fn starts(words: &[Word], at: usize, phrase: &[&str]) -> bool {
    words.len() >= at + phrase.len()
        && phrase.iter().zip(&words[at..]).all(|(wanted, word)| word.text == *wanted)
}

/// Whether the word is one of these.
pub(super) fn is_any(words: &[Word], at: usize, of: &[&str]) -> bool {
    words.get(at).is_some_and(|word| of.contains(&word.text.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        words_of(text).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn a_number_is_parted_from_its_unit_and_an_ordinal_is_not() {
        assert_eq!(texts("500mg, 3rd, 5½ 38.5ºC b12"), ["500", "mg", "3rd", "5", "½", "38.5", "c", "b12"]);
        let words = words_of("take 500mg, now");
        assert_eq!(
            words.iter().map(|word| (word.start, word.end)).collect::<Vec<_>>(),
            [(0, 4), (5, 8), (8, 10), (12, 15)]
        );
        assert_eq!(words[2].mark, Mark::Comma);
    }

    #[test]
    fn a_date_in_digits_is_one_word_and_a_phone_number_is_not() {
        assert_eq!(texts("on 3.5.1981, not"), ["on", "3/5/1981", "not"]);
        assert_eq!(texts("2026-11-23"), ["2026/11/23"]);
        assert_eq!(texts("555-123-4567"), ["555", "123", "4567"]);
        assert_eq!(texts("120/80"), ["120", "80"]);
    }
}
