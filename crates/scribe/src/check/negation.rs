//! What is denied: in the sentence, and in what was said.

use super::numbers;
use super::reading::{Text, stem};
use crate::words;

/// What denies.
fn is_cue(word: &str) -> bool {
    matches!(
        word,
        "no" | "not"
            | "never"
            | "without"
            | "none"
            | "nothing"
            | "nobody"
            | "nowhere"
            | "denies"
            | "denied"
            | "deny"
            | "denying"
            | "nor"
            | "neither"
            | "cannot"
            | "negative"
            | "absent"
            | "nunca"
            | "sin"
            | "niega"
            | "ni"
            | "ningún"
            | "ninguna"
            | "ninguno"
            | "tampoco"
            | "jamás"
            | "nope"
            | "nah"
            | "dont"
            | "cant"
            | "wont"
            | "didnt"
            | "doesnt"
            | "isnt"
            | "wasnt"
            | "havent"
            | "hasnt"
            | "nkda"
            | "nka"
            | "nil"
    ) || word.ends_with("n't")
}

/// Which tokens stand where something is denied.
fn denied(text: &Text) -> Vec<bool> {
    let mut all = vec![false; text.tokens.len()];
    let (mut open, mut lists) = (false, false);
    for (at, token) in text.tokens.iter().enumerate() {
        let next = text.word(at + 1);
        if is_cue(&token.text) {
            // "No, I take aspirin" answers, and denies nothing behind its comma.
            let answers = matches!(token.text.as_str(), "no" | "nope" | "nah" | "none" | "nothing" | "never")
                && matches!(next, "," | "." | ";" | "!" | "?" | "");
            open = !answers;
            lists = !matches!(token.text.as_str(), "not") && !token.text.ends_with("n't");
            continue;
        }
        let subject = |word: &str| {
            matches!(
                word,
                "i" | "he"
                    | "she"
                    | "they"
                    | "it"
                    | "we"
                    | "you"
                    | "patient"
                    | "the"
                    | "has"
                    | "is"
                    | "are"
                    | "was"
                    | "takes"
                    | "reports"
                    | "i'm"
                    | "i've"
                    | "it's"
                    | "they're"
                    | "yo"
                    | "refiere"
                    | "toma"
                    | "tiene"
            )
        };
        let ends = token.ends_clause()
            || token.is(": but except although however because though if until which since unless pero aunque porque yet only just")
            || (token.text == "," && (!lists || subject(next)))
            || (token.is("and y") && subject(next));
        if ends {
            open = false;
        }
        all[at] = open;
    }
    all
}

/// Words too common to tell anything by being denied or not.
const COMMON: &str = "think know remember feel feels feeling get gets getting go goes going went see saw look looks looking like likes really just even \
                      much many lot lots still always ever yet more less other time times day days thing things something anything take takes \
                      taking took taken use uses used using say says said tell told make makes made come comes came back good bad well okay right \
                      left now today very too only since last first next new keep keeps way bit little also about because around out up down \
                      over off all each every thank yes yeah sure problem problems issue issues kind sort history bothering";

/// What the words of a text say about being so or not: those denied, and those not.
#[derive(Default)]
struct Said {
    denied: Vec<String>,
    affirmed: Vec<String>,
}

impl Said {
    fn push(&mut self, stem: String, denied: bool) {
        if denied { self.denied.push(stem) } else { self.affirmed.push(stem) }
    }

    fn both(&mut self, stem: String) {
        self.denied.push(stem.clone());
        self.affirmed.push(stem);
    }
}

fn tells(word: &str) -> bool {
    word.chars().count() > 2
        && word.chars().any(char::is_alphabetic)
        && !word.contains('\'')
        && words::is_content(word)
        && !is_cue(word)
        && numbers::word(word).is_none()
        && !COMMON.split_ascii_whitespace().any(|common| common == word)
}

/// What a reply says to a question.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reply {
    Yes,
    No,
    Open,
}

fn reply(text: &Text) -> Reply {
    let first: Vec<&str> = text
        .tokens
        .iter()
        .map(|token| token.text.as_str())
        .filter(|word| !matches!(*word, "," | "." | "um" | "uh" | "well" | "oh"))
        .take(2)
        .collect();
    let no = first
        .first()
        .is_some_and(|word| matches!(*word, "no" | "nope" | "nah" | "none" | "never" | "not" | "nothing"))
        || matches!(first.as_slice(), [_, word] if word.ends_with("n't") || *word == "not");
    let yes = first.first().is_some_and(|word| {
        matches!(
            *word,
            "yes" | "yeah" | "yep" | "yup" | "yea" | "sí" | "si" | "correct" | "definitely" | "absolutely"
        )
    });
    let turns = text.has("but except although yes yeah sometimes occasionally pero");
    let denies = text.tokens.iter().any(|token| is_cue(&token.text));
    match (yes, no) {
        (false, true) if !turns => Reply::No,
        (true, false) if !denies => Reply::Yes,
        _ => Reply::Open,
    }
}

fn of_evidence(said: &[Text]) -> Said {
    let mut all = Said::default();
    for (at, text) in said.iter().enumerate() {
        let answer = said[at + 1..].iter().find(|next| !next.clinician).filter(|_| text.clinician);
        let denied = denied(text);
        let asks = text.has("?");
        for (token, denied) in text.tokens.iter().zip(denied).filter(|(token, _)| tells(&token.text)) {
            let stem = stem(&token.text);
            match answer.map(reply) {
                Some(Reply::No) => {
                    // A statement before the question is still one.
                    if !asks && !denied {
                        all.both(stem);
                    } else {
                        all.push(stem, true);
                    }
                }
                Some(Reply::Yes) if !denied => all.push(stem, false),
                Some(_) => all.both(stem),
                None if asks => all.both(stem),
                None => all.push(stem, denied),
            }
        }
    }
    all
}

/// The words of the sentence that it denies and nobody denied, or that were only denied.
pub(super) fn wrong(sentence: &Text, said: &[Text]) -> Vec<String> {
    let mut wrong = Vec::new();
    let evidence = of_evidence(said);
    let in_sentence = denied(sentence);
    let tokens = || sentence.tokens.iter().zip(&in_sentence).filter(|(token, _)| tells(&token.text));
    for (token, denied) in tokens() {
        let stem_here = stem(&token.text);
        if tokens().any(|(other, elsewhere)| elsewhere != denied && stem(&other.text) == stem_here) {
            continue;
        }
        let (same, other) = if *denied {
            (&evidence.denied, &evidence.affirmed)
        } else {
            (&evidence.affirmed, &evidence.denied)
        };
        if other.contains(&stem_here) && !same.contains(&stem_here) && !wrong.contains(&token.text) {
            wrong.push(token.text.clone());
        }
    }
    let cue = sentence.tokens.iter().find(|token| is_cue(&token.text));
    let any = said.iter().flat_map(|text| &text.tokens).any(|token| is_cue(&token.text));
    if let (Some(cue), false, true) = (cue, any, wrong.is_empty()) {
        wrong.push(cue.text.clone());
    }
    wrong
}
