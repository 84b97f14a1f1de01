//! The rules file.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Answer, AnswerValue, Severity};
use serde::Deserialize;

use super::context::{CueWords, Cues};
use super::pattern::{PatternSet, Terms};
use super::{Lexicon, Need, RedFlagRules, Rule};
use crate::condition::same;
use crate::questionnaire::Item;
use crate::{Error, unit};

/// How many words may lie between the parts of a sign, where the rule says nothing else.
const WITHIN: usize = 40;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    language: BTreeMap<String, Language>,
    rule: Vec<WrittenRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Language {
    #[serde(default)]
    terms: Terms,
    #[serde(default)]
    cues: CueWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRule {
    id: String,
    severity: Severity,
    title: BTreeMap<String, String>,
    staff: BTreeMap<String, String>,
    patient: BTreeMap<String, String>,
    sources: Vec<String>,
    #[serde(default)]
    text: Vec<WrittenSign>,
    #[serde(default)]
    answer: Vec<Measure>,
}

/// One way of saying it: each list of patterns must be found, near the first.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSign {
    language: String,
    severity: Option<Severity>,
    any: Vec<String>,
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    and: Vec<String>,
    within: Option<usize>,
    /// Whether the parts may stand in the answers to different questions.
    #[serde(default)]
    across: bool,
}

/// A condition on one structured answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Measure {
    /// The question: its linkId, or one of its codes.
    item: String,
    pub(super) severity: Option<Severity>,
    /// A chosen option's code.
    code: Option<String>,
    /// Yes or no.
    is: Option<bool>,
    at_least: Option<f64>,
    at_most: Option<f64>,
    /// The unit of the two limits, for a quantity.
    unit: Option<String>,
    /// Conditions on other answers of the same intake, each of which must be met as well.
    #[serde(default)]
    pub(super) and: Vec<Measure>,
}

impl Measure {
    /// Whether the answer to the item meets it.
    pub(super) fn is_met(&self, item: &Item, answer: &Answer) -> bool {
        matches!(answer, Answer::Given(values) if values.iter().any(|value| self.holds(item, value)))
    }

    fn holds(&self, item: &Item, value: &AnswerValue) -> bool {
        let asked = item.link_id == self.item || item.codes.iter().any(|code| code.code == self.item);
        let chosen = self
            .code
            .as_ref()
            .is_none_or(|code| matches!(value, AnswerValue::Choice(coding) if same(coding, None, code)));
        let said = self.is.is_none_or(|wanted| *value == AnswerValue::Boolean(wanted));
        asked && chosen && said && self.in_range(value)
    }

    fn in_range(&self, value: &AnswerValue) -> bool {
        if self.at_least.is_none() && self.at_most.is_none() {
            return true;
        }
        let number = match (value, self.unit.as_deref()) {
            (AnswerValue::Integer(number), None) => i32::try_from(*number).ok().map(f64::from),
            (AnswerValue::Decimal(number), None) => Some(*number),
            (AnswerValue::Quantity { value, unit }, Some(wanted)) => unit::convert(*value, unit, wanted),
            _ => None,
        };
        number.is_some_and(|number| {
            self.at_least.is_none_or(|least| number >= least)
                && self.at_most.is_none_or(|most| number <= most)
        })
    }
}

/// Reads and compiles a rules file.
pub(super) fn read(toml: &str) -> Result<RedFlagRules, Error> {
    let wrong = |rule: Option<&str>, problem: String| Error::Rules { rule: rule.map(str::to_owned), problem };
    let file: File = toml::from_str(toml).map_err(|error| wrong(None, place(toml, &error)))?;
    let mut languages = BTreeMap::new();
    let mut terms = BTreeMap::new();
    for (code, language) in file.language {
        let in_cues = |problem| wrong(None, format!("cues of language '{code}': {problem}"));
        let cues = Cues::new(language.cues, &language.terms).map_err(in_cues)?;
        languages.insert(code.clone(), Lexicon { cues, signs: PatternSet::default(), needs: Vec::new() });
        terms.insert(code, language.terms);
    }
    let mut rules = Vec::new();
    let mut measures = Vec::new();
    let mut ids = BTreeSet::new();
    for (index, rule) in file.rule.into_iter().enumerate() {
        check(&rule, &mut ids).map_err(|problem| wrong(Some(&rule.id), problem))?;
        for sign in rule.text {
            let unknown = || wrong(Some(&rule.id), format!("there is no language '{}'", sign.language));
            let lexicon = languages.get_mut(&sign.language).ok_or_else(unknown)?;
            let terms = terms.get(&sign.language).ok_or_else(unknown)?;
            let severity = sign.severity.unwrap_or(rule.severity);
            add(lexicon, terms, index, severity, &sign).map_err(|problem| wrong(Some(&rule.id), problem))?;
        }
        measures.extend(rule.answer.into_iter().map(|measure| (index, measure)));
        rules.push(Rule {
            id: rule.id,
            severity: rule.severity,
            title: rule.title,
            staff: rule.staff,
            patient: rule.patient,
            sources: rule.sources,
        });
    }
    Ok(RedFlagRules { rules, languages, measures })
}

fn check(rule: &WrittenRule, ids: &mut BTreeSet<String>) -> Result<(), String> {
    if !ids.insert(rule.id.clone()) {
        return Err("the id is used twice".into());
    }
    if rule.text.is_empty() && rule.answer.is_empty() {
        return Err("it has neither text nor answer, so that it could never be raised".into());
    }
    if rule.answer.iter().flat_map(|measure| &measure.and).any(|other| !other.and.is_empty()) {
        return Err("an 'and' stands in another; write all of them side by side".into());
    }
    if rule.sources.is_empty() {
        return Err("it names no source".into());
    }
    for (name, texts) in [("title", &rule.title), ("staff", &rule.staff), ("patient", &rule.patient)] {
        if texts.get("en").is_none_or(|text| text.trim().is_empty()) {
            return Err(format!("its {name} has no English text"));
        }
    }
    Ok(())
}

fn add(
    lexicon: &mut Lexicon,
    terms: &Terms,
    rule: usize,
    severity: Severity,
    sign: &WrittenSign,
) -> Result<(), String> {
    let groups: Vec<&Vec<String>> =
        [&sign.any, &sign.with, &sign.and].into_iter().filter(|group| !group.is_empty()).collect();
    if sign.any.is_empty() {
        return Err("a text sign needs 'any'".into());
    }
    let need = lexicon.needs.len();
    for (group, patterns) in groups.iter().enumerate() {
        for source in *patterns {
            lexicon.signs.add(source, terms, (need, group))?;
        }
    }
    let within = sign.within.unwrap_or(WITHIN);
    lexicon.needs.push(Need { rule, severity, groups: groups.len(), within, across: sign.across });
    Ok(())
}

/// What TOML says is wrong, with its line.
fn place(toml: &str, error: &toml::de::Error) -> String {
    let line = error.span().map(|span| toml[..span.start.min(toml.len())].lines().count().max(1));
    match line {
        Some(line) => format!("line {line}: {}", error.message()),
        None => error.message().to_owned(),
    }
}
