//! Phone numbers, postcodes, e-mail addresses: spoken digit by digit, in pieces, or written.

use super::Heard;
use super::answer::Value;
use super::correct;
use super::filler;
use super::number;
use super::said::{Tongue, cut, span};
use crate::redflag::words::{Mark, Word};

/// A piece of a spoken code: digits, a letter, a sign; or something else.
#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Digits(String),
    Letters(String),
    Plus,
    /// "double", "triple": the next digit so many times.
    Times(usize),
    Other,
}

/// The words as pieces, each with its place.
fn pieces(text: &str, words: &[Word], tongue: Tongue) -> Vec<(Piece, usize, usize)> {
    let mut out: Vec<(Piece, usize, usize)> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let word = words[at].text.as_str();
        let plus_sign = words[at].start > 0 && cut(text, (words[at].start - 1, words[at].start)) == "+";
        if plus_sign {
            out.push((Piece::Plus, at, at));
        }
        let spoken = || digits_in_words(words, at, tongue);
        let (piece, last) = match word {
            "plus" | "mas" => (Piece::Plus, at),
            "double" | "doble" => (Piece::Times(2), at),
            "triple" | "treble" => (Piece::Times(3), at),
            "oh" | "o" if tongue == Tongue::English => (Piece::Digits("0".to_owned()), at),
            _ if word.contains('/') => {
                (Piece::Digits(word.chars().filter(char::is_ascii_digit).collect()), at)
            }
            _ if word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b',')
                && word.bytes().any(|b| b.is_ascii_digit()) =>
            {
                (Piece::Digits(word.chars().filter(char::is_ascii_digit).collect()), at)
            }
            _ => match spoken() {
                Some((digits, last)) => (Piece::Digits(digits), last),
                None => (letters(word, tongue).map_or(Piece::Other, Piece::Letters), at),
            },
        };
        out.push((piece, at, last));
        at = last + 1;
    }
    // "double seven", "triple five"
    let mut index = 0;
    while index < out.len() {
        if let Piece::Times(times) = out[index].0 {
            if let Some((Piece::Digits(digits), first, last)) = out.get(index + 1).cloned()
                && let Some(head) = digits.chars().next()
            {
                let repeated: String =
                    std::iter::repeat_n(head, times).chain(digits.chars().skip(1)).collect();
                let start = out[index].1.min(first);
                out[index] = (Piece::Digits(repeated), start, last);
                out.remove(index + 1);
            } else {
                out[index].0 = Piece::Other;
            }
        }
        index += 1;
    }
    out
}

/// "fifty-five" is 55, "nine hundred" 900, "ate" 8.
fn digits_in_words(words: &[Word], at: usize, tongue: Tongue) -> Option<(String, usize)> {
    if let Some(value) = number::slip(&words[at].text, tongue) {
        return Some((format!("{value}"), at));
    }
    if matches!(words[at].text.as_str(), "a" | "an" | "media" | "medio" | "half") {
        return None;
    }
    let found = number::number_at(words, at, tongue)
        .filter(|found| found.value.fract() == 0.0 && found.form != number::Form::Vague)?;
    // "Nine hundred one two three": the hundred ends it.
    let hundred = (found.first..found.last)
        .find(|&word| matches!(words[word].text.as_str(), "hundred" | "thousand" | "mil"));
    if let Some(hundred) = hundred
        && let Some(head) = number::number_at(&words[..=hundred], at, tongue)
    {
        return Some((format!("{}", head.value), hundred));
    }
    if found.form == number::Form::Article {
        return matches!(words[at].text.as_str(), "un" | "una").then(|| ("1".to_owned(), at));
    }
    Some((format!("{}", found.value), found.last))
}

/// A letter, its name, or two letters that were written as one word.
fn letters(word: &str, tongue: Tongue) -> Option<String> {
    let two = word.len() == 2
        && word.bytes().all(|byte| byte.is_ascii_lowercase())
        && !filler::is_filler(word, tongue);
    letter(word).map(String::from).or_else(|| two.then(|| word.to_uppercase()))
}

