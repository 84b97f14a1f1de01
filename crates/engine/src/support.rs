//! The support bundle: what somebody who supports this installation needs to know, and nothing about a patient.
//!
//! It is made of what is listed here and of nothing else: numbers, codes, versions, names that come with the program. What a
//! person could have written (a device's name, a greeting, a folder's path, a log's message) is left out or counted. A test
//! fills a vault with words that nothing else contains and looks for them in every encoding.

use std::path::Path;

use domain::{Coded as _, ErrorCode, Role, Timestamp};
use serde::Serialize;
use serde_json::{Value, json};
use store::Vault;

use crate::diagnostics::LOGS;
use crate::host::moment;
use crate::rpc::schema::RULES;
use crate::rpc::types::{DeviceChoice, Diagnostics, LicenceStatus, SoundPart, SupportBundle, SupportFile};
use crate::use_cases::compliance::RECENT_DAYS;
use crate::voice::settings;
use crate::{Engine, Error, device, retention};

const DAY_MS: i64 = 86_400_000;
/// How many of the log's newest lines are taken at most.
const MOST_LINES: usize = 4_000;

/// A bundle as it will leave.
#[derive(Clone)]
pub(crate) struct Made {
    pub(crate) shown: SupportBundle,
    pub(crate) content: String,
}

/// Makes a bundle.
pub(crate) fn make(engine: &Engine) -> Result<Made, Error> {
    let vault = engine.vault()?;
    let now = engine.now();
    let licence = crate::use_cases::licences::shown(&engine.find_entitlement()?);
    let parts = [
        ("diagnostics.json", diagnostics(&engine.diagnose())),
        ("settings.json", settings_of(engine)),
        ("licence.json", licence_of(&licence)),
        ("counts.json", counts(engine, &vault, now)?),
        ("log.json", json!(log(&engine.data().join(LOGS)))),
    ];
    let files: serde_json::Map<String, Value> =
        parts.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let whole = json!({
        "format": "bedside-support-bundle",
        "version": 1,
        "made": moment(now),
        "files": files,
    });
    let content = pretty(&whole);
    let digest = seal::digest(content.as_bytes()).to_string();
    let day: String = moment(now).chars().take(10).collect();
    let shown = SupportBundle {
        made: now,
        digest,
        file_name: format!("bedside-support-{day}.json"),
        bytes: content.len() as u64,
        files: parts
            .iter()
            .map(|(name, value)| SupportFile { name: (*name).to_owned(), content: pretty(value) })
            .collect(),
    };
    Ok(Made { shown, content })
}

fn pretty(value: &Value) -> String {
    // A value of JSON's own always has a text.
    serde_json::to_string_pretty(value).unwrap_or_default()
}

fn named<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

/// Without paths, without what devices are called, without the names of models of the clinic's own.
fn diagnostics(found: &Diagnostics) -> Value {
    let part = |part: &SoundPart| {
        json!({
            "present": part.present,
            "choice": named(&part.choice),
            "usable": part.present > 0 && part.choice != DeviceChoice::Gone,
            "last_fault": part.last_fault.map(|fault| json!({ "at": moment(fault.at), "code": fault.code.as_str() })),
        })
    };
    let workers: Vec<Value> = found
        .workers
        .iter()
        .map(|worker| {
            let death = worker.last_death.as_ref();
            json!({
                "kind": named(&worker.kind),
                "problem": worker.problem.map(ErrorCode::as_str),
                "version": worker.version,
                "back_end": worker.back_end,
                "architecture": worker.architecture,
                "features": worker.features,
                "missing": worker.missing,
                "sandbox": named(&worker.sandbox),
                "mechanisms": worker.mechanisms,
                "last_death": death.map(|death| json!({ "at": moment(death.at), "class": death.class })),
            })
        })
        .collect();
    let models: Vec<Value> = found
        .models
        .iter()
        .map(|model| {
            json!({
                "name": if model.known { model.name.as_str() } else { "own" },
                "purpose": model.purpose,
                "bytes": model.bytes,
                "file": named(&model.file),
                "verified": model.verified.map(moment),
            })
        })
        .collect();
    let concerns: Vec<Value> = found.concerns.iter().map(|concern| named(&concern.kind)).collect();
    let space = &found.space;
    json!({
        "generated": moment(found.generated),
        "time_zone": found.time_zone,
        "concerns": concerns,
        "space": {
            "free": space.free,
            "total": space.total,
            "vault": space.vault,
            "sound": space.sound,
            "models": space.models,
        },
        "microphone": part(&found.microphone),
        "loudspeaker": part(&found.loudspeaker),
        "workers": workers,
        "versions": named(&found.versions),
        "models": models,
        "vault": named(&found.vault),
        "log": { "files": found.log.files, "bytes": found.log.bytes },
    })
}

