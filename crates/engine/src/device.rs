//! What a clinic sets on the kiosk's device. It lies in the vault, beside the records, and goes nowhere else.

use std::collections::BTreeMap;

use domain::Language;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Engine, Error, kept};

/// Under which name the vault keeps the settings.
pub(crate) const NAME: &str = "kiosk";
const ROLE: &str = "device-role";
/// The shortest waits, in seconds: WCAG 2.2.1 wants 20 s at least to answer "are you still there?".
const ASK_AFTER_LEAST: u32 = 45;
const LEAVE_AFTER_LEAST: u32 = 20;
/// The longest, in seconds: a screen that nobody stands at must not show answers for longer.
const ASK_AFTER_MOST: u32 = 900;
const LEAVE_AFTER_MOST: u32 = 300;
/// The most characters of a greeting.
const WELCOME_MOST: usize = 200;

/// Whether the kiosk shows letter keys on its screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum KeyboardUse {
    /// Where a field is touched, until a real keyboard is used.
    #[default]
    Automatic,
    /// With every field.
    On,
    /// Never: the device has a keyboard, or the system shows its own.
    Off,
}

/// What a device is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum DeviceRole {
    /// It stands in the waiting room: the application begins as a kiosk, without anybody signing in.
    Kiosk,
    /// Staff sign in at it; it is never handed to patients.
    Clinician,
    /// Staff sign in at it and hand it to patients when they want to.
    #[default]
    Both,
}

/// How the kiosk on this device behaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct KioskSettings {
    /// Whether letter keys are shown on the screen.
    pub keyboard: KeyboardUse,
    /// Whether the ticket goes to the system's printer.
    pub prints_tickets: bool,
    /// After so long without a sign of life the kiosk asks whether anybody is there, in seconds.
    pub ask_after_s: u32,
    /// After so long without an answer to that the screen is cleared, in seconds.
    pub leave_after_s: u32,
    /// The clinic's own greeting, in each language that it has one in.
    pub welcome: BTreeMap<Language, String>,
    /// The languages offered, in order; none for every language that there is.
    pub languages: Vec<Language>,
}

impl Default for KioskSettings {
    fn default() -> Self {
        Self {
            keyboard: KeyboardUse::default(),
            prints_tickets: false,
            ask_after_s: ASK_AFTER_LEAST,
            leave_after_s: LEAVE_AFTER_LEAST,
            welcome: BTreeMap::new(),
            languages: Vec::new(),
        }
    }
}

/// What the device was said to be for.
pub(crate) fn role(engine: &Engine) -> DeviceRole {
    let Ok(vault) = engine.vault() else { return DeviceRole::default() };
    if let Some(role) = kept::read(&vault, ROLE) {
        return role;
    }
    // Before there were roles, a kiosk's settings said whether the application begins as one.
    let settings: Option<serde_json::Value> = kept::read(&vault, NAME);
    match settings.and_then(|settings| settings.get("at_start")?.as_bool()) {
        Some(true) => DeviceRole::Kiosk,
        _ => DeviceRole::default(),
    }
}

/// Keeps what the device is for.
pub(crate) fn assign(engine: &Engine, role: DeviceRole) -> Result<(), Error> {
    kept::write(&*engine.vault()?, ROLE, &role)
}

/// Whether the application begins as a kiosk. Not before the first start is over: whoever sets it up is not locked out.
pub(crate) fn begins_as_kiosk(engine: &Engine) -> bool {
    role(engine) == DeviceRole::Kiosk && crate::first_start::read(engine).is_none()
}

/// The settings; the usual ones where none were made, or none can be read.
pub(crate) fn read(engine: &Engine) -> KioskSettings {
    engine.vault().ok().and_then(|vault| kept::read(&vault, NAME)).unwrap_or_default()
}

/// Keeps the settings, each within its limits.
pub(crate) fn write(engine: &Engine, mut settings: KioskSettings) -> Result<KioskSettings, Error> {
    settings.ask_after_s = settings.ask_after_s.clamp(ASK_AFTER_LEAST, ASK_AFTER_MOST);
    settings.leave_after_s = settings.leave_after_s.clamp(LEAVE_AFTER_LEAST, LEAVE_AFTER_MOST);
    for text in settings.welcome.values_mut() {
        *text = text.trim().chars().take(WELCOME_MOST).collect();
    }
    settings.welcome.retain(|_, text| !text.is_empty());
    kept::write(&*engine.vault()?, NAME, &settings)?;
    Ok(settings)
}
