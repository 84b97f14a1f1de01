//! Bytes to text.

use std::borrow::Cow;

use crate::Error;

/// The text of a file: UTF-8 with or without a byte-order mark, or UTF-16 with one.
pub(super) fn text(bytes: &[u8]) -> Result<Cow<'_, str>, Error> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes).map(Cow::Owned),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes).map(Cow::Owned),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest, 3),
        _ => utf8(bytes, 0),
    }
}

fn utf8(bytes: &[u8], skipped: usize) -> Result<Cow<'_, str>, Error> {
    std::str::from_utf8(bytes)
        .map(Cow::Borrowed)
        .map_err(|error| Error::NotUtf8 { byte: skipped + error.valid_up_to() })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Error> {
    let pairs = bytes.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return Err(Error::NotUtf8 { byte: bytes.len() + 1 });
    }
    let mut byte = 2;
    char::decode_utf16(pairs.map(|pair| unit([pair[0], pair[1]])))
        .map(|c| {
            let c = c.map_err(|_| Error::NotUtf8 { byte })?;
            byte += 2 * c.len_utf16();
            Ok(c)
        })
        .collect()
}
