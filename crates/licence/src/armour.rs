//! Bytes as text that survives e-mail, paper, and somebody who types it again.
//!
//! ```text
//! -----BEGIN BEDSIDE LICENCE-----
//! 01 04HM6 QJ5R3 … 8TZ0C  7K
//! …
//! Check QJ2M4-0ZPD8
//! -----END BEDSIDE LICENCE-----
//! ```
//!
//! Crockford's base 32, 25 bytes a line: its number, 40 symbols, two check symbols, so that a slip is found in the line
//! where it was made. The last line checks the whole. [`read`] takes a file exactly as it was written; [`read_typed`]
//! forgives case, spaces, hyphens and look-alikes (O for 0, I and L for 1).

use std::sync::LazyLock;

use data_encoding::{Encoding, Specification};
use sha2::{Digest as _, Sha256};

use crate::Error;

/// What the text is, and the words around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// Between BEGIN and END: "BEDSIDE LICENCE".
    pub name: &'static str,
    /// For the one who is told that it is not one: "a licence".
    pub noun: &'static str,
}

/// How many symbols a line has, in groups of five.
const SYMBOLS: usize = 40;
const GROUP: usize = 5;
/// Symbols of the check of the whole: 50 bits.
const WHOLE: usize = 10;
/// Longer texts are refused unread: no licence or list comes near.
const LONGEST: usize = 1 << 20;

/// Crockford's alphabet, without I, L, O and U.
pub(crate) static BASE32: LazyLock<Encoding> = LazyLock::new(|| {
    let mut specification = Specification::new();
    specification.symbols.push_str("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    match specification.encoding() {
        Ok(encoding) => encoding,
        Err(_) => unreachable!("32 different symbols make a base"),
    }
});

/// Symbols in groups of five, with a separator between.
pub(crate) fn grouped(symbols: &str, separator: &str) -> String {
    let groups: Vec<_> = symbols.as_bytes().chunks(GROUP).map(String::from_utf8_lossy).collect();
    groups.join(separator)
}

/// The text of some bytes, each line ended with a line feed.
pub fn write(label: Label, bytes: &[u8]) -> String {
    let symbols = BASE32.encode(bytes);
    let mut text = format!("-----BEGIN {}-----\n", label.name);
    for (chunk, number) in symbols.as_bytes().chunks(SYMBOLS).zip(1..) {
        let chunk = String::from_utf8_lossy(chunk);
        let check = line_check(number, &chunk);
        text.push_str(&format!("{number:02} {}  {check}\n", grouped(&chunk, " ")));
    }
    text.push_str(&format!("Check {}\n", grouped(&whole_check(label, bytes), "-")));
    text.push_str(&format!("-----END {}-----\n", label.name));
    text
}

/// The bytes of a text that must be exactly as it was written; its line ends may all be carriage return and line feed.
///
/// # Errors
/// As [`read_typed`]; [`Error::Retyped`] where only the writing differs.
pub fn read(label: Label, text: &str) -> Result<Vec<u8>, Error> {
    let bytes = read_typed(label, text)?;
    let written = write(label, &bytes);
    if text == written || text == written.replace('\n', "\r\n") { Ok(bytes) } else { Err(Error::Retyped) }
}

/// The bytes of a text as somebody typed or pasted it: what stands before BEGIN and after END is passed over.
///
/// # Errors
/// [`Error::Unreadable`], [`Error::Mistyped`], [`Error::LineMissing`].
pub fn read_typed(label: Label, text: &str) -> Result<Vec<u8>, Error> {
    let unreadable = |reason| Error::Unreadable { wanted: label.noun, reason };
    if text.len() > LONGEST {
        return Err(unreadable("it is far too long"));
    }
    let mut lines = text.lines().map(str::trim).skip_while(|line| !marks(line, "BEGIN"));
    let begin = lines.next().ok_or(unreadable("there is no BEGIN line"))?;
    if !marks_label(begin, label) {
        return Err(unreadable("it is another kind of text"));
    }
    let mut symbols = String::new();
    let mut expected = 1;
    let mut check = None;
    let mut ended = false;
    for line in lines.filter(|line| !line.is_empty()) {
        if marks(line, "END") {
            ended = true;
            break;
        }
        if check.is_some() {
            return Err(unreadable("there is a line after the check"));
        }
        let first = line.split_whitespace().next().unwrap_or_default();
        if first.eq_ignore_ascii_case("check") {
            check = Some(normal(&line[first.len()..]));
            continue;
        }
        let number: u32 = normal(first).parse().map_err(|_| Error::Mistyped { line: expected })?;
        if number != expected {
            return Err(Error::LineMissing { line: expected });
        }
        symbols.push_str(&line_symbols(number, &line[first.len()..])?);
        expected += 1;
    }
    if !ended {
        return Err(unreadable("there is no END line"));
    }
    let check = check.ok_or(unreadable("there is no check line"))?;
    if check.len() != WHOLE {
        return Err(unreadable("the check line is mistyped"));
    }
    let bytes = BASE32
        .decode(symbols.as_bytes())
        .map_err(|_| Error::Mistyped { line: expected.saturating_sub(1).max(1) })?;
    if whole_check(label, &bytes) == check {
        Ok(bytes)
    } else {
        Err(unreadable("the check line does not fit the lines above it"))
    }
}

