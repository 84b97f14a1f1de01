//! Numbers in words and digits, in English and Spanish.

mod words;

use words::{ENGLISH, ENGLISH_ORDINALS, SLIPS, SPANISH, SPANISH_ORDINALS, VAGUE, VAGUE_SPANISH};

use super::said::{Tongue, is_any, joined, starts};
use crate::redflag::words::{Mark, Word};

/// A number that was said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    /// Its first word.
    pub(super) first: usize,
    /// Its last word.
    pub(super) last: usize,
    /// Its value.
    pub(super) value: f64,
    /// How it was said.
    pub(super) form: Form,
}

/// How a number was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// "38.5"
    Digits,
    /// "thirty-eight"
    Word,
    /// "a", "un": one, perhaps only an article.
    Article,
    /// "a couple", "a few", "unos cuantos".
    Vague,
    /// "oh": a zero, but only among other digits.
    Oh,
    /// "to", "too", "for": what speech recognition makes of "two" and "four".
    Slip,
}

fn look_up(table: &[(&str, f64)], word: &str) -> Option<f64> {
    table.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}

/// A plain number word of the language: "forty", "doscientos".
pub(super) fn word_value(word: &str, tongue: Tongue) -> Option<f64> {
    look_up(tongue.pick(ENGLISH, SPANISH), word)
}

/// What a word would be if it were a slip of speech recognition.
pub(super) fn slip(word: &str, tongue: Tongue) -> Option<f64> {
    tongue.pick(look_up(SLIPS, word), None)
}

/// Every number, each as it was said: "nineteen eighty one" is nineteen and eighty-one, to be put together by who knows what
/// is asked ([`together`]).
pub(super) fn numbers(words: &[Word], tongue: Tongue) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match number_at(words, at, tongue) {
            Some(number) => {
                at = number.last + 1;
                found.push(number);
            }
            None => at += 1,
        }
    }
    found
}

/// The number that begins at this word.
pub(super) fn number_at(words: &[Word], at: usize, tongue: Tongue) -> Option<Number> {
    let whole = vague(words, at, tongue)
        .or_else(|| digits(words, at, tongue))
        .or_else(|| tongue.pick(english as Reader, spanish as Reader)(words, at))?;
    Some(fraction(words, whole, tongue))
}

type Reader = fn(&[Word], usize) -> Option<Number>;

fn vague(words: &[Word], at: usize, tongue: Tongue) -> Option<Number> {
    let table = tongue.pick(&VAGUE[..VAGUE_SPANISH], &VAGUE[VAGUE_SPANISH..]);
    // "un par de" also in an English answer is nobody's loss; "very few" and "so few" are no three.
    if at > 0 && is_any(words, at - 1, &["very", "so", "too", "muy", "tan", "every"]) {
        return None;
    }
    let (phrase, value) = table.iter().find(|(phrase, _)| starts(words, at, phrase))?;
    Some(Number { first: at, last: at + phrase.len() - 1, value: *value, form: Form::Vague })
}

/// A number in digits: "1,000" and "38,5" and "1.000" by where the sign stands.
fn digits(words: &[Word], at: usize, tongue: Tongue) -> Option<Number> {
    let text = words.get(at)?.text.as_str();
    let half = |value| Some(Number { first: at, last: at, value, form: Form::Word });
    match text {
        "½" => return half(0.5),
        "¼" => return half(0.25),
        "¾" => return half(0.75),
        _ if !text.starts_with(|c: char| c.is_ascii_digit()) => return None,
        _ if text.len() > 15 => return None,
        _ => {}
    }
    let plain = match text.split_once([',', '.']) {
        None => text.to_owned(),
        Some((before, after)) => {
            let sign = text.as_bytes()[before.len()];
            let grouped =
                after.len() == 3 && before != "0" && before.len() <= 3 && sign == tongue.pick(b',', b'.');
            if grouped { format!("{before}{after}") } else { format!("{before}.{after}") }
        }
    };
    let mut value: f64 = plain.parse().ok()?;
    let mut last = at;
    let scale = match words.get(at + 1).map(|word| word.text.as_str()) {
        Some("hundred") => 100.0,
        Some("thousand" | "mil" | "k") => 1000.0,
        Some("million" | "millones") => 1e6,
        _ => 1.0,
    };
    if scale > 1.0 && joined(words, at) {
        value *= scale;
        last += 1;
    }
    Some(Number { first: at, last, value, form: Form::Digits })
}

