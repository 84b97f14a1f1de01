//! Red flags: signs in answers and in free text that somebody must look at the patient soon. Rules are data
//! (`protocols/red-flags.toml`), code is only how they are read: deterministic, without a model. They alert staff; they say
//! nothing about what the patient has.

mod context;
mod encounter;
pub(crate) mod pattern;
mod rules;
pub(crate) mod words;

use std::collections::BTreeMap;

use domain::{Answer, AnswerValue, Language, Severity};
use serde::Serialize;

use crate::questionnaire::Item;
use crate::review::in_words;
use crate::{Error, Intake, Questionnaire};
use context::{Context, Cues};
pub use encounter::SaidSoFar;
use pattern::{Match, PatternSet, Subject};
use words::Word;

/// The rules, compiled. Cheap to share by `Arc`; assessing needs no lock.
#[derive(Clone, Debug)]
pub struct RedFlagRules {
    rules: Vec<Rule>,
    /// By primary language.
    languages: BTreeMap<String, Lexicon>,
    /// Conditions on structured answers, by rule.
    measures: Vec<(usize, rules::Measure)>,
}

/// What a rule says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The stable id ("chest-pain").
    pub id: String,
    /// The severity of most of its hits.
    pub severity: Severity,
    /// Its name, for lists.
    pub title: BTreeMap<String, String>,
    /// What staff see.
    pub staff: BTreeMap<String, String>,
    /// What the patient sees: a calm sentence without a diagnosis.
    pub patient: BTreeMap<String, String>,
    /// Where the rule comes from.
    pub sources: Vec<String>,
}

/// An alarm sign that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FlagHit {
    /// The rule's id.
    pub rule: String,
    /// How urgent.
    pub severity: Severity,
    /// The words, half-open, in Unicode code points of the text as it was handed in; `None` where the hit is in a value that
    /// is no text.
    pub span: Option<(u32, u32)>,
}

/// An alarm sign in the answers of an intake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerFlag {
    /// The question whose answer holds the sign; of a sign that takes several answers, the first.
    pub link_id: String,
    /// The sign; its span counts in the answer's own words, and is `None` for anything but free text.
    #[serde(flatten)]
    pub hit: FlagHit,
}

/// One language's patterns.
#[derive(Clone, Debug)]
struct Lexicon {
    cues: Cues,
    /// What each pattern belongs to: an index into `needs`, and which of its groups.
    signs: PatternSet<(usize, usize)>,
    needs: Vec<Need>,
}

/// One way in which a rule's sign is said: every group of patterns must be found, near one another.
#[derive(Clone, Debug)]
struct Need {
    rule: usize,
    severity: Severity,
    groups: usize,
    /// At most so many words apart.
    within: usize,
    /// Whether the groups may be found in the answers to different questions.
    across: bool,
}

impl Rule {
    /// The name in the language, else in English.
    pub fn title(&self, language: &Language) -> &str {
        in_language(&self.title, language)
    }

    /// What staff see, in the language, else in English.
    pub fn staff(&self, language: &Language) -> &str {
        in_language(&self.staff, language)
    }

    /// What the patient sees, in the language, else in English.
    pub fn patient(&self, language: &Language) -> &str {
        in_language(&self.patient, language)
    }
}

fn in_language<'a>(texts: &'a BTreeMap<String, String>, language: &Language) -> &'a str {
    texts
        .get(language.tag())
        .or_else(|| texts.get(language.primary()))
        .or_else(|| texts.get("en"))
        .map_or("", String::as_str)
}

impl RedFlagRules {
    /// The rules that Bedside ships: `protocols/red-flags.toml`, compiled in. They are tested to load.
    pub fn builtin() -> Result<Self, Error> {
        Self::from_toml(include_str!("../../../../protocols/red-flags.toml"))
    }

    /// Reads a clinic's own rules.
    ///
    /// # Errors
    /// [`Error::Rules`], naming the rule and the pattern.
    pub fn from_toml(toml: &str) -> Result<Self, Error> {
        rules::read(toml)
    }