fn settings_of(engine: &Engine) -> Value {
    let sound = settings::read(engine);
    let kiosk = device::read(engine);
    let rules = retention::in_force(engine).rules;
    let loaded = engine.catalogue.loaded();
    let protocols = &loaded.protocols;
    json!({
        "staff_language": engine.staff_language(),
        "sound": {
            "microphone_chosen": sound.microphone.is_some(),
            "loudspeaker_chosen": sound.loudspeaker.is_some(),
            "two_microphones": sound.two_microphones,
            "volume": sound.volume,
            "rate": sound.rate,
            "voices_chosen": sound.voices.len(),
            "kiosk_speaks": sound.kiosk_speaks,
            "model_chosen": sound.model.is_some(),
        },
        "kiosk": {
            "keyboard": named(&kiosk.keyboard),
            "prints_tickets": kiosk.prints_tickets,
            "ask_after_s": kiosk.ask_after_s,
            "leave_after_s": kiosk.leave_after_s,
            "greetings": kiosk.welcome.len(),
            "languages": kiosk.languages.len(),
            "role": named(&device::role(engine)),
        },
        "retention": named(&rules),
        "protocols": {
            "all": protocols.all().len(),
            "faults": protocols.faults().iter().map(|fault| fault.error.code().as_str()).collect::<Vec<_>>(),
            "unread": loaded.unread.len(),
        },
        "brand_installed": engine.brand_in_use().installed,
    })
}

/// Without the company's name, the people to call, and what the licence is signed with.
fn licence_of(status: &LicenceStatus) -> Value {
    json!({
        "standing": named(&status.standing),
        "until": status.until,
        "grace_until": status.grace_until,
        "days_left": status.days_left,
        "ends_in_days": status.ends_in_days,
        "features": status.features.iter().filter(|feature| is_known(feature)).collect::<Vec<_>>(),
        "devices": status.devices,
        "month": named(&status.usage),
        "clock": named(&status.clock),
        "version_included": status.version_included,
        "facility": status.facility,
    })
}

/// A feature's name is the vendor's text; only those that this build knows are repeated.
fn is_known(feature: &str) -> bool {
    licence::Feature::ALL.iter().any(|known| known.as_str() == feature)
}

fn counts(engine: &Engine, vault: &Vault, now: Timestamp) -> Result<Value, Error> {
    let people = vault.people()?;
    let roles: serde_json::Map<String, Value> = Role::ALL
        .into_iter()
        .map(|role| {
            let count = people.iter().filter(|person| person.role == role).count();
            (role.as_str().to_owned(), json!(count))
        })
        .collect();
    let encounters: serde_json::Map<String, Value> = vault
        .encounter_counts()?
        .into_iter()
        .map(|(status, count)| (status.as_str().to_owned(), json!(count)))
        .collect();
    let since = Timestamp::from_millis(now.as_millis() - RECENT_DAYS * DAY_MS);
    // Actions and outcomes are the program's own words; those of another version are counted together.
    let known = |action: &str| RULES.iter().any(|rule| rule.name == action);
    let audit: Vec<Value> = vault
        .audit_counts(since)?
        .into_iter()
        .map(|(action, outcome, count)| {
            let action = if known(&action) { action } else { "other".to_owned() };
            let outcome = match outcome.split_once(':') {
                None => "allowed",
                Some((_, code)) => code_named(code).map_or("other", ErrorCode::as_str),
            };
            json!({ "action": action, "outcome": outcome, "count": count })
        })
        .collect();
    Ok(json!({
        "encounters": encounters,
        "people": roles,
        "audit_30_days": audit,
        "phase": named(&engine.phase()),
    }))
}

