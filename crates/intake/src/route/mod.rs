//! Routing: the reason for the visit, in the patient's own words, picks the protocol. Words and what they are worth are data
//! (`protocols/routing.toml`); code is only how they are weighed: deterministic, without a model. Where the words do not say
//! enough, or say two things, the general visit is taken: it asks about everything, only at more length.

mod file;

use std::collections::BTreeMap;

use domain::Language;
use serde::Serialize;

use crate::Error;
use crate::redflag::pattern::{Match, PatternSet, Subject};
use crate::redflag::words::{self, Word};

/// Below this confidence no protocol is picked over the general one.
pub const SURE_FROM: f64 = 0.5;

/// What speaks against every protocol before a word was said, in points: one vague word (1) does not reach [`SURE_FROM`], one
/// that points somewhere (2) does.
const DOUBT: f64 = 1.5;

/// How much of its points a second and further sign for the same protocol adds.
const FURTHER: f64 = 0.5;

/// What is said first is what a patient came for: from this word on a sign counts less, at the other it has come down to half.
const FADES: (f64, f64) = (15.0, 60.0);

/// A denial reaches so many words ("no cough or fever").
const DENIAL_REACHES: usize = 3;

/// The routing words, compiled. Cheap to share by `Arc`; routing needs no lock.
#[derive(Clone, Debug)]
pub struct Routes {
    /// The protocol where nothing else fits.
    otherwise: String,
    /// By primary language.
    languages: BTreeMap<String, Lexicon>,
    /// The protocols that words lead to, by canonical URL without version.
    protocols: Vec<String>,
}

#[derive(Clone, Debug, Default)]
struct Lexicon {
    terms: crate::redflag::pattern::Terms,
    signs: PatternSet<Sign>,
    denials: PatternSet<()>,
    /// What a denial does not reach past ("no cough, just this pain").
    turns: PatternSet<()>,
}

/// What words stand for.
#[derive(Clone, Copy, Debug)]
struct Sign {
    protocol: usize,
    points: f64,
}

/// Which protocol the words pick.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Routing {
    /// The protocol's canonical URL without version.
    pub protocol: String,
    /// How well it fits, from 0 to 1; of the general one taken for want of another, how little the others do.
    pub confidence: f64,
    /// Whether the words picked it; otherwise they picked none.
    pub picked: bool,
    /// The words that it rests on, half-open, in Unicode code points of the text as it was handed in.
    pub evidence: Vec<(u32, u32)>,
    /// Every protocol that words spoke for, the best first.
    pub considered: Vec<Considered>,
}

/// A protocol that words spoke for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Considered {
    /// Its canonical URL without version.
    pub protocol: String,
    /// How well it fits, from 0 to 1, beside the best of the others.
    pub confidence: f64,
    /// The words that it rests on.
    pub evidence: Vec<(u32, u32)>,
}

/// Picks the protocol for the reason of a visit, with the words that Bedside ships.
///
/// # Errors
/// [`Error::Routes`]; the words that ship are tested to load.
pub fn route(text: &str, language: &Language) -> Result<Routing, Error> {
    Ok(Routes::builtin()?.route(text, language))
}

impl Routes {
    /// The words that Bedside ships: `protocols/routing.toml`, compiled in. They are tested to load.
    ///
    /// # Errors
    /// [`Error::Routes`].
    pub fn builtin() -> Result<Self, Error> {
        file::read(include_str!("../../../../protocols/routing.toml"), None)
    }

    /// These words and a clinic's own, in the same form: for its own protocols, or more for those that Bedside ships.
    ///
    /// # Errors
    /// [`Error::Routes`], naming the protocol and the pattern.
    pub fn with(self, toml: &str) -> Result<Self, Error> {
        file::read(toml, Some(self))
    }

    /// The protocols that words can lead to, by canonical URL without version, the general one first.
    pub fn protocols(&self) -> impl Iterator<Item = &str> {
        let others = self.protocols.iter().filter(|protocol| **protocol != self.otherwise);
        std::iter::once(&self.otherwise).chain(others).map(String::as_str)
    }

