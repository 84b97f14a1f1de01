//! From tokens to text: characters spread over tokens, and stop texts spread over pieces.

/// Text as it grows, of which only that is let out that can no longer change.
pub(crate) struct TextStream {
    stops: Vec<String>,
    /// Bytes that do not end a character yet.
    pending: Vec<u8>,
    /// Everything that is certain to belong to the answer.
    text: String,
    /// Decoded, but may be the start of a stop text.
    held: String,
    stopped: bool,
}

impl TextStream {
    /// A stream that ends before the first of these; empty ones are ignored.
    pub(crate) fn new(stops: &[String]) -> Self {
        let stops = stops.iter().filter(|stop| !stop.is_empty()).cloned().collect();
        Self { stops, pending: Vec::new(), text: String::new(), held: String::new(), stopped: false }
    }

    /// Takes a token's bytes; gives the text that is now certain, which may be none.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> String {
        if self.stopped {
            return String::new();
        }
        self.pending.extend_from_slice(bytes);
        let decoded = take_characters(&mut self.pending);
        self.held.push_str(&decoded);

        if let Some(at) = self.stops.iter().filter_map(|stop| self.held.find(stop.as_str())).min() {
            self.stopped = true;
            self.held.truncate(at);
        }
        let certain = if self.stopped { self.held.len() } else { self.held.len() - self.undecided() };
        let rest = self.held.split_off(certain);
        let out = std::mem::replace(&mut self.held, rest);
        self.text.push_str(&out);
        out
    }

    /// Whether these bytes after those that are pending are text so far: no byte that can belong to no character.
    pub(crate) fn continues(&self, bytes: &[u8]) -> bool {
        let whole = [&self.pending, bytes].concat();
        std::str::from_utf8(&whole).map_or_else(|error| error.error_len().is_none(), |_| true)
    }

    /// A stop text came up.
    pub(crate) const fn is_stopped(&self) -> bool {
        self.stopped
    }

    /// The end: what was held back is let out after all, and bytes that end no character become one replacement sign.
    /// Gives that last piece, and the whole text.
    pub(crate) fn finish(mut self) -> (String, String) {
        let mut last = std::mem::take(&mut self.held);
        if !self.stopped && !self.pending.is_empty() {
            last.push('\u{FFFD}');
        }
        self.text.push_str(&last);
        (last, self.text)
    }

    /// Bytes at the end of what is held that are the start of a stop text.
    fn undecided(&self) -> usize {
        self.stops
            .iter()
            .filter_map(|stop| {
                (1..stop.len())
                    .rev()
                    .find(|length| stop.is_char_boundary(*length) && self.held.ends_with(&stop[..*length]))
            })
            .max()
            .unwrap_or(0)
    }
}

/// Takes the whole characters from the front; what cannot become one any more is replaced.
fn take_characters(bytes: &mut Vec<u8>) -> String {
    let mut text = String::new();
    loop {
        match std::str::from_utf8(bytes) {
            Ok(whole) => {
                text.push_str(whole);
                bytes.clear();
                return text;
            }
            Err(error) => {
                let (valid, rest) = bytes.split_at(error.valid_up_to());
                text.push_str(&String::from_utf8_lossy(valid));
                match error.error_len() {
                    None => {
                        *bytes = rest.to_vec();
                        return text;
                    }
                    Some(bad) => {
                        text.push('\u{FFFD}');
                        *bytes = rest[bad..].to_vec();
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(stops: &[&str]) -> TextStream {
        TextStream::new(&stops.iter().map(|stop| (*stop).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_character_spread_over_tokens_comes_out_whole() {
        let mut stream = stream(&[]);
        let pieces: Vec<String> = "a日é".as_bytes().iter().map(|byte| stream.push(&[*byte])).collect();
        assert_eq!(pieces, ["a", "", "", "日", "", "é"]);
    }

    #[test]
    fn a_stop_text_spread_over_tokens_ends_the_answer_before_it() {
        let mut stream = stream(&["</note>", "\n\n"]);
        let mut out = String::new();
        for piece in ["Knee", " pain <", "/no", "te", "> more", " and more"] {
            out.push_str(&stream.push(piece.as_bytes()));
        }
        assert!(stream.is_stopped());
        let (last, text) = stream.finish();
        assert_eq!((out + &last, text), ("Knee pain ".to_owned(), "Knee pain ".to_owned()));
    }

    #[test]
    fn what_only_looked_like_a_stop_text_comes_out_at_the_end() {
        let mut stream = stream(&["###"]);
        assert_eq!(stream.push(b"a ##"), "a ");
        assert_eq!(stream.push(b" b #"), "## b ");
        let (last, text) = stream.finish();
        assert_eq!((last.as_str(), text.as_str()), ("#", "a ## b #"));
    }

    #[test]
    fn the_earliest_of_several_stop_texts_counts() {
        let mut stream = stream(&["END", "STOP"]);
        assert_eq!(stream.push(b"one STOP two END"), "one ");
        assert!(stream.is_stopped());
    }

    #[test]
    fn only_bytes_that_can_become_characters_continue_a_text() {
        let mut stream = stream(&[]);
        assert!(stream.continues(b"a") && stream.continues(&[0xe6]) && !stream.continues(&[0xa5]));
        stream.push(&[0xe6]);
        assert!(stream.continues(&[0x97]) && !stream.continues(b"a") && !stream.continues(&[0xe6]));
    }

    #[test]
    fn bytes_that_are_no_text_are_replaced_and_do_not_block() {
        let mut stream = stream(&[]);
        assert_eq!(stream.push(&[0xff, b'a', 0xe6]), "\u{FFFD}a");
        assert_eq!(stream.finish().1, "\u{FFFD}a\u{FFFD}");
    }
}
