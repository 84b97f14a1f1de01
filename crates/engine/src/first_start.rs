//! How far the first start has come. It lies in the vault, so that an application that was closed in the middle goes on where
//! it was, whoever's window it is.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Engine, Error, kept};

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
    kept::read::<Option<FirstStep>>(&*engine.vault().ok()?, NAME)?
}

/// Keeps the step that comes next.
pub(crate) fn write(engine: &Engine, step: Option<FirstStep>) -> Result<(), Error> {
    kept::write(&*engine.vault()?, NAME, &step)
}
