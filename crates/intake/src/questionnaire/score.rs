//! The scores that a form declares.
//!
//! FHIR R4 has `ordinalValue` for what an option counts and no declaration of a sum but an expression in FHIRPath or CQL. So a
//! form says it with an extension on the questionnaire itself, `urn:bedside:score`, made of: `name` (valueString), `code`
//! (valueCoding, what the total is an observation of), `item` (valueString, a linkId; one each), `band` (`from`, valueDecimal, and
//! `label`, valueString with its translations; one each, ascending) and `source` (valueString, where the bands come from). Other
//! programs pass over it and still read the options' ordinal values.

use std::collections::BTreeMap;

use domain::Coding;
use serde_json::Value;

use super::json::{Object, RawCoding, objects, string};
use super::{Item, ItemKind};
use crate::{Problem, Text, What};

const SCORE: &str = "urn:bedside:score";

/// A sum over the options chosen in some items, and what it is called.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreRule {
    /// Its name ("PHQ-9").
    pub name: String,
    /// What the total is an observation of.
    pub code: Option<Coding>,
    /// The linkIds of the items that count: choices whose options have ordinal values, or numbers.
    pub items: Vec<String>,
    /// What totals are called, ascending; empty where only the total says something.
    pub bands: Vec<Band>,
    /// Where the bands come from; never empty where there are any.
    pub source: String,
}

/// What totals from one number on are called.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// The least total.
    pub from: f64,
    /// Its name ("Moderate").
    pub label: Text,
}

/// Reads and checks every score of the form.
pub(super) fn rules(
    root: &Object,
    items: &[Item],
    by_link: &BTreeMap<String, usize>,
    problems: &mut Vec<Problem>,
) -> Vec<ScoreRule> {
    let declared = objects(root, "extension").filter(|extension| string(extension, "url") == Some(SCORE));
    declared
        .filter_map(|extension| {
            let rule = rule(extension, problems)?;
            check(&rule, items, by_link, problems);
            Some(rule)
        })
        .collect()
}

fn parts<'a>(extension: &'a Object, url: &'a str) -> impl Iterator<Item = &'a Object> {
    objects(extension, "extension").filter(move |part| string(part, "url") == Some(url))
}

fn rule(extension: &Object, problems: &mut Vec<Problem>) -> Option<ScoreRule> {
    let text = |url: &'static str| parts(extension, url).find_map(|part| string(part, "valueString"));
    let Some(name) = text("name") else {
        problems.push(Problem { item: SCORE.to_owned(), what: What::Missing("name") });
        return None;
    };
    let bands: Option<Vec<Band>> = parts(extension, "band").map(band).collect();
    let Some(bands) = bands else {
        let expected = "a number 'from' and a 'label'";
        problems.push(Problem { item: name.to_owned(), what: What::Malformed { element: "band", expected } });
        return None;
    };
    let coding = parts(extension, "code").find_map(|part| part.get("valueCoding")?.as_object());
    let raw = |coding| {
        Some(RawCoding {
            system: string(coding, "system"),
            code: string(coding, "code")?,
            display: string(coding, "display"),
        })
    };
    Some(ScoreRule {
        name: name.to_owned(),
        code: coding.and_then(raw).map(RawCoding::into_coding),
        items: parts(extension, "item")
            .filter_map(|part| string(part, "valueString").map(str::to_owned))
            .collect(),
        bands,
        source: text("source").unwrap_or_default().to_owned(),
    })
}

fn band(part: &Object) -> Option<Band> {
    Some(Band {
        from: parts(part, "from").find_map(|from| {
            from.get("valueDecimal").or_else(|| from.get("valueInteger")).and_then(Value::as_f64)
        })?,
        label: parts(part, "label").find_map(|label| Text::read(label, "valueString"))?,
    })
}

fn check(rule: &ScoreRule, items: &[Item], by_link: &BTreeMap<String, usize>, problems: &mut Vec<Problem>) {
    let mut wrong = |item: &str, problem: &'static str| {
        problems
            .push(Problem { item: item.to_owned(), what: What::Score { score: rule.name.clone(), problem } });
    };
    if rule.items.is_empty() {
        wrong(&rule.name, "it names no item");
    }
    let mut least = 0.0;
    for (position, link_id) in rule.items.iter().enumerate() {
        if rule.items[..position].contains(link_id) {
            wrong(link_id, "it is named twice");
        }
        match by_link.get(link_id).map(|&index| &items[index]) {
            None => wrong(link_id, "there is no such item"),
            Some(item) if item.repeats => wrong(link_id, "an item with several answers cannot be scored"),
            Some(item) => match &item.kind {
                ItemKind::Choice { options } if options.iter().all(|option| option.ordinal.is_some()) => {
                    let values = options.iter().filter_map(|option| option.ordinal);
                    least += values.fold(f64::INFINITY, f64::min);
                }
                ItemKind::Choice { .. } => wrong(link_id, "each of its options needs an ordinalValue"),
                ItemKind::Integer { min, .. } => {
                    #[allow(clippy::cast_precision_loss)]
                    let min = min.map_or(f64::NEG_INFINITY, |min| min as f64);
                    least += min;
                }
                ItemKind::Decimal { min, .. } => least += min.unwrap_or(f64::NEG_INFINITY),
                _ => wrong(link_id, "only a choice or a number can be scored"),
            },
        }
    }
    if !rule.bands.is_empty() {
        if rule.source.is_empty() {
            wrong(&rule.name, "its bands name no source");
        }
        if rule.bands.windows(2).any(|pair| pair[0].from >= pair[1].from) {
            wrong(&rule.name, "its bands must ascend");
        }
        if rule.bands.first().is_some_and(|band| band.from > least) {
            wrong(&rule.name, "its least total is in no band");
        }
    }
}
