//! To and from FHIR R4 (4.0.1). No I/O and no clock: the same input gives the same bytes.
//!
//! [`export`] writes one encounter as a document Bundle, [`audit_events`] the audit trail; [`check`] says whether a resource has what R4 requires of it, and
//! [`ReadBack::parse`] reads an exported bundle again.

mod audit;
mod check;
mod error;
mod export;
mod narrative;
mod primitive;
mod read;

pub use audit::{AuditLine, audit_events};
pub use check::{check, check_bundle};
pub use error::Error;
pub use export::{ExportInput, export, to_text};
pub use read::{ReadBack, ReadSection, ReadSentence};