/// A line of the log: when, how bad, where in the program, and of its fields the codes and the durations.
#[derive(Debug, PartialEq, Serialize)]
struct LogLine {
    at: String,
    level: String,
    target: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<&'static str>,
    #[serde(skip_serializing_if = "serde_json::Map::is_empty")]
    durations: serde_json::Map<String, Value>,
}

/// The newest lines of every file of the log, oldest first.
fn log(folder: &Path) -> Vec<LogLine> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    // Their names hold the day.
    files.sort();
    let mut lines = Vec::new();
    for file in files.iter().rev() {
        let text = std::fs::read(file).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        lines.extend(text.lines().rev().filter_map(read_line).take(MOST_LINES - lines.len()));
        if lines.len() >= MOST_LINES {
            break;
        }
    }
    lines.reverse();
    lines
}

/// What of a line may leave. Nothing is copied from it that is not of a closed set, a number, or a time.
fn read_line(line: &str) -> Option<LogLine> {
    let mut words = line.split_whitespace();
    let at: jiff::Timestamp = words.next()?.parse().ok()?;
    let level = words.next().filter(|level| ["ERROR", "WARN", "INFO"].contains(level))?;
    let target = words.next()?.strip_suffix(':')?;
    // Where in the program: a path of modules of ours. Of other crates only that it was one of them.
    let is_path = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == ':';
    let first = target.split("::").next().unwrap_or_default();
    let ours = target.chars().all(is_path) && OURS.contains(&first);
    let mut found = LogLine {
        at: at.to_string(),
        level: level.to_owned(),
        target: if ours { first.to_owned() } else { "other".to_owned() },
        code: None,
        method: None,
        durations: serde_json::Map::new(),
    };
    for (name, value) in words.filter_map(|word| word.split_once('=')) {
        let value = value.trim_matches('"');
        match name {
            "code" => found.code = code_named(value).map(ErrorCode::as_str),
            "method" | "action" => {
                found.method = RULES.iter().find(|rule| rule.name == value).map(|rule| rule.name);
            }
            _ => {
                if let Some(name) = DURATIONS.iter().find(|known| **known == name)
                    && let Ok(number) = value.parse::<u64>()
                {
                    found.durations.insert((*name).to_owned(), json!(number));
                }
            }
        }
    }
    Some(found)
}

/// The crates whose lines name them.
const OURS: &[&str] = &[
    "bedside",
    "bedside_desktop",
    "bedside_engine",
    "bedside_store",
    "bedside_inference",
    "bedside_audio",
    "bedside_worker",
    "bedside_licence",
    "bedside_intake",
    "bedside_scribe",
];

/// The fields that are numbers of time.
const DURATIONS: &[&str] = &["elapsed_ms", "ms", "took_ms", "waited_ms", "length_ms", "seconds", "after"];

fn code_named(text: &str) -> Option<ErrorCode> {
    ErrorCode::ALL.iter().copied().find(|code| code.as_str() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_line_of_the_log_only_codes_methods_and_durations_are_kept() {
        let line = read_line(
            "2026-11-30T12:00:00.250000Z  INFO bedside_engine::engine: Nora said marmalade method=\"note.sign\" \
             code=\"note.signed\" elapsed_ms=42 name=Nora login=\"nora\" seconds=nora",
        );
        let line = line.unwrap();
        assert_eq!((line.level.as_str(), line.target.as_str()), ("INFO", "bedside_engine"));
        assert_eq!((line.code, line.method), (Some("note.signed"), Some("note.sign")));
        assert_eq!(line.durations, json!({ "elapsed_ms": 42 }).as_object().cloned().unwrap());
        let text = serde_json::to_string(&line).unwrap().to_lowercase();
        assert!(!text.contains("nora") && !text.contains("marmalade"), "{text}");
    }

    #[test]
    fn a_line_that_is_none_of_the_logs_is_left_out() {
        for line in [
            "",
            "a patient's words",
            "2026-11-30T12:00:00Z nora bedside: x",
            "2026-11-30T12:00:00Z INFO nora x=1",
            "nora INFO bedside: x",
        ] {
            assert_eq!(read_line(line), None, "{line}");
        }
        let foreign = read_line("2026-11-30T12:00:00Z WARN marmalade::nora: code=\"nora\"").unwrap();
        assert_eq!((foreign.target.as_str(), foreign.code), ("other", None));
    }
}
