//! An encounter on its way out of the house, in every form but FHIR: [`hl7v2`] messages, a [`csv`] table, a [`pdf`]. No I/O and
//! no clock: the same input gives the same bytes.

mod csv;
mod error;
mod hl7v2;
mod input;
mod moment;
mod pdf;

pub use csv::csv;
pub use error::Error;
pub use hl7v2::hl7v2;
pub use input::{AnswerLine, ExportInput, Letterhead, Logo};
pub use pdf::pdf;