/// "a hundred and one", "two thousand and five", "forty-two".
fn english(words: &[Word], at: usize) -> Option<Number> {
    let mut total = 0.0;
    let mut group: Option<f64> = None;
    let mut next = at;
    let mut last = None;
    let article = is_any(words, at, &["a", "an"]);
    if article {
        if !is_any(words, at + 1, &["hundred", "thousand", "million", "half", "quarter"]) {
            return Some(Number { first: at, last: at, value: 1.0, form: Form::Article });
        }
        next += 1;
    }
    if is_any(words, next, &["one"]) && is_any(words, next + 1, &["half", "quarter"]) {
        next += 1;
    }
    if starts(words, next, &["three", "quarters"]) {
        let last = next + 1 + of_a(words, next + 2);
        return Some(Number { first: at, last, value: 0.75, form: Form::Word });
    }
    if is_any(words, next, &["half", "quarter"]) {
        let value = if words[next].text == "half" { 0.5 } else { 0.25 };
        // "half a day", "half an hour": the article belongs to it.
        let last = next + of_a(words, next + 1);
        return Some(Number { first: at, last, value, form: Form::Word });
    }
    while let Some(word) = words.get(next) {
        if next > at && words[next - 1].mark >= Mark::Comma {
            break;
        }
        match word.text.as_str() {
            "hundred" => {
                if group.is_some_and(|group| group >= 100.0) {
                    break;
                }
                group = Some(group.unwrap_or(1.0) * 100.0);
            }
            "thousand" => {
                total += group.take().unwrap_or(1.0) * 1000.0;
            }
            "million" => total = (total + group.take().unwrap_or(1.0)) * 1e6,
            "and" if last.is_some() => {
                let large = total > 0.0 || group.is_some_and(|group| group >= 100.0 && group % 100.0 == 0.0);
                let small = words.get(next + 1).and_then(|word| look_up(ENGLISH, &word.text));
                if !(large && small.is_some()) {
                    break;
                }
            }
            text => {
                let Some(value) = look_up(ENGLISH, text) else { break };
                let fits = match group {
                    None => true,
                    Some(group) if group >= 100.0 => group % 100.0 == 0.0,
                    // Tens, then a unit that is not nought.
                    Some(group) => group >= 20.0 && group % 10.0 == 0.0 && (1.0..10.0).contains(&value),
                };
                let after_tens = group.is_some_and(|group| group % 100.0 >= 20.0 && group % 10.0 == 0.0)
                    && (1.0..10.0).contains(&value);
                if !(fits || after_tens) || (total > 0.0 && group.is_none() && value == 0.0) {
                    break;
                }
                group = Some(group.unwrap_or(0.0) + value);
            }
        }
        if word.text != "and" {
            last = Some(next);
        }
        next += 1;
    }
    match last {
        Some(last) => Some(Number { first: at, last, value: total + group.unwrap_or(0.0), form: Form::Word }),
        None if is_any(words, at, &["oh", "o"]) => {
            Some(Number { first: at, last: at, value: 0.0, form: Form::Oh })
        }
        None => None,
    }
}

/// How many words of "of an" stand here.
fn of_a(words: &[Word], at: usize) -> usize {
    if starts(words, at, &["of", "an"]) || starts(words, at, &["of", "a"]) {
        2
    } else {
        usize::from(is_any(words, at, &["a", "an"]))
    }
}

