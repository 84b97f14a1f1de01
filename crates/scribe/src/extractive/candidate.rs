//! What a note could say: every sentence worth considering, already written as the note would say it.

use domain::{Speaker, Utterance};

use super::person::{self, Voice};
use super::question::{self, Reply};
use super::speech::{self, Said, tidy};

/// How a candidate came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The patient, or somebody with them, told it.
    Told,
    /// A question and its answer.
    Answered,
    /// The clinician said it.
    Stated,
    /// The clinician said what is to be done.
    Ordered,
}

/// A sentence that the note could hold.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// As the note would say it.
    pub text: String,
    /// The utterances it rests on, ascending.
    pub evidence: Vec<u32>,
    /// How it came to be.
    pub kind: Kind,
    /// Who said it.
    pub speaker: Speaker,
    /// Where in the visit it was said, 0 to 1.
    pub place: f32,
    /// The words of the question that it answers, in lower case.
    pub asked: String,
    /// What the clinician last announced ("physical exam", "results", "plan").
    pub phase: Phase,
}

/// The part of the visit, by what the clinician announced last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Nothing announced yet.
    Talk,
    /// "Let me examine you."
    Examination,
    /// "Looking at your results."
    Results,
    /// "My assessment and plan."
    Plan,
}

/// Every candidate, in the order of the visit.
pub fn candidates(utterances: &[Utterance]) -> Vec<Candidate> {
    let mut said = speech::sentences(utterances);
    for sentence in &mut said {
        if sentence.speaker == Speaker::Unknown
            || (sentence.speaker == Speaker::Patient && is_swapped(sentence))
        {
            sentence.speaker = likely_speaker(sentence);
        }
    }
    let mut all = Vec::new();
    let mut phase = Phase::Talk;
    let mut asked: Option<&Said> = None;
    let mut answered_turn = None;
    for (at, sentence) in said.iter().enumerate() {
        if is_command(&said, at) {
            continue;
        }
        #[expect(clippy::cast_precision_loss, reason = "a place from 0 to 1 needs no more")]
        let place = sentence.turn as f32 / utterances.len().max(1) as f32;
        if sentence.speaker == Speaker::Clinician {
            phase = announced(&sentence.tokens).unwrap_or(phase);
        }
        let mut push = |kind, tokens: Vec<String>, evidence: Vec<u32>, asked: Option<&Said>| {
            if let Some(text) = written(tokens) {
                let asked = asked.map(|asked| asked.tokens.join(" ").to_lowercase()).unwrap_or_default();
                all.push(Candidate { text, evidence, kind, speaker: sentence.speaker, place, asked, phase });
            }
        };
        if sentence.speaker == Speaker::Clinician {
            if sentence.question {
                if !question::is_empty(&question::strip_openers(&sentence.tokens)) {
                    asked = Some(sentence);
                    answered_turn = None;
                }
                continue;
            }
            for (kind, tokens) in stated(sentence) {
                push(kind, tokens, sentence.evidence.clone(), None);
            }
            continue;
        }
        if sentence.question {
            continue;
        }
        // The first turn after a question answers it, if it comes at once.
        let open = asked.filter(|asked| {
            sentence.turn.saturating_sub(asked.turn) <= 3
                && answered_turn.is_none_or(|turn| turn == sentence.turn)
        });
        let first = open.is_some() && answered_turn.is_none();
        let Some(asked_now) = open.filter(|_| first) else {
            if let Some(tokens) = told(&sentence.tokens, sentence.speaker) {
                push(Kind::Told, tokens, sentence.evidence.clone(), open);
            }
            continue;
        };
        answered_turn = Some(sentence.turn);
        let mut evidence = asked_now.evidence.clone();
        evidence.extend(&sentence.evidence);
        evidence.sort_unstable();
        evidence.dedup();
        for (kind, tokens, joined) in answer(asked_now, sentence) {
            let rests_on = if joined { evidence.clone() } else { sentence.evidence.clone() };
            push(kind, tokens, rests_on, Some(asked_now));
        }
    }
    all
}

