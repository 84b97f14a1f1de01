//! Installing licences, what they grant, and the month's report.

use domain::{EventBody, Timestamp};
use licence::{
    Counted, Day, Doubt, Error as Refusal, Fallback, Genuine, Level, Licence, Month, Revocations, Standing,
    Step, TOLERANCE_MS, UsageReport,
};
use store::{Append, Object};

use super::filled;
use crate::entitlement::{Found, Held};
use crate::router::Call;
use crate::rpc::types::{
    ClockDoubt, Empty, InstallLicence, LicenceStanding, LicenceStatus, MonthUsage, PriceStep, ReportUsage,
    UsageHistory, UsageLevel, UsageReported, UsedMonth,
};
use crate::{Error, host};

pub(crate) fn status(call: &Call<'_>, _: Empty) -> Result<LicenceStatus, Error> {
    Ok(shown(&call.engine.find_entitlement()?))
}

pub(crate) fn install(call: &Call<'_>, request: InstallLicence) -> Result<LicenceStatus, Error> {
    let engine = call.engine;
    let text = filled(&request.text, "text")?;
    if request.trust.is_some() && !cfg!(debug_assertions) {
        return Err(Error::TrustFixed);
    }
    let _turn = engine.turn();
    let vault = engine.vault()?;
    let held = engine.licensing.held(&vault)?;
    let trust = engine.licensing.trust(request.trust.as_deref().or(held.vendor()))?;
    if Revocations::is(&text) {
        let (list, _) = Revocations::open(&text, &trust)?;
        if held.revocations.as_ref().is_some_and(|before| before.issued > list.issued) {
            return Err(Refusal::Older { what: "list of revoked licences" }.into());
        }
        record(call, EventBody::RevocationsInstalled { text })?;
        return status(call, Empty {});
    }
    let genuine = Licence::open_typed(&text, &trust)?;
    if !is_newer(&genuine, &held)? {
        // What is there already need not be recorded again.
        return status(call, Empty {});
    }
    check(call, &genuine.licence, &held)?;
    record(call, EventBody::LicenceInstalled { text: genuine.text.clone(), vendor: request.trust })?;
    engine.licensing.witness_signed(&vault, genuine.licence.issued, engine.now());
    tracing::info!(licence = %genuine.licence.id, "a licence was installed");
    status(call, Empty {})
}

/// Whether a licence is to take the place of the installed one. An older one is refused.
fn is_newer(genuine: &Genuine, held: &Held) -> Result<bool, Error> {
    match &held.licence {
        Some(before) if before.text == genuine.text => Ok(false),
        Some(before) if before.licence.issued > genuine.licence.issued => {
            Err(Refusal::Older { what: "licence" }.into())
        }
        _ => Ok(true),
    }
}

/// Whether a licence may be installed here and now.
fn check(call: &Call<'_>, licence: &Licence, held: &Held) -> Result<(), Error> {
    let now = call.engine.now();
    let time = call.engine.licensing.time(&*call.engine.vault()?, now);
    let behind = licence.issued.as_millis().saturating_sub(now.as_millis()) > TOLERANCE_MS;
    if behind {
        // The vendor signed it at a time that this clock has not reached.
        return Err(Refusal::ClockSetBack.into());
    }
    // A clock that was set back and yet is not behind the vendor's: it is the mark that went too far, and a licence newer
    // than any before it puts that right.
    let at = if time.doubt == Some(Doubt::SetBack) { now } else { time.at };
    if let Some(revocation) = held.revocations.as_ref().and_then(|list| list.find(licence.id)) {
        return Err(Refusal::Revoked { id: licence.id, on: revocation.on }.into());
    }
    Ok(licence.check_installable(held.facility, at)?)
}

fn record(call: &Call<'_>, event: EventBody) -> Result<(), Error> {
    call.engine.vault()?.append(Append::to_facility(call.actor()?, call.action(), event))?;
    call.engine.licensing.forget();
    Ok(())
}

pub(crate) fn report_usage(call: &Call<'_>, request: ReportUsage) -> Result<UsageReported, Error> {
    let engine = call.engine;
    let month: Month = request.month.parse()?;
    call.audit(Object::Vault)?;
    let found = engine.find_entitlement()?;
    let held = &found.held;
    let zone = |at: Timestamp| host::offset_seconds(held.time_zone(), at);
    let bounds = month.bounds(&zone);
    let counted = Counted {
        month,
        time_zone: time_zone(held),
        conversations: engine.vault()?.encounters_opened_in_log(&bounds)?,
        bounds,
    };
    let licence = held.licence.as_ref().map(|genuine| &genuine.licence);
    let limit = found.entitlement.limits.conversations_per_month;
    let signed = UsageReport::of(counted, licence, limit, held.facility, found.time)?.sign(&held.key)?;
    let json = serde_json::to_string_pretty(&signed).map_err(|_| Error::RequestInvalid {
        method: call.rule.name,
        reason: "the report holds a number that JSON has not".to_owned(),
    })?;
    Ok(UsageReported {
        conversations: signed.report.conversations,
        total: signed.report.total.map(String::from),
        currency: signed.report.currency.clone(),
        json: json + "\n",
        csv: signed.to_csv(),
    })
}

