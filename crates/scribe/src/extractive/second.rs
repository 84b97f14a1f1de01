//! From the third person to the second: what the clinician said to the patient, given back to them.

use domain::Utterance;

/// The sentence with the patient as "you"; as it is where somebody else may be meant.
pub(super) fn second(text: &str, evidence: &[u32], utterances: &[Utterance]) -> String {
    // Where "they" was said, it was said of somebody else.
    let others = evidence.iter().filter_map(|index| utterances.get(*index as usize)).any(|utterance| {
        crate::words::tokens(utterance.text.expose())
            .any(|word| matches!(word.as_str(), "they" | "them" | "their" | "theirs"))
    });
    let words: Vec<&str> = text.split(' ').collect();
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let (core, tail) = split(words[at]);
        let next = words.get(at + 1).map_or(("", ""), |word| split(word));
        let patient = |word: &str| word.eq_ignore_ascii_case("patient");
        let possessive = |word: &str| {
            word.eq_ignore_ascii_case("patient's") || word.eq_ignore_ascii_case("patient\u{2019}s")
        };
        // "the patient", "patient"
        let (named, owns, tail, to) =
            if core.eq_ignore_ascii_case("the") && (patient(next.0) || possessive(next.0)) {
                (true, possessive(next.0), next.1, at + 2)
            } else {
                (patient(core) || possessive(core), possessive(core), tail, at + 1)
            };
        let replaced = if owns {
            Some("your")
        } else if named {
            Some("you")
        } else if others {
            None
        } else {
            match core.to_lowercase().as_str() {
                "they" | "them" => Some("you"),
                "their" => Some("your"),
                "theirs" => Some("yours"),
                "themselves" => Some("yourself"),
                _ => None,
            }
        };
        let Some(replaced) = replaced else {
            out.push(words[at].to_owned());
            at += 1;
            continue;
        };
        at = to;
        // "Patient to take aspirin" is "Take aspirin"; "you has" is "you have".
        if named && !owns && words.get(at) == Some(&"to") && tail.is_empty() {
            at += 1;
            if let Some(verb) = words.get(at) {
                let first = out.last().is_none_or(|before| before.ends_with(['.', ':']));
                out.push(if first { capital(verb) } else { (*verb).to_owned() });
                at += 1;
            }
            continue;
        }
        let first = core.starts_with(char::is_uppercase);
        out.push(format!("{}{tail}", if first { capital(replaced) } else { replaced.to_owned() }));
        if named && !owns && tail.is_empty() {
            let verb = match words.get(at).copied() {
                Some("has") => "have",
                Some("is") => "are",
                Some("was") => "were",
                Some("does") => "do",
                Some("isn't") => "aren't",
                Some("hasn't") => "haven't",
                Some("doesn't") => "don't",
                _ => continue,
            };
            out.push(verb.to_owned());
            at += 1;
        }
    }
    out.join(" ")
}

/// A word and the marks behind it.
fn split(word: &str) -> (&str, &str) {
    let end = word.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    word.split_at(end)
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patient_is_you_and_an_order_to_them_is_one() {
        for (third, you) in [
            ("Patient to take aspirin 81 milligrams a day.", "Take aspirin 81 milligrams a day."),
            (
                "Start the patient on aspirin, and patient to see the cardiologist this week.",
                "Start you on aspirin, and see the cardiologist this week.",
            ),
            (
                "The patient has angina, because it comes on when they climb.",
                "You have angina, because it comes on when you climb.",
            ),
            ("Order an MRI of the patient's knee.", "Order an MRI of your knee."),
            ("If the pain comes back, call an ambulance.", "If the pain comes back, call an ambulance."),
        ] {
            assert_eq!(second(third, &[], &[]), you);
        }
    }
}
