//! A question and its answer, as one statement.

use super::person::{self, Voice};
use super::speech::{Said, tidy};

/// What an answer says before it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reply {
    /// "Yes", "I do".
    Yes,
    /// "No", "I haven't".
    No,
}

/// The reply that a sentence begins with, and the words after it ("no , just when I run" is no, and "just when I run").
pub(super) fn reply(tokens: &[String]) -> Option<(Reply, Vec<String>)> {
    const YES: &[&str] = &[
        "yes",
        "yeah",
        "yep",
        "yup",
        "yea",
        "correct",
        "absolutely",
        "definitely",
        "exactly",
        "mm-hmm",
        "mhm",
        "uh-huh",
        "that's right",
        "that is right",
        "that's correct",
        "of course",
        "i do",
        "i have",
        "i am",
        "i did",
        "i was",
        "it does",
        "it is",
        "it has",
        "it did",
        "there is",
        "they do",
        "they are",
        "sure",
    ];
    const NO: &[&str] = &[
        "no",
        "nope",
        "nah",
        "never",
        "none",
        "nothing",
        "not at all",
        "not that i know of",
        "not that i'm aware of",
        "not that i can think of",
        "not that i've noticed",
        "none that i know of",
        "i do not",
        "i have not",
        "i am not",
        "i'm not",
        "i did not",
        "i was not",
        "it does not",
        "it is not",
        "it's not",
        "it has not",
        "it did not",
        "there is not",
        "nothing like that",
        "negative",
        "i do not think so",
        "i have not noticed",
        "i have not noticed anything",
        "not that i remember",
        "no sir",
        "no ma'am",
        "i never have",
        "not recently",
        "not lately",
    ];
    let mut rest = tokens.to_vec();
    let mut found = None;
    loop {
        tidy(&mut rest);
        let step = [(Reply::No, NO), (Reply::Yes, YES)].into_iter().find_map(|(reply, phrases)| {
            phrases.iter().filter_map(|phrase| prefix(&rest, phrase)).max().map(|length| (reply, length))
        });
        match (step, found) {
            (Some((reply, length)), None) => {
                found = Some(reply);
                rest.drain(..length);
            }
            // "No , I have not", "yeah , I do": the echo says nothing more.
            (Some((reply, length)), Some(first)) if reply == first => {
                rest.drain(..length);
            }
            _ => break,
        }
        if rest.is_empty() {
            break;
        }
    }
    found.map(|reply| (reply, rest))
}

/// The length of the phrase in tokens, if the tokens begin with it and a pause, an end or another phrase follows.
fn prefix(tokens: &[String], phrase: &str) -> Option<usize> {
    let words: Vec<_> = phrase.split(' ').collect();
    let same = tokens.len() >= words.len()
        && words.iter().zip(tokens).all(|(word, token)| token.eq_ignore_ascii_case(word));
    let ends = match tokens.get(words.len()).map(|next| next.to_lowercase()) {
        None => true,
        Some(next) if next == "," => true,
        // "No I have not" without a pause; "no pain" is not a reply but a statement.
        Some(next) => {
            matches!(phrase, "no" | "yes" | "yeah" | "nope" | "yep")
                && matches!(
                    next.as_str(),
                    "i" | "i'm" | "i've" | "it" | "it's" | "not" | "nothing" | "but" | "just" | "they"
                )
        }
    };
    (same && ends).then_some(words.len())
}

/// Whether a question asks about nothing of its own ("okay?", "anything else?").
pub(super) fn is_empty(tokens: &[String]) -> bool {
    let text = tokens.join(" ").to_lowercase();
    let text = text.trim_start_matches(|c: char| !c.is_alphabetic());
    matches!(
        text,
        "okay"
            | "ok"
            | "right"
            | "all right"
            | "alright"
            | "anything else"
            | "anything like that"
            | "is that right"
            | "yeah"
            | "yes"
            | "no"
            | "correct"
            | "is that correct"
            | "does that sound okay"
            | "does that sound good"
            | "any questions"
            | "really"
            | "is that okay"
            | "sound good"
            | "and"
            | "so"
            | "any other symptoms"
            | "any of that"
            | "or anything like that"
            | "is it"
            | "how are you"
            | "how are you doing"
            | "how are you doing today"
            | "how are you today"
    )
}

