//! How far the first start has come. It lies in the vault, so that an application that was closed in the middle goes on where
//! it was, whoever's window it is.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Engine, Error};

const NAME: &str = "first-start";

/// A step of the first start that stands before an administrator, once there is a vault. In this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FirstStep {
    /// The recovery words are shown, and some of them typed back.
    Words,
    /// What this device is.
    Device,
    /// Whether it hears and is heard.
    Sound,
    /// Which models it has.
    Models,
    /// The licence, or the evaluation.
    Licence,
    /// A rehearsed intake.
    Rehearsal,
}

/// The step that comes next; none where the first start is over, or never was.
pub(crate) fn read(engine: &Engine) -> Option<FirstStep> {
    let stored = engine.vault().ok()?.recall(NAME).ok()??;
    serde_json::from_slice(&stored).ok()?
}

/// Keeps the step that comes next.
pub(crate) fn write(engine: &Engine, step: Option<FirstStep>) -> Result<(), Error> {
    let stored = serde_json::to_vec(&step).map_err(|_| Error::WrongState)?;
    Ok(engine.vault()?.remember(NAME, stored)?)
}
