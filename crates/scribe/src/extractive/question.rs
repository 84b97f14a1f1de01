//! A question and its answer, as one statement.

use super::lexicon::{
    ASKS_ABOUT, ASKS_FOR, ASKS_HOW, EMPTY_QUESTIONS, NO, OPENERS, PAUSED_OPENERS, Phrases, QUESTION_TAILS,
    YES, listed, lower,
};
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
    let mut rest = tokens.to_vec();
    let mut found = None;
    loop {
        tidy(&mut rest);
        let words = lower(&rest);
        let length =
            |list: &Phrases| list.all_that_begin(&words).filter(|length| ends_reply(&words, *length)).max();
        let step = length(&NO)
            .map(|length| (Reply::No, length))
            .or_else(|| length(&YES).map(|length| (Reply::Yes, length)));
        match step {
            // "No , I have not", "yeah , I do": the echo says nothing more.
            Some((reply, length)) if found.is_none_or(|first| first == reply) => {
                found = Some(reply);
                rest.drain(..length);
            }
            _ => break,
        }
    }
    found.map(|reply| (reply, rest))
}

/// Whether a reply of this length ends there: at a pause, at the sentence's end, or before a new clause ("no I have not"). "No
/// pain" is not a reply but a statement.
fn ends_reply(words: &[String], length: usize) -> bool {
    match words.get(length).map(String::as_str) {
        None | Some(",") => true,
        Some(next) => {
            length == 1
                && listed(&words[0], "no yes yeah nope yep")
                && listed(
                    next,
                    "i i'm i've i'll it it's not nothing but just they we he she that's there there's that",
                )
        }
    }
}

/// Whether a question asks about nothing of its own ("okay?", "anything else?").
pub(super) fn is_empty(tokens: &[String]) -> bool {
    let words: Vec<_> = lower(tokens).into_iter().filter(|word| word != ",").collect();
    EMPTY_QUESTIONS.are(&words)
}

/// The statement that a yes-or-no question and its reply make.
pub(super) fn statement(question: &Said, reply: Reply) -> Option<Vec<String>> {
    let tokens = last_clause(strip_openers(&question.tokens));
    let words = lower(&tokens);
    // "No fever?" yes: it says one thing or the other, and nobody can tell which.
    if reply == Reply::Yes && words.first().is_some_and(|first| first == "no") {
        return None;
    }
    if thing_asked(&tokens, &words).is_some() {
        let verb = match reply {
            Reply::Yes => "reports",
            Reply::No => "denies",
        };
        return Some(std::iter::once(verb.to_owned()).chain(thing(question)?).collect());
    }
    inverted(&tokens, &words, reply)
}

/// The thing that a question asks for, as a note names it.
pub(super) fn thing(question: &Said) -> Option<Vec<String>> {
    let tokens = last_clause(strip_openers(&question.tokens));
    let mut thing = person::third(&thing_asked(&tokens, &lower(&tokens))?, Voice::Clinician)?;
    drop_leading(&mut thing, &["any", "a", "an", "the", "some"]);
    drop_trailing(&mut thing);
    (!thing.is_empty() && thing.len() <= 24 && !is_empty(&thing)).then_some(thing)
}

/// The thing that a question asks for, where it asks for one ("any fever", "do you have chest pain", "how about a cough").
fn thing_asked(tokens: &[String], words: &[String]) -> Option<Vec<String>> {
    const CLAUSE: &str = "you is are it that do does did was were you're your i we it's the what how when where why who which has have had so \
                          okay can will he she this";
    let length = ASKS_FOR.all_that_begin(words).filter(|length| *length < words.len()).max();
    // "Nausea or vomiting?": no verb, no "you".
    let bare = || (words.len() <= 12 && !words.iter().any(|word| listed(word, CLAUSE))).then_some(0);
    let length = length.or_else(bare)?;
    // "Any pain , or does it feel tender": the thing ends where the next question begins.
    let next = (length + 1..words.len()).find(|&at| {
        let after = words.get(at + 1).map_or("", String::as_str);
        (listed(&words[at], "do does did is are was were have has can could would")
            && listed(after, "you it that they there your he she"))
            || (words[at] == "i" && after == "mean")
    });
    let thing = tokens[length..next.unwrap_or(tokens.len())].to_vec();
    let first = thing.first()?.to_lowercase();
    // "Have you had to stop", "do you have it": no thing.
    let none = "to it that been you your this them when if what how is are do does at on in tried seen where up here there right";
    (!listed(&first, none)).then_some(thing)
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
    let mut tokens = tokens.to_vec();
    loop {
        tidy(&mut tokens);
        let words = lower(&tokens);
        let paused = || {
            PAUSED_OPENERS.begins(&words).filter(|length| words.get(*length).is_none_or(|next| next == ","))
        };
        let Some(length) = OPENERS.begins(&words).or_else(paused) else { return tokens };
        tokens.drain(..length);
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

/// Without "at all", "or anything like that" and the like behind.
fn drop_trailing(tokens: &mut Vec<String>) {
    loop {
        tidy(tokens);
        let Some(length) = QUESTION_TAILS.ends(&lower(tokens)) else { return };
        tokens.truncate(tokens.len() - length);
    }
}

/// What a question that starts with a question word asks about, as a heading for its answer: "when was your last colonoscopy"
/// is "last colonoscopy".
pub(super) fn heading(question: &Said) -> Option<Vec<String>> {
    let tokens = last_clause(strip_openers(&question.tokens));
    let words = lower(&tokens);
    let mut heading = if ASKS_HOW.begins(&words).is_some() {
        tokens
    } else {
        tokens[ASKS_ABOUT.begins(&words)?..].to_vec()
    };
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
            marked: true,
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
