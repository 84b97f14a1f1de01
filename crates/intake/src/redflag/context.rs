//! Whether what was found is so: not denied, not asked about, not somebody else's, not long ago, not a figure of speech.

use serde::Deserialize;

use super::pattern::{Match, PatternSet, Subject, Terms};
use super::words::{Mark, Word};

/// What a cue says about the words near it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cue {
    /// "no", "denies": what follows is not so, over commas.
    DeniesList,
    /// "not", "didn't": the next few words are not so.
    Denies,
    /// "denied", "ruled out": what came just before is not so.
    DeniesBefore,
    /// "not only", "never had … like this": no denial after all. Covers other denials.
    NoDenial,
    /// "what if", "signs of": what follows is only thought of.
    Hypothetical,
    /// "is it", "what are" at a sentence's beginning: a question of no one's own trouble, unless the patient is named in it.
    Asks,
    /// "two years ago", "as a child": history.
    Past,
    /// "my mother", "my friend": what follows is theirs; if it is happening now, somebody is to come all the same.
    Other,
    /// "family history", "my dog": what follows is never the patient's.
    NeverPatient,
    /// "runs in the family": what came before is not the patient's.
    OtherBefore,
    /// "I", "my": it is about the patient again.
    Patient,
    /// "right now", "outside in the car": somebody else's, and happening, whatever else is said.
    RightNow,
    /// "is", "keeps": somebody else's, but happening.
    Happening,
    /// "had", "died": somebody else's, and over.
    Over,
    /// "but", "because": a denial or a condition ends here.
    Break,
    /// "now", "again", "since": what was long ago ends here.
    Now,
    /// A figure of speech: its words mean nothing here.
    Figure,
    /// "my chest is killing me": no figure of speech after all.
    Literal,
}

/// A language's cues, as the rules file writes them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct CueWords {
    barrier: Vec<String>,
    denies_list: Vec<String>,
    denies: Vec<String>,
    denies_before: Vec<String>,
    no_denial: Vec<String>,
    hypothetical: Vec<String>,
    asks: Vec<String>,
    past: Vec<String>,
    other: Vec<String>,
    never_patient: Vec<String>,
    other_before: Vec<String>,
    patient: Vec<String>,
    right_now: Vec<String>,
    happening: Vec<String>,
    over: Vec<String>,
    same_subject: Vec<String>,
    #[serde(rename = "break")]
    breaks: Vec<String>,
    now: Vec<String>,
    figure: Vec<String>,
    literal: Vec<String>,
}

/// A language's cues, compiled.
#[derive(Clone, Debug)]
pub(super) struct Cues {
    patterns: PatternSet<Cue>,
    barrier: Vec<String>,
    same_subject: Vec<String>,
}

/// How far a denial over commas reaches, in words.
const LIST_REACH: usize = 14;
/// How far a plain "not" reaches, in words.
const NOT_REACH: usize = 5;
/// How far a time of long ago reaches, in words, either way.
const PAST_REACH: usize = 12;
/// How far "what if" reaches, in words.
const HYPOTHETICAL_REACH: usize = 9;

impl Cues {
    /// Compiles the cues.
    pub(super) fn new(words: CueWords, terms: &Terms) -> Result<Self, String> {
        let mut patterns = PatternSet::default();
        let lists = [
            (&words.denies_list, Cue::DeniesList),
            (&words.denies, Cue::Denies),
            (&words.denies_before, Cue::DeniesBefore),
            (&words.no_denial, Cue::NoDenial),
            (&words.hypothetical, Cue::Hypothetical),
            (&words.asks, Cue::Asks),
            (&words.past, Cue::Past),
            (&words.other, Cue::Other),
            (&words.never_patient, Cue::NeverPatient),
            (&words.other_before, Cue::OtherBefore),
            (&words.patient, Cue::Patient),
            (&words.right_now, Cue::RightNow),
            (&words.happening, Cue::Happening),
            (&words.over, Cue::Over),
            (&words.breaks, Cue::Break),
            (&words.now, Cue::Now),
            (&words.figure, Cue::Figure),
            (&words.literal, Cue::Literal),
        ];
        for (list, cue) in lists {
            for source in list {
                patterns.add(source, terms, cue)?;
            }
        }
        Ok(Self { patterns, barrier: words.barrier, same_subject: words.same_subject })
    }