/// Whether a text holds a label's BEGIN line: what an install must know before it reads on.
pub fn is(label: Label, text: &str) -> bool {
    text.lines().map(str::trim).find(|line| marks(line, "BEGIN")).is_some_and(|line| marks_label(line, label))
}

/// A line's symbols without its check, which must fit. Every line but the last is full.
fn line_symbols(number: u32, rest: &str) -> Result<String, Error> {
    let mut symbols = normal(rest);
    let mistyped = Error::Mistyped { line: number };
    if !symbols.is_ascii() || symbols.len() < 3 || symbols.len() > SYMBOLS + 2 {
        return Err(mistyped);
    }
    let check = symbols.split_off(symbols.len() - 2);
    if line_check(number, &symbols) == check { Ok(symbols) } else { Err(mistyped) }
}

/// Upper case, look-alikes mended, spaces and hyphens gone.
pub(crate) fn normal(typed: &str) -> String {
    typed
        .chars()
        .filter(|symbol| !symbol.is_whitespace() && *symbol != '-')
        .map(|symbol| match symbol.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

fn marks(line: &str, word: &str) -> bool {
    let line = line.trim_matches(['-', '\u{2013}', '\u{2014}', ' ']);
    line.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
        && line[word.len()..].starts_with(' ')
}

fn marks_label(line: &str, label: Label) -> bool {
    let line = line.trim_matches(['-', '\u{2013}', '\u{2014}', ' ']);
    line.split_once(' ').is_some_and(|(_, name)| name.trim().eq_ignore_ascii_case(label.name))
}

fn line_check(number: u32, symbols: &str) -> String {
    check(b"bedside/armour-line/v1\0", &[&number.to_be_bytes(), symbols.as_bytes()], 2)
}

fn whole_check(label: Label, bytes: &[u8]) -> String {
    check(b"bedside/armour/v1\0", &[label.name.as_bytes(), b"\0", bytes], WHOLE)
}

/// The first symbols of a SHA-256, five bits each.
fn check(domain: &[u8], parts: &[&[u8]], symbols: usize) -> String {
    let mut hash = Sha256::new();
    hash.update(domain);
    for part in parts {
        hash.update(part);
    }
    let mut text = BASE32.encode(&hash.finalize());
    text.truncate(symbols);
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LABEL: Label = Label { name: "BEDSIDE TEST", noun: "a test" };

    proptest! {
        #[test]
        fn what_was_written_is_read_back(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let text = write(LABEL, &bytes);
            prop_assert_eq!(read(LABEL, &text).unwrap(), bytes.clone());
            prop_assert_eq!(read(LABEL, &text.replace('\n', "\r\n")).unwrap(), bytes.clone());
            let retyped = text.to_lowercase().replace('0', "o").replace('1', "l").replace("  ", "   ");
            prop_assert_eq!(read_typed(LABEL, &retyped).unwrap(), bytes);
            prop_assert_eq!(read(LABEL, &retyped), Err(Error::Retyped));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,200}") {
            let _ = read_typed(LABEL, &text);
            let _ = read_typed(LABEL, &format!("-----BEGIN BEDSIDE TEST-----\n{text}\n-----END BEDSIDE TEST-----"));
        }
    }

    #[test]
    fn a_slip_is_found_in_its_line() {
        let text = write(LABEL, &[7; 100]);
        let line = text.lines().nth(3).unwrap().to_owned();
        let slipped = line.replacen(line.chars().nth(5).unwrap(), "Z", 1);
        assert_eq!(read_typed(LABEL, &text.replace(&line, &slipped)), Err(Error::Mistyped { line: 3 }));
        assert_eq!(
            read_typed(LABEL, &text.replace(&format!("{line}\n"), "")),
            Err(Error::LineMissing { line: 3 })
        );
    }
}
