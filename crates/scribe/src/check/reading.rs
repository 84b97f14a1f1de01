//! Words as the checker compares them: in lower case, with marks of their own, numbers apart from their units.

use domain::Speaker;

/// A word or a mark of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// In lower case.
    pub(crate) text: String,
    /// Whether it was written with a capital.
    pub(crate) capital: bool,
}

impl Token {
    pub(crate) fn is(&self, words: &str) -> bool {
        words.split_ascii_whitespace().any(|word| word == self.text)
    }

    /// Whether a clause ends here.
    pub(crate) fn ends_clause(&self) -> bool {
        matches!(self.text.as_str(), "." | "?" | "!" | ";")
    }
}

/// A text, and who said it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    pub(crate) tokens: Vec<Token>,
    /// Where each token's word stands in the text, marks included: half-open, in Unicode code points.
    pub(crate) places: Vec<(u32, u32)>,
    /// Whether the clinician said it.
    pub(crate) clinician: bool,
    /// Whether somebody with the patient said it: their "son" may be the patient.
    pub(crate) companion: bool,
}

impl Text {
    /// A sentence of a note.
    pub(crate) fn read(text: &str) -> Self {
        let (mut tokens, mut places, mut at) = (Vec::new(), Vec::new(), 0_u32);
        for word in text.replace(['\u{2019}', '\u{2018}'], "'").split(char::is_whitespace) {
            let end = at.saturating_add(u32::try_from(word.chars().count()).unwrap_or(u32::MAX));
            push_word(word, &mut tokens);
            places.resize(tokens.len(), (at, end));
            at = end.saturating_add(1);
        }
        Self { tokens, places, ..Self::default() }
    }

    /// What somebody said.
    pub(crate) fn said(text: &str, speaker: Speaker) -> Self {
        Self {
            clinician: speaker == Speaker::Clinician,
            companion: speaker == Speaker::Other,
            ..Self::read(text)
        }
    }

    pub(crate) fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text.as_str())
    }

    pub(crate) fn has(&self, words: &str) -> bool {
        self.tokens.iter().any(|token| token.is(words))
    }
}

fn push_word(word: &str, tokens: &mut Vec<Token>) {
    let is_mark = |c: char| matches!(c, '.' | ',' | ';' | ':' | '?' | '!');
    let dropped = |c: char| !(c.is_alphanumeric() || is_mark(c) || matches!(c, '%' | '/' | '°' | '\'' | '-'));
    let word = word.trim_matches(dropped);
    let body = word.trim_end_matches(|c: char| is_mark(c) || dropped(c) || c == '\'' || c == '-');
    let tail = &word[body.len()..];
    let body = body.trim_start_matches(|c: char| is_mark(c) || dropped(c) || matches!(c, '\'' | '-'));
    push_body(body, tokens);
    if let Some(mark) = tail.chars().find(|c| is_mark(*c)) {
        let mark = if tail.contains('?') { '?' } else { mark };
        // "b.i.d." ends in its own dot, and an ellipsis ends nothing.
        if !(tail.starts_with("..")
            || body.contains('.') && body.chars().all(|c| c.is_alphabetic() || c == '.'))
        {
            tokens.push(Token { text: mark.to_string(), capital: false });
        }
    }
}

