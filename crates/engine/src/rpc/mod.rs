//! The one boundary between a screen and the engine: a request of a named method in, a response or an error code out.
//!
//! [`schema`] declares every method with its request, its response and the one access rule that guards it. The TypeScript
//! side is generated from it ([`typescript`]), so that neither side can drift.

pub mod schema;
pub mod types;
pub mod typescript;

use domain::{Coded, ErrorCode, Permission};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a caller must be, to call a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody at the screen: what is needed before there is a session.
    Open,
    /// Anybody with a session.
    Session,
    /// Somebody whose role holds the permission.
    May(Permission),
}

/// A method of the schema.
#[derive(Clone, Copy, Debug)]
pub struct MethodRule {
    /// Its name: noun and verb.
    pub name: &'static str,
    /// Who may call it.
    pub access: Access,
}

/// What a failed call answers: a stable code and what its sentence fills in. The sentence itself is the screen's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RpcError {
    /// The code.
    pub code: ErrorCode,
    /// Names and numbers for the sentence; never PHI.
    pub parameters: std::collections::BTreeMap<String, String>,
}

impl RpcError {
    /// The error that a screen is shown for a fault of one of the crates below.
    pub fn of(error: &dyn Coded) -> Self {
        let parameters =
            error.parameters().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { code: error.code(), parameters }
    }
}
