//! The scores of a questionnaire: totals over what was chosen, with their bands. For staff: they say how much, not what it is,
//! and the patient's review does not show them.

use std::fmt;

use domain::{Answer, AnswerValue, Coding, Language};
use serde::{Serialize, Serializer};

use crate::Intake;
use crate::check::chosen;
use crate::questionnaire::{Item, ItemKind, ScoreRule};

/// A score. Its `Debug` holds no number.
#[derive(Clone, PartialEq, Serialize)]
pub struct Score {
    /// Its name ("PHQ-9").
    pub name: String,
    /// What the total is an observation of.
    pub code: Option<Coding>,
    /// The total; `None` while an item has no answer, since a part of a sum is none.
    #[serde(serialize_with = "plain")]
    pub total: Option<f64>,
    /// What the answered items come to; the total is at least this where no option counts less than nothing.
    #[serde(serialize_with = "plain_number")]
    pub so_far: f64,
    /// The greatest total that there is; `None` where a number without a limit counts.
    #[serde(serialize_with = "plain")]
    pub most: Option<f64>,
    /// What such a total is called, in the language; `None` without a total or without bands.
    pub band: Option<String>,
    /// Where the bands come from.
    pub source: String,
    /// The items, in the order in which the form names them.
    pub items: Vec<ScoredItem>,
}

/// What one item counts.
#[derive(Clone, PartialEq, Serialize)]
pub struct ScoredItem {
    /// The question.
    pub link_id: String,
    /// What the answer counts; `None` where there is none.
    #[serde(serialize_with = "plain")]
    pub counts: Option<f64>,
}

impl fmt::Debug for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Score").field("name", &self.name).finish_non_exhaustive()
    }
}

impl fmt::Debug for ScoredItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScoredItem").field("link_id", &self.link_id).finish_non_exhaustive()
    }
}

impl Intake {
    /// The scores of what was answered so far, in the form's order. One whose items are not all being asked, as PHQ-9 after a
    /// PHQ-2 below its cut-off, is left out.
    pub fn scores(&self, language: &Language) -> Vec<Score> {
        let asked = |rule: &&ScoreRule| rule.items.iter().all(|link_id| self.is_enabled(link_id));
        self.questionnaire()
            .score_rules()
            .iter()
            .filter(asked)
            .map(|rule| self.score(rule, language))
            .collect()
    }

    fn score(&self, rule: &ScoreRule, language: &Language) -> Score {
        let of = |link_id: &String| ScoredItem {
            link_id: link_id.clone(),
            counts: self.questionnaire().item(link_id).zip(self.recorded(link_id)).and_then(counted),
        };
        let items: Vec<ScoredItem> = rule.items.iter().map(of).collect();
        let so_far = items.iter().filter_map(|item| item.counts).sum();
        let total = items.iter().all(|item| item.counts.is_some()).then_some(so_far);
        let band = total.and_then(|total| rule.bands.iter().rev().find(|band| band.from <= total));
        let most = rule.items.iter().map(|link_id| greatest(self.questionnaire().item(link_id)?)).sum();
        Score {
            name: rule.name.clone(),
            code: rule.code.clone(),
            total,
            so_far,
            most,
            band: band.map(|band| band.label.get(language).to_owned()),
            source: rule.source.clone(),
            items,
        }
    }
}

fn counted((item, answer): (&Item, &Answer)) -> Option<f64> {
    let Answer::Given(values) = answer else { return None };
    match values.first()? {
        // Exact: a FHIR integer has 32 bits.
        #[allow(clippy::cast_precision_loss)]
        AnswerValue::Integer(number) => Some(*number as f64),
        AnswerValue::Decimal(number) => Some(*number),
        value => chosen(item.options(), value)?.ordinal,
    }
}

fn greatest(item: &Item) -> Option<f64> {
    match &item.kind {
        #[allow(clippy::cast_precision_loss)]
        ItemKind::Integer { max, .. } => max.map(|max| max as f64),
        ItemKind::Decimal { max, .. } => *max,
        _ => item.options().iter().filter_map(|option| option.ordinal).reduce(f64::max),
    }
}

/// 12 and not 12.0.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands in references")]
fn plain_number<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    crate::response::decimal(*number).serialize(serializer)
}

#[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde hands in references")]
fn plain<S: Serializer>(number: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    number.map(crate::response::decimal).serialize(serializer)
}