    /// By word: whether a pattern's gap ends before it.
    pub(super) fn barriers(&self, words: &[Word]) -> Vec<bool> {
        words.iter().map(|word| self.barrier.contains(&word.text)).collect()
    }

    /// Reads a text's cues.
    pub(super) fn read(&self, text: &Subject<'_>) -> Context {
        let mut context = Context::empty(text.words);
        let found = self.patterns.find(text);
        let mut excused = vec![false; text.words.len()];
        for (matched, cue) in &found {
            if matches!(cue, Cue::NoDenial) {
                (matched.first()..=matched.last()).for_each(|word| excused[word] = true);
            }
        }
        for (matched, cue) in &found {
            let (first, last) = (matched.first(), matched.last());
            match cue {
                Cue::DeniesList | Cue::Denies | Cue::Hypothetical | Cue::Past if excused[first] => {}
                // "No, it hurts": an answer to something, and no denial of what follows.
                Cue::DeniesList if first == last && text.words[last].mark != Mark::None => {
                    let asked =
                        first > 0 && matches!(text.words[first - 1].mark, Mark::Question | Mark::Colon);
                    if asked {
                        context.denies_before.push(first);
                    }
                    context.answered_no.push(first);
                }
                Cue::DeniesList => context.denials.push(Scope { first, last, list: true }),
                Cue::Denies => context.denials.push(Scope { first, last, list: false }),
                Cue::DeniesBefore => context.denies_before.push(first),
                Cue::NoDenial | Cue::Literal => {}
                Cue::Hypothetical => context.hypothetical.push(Scope { first, last, list: false }),
                Cue::Past => context.past.push(Scope { first, last, list: false }),
                Cue::OtherBefore => context.other_before.push(first),
                Cue::Other | Cue::NeverPatient | Cue::Patient | Cue::Asks => {}
                Cue::RightNow => (first..=last).for_each(|word| context.right_now[word] = true),
                Cue::Happening => (first..=last).for_each(|word| context.happening[word] = true),
                Cue::Over => (first..=last).for_each(|word| context.over[word] = true),
                Cue::Break => context.breaks[first] = true,
                Cue::Now => context.now[first] = true,
                Cue::Figure => matched.named.iter().for_each(|&word| context.figure[word] = true),
            }
        }
        for (matched, _) in found.iter().filter(|(_, cue)| *cue == Cue::Literal) {
            matched.named.iter().for_each(|&word| context.figure[word] = false);
        }
        // "no" at the very end after a question: "Chest pain? No"
        if let Some(last) = text.words.len().checked_sub(1) {
            let asked = last > 0 && matches!(text.words[last - 1].mark, Mark::Question | Mark::Colon);
            if asked && context.denials.iter().any(|scope| scope.first == last && scope.last == last) {
                context.denies_before.push(last);
            }
            if context.denials.iter().any(|scope| scope.first == last && scope.last == last) {
                context.answered_no.push(last);
            }
        }
        context.asked = asked(text, &found);
        context.denials.sort_by_key(|scope| scope.first);
        context.hypothetical.sort_by_key(|scope| scope.first);
        context.past.sort_by_key(|scope| scope.first);
        context.denies_before.sort_unstable();
        context.answered_no.sort_unstable();
        context.other_before.sort_unstable();
        context.subjects = self.subjects(text, &found, &context);
        context
    }

