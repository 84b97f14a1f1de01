//! What clinicians say of themselves while they find and order, without the "I": the finding and the order stay as they were said.

use super::choose;
use super::lexicon::{ORDERS, ORDERS_TO_PATIENT, listed, lower};

/// "And I hear no murmur" is "and no murmur".
pub(super) fn finding(tokens: &[String]) -> Vec<String> {
    const FINDS: &str = "hear see feel find notice appreciate";
    const BEFORE: &str = ", and but";
    const QUALITY: &str =
        "no a an some mild moderate severe slight normal bilateral decreased increased good clear";
    let words = lower(tokens);
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let begins = |at: usize| {
        let adverb = usize::from(listed(word(at + 1), "also still do"));
        let named = listed(word(at + 2 + adverb), QUALITY) || choose::is_found(word(at + 2 + adverb));
        let finds = word(at) == "i" && listed(word(at + 1 + adverb), FINDS) && named;
        // "I see no reason to", "I hear a new family moved in": nothing that an examination finds.
        let found = || words[at..].iter().skip(2 + adverb).take(5).any(|word| choose::is_found(word));
        (finds && (at == 0 || listed(word(at - 1), BEFORE)) && found()).then_some(2 + adverb)
    };
    without(tokens, begins)
}

/// Whether the clinician says what they hear, see or feel.
pub(super) fn finds(tokens: &[String]) -> bool {
    finding(tokens).len() < tokens.len()
}

/// "Start aspirin, and I want you to see the cardiologist": the second order as the first.
pub(super) fn further_orders(tokens: &[String]) -> Vec<String> {
    let words = lower(tokens);
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let after = at > 0
            && (words[at - 1] == "and"
                || (at > 1 && words[at - 2] == "and" && listed(&words[at - 1], "then also")));
        let first = listed(&words[at], "i i'd i'll i'm we we'll");
        let length = |to_patient: bool| {
            let list = if to_patient { &ORDERS_TO_PATIENT } else { &ORDERS };
            list.begins(&words[at..]).filter(|length| after && first && at + length < words.len())
        };
        if let Some(length) = length(true) {
            out.extend(["patient", "to"].map(str::to_owned));
            at += length;
        } else if let Some(length) = length(false).or_else(|| doing(&words[at..]).filter(|_| after)) {
            at += length;
        } else {
            out.push(tokens[at].clone());
            at += 1;
        }
    }
    out
}

/// "I'm prescribing": how many words go before the verb.
fn doing(words: &[String]) -> Option<usize> {
    let length = match words.first()?.as_str() {
        "i'm" | "we're" => 1,
        "i" | "we" if listed(words.get(1)?, "am are") => 2,
        _ => return None,
    };
    listed(words.get(length)?, "prescribing ordering referring starting sending giving").then_some(length)
}

/// The tokens but for what begins at a place, as many as it says.
fn without(tokens: &[String], begins: impl Fn(usize) -> Option<usize>) -> Vec<String> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(length) = begins(at) {
            at += length;
        } else {
            out.push(tokens[at].clone());
            at += 1;
        }
    }
    out
}
