//! The file that says who a patient is. A name does not stand on the command line: other users of the machine read that,
//! and the shell keeps it.

use std::path::Path;

use domain::{ErrorCode, PartialDate, Phi};
use engine::rpc::types::ImportedPatient;
use serde::Deserialize;

use crate::failure::Failure;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PatientFile {
    name: String,
    #[serde(default)]
    birth_date: Option<PartialDate>,
}

/// Reads the file, where one was named.
pub(crate) fn read(file: Option<&Path>) -> Result<Option<ImportedPatient>, Failure> {
    let Some(file) = file else { return Ok(None) };
    let bytes = std::fs::read(file).map_err(|error| Failure::of_file(file, &error))?;
    // What the parser says quotes values.
    let patient: Option<PatientFile> = serde_json::from_slice(&bytes).ok();
    let patient = patient.filter(|patient| !patient.name.trim().is_empty()).ok_or_else(|| {
        Failure::new(
            ErrorCode::RequestInvalid,
            format!(
                "{} says no patient: expected {{\"name\": \"…\", \"birth_date\"?: \"YYYY-MM-DD\"}}",
                file.display()
            ),
        )
    })?;
    Ok(Some(ImportedPatient { name: Phi::new(patient.name), birth_date: patient.birth_date.map(Phi::new) }))
}