/// "ciento uno", "treinta y ocho", "mil novecientos ochenta y uno".
fn spanish(words: &[Word], at: usize) -> Option<Number> {
    if is_any(words, at, &["medio", "media"]) {
        return Some(Number { first: at, last: at, value: 0.5, form: Form::Word });
    }
    for (phrase, value) in [(&["un", "cuarto", "de"][..], 0.25), (&["tres", "cuartos", "de"], 0.75)] {
        if starts(words, at, phrase) {
            return Some(Number { first: at, last: at + phrase.len() - 1, value, form: Form::Word });
        }
    }
    let mut total = 0.0;
    let mut group: Option<f64> = None;
    let mut next = at;
    let mut last = None;
    while let Some(word) = words.get(next) {
        if next > at && words[next - 1].mark >= Mark::Comma {
            break;
        }
        let text = word.text.as_str();
        match text {
            "mil" => total += group.take().unwrap_or(1.0) * 1000.0,
            "millon" | "millones" => total = (total + group.take().unwrap_or(1.0)) * 1e6,
            "y" if last.is_some() => {
                let tens = group.is_some_and(|group| group % 100.0 >= 10.0 && group % 10.0 == 0.0);
                let unit = words.get(next + 1).and_then(|word| unit(&word.text));
                if !(tens && unit.is_some()) {
                    break;
                }
            }
            _ => {
                let Some(value) = look_up(SPANISH, text).or_else(|| unit(text)) else { break };
                let article = matches!(text, "un" | "una");
                if article && last.is_none() {
                    let scaled = is_any(words, next + 1, &["millon"]);
                    if !scaled {
                        return Some(Number { first: at, last: at, value: 1.0, form: Form::Article });
                    }
                }
                let after_y = next > at && words[next - 1].text == "y";
                let fits = match group {
                    None => !(total > 0.0 && value == 0.0),
                    Some(group) if after_y => (1.0..10.0).contains(&value) && group % 10.0 == 0.0,
                    Some(group) => {
                        // "Cien uno" is a hundred, and one; a hundred and one is "ciento uno".
                        let bare_hundred = words[next - 1].text == "cien";
                        group >= 100.0
                            && group % 100.0 == 0.0
                            && value < 100.0
                            && value > 0.0
                            && !bare_hundred
                    }
                };
                if !fits {
                    break;
                }
                group = Some(group.unwrap_or(0.0) + value);
            }
        }
        if text != "y" {
            last = Some(next);
        }
        next += 1;
    }
    let last = last?;
    Some(Number { first: at, last, value: total + group.unwrap_or(0.0), form: Form::Word })
}

fn unit(word: &str) -> Option<f64> {
    match word {
        "un" | "una" => Some(1.0),
        _ => look_up(SPANISH, word).filter(|value| (1.0..10.0).contains(value)),
    }
}

/// "… point six", "… and a half", "… y medio", "… con cinco", "7½".
fn fraction(words: &[Word], number: Number, tongue: Tongue) -> Number {
    if matches!(number.form, Form::Vague | Form::Oh) {
        return number;
    }
    let after = number.last + 1;
    let near = joined(words, number.last);
    if !near {
        return number;
    }
    let halves: &[(&[&str], f64)] = tongue.pick(
        &[
            (&["and", "a", "half"], 0.5),
            (&["and", "half"], 0.5),
            (&["and", "one", "half"], 0.5),
            (&["a", "half"], 0.5),
            (&["and", "a", "quarter"], 0.25),
            (&["and", "three", "quarters"], 0.75),
            (&["½"], 0.5),
            (&["¼"], 0.25),
            (&["¾"], 0.75),
        ],
        &[
            (&["y", "medio"], 0.5),
            (&["y", "media"], 0.5),
            (&["con", "medio"], 0.5),
            (&["y", "cuarto"], 0.25),
            (&["½"], 0.5),
            (&["¼"], 0.25),
            (&["¾"], 0.75),
        ],
    );
    let whole = number.value.fract() == 0.0;
    if whole
        && number.form != Form::Article
        && let Some((phrase, more)) = halves.iter().find(|(phrase, _)| starts(words, after, phrase))
    {
        return Number { last: number.last + phrase.len(), value: number.value + more, ..number };
    }
    let points = tongue.pick(&["point", "dot"][..], &["punto", "coma", "con"][..]);
    if whole
        && number.form != Form::Article
        && is_any(words, after, points)
        && let Some((decimals, last)) = decimals(words, after + 1, tongue)
    {
        return Number { last, value: number.value + decimals, ..number };
    }
    number
}

