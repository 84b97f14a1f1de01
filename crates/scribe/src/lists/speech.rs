//! The visit as sentences: who says each, whether it asks, and what was replied.

use domain::{Speaker, Utterance};

use crate::check::negation::{self, Reply, Stands};
use crate::check::reading::{Text, Token};
use crate::check::subject;

/// A sentence of an utterance.
pub(super) struct Sentence<'a> {
    /// The utterance's index.
    pub(super) utterance: u32,
    pub(super) speaker: Speaker,
    pub(super) text: Text,
    /// Whether each token is denied where it stands.
    stands: Vec<Stands>,
    /// Whether each token is said of a relative.
    kin: Vec<bool>,
    /// Whether it is a question.
    pub(super) asks: bool,
    /// All that was said in the utterance.
    said: &'a str,
}

impl Sentence<'_> {
    pub(super) fn by_clinician(&self) -> bool {
        self.speaker == Speaker::Clinician
    }

    /// The words between two tokens, as they stand in the sentence, with a space on either side.
    pub(super) fn words(&self, from: usize, to: usize) -> Words {
        Words::of(&self.text.tokens[from.min(self.text.tokens.len())..to.min(self.text.tokens.len())])
    }

    pub(super) fn all(&self) -> Words {
        Words::of(&self.text.tokens)
    }

    /// Whether what stands at a token is denied; none where it cannot be told.
    pub(super) fn denied(&self, at: usize) -> Option<bool> {
        match self.stands.get(at) {
            Some(Stands::Denied) => Some(true),
            Some(Stands::Unsure) => None,
            Some(Stands::Affirmed) | None => Some(false),
        }
    }

    /// The relative of whom a token is said. Whoever came with the patient speaks of them as a relative.
    pub(super) fn relative(&self, at: usize) -> Option<&'static str> {
        if self.speaker == Speaker::Other || !self.kin.get(at).copied().unwrap_or(false) {
            return None;
        }
        let before = &self.text.tokens[..at];
        before.iter().rev().find_map(|token| subject::kin(&token.text))
    }

    /// The first relative that is named.
    pub(super) fn names_relative(&self) -> Option<&'static str> {
        self.text.tokens.iter().find_map(|token| subject::kin(&token.text))
    }

    /// The tokens that a span of the utterance covers.
    pub(super) fn covered(&self, span: (u32, u32)) -> Option<(usize, usize)> {
        let covers = |place: &(u32, u32)| place.0 < span.1 && span.0 < place.1;
        let first = self.text.places.iter().position(covers)?;
        let last = self.text.places.iter().rposition(covers)?;
        Some((first, last))
    }

    /// Whether somebody is spoken of as "she" or "he" and nobody as "I".
    pub(super) fn of_another(&self) -> bool {
        self.text.has("she he she's he's her him ella él")
            && !self.text.has("i i'm i've me my yo")
            && self.speaker != Speaker::Other
    }

    /// What was said from one token to another, marks and all.
    pub(super) fn cut(&self, first: usize, last: usize) -> String {
        let (Some(begin), Some(end)) = (self.text.places.get(first), self.text.places.get(last)) else {
            return String::new();
        };
        let (from, to) = (begin.0 as usize, end.1 as usize);
        self.said.chars().skip(from).take(to.saturating_sub(from)).collect()
    }

    /// The words from one token to another as they were said, without the marks around them.
    pub(super) fn as_said(&self, first: usize, last: usize) -> String {
        self.cut(first, last).trim_matches(|c: char| !(c.is_alphanumeric() || c == '%')).to_owned()
    }
}

/// Words that are looked through for phrases.
pub(super) struct Words(String);

impl Words {
    fn of(tokens: &[Token]) -> Self {
        let mut text = String::from(" ");
        for token in tokens {
            text.push_str(&token.text);
            text.push(' ');
        }
        Self(text)
    }

    /// Whether one of the phrases, between bars, stands in the words.
    pub(super) fn hold(&self, phrases: &str) -> bool {
        phrases.split('|').any(|phrase| self.0.contains(&format!(" {} ", phrase.trim())))
    }
}

/// What was replied to a question, and where.
#[derive(Clone, Copy)]
pub(super) struct Replied {
    pub(super) reply: Reply,
    pub(super) utterance: u32,
    pub(super) speaker: Speaker,
}

/// A visit.
pub(super) struct Visit<'a> {
    pub(super) sentences: Vec<Sentence<'a>>,
    pub(super) utterances: &'a [Utterance],
}

