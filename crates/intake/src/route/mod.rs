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

/// From so many points on a protocol is taken before one that it covers.
const CLEAR: f64 = 4.0;

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
    /// A protocol, and one that it asks about as well.
    covers: Vec<(String, String)>,
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

/// What speaks for one protocol.
struct Weighed {
    protocol: usize,
    points: f64,
    confidence: f64,
    kept: Vec<Match>,
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
        let mut signs: Vec<(Sign, Match)> = Vec::new();
        for lexicon in self.lexicons(language) {
            let denials = lexicon.denials.find(&subject);
            let turns = lexicon.turns.find(&subject);
            let found = lexicon.signs.find(&subject).into_iter();
            let said = found.filter(|(matched, _)| !denied(matched, &denials, &turns, &words));
            signs.extend(said.map(|(matched, sign)| (sign, matched)));
        }
        let mut found: BTreeMap<usize, Vec<(f64, Match)>> = BTreeMap::new();
        for (sign, matched) in &signs {
            if !signs.iter().any(|(_, other)| within(matched, other)) {
                found.entry(sign.protocol).or_default().push((sign.points, matched.clone()));
            }
        }
        let weighed = self.weighed(found);
        let span = |matched: &Match| (words[matched.first()].start, words[matched.last()].end);
        let considered: Vec<Considered> = weighed
            .iter()
            .map(|Weighed { protocol, confidence, kept, .. }| Considered {
                protocol: self.protocols[*protocol].clone(),
                confidence: *confidence,
                evidence: kept.iter().map(span).collect(),
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

    /// What speaks for each protocol, the best first; one that covers the best and is clear by itself stands before it.
    fn weighed(&self, found: BTreeMap<usize, Vec<(f64, Match)>>) -> Vec<Weighed> {
        let points: Vec<(usize, f64, Vec<Match>)> = found
            .into_iter()
            .map(|(protocol, signs)| {
                let (points, kept) = weigh(signs);
                (protocol, points, kept)
            })
            .collect();
        let covers = |one: usize, other: usize| {
            let (one, other) = (&self.protocols[one], &self.protocols[other]);
            self.covers.iter().any(|(covering, covered)| covering == one && covered == other)
        };
        let confidence = |protocol: usize, own: f64| {
            let rivals = points.iter().filter(|(other, ..)| *other != protocol && !covers(protocol, *other));
            own / (own + rivals.map(|(_, points, _)| *points).fold(0.0, f64::max) + DOUBT)
        };
        let mut weighed: Vec<Weighed> = points
            .iter()
            .map(|(protocol, points, kept)| Weighed {
                protocol: *protocol,
                points: *points,
                confidence: confidence(*protocol, *points),
                kept: kept.clone(),
            })
            .collect();
        weighed.sort_by(|a, b| {
            let fits = b.confidence.total_cmp(&a.confidence);
            b.points.total_cmp(&a.points).then(fits).then(a.protocol.cmp(&b.protocol))
        });
        let ahead = weighed.iter().position(|one| {
            one.points >= CLEAR && weighed.first().is_some_and(|best| covers(one.protocol, best.protocol))
        });
        if let Some(place) = ahead {
            weighed[..=place].rotate_right(1);
        }
        weighed
    }

    fn lexicons(&self, language: &Language) -> Vec<&Lexicon> {
        match self.languages.get(language.primary()) {
            Some(lexicon) => vec![lexicon],
            None => self.languages.values().collect(),
        }
    }
}

/// Whether the words are some of the other's, and not all.
fn within(matched: &Match, other: &Match) -> bool {
    other.named.len() > matched.named.len() && matched.named.iter().all(|word| other.named.contains(word))
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
