//! The commands, one file each.

pub(crate) mod audit;
pub(crate) mod backup;
pub(crate) mod brand;
pub(crate) mod demo;
pub(crate) mod devices;
pub(crate) mod diagnostics;
pub(crate) mod encounters;
mod entitlement;
pub(crate) mod init;
pub(crate) mod intake;
pub(crate) mod licence;
pub(crate) mod listen;
pub(crate) mod models;
pub(crate) mod note;
mod protocols;
pub(crate) mod record;
pub(crate) mod redflags;
pub(crate) mod say;
pub(crate) mod serve;
pub(crate) mod simulate;
pub(crate) mod transcribe;
pub(crate) mod understand;
pub(crate) mod usage;
pub(crate) mod vault;

use domain::ErrorCode;

use crate::failure::Failure;

/// What the workers' clients run on.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Runtime::new().map_err(|error| Failure::new(ErrorCode::InputOutput, error.to_string()))
}