/// The statement that a yes-or-no question and its reply make.
pub(super) fn statement(question: &Said, reply: Reply) -> Option<Vec<String>> {
    let tokens = strip_openers(&question.tokens);
    let tokens = last_clause(tokens);
    let words: Vec<_> = tokens.iter().map(|token| token.to_lowercase()).collect();
    if let Some(thing) = thing_asked(&tokens, &words) {
        let verb = match reply {
            Reply::Yes => "reports",
            Reply::No => "denies",
        };
        let mut thing = person::third(&thing, Voice::Clinician)?;
        drop_leading(&mut thing, &["any", "a", "an", "the", "some"]);
        drop_trailing(&mut thing);
        if thing.is_empty() || thing.len() > 24 || is_empty(&thing) {
            return None;
        }
        let mut out = vec![verb.to_owned()];
        out.extend(thing);
        return Some(out);
    }
    inverted(&tokens, &words, reply)
}

/// The thing that a question asks for, where it asks for one ("any fever", "do you have chest pain", "how about a cough").
fn thing_asked(tokens: &[String], words: &[String]) -> Option<Vec<String>> {
    const OPENINGS: &[&str] = &[
        "do you have any",
        "do you have",
        "do you get any",
        "did you have any",
        "have you had any",
        "have you had",
        "did you have",
        "are you having any",
        "are you having",
        "have you been having any",
        "have you been having",
        "have you noticed any",
        "have you noticed",
        "did you notice any",
        "did you notice",
        "do you notice any",
        "do you notice",
        "are you experiencing any",
        "are you experiencing",
        "have you experienced any",
        "have you experienced",
        "have you ever had any",
        "have you ever had",
        "you have any",
        "you had any",
        "do you feel any",
        "have you felt any",
        "do you ever get",
        "do you ever have",
        "is there any",
        "was there any",
        "are there any",
        "any",
        "how about any",
        "how about",
        "what about any",
        "what about",
        "no",
        "or any",
        "or",
        "and any",
        "do you also have",
        "do you have a history of",
        "is there any history of",
        "did you feel any",
        "did you get any",
        "have you gotten any",
        "are you getting any",
    ];
    let length = OPENINGS
        .iter()
        .filter_map(|opening| {
            let opening: Vec<_> = opening.split(' ').collect();
            (words.len() > opening.len() && opening.iter().zip(words).all(|(a, b)| a == b))
                .then_some(opening.len())
        })
        .max();
    let bare = || {
        // "Nausea or vomiting?": no verb, no "you".
        let plain = words.len() <= 12
            && !words.iter().any(|word| {
                matches!(
                    word.as_str(),
                    "you"
                        | "is"
                        | "are"
                        | "it"
                        | "that"
                        | "do"
                        | "does"
                        | "did"
                        | "was"
                        | "were"
                        | "you're"
                        | "your"
                        | "i"
                        | "we"
                        | "it's"
                        | "the"
                        | "what"
                        | "how"
                        | "when"
                        | "where"
                        | "why"
                        | "who"
                        | "which"
                        | "has"
                        | "have"
                        | "had"
                        | "so"
                        | "okay"
                        | "can"
                        | "will"
                        | "he"
                        | "she"
                        | "this"
                )
            });
        plain.then_some(0)
    };
    let length = length.or_else(bare)?;
    let thing = tokens[length..].to_vec();
    let first = thing.first()?.to_lowercase();
    // "Have you had to stop", "do you have it": no thing.
    (!matches!(
        first.as_str(),
        "to" | "it"
            | "that"
            | "been"
            | "you"
            | "your"
            | "this"
            | "them"
            | "when"
            | "if"
            | "what"
            | "how"
            | "is"
            | "are"
            | "do"
            | "does"
            | "at"
            | "on"
            | "in"
            | "tried"
            | "seen"
    ))
    .then_some(thing)
}

