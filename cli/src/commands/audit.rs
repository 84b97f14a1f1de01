//! `bedside audit`.

use domain::{ErrorCode, Role};
use engine::rpc::schema::method;
use engine::rpc::types::{AuditFault, Empty, ExportAudit};

use crate::arguments::{AuditCommand, VaultArguments};
use crate::commands::encounters::hand_over;
use crate::failure::Failure;
use crate::output;

pub(crate) fn run(vault: &VaultArguments, command: &AuditCommand, json: bool) -> Result<(), Failure> {
    let opened = vault.open(Role::Auditor)?;
    if let AuditCommand::Export { encounter, output } = command {
        let about = ExportAudit { about: *encounter, ..ExportAudit::default() };
        let file = opened.request::<method::AuditExport>(&about)?;
        return hand_over(&file, output.as_deref(), json);
    }
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
