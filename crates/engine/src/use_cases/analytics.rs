//! Figures over many encounters, for administrators and auditors: never who, only how many and how long.

use std::collections::HashMap;
use std::sync::Arc;

use ::intake::{Intake, Questionnaire};
use domain::{EncounterId, Phi};
use licence::Feature;
use store::Object;

use super::view;
use crate::analytics::{Facts, Leaving, Left, Period, csv, fold_ahead, summarise};
use crate::router::Call;
use crate::rpc::types::{Analytics, ExportedFile, ReadAnalytics};
use crate::{Engine, Error, host};

pub(crate) fn read(call: &Call<'_>, request: ReadAnalytics) -> Result<Analytics, Error> {
    let (facts, found) = facts(call, &request)?;
    let mut figures = summarise(&facts, found.period(), |time| found.day_of(time));
    name_protocols(call.engine, &mut figures);
    Ok(figures)
}

/// The same as a table that may leave: small counts are not in it, and cannot be computed from it.
pub(crate) fn export(call: &Call<'_>, request: ReadAnalytics) -> Result<ExportedFile, Error> {
    let (facts, found) = facts(call, &request)?;
    let (answered, others): (Vec<_>, Vec<_>) = facts.iter().cloned().partition(|facts| facts.has_answers());
    let of = |part: &[Arc<Facts>]| summarise(part, found.period(), |time| found.day_of(time));
    let table = csv(&Leaving { all: &of(&facts), answered: &of(&answered), others: &of(&others) });
    Ok(ExportedFile {
        file_name: format!("bedside-figures-{}-{}.csv", request.from, request.until),
        media_type: "text/csv".to_owned(),
        content: Phi::new(table),
        base64: false,
    })
}

/// The days that were asked for, in the time zone that months are counted in.
struct Days {
    days: Vec<String>,
    zone: Option<String>,
}

impl Days {
    fn period(&self) -> Period {
        let time_zone = self.zone.clone().unwrap_or_else(host::time_zone);
        Period { days: self.days.clone(), time_zone }
    }

    fn day_of(&self, time: domain::Timestamp) -> String {
        host::day_in(self.zone.as_deref(), time)
    }
}

fn facts(call: &Call<'_>, request: &ReadAnalytics) -> Result<(Vec<Arc<Facts>>, Days), Error> {
    let engine = call.engine;
    engine.require(&Feature::ANALYTICS)?;
    let vault = engine.vault()?;
    let zone = engine.licensing.held(&vault)?.time_zone().map(str::to_owned);
    let (days, time) =
        host::days_between(zone.as_deref(), &request.from, &request.until).ok_or_else(|| {
            Error::RequestInvalid {
                method: call.rule.name,
                reason: "a period is two days of the calendar, at most ten years apart".to_owned(),
            }
        })?;
    call.audit(Object::Vault)?;
    let mut facts = engine.analyses.of(&vault, &time, &|encounter| left_at(engine, encounter))?;
    if request.site.is_some() {
        facts.retain(|facts| facts.site == request.site);
    }
    Ok((facts, Days { days, zone }))
}

/// Counts ahead what nobody has looked at yet, where the clinic has a dashboard at all.
pub(crate) fn count_ahead(engine: &Engine) -> Result<(), Error> {
    if !engine.includes(&Feature::ANALYTICS) {
        return Ok(());
    }
    fold_ahead(&*engine.vault()?, &|encounter| left_at(engine, encounter))
}

/// The question that was on the screen when the patient left: the first one that the answers leave open.
fn left_at(engine: &Engine, encounter: EncounterId) -> Left {
    let Ok(record) = engine.encounter(encounter) else { return Left::BeforeFirst };
    let Some(intake) = view::intake_of(engine, &record) else { return Left::BeforeFirst };
    match intake.current_item() {
        Some(item) => Left::At(item.link_id.as_str().into()),
        None => Left::AtReview,
    }
}

/// Says what protocols and questions are called, and puts the questions into the order in which they are asked.
fn name_protocols(engine: &Engine, figures: &mut Analytics) {
    let staff = engine.staff_language();
    let mut known: HashMap<String, Arc<Questionnaire>> = HashMap::new();
    for line in &mut figures.protocols {
        let Some(url) = &line.url else { continue };
        let Some(questionnaire) = engine.catalogue.find(url) else { continue };
        line.title = Some(questionnaire.title(&staff).to_owned());
        known.insert(url.clone(), questionnaire);
    }
    let mut places: HashMap<(String, String), usize> = HashMap::new();
    let mut texts: HashMap<(String, String), String> = HashMap::new();
    for (url, questionnaire) in known {
        for (place, question) in Intake::new(questionnaire).every_step(&staff).enumerate() {
            let name = (url.clone(), question.link_id.clone());
            places.insert(name.clone(), place);
            texts.insert(name, question.text);
        }
    }
    let name = |protocol: &str, link_id: &str| (protocol.to_owned(), link_id.to_owned());
    for line in &mut figures.questions {
        line.text = texts.get(&name(&line.protocol, &line.link_id)).cloned();
    }
    figures.questions.sort_by_cached_key(|line| {
        let place = places.get(&name(&line.protocol, &line.link_id)).copied();
        (line.protocol.clone(), place.unwrap_or(usize::MAX), line.link_id.clone())
    });
}