/// "Does it hurt?" no: "It does not hurt." Subject and auxiliary change places, which leaves every word as it was said.
fn inverted(tokens: &[String], words: &[String], reply: Reply) -> Option<Vec<String>> {
    const AUXILIARIES: &[&str] = &[
        "do", "does", "did", "is", "are", "was", "were", "have", "has", "had", "can", "could", "will",
        "would", "should",
    ];
    if words.len() < 3 || words.len() > 26 || !AUXILIARIES.contains(&words[0].as_str()) {
        return None;
    }
    let subject_length = match words[1].as_str() {
        "you" | "it" | "that" | "this" | "there" | "they" | "he" | "she" => 1,
        "your" | "the" | "any" if words.len() > 3 => 2,
        _ => return None,
    };
    let negated = words.get(1 + subject_length).is_some_and(|word| word == "not");
    let rest = 1 + subject_length + usize::from(negated);
    let mut out: Vec<String> = tokens[1..=subject_length].to_vec();
    out.push(tokens[0].to_lowercase());
    if reply == Reply::No {
        out.push("not".to_owned());
    } else if negated {
        return None;
    }
    let mut tail = tokens[rest..].to_vec();
    if reply == Reply::No {
        tail.retain(|token| {
            !matches!(token.to_lowercase().as_str(), "still" | "ever" | "any" if reply == Reply::No)
                || token == "any"
        });
    } else {
        drop_leading(&mut tail, &["ever"]);
    }
    drop_trailing(&mut tail);
    if tail.is_empty() {
        return None;
    }
    if words[0] == "do" && reply == Reply::Yes && words[1] == "you" {
        // "Do you smoke?" yes: "They smoke."
        out.pop();
    } else if words[0] == "did" || words[0] == "does" {
        // "Does it hurt?" yes: "It does hurt."
    }
    out.extend(tail);
    person::third(&out, Voice::Clinician)
}

/// Without "okay", "and", "so" and the like in front.
pub(super) fn strip_openers(tokens: &[String]) -> Vec<String> {
    const OPENERS: &[&str] = &[
        "okay",
        "ok",
        "alright",
        "right",
        "and",
        "so",
        "well",
        "now",
        "but",
        "then",
        "also",
        "great",
        "good",
        "sure",
        "perfect",
        "yeah",
        "yes",
        "excellent",
        "gotcha",
        "fine",
        "awesome",
        "wonderful",
        "fantastic",
        "sorry",
        "hey",
    ];
    let mut tokens = tokens.to_vec();
    loop {
        tidy(&mut tokens);
        let Some(first) = tokens.first().map(|first| first.to_lowercase()) else { return tokens };
        let second = tokens.get(1).map(|second| second.to_lowercase()).unwrap_or_default();
        if first == "all" && second == "right" {
            tokens.drain(..2);
        } else if OPENERS.contains(&first.as_str())
            && (matches!(
                first.as_str(),
                "and" | "so" | "but" | "well" | "okay" | "ok" | "now" | "then" | "also" | "yeah" | "alright"
            ) || second == ","
                || tokens.len() == 1)
        {
            tokens.remove(0);
        } else {
            return tokens;
        }
    }
}

/// "That's good , do you have any fever": the question is the last clause that begins like one.
fn last_clause(tokens: Vec<String>) -> Vec<String> {
    const STARTS: &[&str] = &[
        "do", "does", "did", "is", "are", "was", "were", "have", "has", "any", "how", "what", "can", "could",
    ];
    let at = (1..tokens.len()).rev().find(|&at| {
        let before = tokens[at - 1].to_lowercase();
        let after = tokens.get(at + 1).map(|after| after.to_lowercase()).unwrap_or_default();
        let word = tokens[at].to_lowercase();
        STARTS.contains(&word.as_str())
            && (before == "," || before == "and" || before == "so")
            && (matches!(after.as_str(), "you" | "it" | "there" | "that" | "your" | "about")
                || (word == "any"
                    && before == ","
                    && !tokens[..at]
                        .iter()
                        .any(|t| t.eq_ignore_ascii_case("you") || t.eq_ignore_ascii_case("any"))))
    });
    at.map_or_else(|| tokens.clone(), |at| tokens[at..].to_vec())
}

fn drop_leading(tokens: &mut Vec<String>, words: &[&str]) {
    while tokens.first().is_some_and(|first| words.contains(&first.to_lowercase().as_str())) {
        tokens.remove(0);
    }
}