/// What a question and the first sentence of its answer make; `true` where the sentence rests on both.
fn answer(asked: &Said, sentence: &Said) -> Vec<(Kind, Vec<String>, bool)> {
    if let Some((reply, rest)) = question::reply(&sentence.tokens) {
        let statement = question::statement(asked, reply);
        let rest = (!rest.is_empty()).then(|| told(&rest, sentence.speaker)).flatten();
        return match (statement, rest) {
            (Some(statement), Some(rest)) if goes_on(&rest) => {
                let mut tokens = statement;
                tokens.push(",".to_owned());
                tokens.extend(rest);
                vec![(Kind::Answered, tokens, true)]
            }
            (Some(statement), rest) => {
                let rest = rest.map(|rest| (Kind::Told, rest, false));
                std::iter::once((Kind::Answered, statement, true)).chain(rest).collect()
            }
            // "No" to what no rule can turn round: what follows stands alone only if it says the no itself.
            (None, Some(rest))
                if reply == Reply::Yes || rest.iter().any(|word| word == "not" || word == "never") =>
            {
                vec![(Kind::Told, rest, false)]
            }
            (None, _) => Vec::new(),
        };
    }
    let Some(tokens) = told(&sentence.tokens, sentence.speaker) else { return Vec::new() };
    let whole = tokens.len() >= 5 && tokens.iter().any(|token| is_verb(token));
    match question::heading(asked) {
        Some(mut heading) if !whole => {
            heading.push(":".to_owned());
            heading.extend(tokens);
            vec![(Kind::Answered, heading, true)]
        }
        _ => vec![(Kind::Told, tokens, false)],
    }
}

fn goes_on(rest: &[String]) -> bool {
    rest.first().is_some_and(|first| {
        matches!(
            first.to_lowercase().as_str(),
            "but"
                | "just"
                | "only"
                | "except"
                | "especially"
                | "because"
                | "about"
                | "sometimes"
                | "at"
                | "when"
                | "in"
                | "on"
                | "mostly"
        )
    })
}

fn is_verb(token: &str) -> bool {
    matches!(
        token.to_lowercase().as_str(),
        "is" | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "had"
            | "does"
            | "do"
            | "did"
            | "can"
            | "could"
            | "will"
            | "would"
            | "it's"
            | "that's"
            | "they"
            | "patient"
            | "there's"
            | "hurts"
            | "gets"
            | "feels"
    )
}

/// What the patient told, in the third person; quoted where no rule is sure.
fn told(tokens: &[String], speaker: Speaker) -> Option<Vec<String>> {
    let tokens = match question::reply(tokens) {
        Some((_, rest)) => rest,
        None => tokens.to_vec(),
    };
    let tokens = question::strip_openers(&tokens);
    if tokens.len() < 2 || is_courtesy(&tokens) {
        return None;
    }
    if speaker == Speaker::Other {
        // A relative's "I" is not the patient; "he" or "she" is. Their words stay as they are.
        return Some(tokens);
    }
    Some(person::third(&tokens, Voice::Patient).unwrap_or_else(|| quoted(&tokens)))
}

fn quoted(tokens: &[String]) -> Vec<String> {
    let mut out = vec!["patient".to_owned(), ":".to_owned(), "\u{201c}".to_owned()];
    out.extend(tokens.iter().cloned());
    out.push("\u{201d}".to_owned());
    out
}