fn push_body(body: &str, tokens: &mut Vec<Token>) {
    if body.is_empty() {
        return;
    }
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    // 3/4/2024 stays whole; 148/92 and 10:30 come apart.
    let slashed: Vec<&str> = body.split('/').collect();
    if slashed.len() == 3 && slashed.iter().all(|part| digits(part)) {
        return push(body, tokens);
    }
    for separator in ['/', ':'] {
        if let Some((before, after)) = body.split_once(separator)
            && before.ends_with(|c: char| c.is_ascii_digit())
            && after.starts_with(|c: char| c.is_ascii_digit())
        {
            push_body(before, tokens);
            push(&separator.to_string(), tokens);
            return push_body(after, tokens);
        }
    }
    if let Some((before, after)) = body.split_once(['-', '\u{2013}'])
        && !before.is_empty()
        && !after.is_empty()
        && body.split(['-', '\u{2013}']).any(stands_alone)
    {
        push_body(before, tokens);
        if before.ends_with(|c: char| c.is_ascii_digit()) && after.starts_with(|c: char| c.is_ascii_digit()) {
            push("to", tokens);
        }
        return push_body(after, tokens);
    }
    if body.contains('.') && body.chars().all(|c| c.is_alphabetic() || c == '.') {
        // "b.i.d", "a.m"; two sentences that were run together otherwise.
        if body.split('.').all(|part| part.chars().count() <= 1) {
            return push(&body.replace('.', ""), tokens);
        }
        for part in body.split('.') {
            push_body(part, tokens);
            push(".", tokens);
        }
        tokens.pop();
        return;
    }
    // 500mg, 20%, 38.2°C, 3rd
    let number = body.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(body.len());
    let (number, unit) = body.split_at(number);
    if number.starts_with(|c: char| c.is_ascii_digit()) && !unit.is_empty() {
        push(number, tokens);
        return push(unit.trim_start_matches('°'), tokens);
    }
    push(body, tokens);
}

/// Parts of a compound that mean something by themselves: a number or a side.
fn stands_alone(part: &str) -> bool {
    let part = part.to_lowercase();
    part.starts_with(|c: char| c.is_ascii_digit())
        || super::numbers::word(&part).is_some()
        || matches!(part.as_str(), "left" | "right" | "year" | "day" | "week" | "month" | "hundred")
}

fn push(word: &str, tokens: &mut Vec<Token>) {
    let capital = word.starts_with(char::is_uppercase);
    let mut text = word.to_lowercase();
    // 1,000 is a number; "10," has lost its mark before.
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        text = text.replace(',', "");
        text.truncate(text.trim_end_matches('.').len());
    }
    if !text.is_empty() {
        tokens.push(Token { text, capital });
    }
}

/// What is left of a word when its ending is taken off, so that "hurts", "hurting" and "hurt" are the same.
pub(crate) fn stem(word: &str) -> String {
    let word = word.strip_suffix("'s").unwrap_or(word);
    let mut stem = word;
    for ending in [
        "ingly", "edly", "ations", "ation", "ings", "ing", "iness", "ness", "ful", "ies", "ied", "ed", "es",
        "ly", "s", "y", "e",
    ] {
        if let Some(shorter) = stem.strip_suffix(ending)
            && shorter.chars().count() >= 3
        {
            stem = shorter;
            break;
        }
    }
    let mut stem = stem.strip_suffix('i').filter(|shorter| shorter.len() >= 3).unwrap_or(stem).to_owned();
    // "stopped" and "stop"
    let mut last = stem.chars().rev();
    if let (Some(a), Some(b)) = (last.next(), last.next())
        && a == b
        && stem.chars().count() > 3
        && !"ls".contains(a)
    {
        stem.pop();
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        Text::read(text).tokens.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn numbers_come_apart_from_units_marks_and_one_another() {
        assert_eq!(read("BP 148/92, 38.2°C; 500mg b.i.d."), "bp 148 / 92 , 38.2 c ; 500 mg bid");
        assert_eq!(read("a twenty-five-year-old left-handed man"), "a twenty five year old left handed man");
        assert_eq!(read("x-ray on 3/4/2024 at 10:30. Really?"), "x-ray on 3/4/2024 at 10 : 30 . really ?");
        assert_eq!(read("1,000 steps, 2-3 weeks, 97%"), "1000 steps , 2 to 3 weeks , 97 %");
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for (a, b) in [
            ("hurts", "hurting"),
            ("stopped", "stop"),
            ("allergies", "allergy"),
            ("swelling", "swells"),
            ("dizziness", "dizzy"),
        ] {
            assert_eq!(stem(a), stem(b), "{a} {b}");
        }
        assert_ne!(stem("fever"), stem("fear"));
    }
}
