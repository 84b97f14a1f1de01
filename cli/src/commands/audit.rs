//! `bedside audit`.

use domain::{ErrorCode, Role};
use engine::rpc::schema::method;
use engine::rpc::types::{AuditFault, Empty};

use crate::arguments::{AuditCommand, VaultArguments};
use crate::failure::Failure;
use crate::output;

pub(crate) fn run(vault: &VaultArguments, command: &AuditCommand, json: bool) -> Result<(), Failure> {
    let AuditCommand::Verify = command;
    let opened = vault.open(Role::Auditor)?;
    let verdict = opened.request::<method::AuditVerify>(&Empty {})?;
    if let Some(fault) = verdict.faults.first() {
        let place = match fault {
            AuditFault::Entry(place) => {
                format!("entry {place} of the audit trail does not follow from the one before")
            }
            AuditFault::Event(place) => {
                format!("event {place} of the log does not follow from the one before")
            }
            AuditFault::Key => "the key of a stream is missing, or was put back".to_owned(),
            AuditFault::Shortened => "the end of the audit trail or of the log is missing".to_owned(),
        };
        return Err(Failure::new(ErrorCode::VaultTampered, place));
    }
    output::either(json, &verdict, || {
        format!("whole: {} audit entries, {} events; head {}", verdict.entries, verdict.events, verdict.head)
    });
    Ok(())
}