    /// Every rule, in the file's order.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule with that id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// Finds signs in free text, one hit a rule: the most severe, and of these the first. Text in a language that the rules
    /// have no patterns for is looked at with those of every language. Takes time in proportion to the text.
    pub fn assess_text(&self, text: &str, language: &Language) -> Vec<FlagHit> {
        let words = words::words(text);
        let mut best: BTreeMap<usize, (Severity, Match)> = BTreeMap::new();
        for lexicon in self.lexicons(language) {
            let found = lexicon.asserted(&words);
            for (index, need) in lexicon.needs.iter().enumerate() {
                if let Some(matched) = need.met(index, &found) {
                    keep_better(&mut best, need.rule, need.severity, matched);
                }
            }
        }
        self.hits(&words, best)
    }

    fn hits(&self, words: &[Word], best: BTreeMap<usize, (Severity, Match)>) -> Vec<FlagHit> {
        best.into_iter()
            .map(|(rule, (severity, matched))| FlagHit {
                rule: self.rules[rule].id.clone(),
                severity,
                span: Some((words[matched.first()].start, words[matched.last()].end)),
            })
            .collect()
    }

    /// Finds signs in one answer. A chosen option counts by its text, a yes by its question's text, words as they are.
    pub fn assess_answer(
        &self,
        link_id: &str,
        answer: &Answer,
        questionnaire: &Questionnaire,
        language: &Language,
    ) -> Vec<FlagHit> {
        let Some(item) = questionnaire.item(link_id) else { return Vec::new() };
        let statements = statements(item, answer, language);
        self.assess_statements(&statements, language)
            .into_iter()
            .map(|(_, hit)| hit)
            .chain(self.assess_measures(item, answer, &[]))
            .fold(Vec::new(), |mut hits: Vec<FlagHit>, hit| {
                if hits.iter().all(|known| known.rule != hit.rule) {
                    hits.push(hit);
                }
                hits
            })
    }

    /// Finds signs in all the answers of an intake together: also those that only several answers make, as a blow to the head
    /// and, at another question, a blood thinner. One hit a rule.
    pub fn assess_intake(&self, intake: &Intake, language: &Language) -> Vec<AnswerFlag> {
        let items = intake.questionnaire().all();
        let answered: Vec<(&Item, &Answer)> =
            items.iter().filter_map(|item| Some((item, intake.recorded(&item.link_id)?))).collect();
        let statements: Vec<Statement> =
            answered.iter().flat_map(|(item, answer)| statements(item, answer, language)).collect();
        let mut flags: Vec<AnswerFlag> = self
            .assess_statements(&statements, language)
            .into_iter()
            .map(|(statement, hit)| AnswerFlag { link_id: statements[statement].link_id.clone(), hit })
            .collect();
        for (item, answer) in &answered {
            for hit in self.assess_measures(item, answer, &answered) {
                if flags.iter().all(|flag| flag.hit.rule != hit.rule) {
                    flags.push(AnswerFlag { link_id: item.link_id.clone(), hit });
                }
            }
        }
        flags
    }

    /// One hit a rule, with the index of the statement that it lies in.
    fn assess_statements(&self, statements: &[Statement], language: &Language) -> Vec<(usize, FlagHit)> {
        let texts: Vec<Vec<Word>> =
            statements.iter().map(|statement| words::words(&statement.text)).collect();
        let mut best: BTreeMap<usize, (Severity, usize, Match)> = BTreeMap::new();
        for lexicon in self.lexicons(language) {
            let found: Vec<Found> = texts.iter().map(|words| lexicon.asserted(words)).collect();
            for (index, need) in lexicon.needs.iter().enumerate() {
                let within_one = found.iter().enumerate().find_map(|(s, f)| Some((s, need.met(index, f)?)));
                let across = || {
                    if !need.across {
                        return None;
                    }
                    let group = |group: usize| {
                        let first =
                            |(s, f): (usize, &Found)| Some((s, f.get(&(index, group))?.first()?.clone()));
                        found.iter().enumerate().find_map(first)
                    };
                    let groups: Option<Vec<(usize, Match)>> = (0..need.groups).map(group).collect();
                    groups?.into_iter().next()
                };
                if let Some((statement, matched)) = within_one.or_else(across) {
                    let better = best.get(&need.rule).is_none_or(|(severity, ..)| *severity < need.severity);
                    if better {
                        best.insert(need.rule, (need.severity, statement, matched));
                    }
                }
            }
        }
        best.into_iter()
            .map(|(rule, (severity, statement, matched))| {
                let words = &texts[statement];
                let span = statements[statement]
                    .own_words
                    .then(|| (words[matched.first()].start, words[matched.last()].end));
                (statement, FlagHit { rule: self.rules[rule].id.clone(), severity, span })
            })
            .collect()
    }

