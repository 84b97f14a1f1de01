//! What every host of the engine asks the machine for.

use std::path::PathBuf;
use std::sync::Arc;

use domain::Timestamp;
use seal::Passphrase;
use store::{OsKeyring, SystemClock, SystemRandom, VaultOptions};

use crate::EngineOptions;

/// The engine's surroundings on a real machine, for a data folder and, where one was given, a passphrase.
pub fn system_options(data: PathBuf, passphrase: Option<String>) -> EngineOptions {
    EngineOptions {
        data,
        vault: system_vault_options(),
        password_kdf: seal::KdfParams::PASSWORD,
        local_day,
        passphrase: passphrase.map(Passphrase::from),
    }
}

/// The vault's surroundings on a real machine: the wall clock, the system's randomness, the user's keyring, and key
/// derivation at its full cost.
pub fn system_vault_options() -> VaultOptions {
    VaultOptions {
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
        keyring: Arc::new(OsKeyring::default()),
        kdf: seal::KdfParams::PASSPHRASE,
    }
}

/// The day that a time falls on at this machine's place, `YYYY-MM-DD`: tickets begin anew with it.
pub fn local_day(time: Timestamp) -> String {
    let time = jiff::Timestamp::from_millisecond(time.as_millis()).unwrap_or_default();
    time.to_zoned(jiff::tz::TimeZone::system()).date().to_string()
}

/// The offset from UTC of a time zone (IANA) at a time, in seconds; of the machine's own where none is named, or the name
/// is not known here.
pub fn offset_seconds(zone: Option<&str>, time: Timestamp) -> i32 {
    let zone = zone.and_then(|name| jiff::tz::TimeZone::get(name).ok());
    let zone = zone.unwrap_or_else(jiff::tz::TimeZone::system);
    let time = jiff::Timestamp::from_millisecond(time.as_millis()).unwrap_or_default();
    zone.to_offset(time).seconds()
}

/// A time as it is written everywhere alike: `YYYY-MM-DDTHH:MM:SSZ`.
pub fn moment(time: Timestamp) -> String {
    let seconds = time.as_millis().div_euclid(1000);
    jiff::Timestamp::from_second(seconds).unwrap_or_default().to_string()
}

/// The day that a time falls on in a time zone, `YYYY-MM-DD`; the zone as in [`offset_seconds`].
pub(crate) fn day_in(zone: Option<&str>, time: Timestamp) -> String {
    let offset = i64::from(offset_seconds(zone, time)) * 1000;
    let shifted = jiff::Timestamp::from_millisecond(time.as_millis().saturating_add(offset));
    shifted.unwrap_or_default().to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

/// Every day from one to another (`YYYY-MM-DD`), both among them, and the time that they take in a time zone. None where
/// these are no days, where the last comes before the first, or where they are more than ten years apart.
pub(crate) fn days_between(
    zone: Option<&str>,
    from: &str,
    until: &str,
) -> Option<(Vec<String>, std::ops::Range<Timestamp>)> {
    const MOST_DAYS: usize = 3_660;
    let (from, until): (jiff::civil::Date, jiff::civil::Date) = (from.parse().ok()?, until.parse().ok()?);
    let zone = zone.and_then(|name| jiff::tz::TimeZone::get(name).ok());
    let zone = zone.unwrap_or_else(jiff::tz::TimeZone::system);
    let midnight = |day: jiff::civil::Date| {
        let begun = day.to_zoned(zone.clone()).ok()?;
        Some(Timestamp::from_millis(begun.timestamp().as_millisecond()))
    };
    let after = until.tomorrow().ok()?;
    let days: Vec<_> =
        from.series(jiff::ToSpan::day(1)).take(MOST_DAYS + 1).take_while(|day| *day <= until).collect();
    if days.is_empty() || days.len() > MOST_DAYS {
        return None;
    }
    let time = midnight(from)?..midnight(after)?;
    Some((days.iter().map(ToString::to_string).collect(), time))
}

/// Whether a time zone of that name is known.
pub fn is_time_zone(name: &str) -> bool {
    jiff::tz::TimeZone::get(name).is_ok()
}

/// The machine's time zone, by its name where it has one.
pub fn time_zone() -> String {
    jiff::tz::TimeZone::system().iana_name().unwrap_or("local").to_owned()
}

/// Where records are kept unless the user says otherwise: `bedside` in the platform's folder for an application's local
/// files. None on a machine without a home folder.
pub fn default_data_folder() -> Option<PathBuf> {
    dirs::data_local_dir().map(|folder| folder.join("bedside"))
}