/// How many months are shown: this one, and a year.
const MONTHS: usize = 13;

/// Use by month. Counted as the meter counts; a month's report is counted from the log, and comes to the same.
pub(crate) fn usage_history(call: &Call<'_>, _: Empty) -> Result<UsageHistory, Error> {
    let found = call.engine.find_entitlement()?;
    let vault = call.engine.vault()?;
    let held = &found.held;
    let zone = |at: Timestamp| host::offset_seconds(held.time_zone(), at);
    let prices = held.licence.as_ref().and_then(|genuine| genuine.licence.prices.as_ref());
    let mut months = Vec::new();
    let mut bounds = found.month.bounds(&zone);
    loop {
        let month = Month::of(bounds.start, &zone);
        let conversations = vault.encounters_opened(&bounds)?;
        let total = prices.map(|prices| prices.bill(conversations)).transpose()?;
        months.push(UsedMonth {
            month: month.to_string(),
            conversations,
            total: total.map(|(_, total)| total.to_string()),
            complete: found.time.at >= bounds.end,
        });
        if months.len() == MONTHS || bounds.start <= held.begun() {
            break;
        }
        let before = Timestamp::from_millis(bounds.start.as_millis() - 1);
        bounds = Month::of(before, &zone).bounds(&zone);
    }
    let steps = prices.map(|prices| prices.steps()).unwrap_or_default();
    let step = |step: &Step| PriceStep { up_to: step.up_to, price: step.price.to_string() };
    Ok(UsageHistory {
        time_zone: time_zone(held),
        months,
        prices: steps.iter().map(step).collect(),
        currency: prices.map(|prices| prices.currency().to_owned()),
    })
}

/// How many days are left until the end of a day, the present one among them.
fn days_until(day: Option<Day>, now: Timestamp) -> Option<u32> {
    const DAY_MS: i64 = 86_400_000;
    let left = day?.ends().as_millis().saturating_sub(now.as_millis());
    u32::try_from((left + DAY_MS - 1) / DAY_MS).ok().filter(|left| *left > 0)
}

fn time_zone(held: &Held) -> String {
    held.time_zone().map_or_else(host::time_zone, str::to_owned)
}

pub(crate) fn shown(found: &Found) -> LicenceStatus {
    let entitlement = &found.entitlement;
    let day = |day: Option<Day>| day.map(String::from);
    let (standing, until, grace_until, days_left) = match entitlement.standing {
        Standing::Evaluation { days_left } => (LicenceStanding::Evaluation, None, None, Some(days_left)),
        Standing::Licensed { until } => (LicenceStanding::Licensed, until, None, None),
        Standing::Grace { ended, until } => (LicenceStanding::Grace, Some(ended), Some(until), None),
        Standing::Fallback { why } => match why {
            Fallback::EvaluationOver => (LicenceStanding::EvaluationOver, None, None, None),
            Fallback::Expired { on } => (LicenceStanding::Expired, Some(on), None, None),
            Fallback::Revoked { on } => (LicenceStanding::Revoked, Some(on), None, None),
            Fallback::NotYet { .. } => (LicenceStanding::NotYet, None, None, None),
            Fallback::OtherFacility { .. } => (LicenceStanding::OtherFacility, None, None, None),
        },
    };
    LicenceStatus {
        standing,
        until: day(until),
        grace_until: day(grace_until),
        days_left,
        licence: entitlement.licence.map(|id| id.to_string()),
        signed_by: found.held.licence.as_ref().map(|genuine| genuine.key.id().to_string()),
        ends_in_days: days_until(until, found.time.at),
        company: entitlement.company.clone(),
        tier: entitlement.tier.clone(),
        features: entitlement.features.iter().map(ToString::to_string).collect(),
        support: entitlement.support.clone(),
        call: entitlement.contact.to_string(),
        devices: entitlement.limits.devices,
        usage: MonthUsage {
            month: found.month.to_string(),
            time_zone: time_zone(&found.held),
            opened: entitlement.meter.opened,
            limit: entitlement.meter.limit,
            allowed: entitlement.meter.allowed(),
            level: match entitlement.level {
                Level::Fine => UsageLevel::Fine,
                Level::Near80 => UsageLevel::Near80,
                Level::Near95 => UsageLevel::Near95,
                Level::Over => UsageLevel::Over,
                Level::UsedUp => UsageLevel::UsedUp,
            },
        },
        clock: entitlement.clock.map(|doubt| match doubt {
            Doubt::SetBack => ClockDoubt::SetBack,
            Doubt::FarAhead => ClockDoubt::FarAhead,
        }),
        version_included: entitlement.version_included,
        facility: found.held.facility.to_string(),
    }
}