/// "six", "two five", "oh five", "twenty five", "5".
pub(super) fn decimals(words: &[Word], at: usize, tongue: Tongue) -> Option<(f64, usize)> {
    let mut text = String::new();
    let mut next = at;
    while let Some(word) = words.get(next) {
        let digit = match word.text.as_str() {
            "oh" | "o" if tongue == Tongue::English => Some("0".to_owned()),
            "un" | "una" => None,
            text if slip(text, tongue).is_some() => slip(text, tongue).map(|value| format!("{value}")),
            text if text.bytes().all(|byte| byte.is_ascii_digit()) => Some(text.to_owned()),
            text => word_value(text, tongue).filter(|value| *value < 100.0).map(|value| format!("{value}")),
        };
        let Some(digit) = digit else { break };
        // "twenty five" is 25, "two five" too.
        if text.len() == 2 && text.ends_with('0') && digit.len() == 1 && !text.starts_with('0') {
            text.pop();
        }
        text.push_str(&digit);
        next += 1;
        if !joined(words, next - 1) || text.len() > 3 {
            break;
        }
    }
    if text.is_empty() || text.len() > 6 {
        return None;
    }
    let value: f64 = format!("0.{text}").parse().ok()?;
    Some((value, next - 1))
}

/// Puts numbers together that were said in pieces: "nineteen eighty one", "one twenty", "two oh five", "five oh".
pub(super) fn together(words: &[Word], numbers: &[Number]) -> Vec<Number> {
    let mut out: Vec<Number> = Vec::new();
    let mut oh = false;
    for number in numbers {
        if number.form == Form::Oh {
            let follows =
                out.last().is_some_and(|last| last.last + 1 == number.first && joined(words, last.last));
            oh = follows;
            continue;
        }
        if let Some(last) = out.last_mut() {
            let gap = if oh { 2 } else { 1 };
            let close = last.last + gap == number.first
                && (last.last..number.first).all(|word| joined(words, word))
                && last.form == Form::Word
                && number.form == Form::Word
                && last.value.fract() == 0.0;
            let hundreds = (1.0..=9.0).contains(&last.value) && !oh && (10.0..100.0).contains(&number.value)
                || (1.0..100.0).contains(&last.value) && oh && (1.0..10.0).contains(&number.value)
                || (10.0..100.0).contains(&last.value)
                    && !oh
                    && (10.0..100.0).contains(&number.value)
                    && !ascending(last.value, number.value);
            // "Ten, ten": said twice.
            let again = last.value == 10.0 && number.value == 10.0;
            if close && hundreds && !again {
                last.value = last.value * 100.0 + number.value;
                last.last = number.last;
                oh = false;
                continue;
            }
        }
        oh = false;
        out.push(*number);
    }
    out
}

/// "Twenty twenty five": one or the other.
pub(super) fn ascending(left: f64, right: f64) -> bool {
    left < right && right <= left + 10.0 && left >= 10.0
}

/// "Quinientos dos veces": five hundred, twice.
pub(super) fn before_times(words: &[Word], number: Number, tongue: Tongue) -> Option<(Number, Number)> {
    if number.first == number.last || !is_any(words, number.last + 1, &["times", "time", "veces", "vez"]) {
        return None;
    }
    let head = number_at(&words[..number.last], number.first, tongue)?;
    let tail = number_at(words, number.last, tongue).filter(|tail| tail.value < 10.0)?;
    (head.value >= 20.0).then_some((head, tail))
}