    /// `beside`: every answer of the intake, where there are others.
    fn assess_measures(&self, item: &Item, answer: &Answer, beside: &[(&Item, &Answer)]) -> Vec<FlagHit> {
        self.measures
            .iter()
            .filter(|(_, measure)| measure.is_met(item, answer))
            .filter(|(_, measure)| {
                measure.and.iter().all(|other| beside.iter().any(|(item, answer)| other.is_met(item, answer)))
            })
            .map(|(rule, measure)| FlagHit {
                rule: self.rules[*rule].id.clone(),
                severity: measure.severity.unwrap_or(self.rules[*rule].severity),
                span: None,
            })
            .collect()
    }

    fn lexicons(&self, language: &Language) -> Vec<&Lexicon> {
        self.coded_lexicons(language).into_iter().map(|(_, lexicon)| lexicon).collect()
    }

    fn coded_lexicons(&self, language: &Language) -> Vec<(&str, &Lexicon)> {
        match self.languages.get_key_value(language.primary()) {
            Some((code, lexicon)) => vec![(code, lexicon)],
            None => self.languages.iter().map(|(code, lexicon)| (code.as_str(), lexicon)).collect(),
        }
    }
}

fn keep_better(
    best: &mut BTreeMap<usize, (Severity, Match)>,
    rule: usize,
    severity: Severity,
    matched: Match,
) {
    let better = match best.get(&rule) {
        None => true,
        Some((known, earlier)) => {
            severity > *known || (severity == *known && matched.first() < earlier.first())
        }
    };
    if better {
        best.insert(rule, (severity, matched));
    }
}

/// Something that an answer says.
struct Statement {
    link_id: String,
    text: String,
    /// Whether the text is the patient's own, so that a span in it means something.
    own_words: bool,
}

fn statements(item: &Item, answer: &Answer, language: &Language) -> Vec<Statement> {
    let Answer::Given(values) = answer else { return Vec::new() };
    let statement = |value: &AnswerValue| {
        let (text, own_words) = match value {
            AnswerValue::String(text) | AnswerValue::Text(text) => (text.clone(), true),
            AnswerValue::Choice(_) => (in_words(item, value, language), false),
            AnswerValue::Boolean(true) => (item.text.get(language).to_owned(), false),
            _ => return None,
        };
        Some(Statement { link_id: item.link_id.clone(), text, own_words })
    };
    values.iter().filter_map(statement).collect()
}

/// By need and group: where its patterns were found and are so, in order.
type Found = BTreeMap<(usize, usize), Vec<Match>>;

impl Lexicon {
    /// What is said to be so in the text.
    fn asserted(&self, words: &[Word]) -> Found {
        let barrier = self.cues.barriers(words);
        let text = Subject { words, barrier: &barrier };
        let mut context: Option<Context> = None;
        let mut found = Found::new();
        for (matched, meaning) in self.signs.find(&text) {
            let context = context.get_or_insert_with(|| self.cues.read(&text));
            if context.asserts(&matched) {
                found.entry(meaning).or_default().push(matched);
            }
        }
        found
    }
}

impl Need {
    /// The first match of the first group that has one of every other group near it.
    fn met(&self, index: usize, found: &Found) -> Option<Match> {
        let first = found.get(&(index, 0))?;
        let others: Option<Vec<&Vec<Match>>> =
            (1..self.groups).map(|group| found.get(&(index, group))).collect();
        let others = others?;
        let near = |matched: &Match, other: &[Match]| {
            let from = other.partition_point(|m| m.first() + self.within < matched.first());
            other.get(from).is_some_and(|m| m.first() <= matched.last() + self.within)
        };
        first.iter().find(|matched| others.iter().all(|other| near(matched, other))).cloned()
    }
}
