//! What is denied: in the sentence, and in what was said.

use std::collections::HashSet;
use std::sync::LazyLock;

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

/// Whether a word is denied where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stands {
    Affirmed,
    Denied,
    /// Too far behind what denies to tell: speech is often written down without marks.
    Unsure,
}

/// Words that something denies for sure, one clause long.
const REACH: usize = 6;

fn is_subject(word: &str) -> bool {
    matches!(
        word,
        "i" | "he"
            | "she"
            | "they"
            | "it"
            | "we"
            | "you"
            | "patient"
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
            | "that's"
            | "you're"
            | "there"
            | "there's"
            | "yo"
            | "refiere"
            | "toma"
            | "tiene"
    )
}

/// Where another clause begins, or something else is said.
const CLAUSES: &str = ": but except although however because though if until which since unless pero aunque porque yet only just so there positive";

/// How each token stands.
pub(crate) fn stands(text: &Text) -> Vec<Stands> {
    let mut all = vec![Stands::Affirmed; text.tokens.len()];
    // How many words ago something denied.
    let (mut since, mut lists) = (None, false);
    for (at, token) in text.tokens.iter().enumerate() {
        let next = text.word(at + 1);
        let subject = is_subject(next) || (next == "the" && text.word(at + 2) == "patient");
        if is_cue(&token.text) {
            // "No, I take aspirin" answers, and denies nothing behind its comma.
            let replies = matches!(token.text.as_str(), "no" | "nope" | "nah" | "none" | "nothing" | "never");
            let answers = replies && (subject || matches!(next, "," | "." | ";" | "!" | "?" | ""));
            since = (!answers).then_some(0);
            lists = token.text != "not" && !token.text.ends_with("n't");
            continue;
        }
        let goes_on = matches!(next, "or" | "nor" | "o" | "ni");
        let comma = token.text == "," && !goes_on;
        let ends =
            token.ends_clause() || token.is(CLAUSES) || (comma && subject) || (token.is("and y") && subject);
        if ends {
            since = None;
        }
        if let Some(words) = &mut since {
            // Each item of a list is near.
            *words = match token.text.as_str() {
                "," if comma && !lists => REACH + 1,
                "," | "or" | "nor" if *words <= REACH => 0,
                _ => *words + 1,
            };
            all[at] = if *words <= REACH { Stands::Denied } else { Stands::Unsure };
        }
    }
    all
}

/// Words too common to tell anything by being denied or not.
const COMMON: &str = "think know remember feel feels feeling get gets getting go goes going went see saw look looks looking like likes really just even \
                      much many lot lots still always ever yet more less other time times day days thing things something anything take takes \
                      taking took taken use uses used using say says said tell told make makes made come comes came back good bad well okay right \
                      left now today very too how than most least while otherwise may perhaps example whatsoever only since last first next new keep keeps way bit little also about because around out up down \
                      over off all each every thank yes yeah sure problem problems issue issues kind sort history bothering";

static IS_COMMON: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| COMMON.split_ascii_whitespace().collect());

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
        && !IS_COMMON.contains(word)
}

/// What a reply says to a question.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reply {
    Yes,
    No,
    Open,
}

pub(crate) fn reply(text: &Text) -> Reply {
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

fn of_evidence(said: &[&Text]) -> Said {
    let mut all = Said::default();
    for (at, text) in said.iter().enumerate() {
        let answer = said[at + 1..].iter().find(|next| !next.clinician).filter(|_| text.clinician);
        let asks = text.has("?");
        for (token, stands) in text.tokens.iter().zip(stands(text)).filter(|(token, _)| tells(&token.text)) {
            let stem = stem(&token.text);
            let denied = stands == Stands::Denied;
            if stands == Stands::Unsure {
                all.both(stem);
                continue;
            }
            match answer.map(|text| reply(text)) {
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
pub(crate) fn wrong(sentence: &Text, said: &[&Text]) -> Vec<String> {
    let mut wrong = Vec::new();
    let evidence = of_evidence(said);
    let in_sentence = stands(sentence);
    let last_cue = sentence.tokens.iter().rposition(|token| is_cue(&token.text));
    let tokens =
        || sentence.tokens.iter().zip(&in_sentence).enumerate().filter(|(_, (token, _))| tells(&token.text));
    for (at, (token, stands)) in tokens() {
        let stem_here = stem(&token.text);
        let elsewhere = tokens().any(|(_, (other, how))| how != stands && stem(&other.text) == stem_here);
        // "Headaches: not really, no" denies what stands before it.
        let denied_behind = last_cue.is_some_and(|cue| at < cue)
            && sentence.tokens[at..].iter().any(|token| token.text == ":");
        let (same, other) = match stands {
            Stands::Denied => (&evidence.denied, &evidence.affirmed),
            Stands::Affirmed if !denied_behind => (&evidence.affirmed, &evidence.denied),
            Stands::Affirmed | Stands::Unsure => continue,
        };
        if !elsewhere
            && other.contains(&stem_here)
            && !same.contains(&stem_here)
            && !wrong.contains(&token.text)
        {
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
