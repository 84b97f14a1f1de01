//! What administrators and auditors do: the audit trail, backups.

use std::collections::HashMap;
use std::path::Path;

use domain::{PersonId, Who};
use store::{AuditFilter, Object, Outcome};

use super::{compliance, filled};
use crate::router::Call;
use crate::rpc::types::{
    AuditCheck, AuditFault, AuditLine, AuditVerdict, BackupCheck, BackupCreated, CreateBackup, Empty,
    ListAudit,
};
use crate::{Error, kept};

/// How many entries a page of the audit trail holds.
const PAGE: u32 = 200;

pub(crate) fn list_audit(call: &Call<'_>, request: ListAudit) -> Result<Vec<AuditLine>, Error> {
    call.audit(Object::Vault)?;
    let vault = call.engine.vault()?;
    let names: HashMap<PersonId, String> =
        vault.people()?.into_iter().map(|person| (person.id, person.name)).collect();
    let entries = vault.audit_entries(&AuditFilter {
        before: request.before,
        limit: PAGE,
        ..AuditFilter::default()
    })?;
    let line = |entry: store::AuditEntry| AuditLine {
        sequence: entry.sequence,
        time: entry.time.wall,
        actor: match entry.actor.who {
            Who::Person(person) => names.get(&person).cloned().unwrap_or_else(|| person.to_string()),
            Who::Device(device) => device.to_string(),
        },
        role: entry.actor.role,
        action: entry.action,
        object: entry.object,
        refused: Some(entry.outcome).filter(|outcome| *outcome != Outcome::Allowed.to_string()),
    };
    Ok(entries.into_iter().map(line).collect())
}

pub(crate) fn verify_audit(call: &Call<'_>, _: Empty) -> Result<AuditVerdict, Error> {
    call.audit(Object::Vault)?;
    let vault = call.engine.vault()?;
    let report = vault.verify_audit()?;
    let faults = u32::try_from(report.faults.len()).unwrap_or(u32::MAX);
    let (entries, events) = (report.entries, report.events);
    let check = AuditCheck { at: call.engine.now(), entries, events, faults };
    kept::note(&vault, compliance::AUDIT_CHECK, &check);
    let fault = |fault: &store::AuditFault| match *fault {
        store::AuditFault::Entry(place) => AuditFault::Entry(place),
        store::AuditFault::Event(place) => AuditFault::Event(place),
        store::AuditFault::Key(_) => AuditFault::Key,
        store::AuditFault::Shortened => AuditFault::Shortened,
    };
    Ok(AuditVerdict {
        entries: report.entries,
        events: report.events,
        head: report.head.to_string(),
        faults: report.faults.iter().map(fault).collect(),
    })
}

pub(crate) fn create_backup(call: &Call<'_>, request: CreateBackup) -> Result<BackupCreated, Error> {
    let folder = filled(&request.folder, "folder")?;
    let vault = call.engine.vault()?;
    let manifest = vault.backup(Path::new(&folder))?;
    let made = BackupCheck { at: call.engine.now(), events: manifest.counts.events };
    kept::note(&vault, compliance::BACKUP, &made);
    call.audit(Object::Backup)?;
    Ok(BackupCreated { folder, events: manifest.counts.events })
}