/// "third", "3rd", "twenty-first", "tercera": the number and its last word.
pub(super) fn ordinal_at(words: &[Word], at: usize, tongue: Tongue) -> Option<(u32, usize)> {
    let text = words.get(at)?.text.as_str();
    let head: String = text.chars().take_while(char::is_ascii_digit).collect();
    if !head.is_empty() && head.len() < text.len() && head.len() <= 2 {
        return head.parse().ok().map(|value| (value, at));
    }
    let table = tongue.pick(ENGLISH_ORDINALS, SPANISH_ORDINALS);
    let one = |word: &str| table.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
    if let Some(value) = one(text) {
        return Some((value, at));
    }
    let tens = match (tongue, text) {
        (Tongue::English, "twenty") => 20,
        (Tongue::English, "thirty") => 30,
        _ => return None,
    };
    let unit = words.get(at + 1).and_then(|word| one(&word.text)).filter(|unit| *unit < 10)?;
    Some((tens + unit, at + 1))
}

#[cfg(test)]
mod tests {
    use super::super::said::words_of;
    use super::*;

    fn values(text: &str, tongue: Tongue) -> Vec<f64> {
        let words = words_of(text);
        together(&words, &numbers(&words, tongue)).into_iter().map(|number| number.value).collect()
    }

    #[test]
    fn english_numbers_in_words_have_their_value() {
        for (text, value) in [
            ("forty-two", 42.0),
            ("a hundred and one", 101.0),
            ("one hundred one point two", 101.2),
            ("ninety-eight point six", 98.6),
            ("two thousand and five", 2005.0),
            ("nineteen eighty one", 1981.0),
            ("nineteen oh five", 1905.0),
            ("one twenty", 120.0),
            ("one oh one", 101.0),
            ("twenty twenty", 2020.0),
            ("six and a half", 6.5),
            ("seven point two five", 7.25),
            ("half a dozen", 6.0),
            ("a couple", 2.0),
            ("1,000", 1000.0),
            ("three hundred and twenty five", 325.0),
            ("12 hundred", 1200.0),
            ("twelve hundred", 1200.0),
            ("7½", 7.5),
        ] {
            assert_eq!(values(text, Tongue::English), [value], "{text}");
        }
        assert_eq!(values("two three", Tongue::English), [2.0, 3.0]);
        assert_eq!(values("five five five", Tongue::English), [5.0, 5.0, 5.0]);
        assert_eq!(values("twenty, thirty", Tongue::English), [20.0, 30.0]);
    }

    #[test]
    fn spanish_numbers_in_words_have_their_value() {
        for (text, value) in [
            ("treinta y ocho y medio", 38.5),
            ("treinta y ocho con cinco", 38.5),
            ("treinta y siete punto dos", 37.2),
            ("38,5", 38.5),
            ("1.200", 1200.0),
            ("ciento uno", 101.0),
            ("mil novecientos ochenta y uno", 1981.0),
            ("dos mil cinco", 2005.0),
            ("quinientos", 500.0),
            ("ciento veinticinco", 125.0),
            ("veintiún", 21.0),
            ("un par", 2.0),
            ("diez y seis", 16.0),
            ("doscientos cincuenta", 250.0),
        ] {
            assert_eq!(values(text, Tongue::Spanish), [value], "{text}");
        }
    }

    #[test]
    fn ordinals_are_read_in_words_and_digits() {
        let ordinal = |text: &str, tongue| ordinal_at(&words_of(text), 0, tongue).map(|(value, _)| value);
        assert_eq!(ordinal("twenty-first", Tongue::English), Some(21));
        assert_eq!(ordinal("3rd", Tongue::English), Some(3));
        assert_eq!(ordinal("tercera", Tongue::Spanish), Some(3));
        assert_eq!(ordinal("1ro", Tongue::Spanish), Some(1));
        assert_eq!(ordinal("twenty", Tongue::English), None);
    }
}
