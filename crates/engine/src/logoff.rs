//! Automatic log-off (45 CFR 164.312(a)(2)(iii)): after how long without input a person's session is locked, and what a
//! locked session may still call.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::rpc::schema::{Method as _, method};
use crate::{Engine, Error, kept};

const NAME: &str = "logoff";
const LEAST_MIN: u32 = 1;
const MOST_MIN: u32 = 60;
/// How much longer than its screen the engine waits, in ms: the screen locks itself first, and what it saves before that
/// arrives. It also tells of input only so often.
const GRACE_MS: i64 = 45_000;

/// When a person's session is locked. It lies in the vault, and holds for everybody at this clinic's device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct LogoffSettings {
    /// After so many minutes without input: 1 to 60. It cannot be turned off.
    pub after_min: u32,
}

impl Default for LogoffSettings {
    fn default() -> Self {
        Self { after_min: 10 }
    }
}

/// The settings; the usual ones where none were made, or none can be read.
pub(crate) fn read(engine: &Engine) -> LogoffSettings {
    engine.vault().ok().and_then(|vault| kept::read(&vault, NAME)).unwrap_or_default()
}

/// Keeps the settings, within their limits.
pub(crate) fn write(engine: &Engine, mut settings: LogoffSettings) -> Result<LogoffSettings, Error> {
    settings.after_min = settings.after_min.clamp(LEAST_MIN, MOST_MIN);
    kept::write(&*engine.vault()?, NAME, &settings)?;
    Ok(settings)
}

/// [`idle_ms`] is never below this.
pub(crate) const LEAST_IDLE_MS: i64 = idle_after(LEAST_MIN);

const fn idle_after(minutes: u32) -> i64 {
    minutes as i64 * 60_000 + GRACE_MS
}

/// After how long without input the engine locks a session by itself, in ms.
pub(crate) fn idle_ms(engine: &Engine) -> i64 {
    idle_after(read(engine).after_min)
}

/// Whether a locked session may call a method: what unlocks it or ends it, and what says that a visit is being recorded. The
/// recording itself goes on without a call, and so do the notices by which alarms sound.
pub(crate) fn is_allowed_while_locked(name: &str) -> bool {
    [
        method::SessionCurrent::RULE.name,
        method::SessionLock::RULE.name,
        method::SessionUnlock::RULE.name,
        method::SessionSignOut::RULE.name,
        method::RecordingNowOf::RULE.name,
        method::RecordingSilence::RULE.name,
    ]
    .contains(&name)
}