/// What the clinician stated, without its lead-in; an order in the imperative.
fn stated(sentence: &Said) -> Vec<(Kind, Vec<String>)> {
    const ORDERS: &[(&str, Option<&str>)] = &[
        ("i want you to", Some("patient to")),
        ("i would like you to", Some("patient to")),
        ("i'd like you to", Some("patient to")),
        ("i just want you to", Some("patient to")),
        ("i do want you to", Some("patient to")),
        ("i'd also like you to", Some("patient to")),
        ("i also want you to", Some("patient to")),
        ("i need you to", Some("patient to")),
        ("i will have you", Some("patient to")),
        ("we will have you", Some("patient to")),
        ("we'll have you", Some("patient to")),
        ("i'll have you", Some("patient to")),
        ("you need to", Some("patient to")),
        ("you should", Some("patient should")),
        ("i want to go ahead and", None),
        ("i'd like to go ahead and", None),
        ("i would like to go ahead and", None),
        ("i will go ahead and", None),
        ("we will go ahead and", None),
        ("we'll go ahead and", None),
        ("i'll go ahead and", None),
        ("i'll just go ahead and", None),
        ("i will just go ahead and", None),
        ("let's go ahead and", None),
        ("i also want to", None),
        ("i will also", None),
        ("we will also", None),
        ("we'll also", None),
        ("i'll also", None),
        ("i'd like to", None),
        ("i would like to", None),
        ("i'd also like to", None),
        ("i do want to", None),
        ("i just want to", None),
        ("i will just", None),
        ("we will just", None),
        ("we will", None),
        ("i will", None),
        ("i want to", None),
        ("we'll", None),
        ("i'll", None),
        ("let's", None),
    ];
    let mut tokens = question::strip_openers(&sentence.tokens);
    if tokens.first().is_some_and(|first| first.eq_ignore_ascii_case("dragon")) {
        tokens.remove(0);
        tidy(&mut tokens);
    }
    while let Some(last) = tokens.last().map(|last| last.to_lowercase()) {
        // "..., okay": asked for assent, not part of what is said.
        let assent = matches!(last.as_str(), "okay" | "ok" | "alright" | "right")
            && tokens.len() > 2
            && tokens[tokens.len() - 2] == ",";
        if !assent {
            break;
        }
        tokens.truncate(tokens.len() - 2);
    }
    if tokens.len() < 2 || is_courtesy(&tokens) {
        return Vec::new();
    }
    // "For your heart failure , I want you to …": the topic goes before the order.
    let words: Vec<_> = tokens.iter().map(|token| token.to_lowercase()).collect();
    let found = (0..words.len().min(14))
        .filter(|&at| at == 0 || matches!(words[at - 1].as_str(), "," | "so" | "and" | "then" | "think"))
        .find_map(|at| {
            ORDERS
                .iter()
                .filter(|(phrase, _)| {
                    let phrase: Vec<_> = phrase.split(' ').collect();
                    words.len() > at + phrase.len() && phrase.iter().zip(&words[at..]).all(|(a, b)| a == b)
                })
                .max_by_key(|(phrase, _)| phrase.len())
                .map(|(phrase, subject)| (at, phrase.split(' ').count(), *subject))
        });
    let Some((at, length, subject)) = found else {
        let tokens = person::third(&tokens, Voice::Clinician).unwrap_or(tokens);
        return vec![(Kind::Stated, tokens)];
    };
    let mut out = Vec::new();
    let topic: Vec<_> = topic(&tokens[..at]);
    if !topic.is_empty() {
        out.extend(person::third(&topic, Voice::Clinician).unwrap_or(topic));
        out.push(":".to_owned());
    }
    if let Some(subject) = subject {
        out.extend(subject.split(' ').map(str::to_owned));
    }
    let rest = &tokens[at + length..];
    out.extend(person::third(rest, Voice::Clinician).unwrap_or_else(|| rest.to_vec()));
    vec![(Kind::Ordered, out)]
}

/// The topic before an order: "for your high blood pressure ," is "high blood pressure". Anything else stays a clause.
fn topic(tokens: &[String]) -> Vec<String> {
    let mut tokens = tokens.to_vec();
    while tokens.last().is_some_and(|last| {
        matches!(last.to_lowercase().as_str(), "," | "so" | "and" | "then" | "i" | "think")
    }) {
        tokens.pop();
    }
    let words: Vec<_> = tokens.iter().map(|token| token.to_lowercase()).collect();
    let starts =
        |phrase: &[&str]| words.len() > phrase.len() && phrase.iter().zip(&words).all(|(a, b)| a == b);
    for phrase in [
        ["for", "your"].as_slice(),
        &["as", "far", "as", "your"],
        &["in", "terms", "of", "your"],
        &["regarding", "your"],
        &["with", "your"],
        &["for", "the"],
        &["for"],
    ] {
        if starts(phrase) {
            return tokens[phrase.len()..].to_vec();
        }
    }
    tokens
}

/// Greetings, thanks and assent.
fn is_courtesy(tokens: &[String]) -> bool {
    let text = tokens.join(" ").to_lowercase();
    const OPENINGS: &[&str] = &[
        "thank you",
        "thanks",
        "hi ,",
        "hello",
        "good morning",
        "good afternoon",
        "good to see you",
        "nice to meet",
        "nice to see",
        "you're welcome",
        "take care",
        "bye",
        "goodbye",
        "have a good",
        "have a great",
        "sounds good",
        "that sounds",
        "sounds like a plan",
        "no problem",
        "i understand",
        "i'm good",
        "doing well",
        "hey",
        "that's great",
        "that's good",
        "good to hear",
        "glad to hear",
        "i'm glad",
        "i'm sorry",
        "sorry to hear",
        "you bet",
        "it's good to see",
        "it's nice to",
        "see you",
        "you too",
        "let me know if you have any questions",
        "do you have any questions",
        "thank god",
        "got it",
    ];
    (tokens.len() <= 9 && OPENINGS.iter().any(|opening| text.starts_with(opening)))
        || text == "hi"
        || text == "i see"
        || text == "that's fine"
}

