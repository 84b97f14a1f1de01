//! What an administrator does about retention: see what is due, set the rules, delete.

use std::collections::HashMap;

use domain::{EventBody, Who};
use store::{Append, Object};

use crate::retention::{self, LEAST_DAYS, LEAST_YEARS};
use crate::router::Call;
use crate::rpc::types::{Empty, PreviewRetention, RetentionDue, RetentionStatus, RunRetention, SetRetention};
use crate::{Engine, Error, kept};

pub(crate) fn status(call: &Call<'_>, _: Empty) -> Result<RetentionStatus, Error> {
    shown(call.engine)
}

/// Shows what other rules would delete now.
pub(crate) fn preview(call: &Call<'_>, request: PreviewRetention) -> Result<RetentionDue, Error> {
    retention::check(&request.rules, call.rule.name)?;
    Ok(retention::due(call.engine, &request.rules)?.shown())
}

/// Sets the rules. Deletes nothing: that is the next run's.
pub(crate) fn set(call: &Call<'_>, request: SetRetention) -> Result<RetentionStatus, Error> {
    let SetRetention { rules, seen } = request;
    retention::check(&rules, call.rule.name)?;
    let turn = call.engine.turn();
    if retention::due(call.engine, &rules)?.shown().digest != seen {
        return Err(Error::PreviewChanged);
    }
    let event = EventBody::RetentionChanged { rules };
    call.engine.vault()?.append(Append::to_facility(call.actor()?, call.action(), event))?;
    drop(turn);
    shown(call.engine)
}

/// Deletes what is due and was shown.
pub(crate) fn run(call: &Call<'_>, request: RunRetention) -> Result<RetentionStatus, Error> {
    let engine = call.engine;
    let rules = retention::in_force(engine).rules;
    if let Some(stop) = retention::stopped(engine, &*engine.vault()?, &rules) {
        return Err(retention::refusal(stop));
    }
    let due = retention::due(engine, &rules)?;
    if due.shown().digest != request.seen {
        return Err(Error::PreviewChanged);
    }
    call.audit(Object::Vault)?;
    retention::run(engine, call.actor()?, &due, true)?;
    shown(engine)
}

fn shown(engine: &Engine) -> Result<RetentionStatus, Error> {
    let vault = engine.vault()?;
    let in_force = retention::in_force(engine);
    let names: HashMap<_, _> = vault.people()?.into_iter().map(|person| (person.id, person.name)).collect();
    Ok(RetentionStatus {
        rules: in_force.rules,
        least_years: LEAST_YEARS,
        least_days: LEAST_DAYS,
        changed: in_force.changed.map(|(at, _)| at),
        changed_by: in_force.changed.and_then(|(_, who)| match who {
            Who::Person(person) => names.get(&person).cloned(),
            Who::Device(_) => None,
        }),
        due: retention::due(engine, &in_force.rules)?.shown(),
        stopped: retention::stopped(engine, &vault, &in_force.rules),
        last: kept::read(&vault, retention::RUN),
    })
}
