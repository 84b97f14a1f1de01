//! `bedside usage`: a month's report, and its verification.

use domain::{ErrorCode, Role};
use engine::rpc::schema::method;
use engine::rpc::types::ReportUsage;
use licence::{Error, SignedUsage};
use serde_json::json;

use super::licence::text_of;
use crate::arguments::{UsageCommand, UsageFormat, VaultArguments};
use crate::failure::Failure;
use crate::output;

pub(crate) fn run(vault: &VaultArguments, command: &UsageCommand, json: bool) -> Result<(), Failure> {
    match command {
        UsageCommand::Report { month, format, output: path } => {
            let opened = vault.open(Role::Administrator)?;
            let reported =
                opened.request::<method::UsageReportOf>(&ReportUsage { month: month.to_string() })?;
            // `--json` is what every command understands; it wins over a table.
            let text = match format {
                UsageFormat::Csv if !json => &reported.csv,
                _ => &reported.json,
            };
            match path {
                Some(path) => {
                    std::fs::write(path, text).map_err(|error| Failure::of_file(path, &error))?;
                    let total = reported.total.zip(reported.currency);
                    let cost =
                        total.map(|(total, currency)| format!(", {currency} {total}")).unwrap_or_default();
                    let shown = json!({ "file": path, "conversations": reported.conversations });
                    output::either(json, &shown, || {
                        format!("{}: {} conversations{cost}", path.display(), reported.conversations)
                    });
                }
                None => output::line(text.trim_end()),
            }
        }
        UsageCommand::Verify { file, facility } => {
            let signed: SignedUsage = serde_json::from_str(&text_of(file)?).map_err(|_| {
                Failure::new(
                    ErrorCode::LicenceUnreadable,
                    "this is not a usage report: take the file that `bedside usage report` wrote, in JSON",
                )
            })?;
            signed.verify()?;
            let report = &signed.report;
            if let Some(wanted) = facility
                && *wanted != report.facility
            {
                return Err(Error::OtherFacility { wanted: *wanted, here: report.facility }.into());
            }
            output::either(json, &json!({ "genuine": true, "report": report }), || {
                format!(
                    "genuine: {} conversations in {} at the facility {}",
                    report.conversations, report.month, report.facility
                )
            });
        }
    }
    Ok(())
}