impl<'a> Visit<'a> {
    pub(super) fn of(utterances: &'a [Utterance]) -> Self {
        let sentences = utterances.iter().flat_map(sentences).collect();
        Self { sentences, utterances }
    }

    /// The sentences of an utterance, each with its place.
    pub(super) fn of_utterance(&self, index: u32) -> impl Iterator<Item = (usize, &Sentence<'a>)> {
        self.sentences.iter().enumerate().filter(move |(_, sentence)| sentence.utterance == index)
    }

    /// What was replied to a question that ends its utterance.
    pub(super) fn replied(&self, at: usize) -> Option<Replied> {
        let asked = self.sentences.get(at).filter(|sentence| sentence.asks)?;
        let rest = self.sentences[at + 1..].iter().take_while(|next| next.utterance == asked.utterance);
        if rest.into_iter().any(|next| !next.asks) {
            return None;
        }
        let next = self.utterances.get(asked.utterance as usize + 1..)?.iter().find(|next| {
            next.speaker != asked.speaker && next.text.expose().chars().any(char::is_alphanumeric)
        })?;
        (next.index <= asked.utterance + 2).then(|| Replied {
            reply: reply_of(next),
            utterance: next.index,
            speaker: next.speaker,
        })
    }

    /// The questions that an utterance answers: those at the end of what somebody else said just before.
    pub(super) fn answers(&self, index: u32) -> Vec<&Sentence<'a>> {
        let Some(speaker) = self.utterances.get(index as usize).map(|said| said.speaker) else {
            return Vec::new();
        };
        let before = index.saturating_sub(2)..index;
        let asked = before.rev().filter_map(|index| self.utterances.get(index as usize));
        let Some(asked) = asked.into_iter().find(|said| said.speaker != speaker) else { return Vec::new() };
        self.of_utterance(asked.index).map(|(_, sentence)| sentence).filter(|one| one.asks).collect()
    }
}

fn reply_of(said: &Utterance) -> Reply {
    const YES: &str = "a little|a bit|some|sometimes|occasionally|once in a while|now and then|un poco|a veces|i do|i have|i am|i did|i was|it does|it is|they do|we do|that's right|mm-hmm|mhm|uh-huh|claro|okay yes";
    const NO: &str = "not really|not at all|no one|nobody|not that i|none that";
    let text = Text::said(said.text.expose(), said.speaker);
    let reply = negation::reply(&text);
    if reply != Reply::Open {
        return reply;
    }
    let first = Words::of(&text.tokens[..text.tokens.len().min(4)]);
    let begins = |phrases: &str| phrases.split('|').any(|phrase| first.0.starts_with(&format!(" {phrase} ")));
    let plain = !text.has("but except although not don't never pero");
    // "A little, yes."
    let words: Vec<&Token> =
        text.tokens.iter().filter(|token| token.text.chars().any(char::is_alphanumeric)).collect();
    let ends = words.len() <= 8 && words.last().is_some_and(|last| last.is("yes yeah yep sí si"));
    match (begins(YES) || ends, begins(NO)) {
        (true, false) if plain => Reply::Yes,
        (false, true) if !text.has("but except although pero") => Reply::No,
        _ => Reply::Open,
    }
}

/// How a question begins where speech is written without marks.
const ASKING: &str =
    "do does did have has had are is was were any can could how what when where which who why will would";

fn sentences(utterance: &Utterance) -> Vec<Sentence<'_>> {
    let said = utterance.text.expose();
    let whole = Text::said(said, utterance.speaker);
    let (stands, kin) = (negation::stands(&whole), subject::of_kin(&whole));
    let marked = whole.tokens.iter().any(Token::ends_clause);
    let mut all = Vec::new();
    let mut from = 0;
    for at in 0..whole.tokens.len() {
        let ends = whole.tokens[at].ends_clause();
        if !(ends || at + 1 == whole.tokens.len()) {
            continue;
        }
        let tokens = whole.tokens[from..=at].to_vec();
        let asks =
            whole.tokens[at].text == "?" || !marked && tokens.first().is_some_and(|first| first.is(ASKING));
        if tokens.iter().any(|token| token.text.chars().any(char::is_alphanumeric)) {
            all.push(Sentence {
                utterance: utterance.index,
                speaker: utterance.speaker,
                text: Text {
                    tokens,
                    places: whole.places[from..=at].to_vec(),
                    clinician: whole.clinician,
                    companion: whole.companion,
                },
                stands: stands[from..=at].to_vec(),
                kin: kin[from..=at].to_vec(),
                asks,
                said,
            });
        }
        from = at + 1;
    }
    all
}