/// Without "at all", "or anything like that", "right now" and the like behind.
fn drop_trailing(tokens: &mut Vec<String>) {
    const TAILS: &[&str] = &[
        "or anything like that",
        "anything like that",
        "or anything",
        "at all",
        "or something like that",
        "or no",
        "or not",
        "things like that",
        "and things like that",
        "that sort of thing",
        "or any of that",
        "that you've noticed",
        "recently at all",
        "or so",
        "stuff like that",
        "and stuff like that",
        "with that",
        "okay",
        "right",
        "as well",
        "too",
        "either",
        "or",
        "and",
    ];
    loop {
        tidy(tokens);
        let text = tokens.join(" ").to_lowercase();
        let Some(tail) = TAILS.iter().find(|tail| text.ends_with(&format!(" {tail}")) || text == **tail)
        else {
            return;
        };
        let length = tail.split(' ').count();
        tokens.truncate(tokens.len().saturating_sub(length));
    }
}

/// What a question that starts with a question word asks about, as a heading for its answer: "when was your last colonoscopy"
/// is "last colonoscopy".
pub(super) fn heading(question: &Said) -> Option<Vec<String>> {
    const OPENINGS: &[&str] = &[
        "when was your",
        "what is your",
        "what's your",
        "what are your",
        "what was your",
        "what were your",
        "how is your",
        "how's your",
        "how are your",
        "how about your",
        "what about your",
        "how was your",
        "how are you doing with your",
        "how have your",
        "how has your",
        "how are you doing with",
        "how about",
        "what about",
        "what kind of",
        "how many",
        "how much",
        "how often",
        "how long",
        "how far",
        "which",
        "when did",
        "where is",
        "where did",
    ];
    let tokens = last_clause(strip_openers(&question.tokens));
    let words: Vec<_> = tokens.iter().map(|token| token.to_lowercase()).collect();
    let opening = OPENINGS
        .iter()
        .filter(|opening| {
            let opening: Vec<_> = opening.split(' ').collect();
            words.len() > opening.len() && opening.iter().zip(&words).all(|(a, b)| a == b)
        })
        .max_by_key(|opening| opening.len())?;
    let length = opening.split(' ').count();
    let keep = matches!(
        *opening,
        "how many"
            | "how much"
            | "how often"
            | "how long"
            | "how far"
            | "when did"
            | "where is"
            | "where did"
            | "what kind of"
            | "which"
    );
    let mut heading = if keep { tokens.clone() } else { tokens[length..].to_vec() };
    drop_trailing(&mut heading);
    let heading = person::third(&heading, Voice::Clinician)?;
    (heading.len() <= 10 && !heading.is_empty()).then_some(heading)
}

#[cfg(test)]
mod tests {
    use domain::Speaker;

    use super::*;

    fn tokens(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    fn joined(question: &str, reply: Reply) -> Option<String> {
        let said = Said {
            speaker: Speaker::Clinician,
            tokens: tokens(question),
            question: true,
            evidence: vec![0],
            turn: 0,
        };
        statement(&said, reply).map(|tokens| tokens.join(" ").replace(" ,", ","))
    }

    #[test]
    fn a_question_and_its_answer_are_one_statement() {
        for (question, reply, statement) in [
            ("any fever", Reply::No, "denies fever"),
            ("okay , and have you had a fever or chills", Reply::No, "denies fever or chills"),
            ("do you have any chest pain", Reply::Yes, "reports chest pain"),
            ("how about a cough", Reply::Yes, "reports cough"),
            ("nausea or vomiting , diarrhea", Reply::No, "denies nausea or vomiting, diarrhea"),
            ("does it hurt when you walk", Reply::No, "it does not hurt when they walk"),
            ("is there any tenderness in your left calf", Reply::No, "denies tenderness in the left calf"),
            ("do you smoke", Reply::No, "the patient does not smoke"),
            ("are you taking your medications", Reply::Yes, "the patient is taking the medications"),
        ] {
            assert_eq!(joined(question, reply).as_deref(), Some(statement), "{question}");
        }
        assert_eq!(joined("okay", Reply::Yes), None);
    }

    #[test]
    fn a_reply_is_found_and_what_follows_it_is_kept() {
        assert_eq!(reply(&tokens("no , i have not")), Some((Reply::No, Vec::new())));
        assert_eq!(reply(&tokens("yeah , just at night")), Some((Reply::Yes, tokens("just at night"))));
        assert_eq!(reply(&tokens("no pain in my chest")), None);
    }
}