/// A letter, or the name that it is spelled by.
fn letter(word: &str) -> Option<char> {
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(only), None) if only.is_ascii_alphabetic() => return Some(only.to_ascii_uppercase()),
        _ => {}
    }
    const NAMES: &[(&str, char)] = &[
        ("bee", 'B'),
        ("sea", 'C'),
        ("see", 'C'),
        ("cee", 'C'),
        ("dee", 'D'),
        ("ef", 'F'),
        ("eff", 'F'),
        ("gee", 'G'),
        ("aitch", 'H'),
        ("jay", 'J'),
        ("kay", 'K'),
        ("el", 'L'),
        ("ell", 'L'),
        ("em", 'M'),
        ("en", 'N'),
        ("pee", 'P'),
        ("pea", 'P'),
        ("cue", 'Q'),
        ("queue", 'Q'),
        ("ar", 'R'),
        ("are", 'R'),
        ("ess", 'S'),
        ("tee", 'T'),
        ("tea", 'T'),
        ("you", 'U'),
        ("vee", 'V'),
        ("ex", 'X'),
        ("why", 'Y'),
        ("wye", 'Y'),
        ("zee", 'Z'),
        ("zed", 'Z'),
        ("alpha", 'A'),
        ("bravo", 'B'),
        ("charlie", 'C'),
        ("delta", 'D'),
        ("echo", 'E'),
        ("foxtrot", 'F'),
        ("golf", 'G'),
        ("hotel", 'H'),
        ("india", 'I'),
        ("juliet", 'J'),
        ("kilo", 'K'),
        ("lima", 'L'),
        ("mike", 'M'),
        ("november", 'N'),
        ("oscar", 'O'),
        ("papa", 'P'),
        ("quebec", 'Q'),
        ("romeo", 'R'),
        ("sierra", 'S'),
        ("tango", 'T'),
        ("uniform", 'U'),
        ("victor", 'V'),
        ("whiskey", 'W'),
        ("yankee", 'Y'),
        ("zulu", 'Z'),
    ];
    NAMES.iter().find(|(name, _)| *name == word).map(|(_, letter)| *letter)
}

/// A phone number: its digits, with the plus that was said.
pub(super) fn phone(text: &str, words: &[Word], tongue: Tongue) -> Option<Heard> {
    let parts = correct::parts(words, tongue, false);
    let whole: Vec<Option<Heard>> = parts.iter().map(|part| one_phone(text, part, tongue)).collect();
    let first = whole.iter().flatten().next().cloned()?;
    // "… 0143. No, sorry, 0134": the end is said again.
    let tail =
        parts.first().filter(|_| parts.len() > 1 && whole[0].is_none()).map(|part| run(text, part, tongue));
    if let (Some(Some((again, ..))), Value::Text(digits)) = (tail, &first.value)
        && (2..digits.len()).contains(&again.len())
    {
        let kept = &digits[..digits.len() - again.len()];
        return Some(Heard { confidence: 0.75, value: Value::Text(format!("{kept}{again}")), ..first });
    }
    Some(first)
}

fn one_phone(text: &str, words: &[Word], tongue: Tongue) -> Option<Heard> {
    let (digits, first, last) = run(text, words, tongue)?;
    let count = digits.trim_start_matches('+').len();
    let confidence = match count {
        7 | 9..=13 => 0.95,
        8 => 0.8,
        5 | 6 | 14 | 15 => 0.55,
        _ => return None,
    };
    Some(Heard::new(Value::Text(digits), confidence, span(words, first, last)))
}