    /// Picks the protocol for the reason of a visit, typed or from speech recognition. Text in a language that there are no
    /// words for is looked at with those of every language. Takes time in proportion to the text.
    pub fn route(&self, text: &str, language: &Language) -> Routing {
        let words = words::words(text);
        let barrier = vec![false; words.len()];
        let subject = Subject { words: &words, barrier: &barrier };
        let mut found: BTreeMap<usize, Vec<(f64, Match)>> = BTreeMap::new();
        for lexicon in self.lexicons(language) {
            let denials = lexicon.denials.find(&subject);
            let turns = lexicon.turns.find(&subject);
            for (matched, sign) in lexicon.signs.find(&subject) {
                if !denied(&matched, &denials, &turns, &words) {
                    found.entry(sign.protocol).or_default().push((sign.points, matched));
                }
            }
        }
        let mut weighed: Vec<(f64, usize, Vec<Match>)> = found
            .into_iter()
            .map(|(protocol, signs)| {
                let (points, kept) = weigh(signs);
                (points, protocol, kept)
            })
            .collect();
        weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let span = |matched: &Match| (words[matched.first()].start, words[matched.last()].end);
        let considered: Vec<Considered> = weighed
            .iter()
            .enumerate()
            .map(|(place, (points, protocol, kept))| {
                let rival = weighed.get(usize::from(place == 0)).map_or(0.0, |(points, ..)| *points);
                Considered {
                    protocol: self.protocols[*protocol].clone(),
                    confidence: points / (points + rival + DOUBT),
                    evidence: kept.iter().map(span).collect(),
                }
            })
            .collect();
        match considered.first() {
            Some(best) if best.confidence >= SURE_FROM => Routing {
                protocol: best.protocol.clone(),
                confidence: best.confidence,
                picked: true,
                evidence: best.evidence.clone(),
                considered,
            },
            best => Routing {
                protocol: self.otherwise.clone(),
                confidence: 1.0 - best.map_or(0.0, |best| best.confidence),
                picked: false,
                evidence: Vec::new(),
                considered,
            },
        }
    }

    fn lexicons(&self, language: &Language) -> Vec<&Lexicon> {
        match self.languages.get(language.primary()) {
            Some(lexicon) => vec![lexicon],
            None => self.languages.values().collect(),
        }
    }
}

/// Whether a denial stands shortly before the words, in the same sentence and with no turn in between.
fn denied(matched: &Match, denials: &[(Match, ())], turns: &[(Match, ())], words: &[Word]) -> bool {
    let first = matched.first();
    denials.iter().any(|(denial, ())| {
        let last = denial.last();
        last < first
            && first - last <= DENIAL_REACHES
            && !words[last..first].iter().any(Word::ends_sentence)
            && !turns.iter().any(|(turn, ())| last < turn.first() && turn.last() < first)
    })
}

/// The points of the signs for one protocol and the signs that make them: no word counts twice, the best sign counts whole, and
/// what it took to say the others at most doubles it.
fn weigh(mut signs: Vec<(f64, Match)>) -> (f64, Vec<Match>) {
    let worth = |points: f64, matched: &Match| {
        #[allow(clippy::cast_precision_loss)]
        let place = matched.first() as f64;
        let faded = ((place - FADES.0) / (FADES.1 - FADES.0)).clamp(0.0, 1.0);
        points * (1.0 - faded / 2.0)
    };
    signs.sort_by(|(a, left), (b, right)| {
        let longer = right.named.len().cmp(&left.named.len());
        worth(*b, right).total_cmp(&worth(*a, left)).then(longer).then(left.first().cmp(&right.first()))
    });
    let mut kept: Vec<Match> = Vec::new();
    let (mut best, mut further) = (0.0_f64, 0.0_f64);
    for (points, matched) in signs {
        if kept.iter().any(|known| known.named.iter().any(|word| matched.named.contains(word))) {
            continue;
        }
        let worth = worth(points, &matched);
        if kept.is_empty() {
            best = worth;
        } else {
            further += worth * FURTHER;
        }
        kept.push(matched);
    }
    kept.sort_by_key(Match::first);
    (best + further.min(best), kept)
}