    /// By word, whom it is about: the last one named, until the sentence ends (and on, where the next begins with "she").
    fn subjects(&self, text: &Subject<'_>, found: &[(Match, Cue)], context: &Context) -> Vec<Whose> {
        let count = text.words.len();
        let mut named: Vec<Option<Cue>> = vec![None; count];
        let mut covered = vec![false; count];
        for (matched, cue) in found {
            if matches!(cue, Cue::Other | Cue::NeverPatient) {
                named[matched.first()] = match (named[matched.first()], cue) {
                    (Some(Cue::NeverPatient), _) => Some(Cue::NeverPatient),
                    _ => Some(*cue),
                };
                (matched.first()..=matched.last()).for_each(|word| covered[word] = true);
            }
        }
        for (matched, cue) in found {
            if *cue == Cue::Patient && !covered[matched.first()] {
                named[matched.first()] = Some(Cue::Patient);
            }
        }
        let mut whose = vec![Whose::Patient; count];
        let mut segment_start = 0;
        let mut current = Whose::Patient;
        for (word, cue) in named.iter().enumerate() {
            let ends_before = word > 0
                && text.words[word - 1].ends_sentence()
                && !self.same_subject.contains(&text.words[word].text);
            let next = match cue {
                Some(Cue::Other) => Some(Whose::Other),
                Some(Cue::NeverPatient) => Some(Whose::NeverPatient),
                Some(_) => Some(Whose::Patient),
                None if ends_before => Some(Whose::Patient),
                None => None,
            };
            if let Some(next) = next {
                context.settle_segment(&mut whose, segment_start, word, current);
                segment_start = word;
                current = next;
            }
        }
        context.settle_segment(&mut whose, segment_start, count, current);
        whose
    }
}

#[derive(Clone, Copy, Debug)]
struct Scope {
    first: usize,
    last: usize,
    list: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Patient,
    Other,
    NeverPatient,
}

/// A text's cues, by word.
pub(super) struct Context {
    denials: Vec<Scope>,
    denies_before: Vec<usize>,
    /// "no" that stands by itself: "chest pain, no; fainting, no".
    answered_no: Vec<usize>,
    hypothetical: Vec<Scope>,
    past: Vec<Scope>,
    other_before: Vec<usize>,
    right_now: Vec<bool>,
    happening: Vec<bool>,
    over: Vec<bool>,
    breaks: Vec<bool>,
    now: Vec<bool>,
    figure: Vec<bool>,
    /// By word: in a question of no one's own trouble.
    asked: Vec<bool>,
    /// By word: a sentence ends after it, or a comma.
    stops: Vec<bool>,
    commas: Vec<bool>,
    subjects: Vec<Whose>,
}

impl Context {
    fn empty(words: &[Word]) -> Self {
        let none = || vec![false; words.len()];
        Self {
            denials: Vec::new(),
            denies_before: Vec::new(),
            answered_no: Vec::new(),
            hypothetical: Vec::new(),
            past: Vec::new(),
            other_before: Vec::new(),
            right_now: none(),
            happening: none(),
            over: none(),
            breaks: none(),
            now: none(),
            figure: none(),
            asked: none(),
            stops: words.iter().map(Word::ends_sentence).collect(),
            commas: words.iter().map(|word| word.mark != Mark::None).collect(),
            subjects: Vec::new(),
        }
    }

    /// Writes whom a stretch of words is about: somebody else whose trouble is happening now counts as the patient.
    fn settle_segment(&self, whose: &mut [Whose], from: usize, to: usize, subject: Whose) {
        let any = |cues: &[bool]| cues[from..to].contains(&true);
        let happening =
            subject == Whose::Other && (any(&self.right_now) || (any(&self.happening) && !any(&self.over)));
        let subject = if happening { Whose::Patient } else { subject };
        whose[from..to].fill(subject);
    }

    /// Whether what matched is said to be so, of the patient, now.
    pub(super) fn asserts(&self, matched: &Match) -> bool {
        let literal = !matched.named.iter().any(|&word| self.figure[word]);
        literal
            && !self.asked[matched.first()]
            && self.subjects[matched.last()] == Whose::Patient
            && !self.is_denied(matched)
            && !self.is_hypothetical(matched)
            && !self.is_past(matched)
            && !self.follows(&self.other_before, matched, 5)
    }