/// The longest run of digits; all of them together where only that makes a whole number.
fn run(text: &str, words: &[Word], tongue: Tongue) -> Option<(String, usize, usize)> {
    let pieces = pieces(text, words, tongue);
    let mut runs: Vec<(String, usize, usize)> = Vec::new();
    let mut now: Option<(String, usize, usize)> = None;
    for (index, (piece, first, last)) in pieces.iter().enumerate() {
        match piece {
            Piece::Digits(digits) => {
                // "For my cell": a slip only among digits.
                let slip = number::slip(&words[*first].text, tongue).is_some() && first == last;
                let among =
                    now.is_some() && matches!(pieces.get(index + 1), Some((Piece::Digits(_), ..)) | None);
                if slip && !among {
                    continue;
                }
                let (so_far, start, _) = now.take().unwrap_or((String::new(), *first, *last));
                now = Some((so_far + digits, start, *last));
            }
            Piece::Plus if now.is_none() => now = Some(("+".to_owned(), *first, *last)),
            _ if pause(words, *first) => {}
            _ => runs.extend(now.take()),
        }
    }
    runs.extend(now);
    let longest = runs.iter().max_by_key(|run| run.0.len())?.clone();
    let all: String = runs.iter().map(|run| run.0.as_str()).collect();
    let pieced =
        runs.len() > 1 && longest.0.len() < 7 && matches!(all.trim_start_matches('+').len(), 7 | 10 | 11);
    if pieced {
        return Some((all, runs.first()?.1, runs.last()?.2));
    }
    Some(longest)
}

/// What may stand between two parts of a number.
fn pause(words: &[Word], at: usize) -> bool {
    let word = words[at].text.as_str();
    filler::HESITATION.contains(&word)
        || matches!(
            word,
            "then"
                | "and"
                | "dash"
                | "space"
                | "hyphen"
                | "y"
                | "luego"
                | "guion"
                | "area"
                | "code"
                | "thats"
                | "extension"
                | "dot"
                | "punto"
        )
}

/// A postcode: five digits, with four more or not, or letters and digits as Britain and Canada write them.
pub(super) fn postcode(text: &str, words: &[Word], tongue: Tongue) -> Option<Heard> {
    let parts = correct::parts(words, tongue, false);
    parts.iter().find_map(|part| one_postcode(text, part, tongue))
}

fn one_postcode(text: &str, words: &[Word], tongue: Tongue) -> Option<Heard> {
    if let Some((code, first, last)) = written_code(text, words) {
        return Some(Heard::new(Value::Text(code), 0.96, span(words, first, last)));
    }
    let pieces = pieces(text, words, tongue);
    let mut best: Option<(String, usize, usize, f64)> = None;
    for from in 0..pieces.len() {
        let mut line = String::new();
        for (piece, _, last) in &pieces[from..] {
            match piece {
                Piece::Digits(digits) => line.push_str(digits),
                Piece::Letters(letters) => line.push_str(letters),
                _ if pause(words, *last) && !line.is_empty() => continue,
                _ => break,
            }
            if let Some((code, sure)) = formed(&line) {
                let length = code.len();
                if best.as_ref().is_none_or(|(own, ..)| length >= own.len()) {
                    best = Some((code, pieces[from].1, *last, sure));
                }
            }
        }
    }
    let (code, first, last, sure) = best?;
    let more = pieces.iter().any(|(piece, start, _)| *start > last && matches!(piece, Piece::Digits(_)));
    let less = pieces.iter().any(|(piece, _, end)| *end < first && matches!(piece, Piece::Digits(digits) if number::slip(&words[*end].text, tongue).is_none() && !digits.is_empty()));
    let confidence = sure * if more || less { 0.6 } else { 1.0 };
    Some(Heard::new(Value::Text(code), confidence, span(words, first, last)))
}