/// A command to the recording device ("hey dragon", "show me the x-ray"): not part of the visit.
fn is_command(said: &[Said], at: usize) -> bool {
    let calls = |said: &Said| {
        let words: Vec<_> =
            said.tokens.iter().map(|token| token.to_lowercase()).filter(|word| word != ",").collect();
        words.len() <= 3 && words.last().is_some_and(|last| last == "dragon")
    };
    let text = said[at].tokens.join(" ").to_lowercase();
    let asks = ["show me", "pull up", "finalize", "bring up", "open the"]
        .iter()
        .any(|opening| text.starts_with(opening));
    calls(&said[at]) || (at > 0 && calls(&said[at - 1]) && asks) || text.contains("hey , dragon") && asks
}

/// The part of the visit that a sentence announces.
fn announced(tokens: &[String]) -> Option<Phase> {
    let text = tokens.join(" ").to_lowercase();
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| text.contains(phrase));
    if has(&[
        "assessment",
        "my plan",
        "the plan",
        "impression",
        "my recommendation",
        "for your first problem",
        "what i'd like to do",
        "what i want to do",
    ]) {
        Some(Phase::Plan)
    } else if has(&[
        "results",
        "x-ray",
        "x ray",
        "labs",
        "mri",
        "echocardiogram",
        "ekg",
        "blood work",
        "ct scan",
        "ultrasound",
        "lab work",
    ]) && has(&["look", "review", "show", "see", "reveal", "came back", "back"])
    {
        Some(Phase::Results)
    } else if has(&[
        "physical exam",
        "examine you",
        "examination",
        "take a listen",
        "listen to your",
        "take a look at your",
        "vital",
        "exam",
        "let me take a look",
        "have a look at you",
    ]) {
        Some(Phase::Examination)
    } else {
        None
    }
}

/// Whether words with the patient's tag are the clinician's: tags are swapped now and then, and an examination put into the
/// patient's mouth would be wrong in the note.
fn is_swapped(said: &Said) -> bool {
    let count = |words: &[&str]| {
        said.tokens.iter().filter(|token| words.contains(&token.to_lowercase().as_str())).count()
    };
    let examined = count(&[
        "auscultation",
        "appreciate",
        "palpation",
        "murmur",
        "murmurs",
        "bilaterally",
        "exam",
        "examination",
        "prescribe",
        "x-ray",
    ]);
    count(&["your"]) >= 2 && examined >= 1 && count(&["my"]) <= 1
}

/// Who probably speaks, in a recording that does not tell: whoever asks about "you" is the clinician, whoever says "I" and "my"
/// and asks nothing the patient.
fn likely_speaker(said: &Said) -> Speaker {
    let count = |words: &[&str]| {
        said.tokens.iter().filter(|token| words.contains(&token.to_lowercase().as_str())).count()
    };
    let you = count(&["you", "your", "you're", "you've", "we'll", "we're", "let's"]);
    let own = count(&["i", "my", "me", "i've", "i'm"]);
    if (said.question && you >= own) || you > own { Speaker::Clinician } else { Speaker::Patient }
}

/// The tokens as a written sentence: spaces, a capital, a full stop. `None` where nothing is left.
fn written(mut tokens: Vec<String>) -> Option<String> {
    tidy(&mut tokens);
    let mut text = String::new();
    let mut glue = true;
    for token in &tokens {
        let closes = matches!(token.as_str(), "," | ":" | "\u{201d}");
        if !glue && !closes {
            text.push(' ');
        }
        match token.strip_prefix('i') {
            Some(rest) if rest.is_empty() || rest.starts_with('\'') => {
                text.push('I');
                text.push_str(rest);
            }
            _ => text.push_str(token),
        }
        glue = token == "\u{201c}";
    }
    let has_word = text.chars().any(char::is_alphanumeric);
    let mut letters = text.chars();
    let first = letters.next()?;
    let mut out: String = first.to_uppercase().chain(letters).collect();
    out.push('.');
    (has_word && tokens.len() >= 2).then_some(out)
}