    fn is_denied(&self, matched: &Match) -> bool {
        let denied = |scope: &Scope| {
            let reach = if scope.list { LIST_REACH } else { NOT_REACH };
            if (scope.first..=scope.last).any(|word| matched.named.contains(&word)) {
                return false;
            }
            // Between the words that were named: "my chest does not hurt".
            if scope.first > matched.first() {
                return scope.last < matched.last();
            }
            let between = scope.last..matched.first();
            matched.first() - scope.last <= reach
                && !between.clone().any(|word| self.stops[word] || (!scope.list && self.commas[word]))
                && !between.skip(1).any(|word| self.breaks[word])
                && (matched.first() == scope.last + 1 || !self.breaks[matched.first()])
        };
        near(&self.denials, matched).any(denied)
            || self.follows(&self.denies_before, matched, 3)
            || (!self.stops[matched.last()] && self.follows(&self.answered_no, matched, 1))
    }

    fn is_hypothetical(&self, matched: &Match) -> bool {
        near(&self.hypothetical, matched).any(|scope| {
            // A cue may run into what matched: "scared of having" and "having a stroke".
            let begins_before = scope.first < matched.first();
            let between = (scope.last + 1).min(matched.first())..matched.first();
            begins_before
                && between.len() < HYPOTHETICAL_REACH
                && !(scope.last < matched.first() && self.stops[scope.last])
                && !between.clone().any(|word| self.stops[word] || self.breaks[word])
        })
    }

    fn is_past(&self, matched: &Match) -> bool {
        near(&self.past, matched).any(|scope| {
            let overlaps = scope.first <= matched.last() && matched.first() <= scope.last;
            let between = if scope.last < matched.first() {
                scope.last..matched.first()
            } else {
                matched.last()..scope.first.max(matched.last())
            };
            let ended = between.clone().any(|word| self.stops[word])
                || between.clone().skip(1).any(|word| self.now[word]);
            overlaps || (between.len() <= PAST_REACH && !ended)
        })
    }

    /// Whether one of the cues stands right after the match, at most so many words on.
    fn follows(&self, cues: &[usize], matched: &Match, reach: usize) -> bool {
        let last = matched.last();
        let from = cues.partition_point(|&cue| cue <= last);
        cues[from..]
            .first()
            .is_some_and(|&cue| cue - last <= reach && !self.breaks[last + 1..cue].contains(&true))
    }
}

/// By word, whether it is in a question of no one's own trouble: "is chest pain a side effect?", but not "is my chest pain bad?".
fn asked(text: &Subject<'_>, found: &[(Match, Cue)]) -> Vec<bool> {
    let count = text.words.len();
    let mut asked = vec![false; count];
    for (matched, _) in found.iter().filter(|(_, cue)| *cue == Cue::Asks) {
        let first = matched.first();
        if first > 0 && !text.words[first - 1].ends_sentence() {
            continue;
        }
        let end =
            (first..count).find(|&word| text.words[word].ends_sentence()).map_or(count, |last| last + 1);
        // They come in the order of their first words.
        let from = found.partition_point(|(m, _)| m.first() < first);
        let mut inside = found[from..].iter().take_while(|(m, _)| m.first() < end);
        if !inside.any(|(_, cue)| *cue == Cue::Patient) {
            asked[first..end].fill(true);
        }
    }
    asked
}

/// The cues that begin near the match; the lists are sorted.
fn near<'a>(scopes: &'a [Scope], matched: &Match) -> impl Iterator<Item = &'a Scope> {
    const FAR: usize = 24;
    let from = scopes.partition_point(|scope| scope.first + FAR < matched.first());
    let until = matched.last() + FAR;
    scopes[from..].iter().take_while(move |scope| scope.first <= until)
}