/// A code of letters and digits as one writes it: "SW1A 1AA", "K1A 0B1", "02139-4307".
fn written_code(text: &str, words: &[Word]) -> Option<(String, usize, usize)> {
    let raw = |index: usize| cut(text, (words[index].start, words[index].end)).to_uppercase();
    for first in 0..words.len() {
        let mut line = String::new();
        for last in first..words.len().min(first + 5) {
            line.push_str(&raw(last));
            let mixed = line.chars().any(|c| c.is_ascii_digit());
            let whole = words[first].text.len() >= 2 || last == first;
            let ends = words.get(last + 1).is_none_or(|next| next.start > words[last].end);
            if mixed && whole && ends && formed(&line).is_some() {
                // Four digits more may follow.
                if line.len() == 5
                    && line.bytes().all(|byte| byte.is_ascii_digit())
                    && words.get(last + 1).is_some_and(|next| {
                        next.text.len() == 4
                            && next.text.bytes().all(|byte| byte.is_ascii_digit())
                            && next.start == words[last].end + 1
                    })
                {
                    return Some((format!("{line}-{}", words[last + 1].text), first, last + 1));
                }
                return Some((formed(&line)?.0, first, last));
            }
            if words[last].mark >= Mark::Stop || words[last].text.len() > 4 {
                break;
            }
        }
    }
    None
}

/// The code in its form, and how sure.
fn formed(line: &str) -> Option<(String, f64)> {
    let shape: String = line.chars().map(|c| if c.is_ascii_digit() { '9' } else { 'A' }).collect();
    match shape.as_str() {
        "99999" => Some((line.to_owned(), 0.95)),
        "999999999" => Some((format!("{}-{}", &line[..5], &line[5..]), 0.9)),
        // Canada.
        "A9A9A9" => Some((format!("{} {}", &line[..3], &line[3..]), 0.95)),
        // Britain: the last three are a digit and two letters.
        "A99AA" | "A999AA" | "AA99AA" | "AA999AA" | "A9A9AA" | "AA9A9AA" => {
            let cut = line.len() - 3;
            Some((format!("{} {}", &line[..cut], &line[cut..]), 0.95))
        }
        _ => None,
    }
}

/// An e-mail address, written or spoken ("john dot smith at gmail dot com").
pub(super) fn email(text: &str, words: &[Word]) -> Option<Heard> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '@' | '%');
    let mut start = 0;
    for token in text.split(|c: char| !is_part(c)) {
        let length = token.chars().count();
        let address = token.trim_matches('.');
        if let Some((name, host)) = address.split_once('@')
            && !name.is_empty()
            && host.contains('.')
        {
            let end = start + length;
            return Some(Heard::new(
                Value::Text(address.to_lowercase()),
                0.96,
                (super::said::code_points(start), super::said::code_points(end)),
            ));
        }
        start += length + 1;
    }
    let at = words.iter().position(|word| matches!(word.text.as_str(), "at" | "arroba"))?;
    let sign = |word: &str| {
        Some(match word {
            "dot" | "punto" | "point" => ".",
            "underscore" | "guionbajo" => "_",
            "dash" | "hyphen" | "guion" => "-",
            _ => return None,
        })
    };
    let mut address = String::new();
    let mut first = at;
    while first > 0
        && at - first < 8
        && !matches!(
            words[first - 1].text.as_str(),
            "is" | "its" | "es" | "email" | "correo" | "electronico" | "address"
        )
    {
        first -= 1;
    }
    let spoken = |word: &Word| {
        sign(&word.text).map_or_else(|| cut(text, (word.start, word.end)).to_lowercase(), str::to_owned)
    };
    words[first..at].iter().for_each(|word| address.push_str(&spoken(word)));
    address.push('@');
    let last = (at + 1..words.len())
        .take(8)
        .take_while(|index| {
            *index == at + 1
                || words[index - 1].mark < Mark::Stop
                || words[index - 1].end + 1 == words[*index].start
        })
        .last()?;
    words[at + 1..=last].iter().for_each(|word| address.push_str(&spoken(word)));
    let host = address.split('@').nth(1)?;
    (first < at && host.contains('.'))
        .then(|| Heard::new(Value::Text(address.clone()), 0.75, span(words, first, last)))
}
