//! The audit trail as AuditEvents.

use domain::{Actor, DeviceId, Digest, FacilityId, Timestamp, Who};
use serde_json::{Value, json};

use crate::export::{OWN, identifier, resource, set, set_text};
use crate::primitive::{derived_urn, instant, urn};

/// One entry of the trail.
#[derive(Clone, Copy, Debug)]
pub struct AuditLine<'a> {
    /// Its place in the trail, from 0.
    pub sequence: u64,
    /// When.
    pub at: Timestamp,
    /// On which device.
    pub device: DeviceId,
    /// Who.
    pub actor: Actor,
    /// The name of whoever acted, where it is known.
    pub name: Option<&'a str>,
    /// Did or tried what ("note.sign").
    pub action: &'a str,
    /// To what ("encounter:0199…"), where it was to one thing.
    pub object: Option<&'a str>,
    /// How it ended ("allowed", "refused:access.forbidden").
    pub outcome: &'a str,
    /// The digest that the next entry names.
    pub digest: Digest,
}

/// Entries of the trail, in the order given, as a Bundle of AuditEvents (type `collection`). Each names its place and its
/// digest in the chain, so that it can be compared with the trail itself. It holds no PHI but an encounter's id.
pub fn audit_events(lines: &[AuditLine<'_>], facility: (FacilityId, &str), generated: Timestamp) -> Value {
    let entries: Vec<Value> = lines
        .iter()
        .map(|line| {
            let url =
                derived_urn(line.device.as_bytes(), &format!("audit {} {}", line.sequence, line.digest));
            json!({ "fullUrl": url, "resource": event(line, facility) })
        })
        .collect();
    let mut bundle = resource(
        "Bundle",
        json!({
            "type": "collection",
            "identifier": identifier(&derived_urn(
                facility.0.as_bytes(),
                &format!("audit trail {} {}", generated.as_millis(), lines.len()),
            )),
            "timestamp": instant(generated),
        }),
    );
    if !entries.is_empty() {
        set(&mut bundle, "entry", entries.into());
    }
    bundle
}

fn event(line: &AuditLine<'_>, (facility, facility_name): (FacilityId, &str)) -> Value {
    let (code, display) = kind(line.action);
    let who = match line.actor.who {
        Who::Person(person) => urn(person),
        Who::Device(device) => urn(device),
    };
    let mut agent = json!({
        "role": [{ "coding": [{ "system": format!("{OWN}role"), "code": line.actor.role.as_str() }] }],
        "who": { "identifier": identifier(&who) },
        "requestor": true,
    });
    set_text(&mut agent, "name", line.name.unwrap_or_default());
    let mut site = json!({});
    set_text(&mut site, "site", facility_name);
    let mut source = json!({ "observer": {
        "identifier": identifier(&urn(line.device)),
        "type": "Device",
    } });
    if let Some(site) = site.get("site") {
        set(&mut source, "site", site.clone());
    }
    let allowed = line.outcome == "allowed";
    let mut object = resource(
        "AuditEvent",
        json!({
            "extension": [
                { "url": format!("{OWN}audit-sequence"), "valueDecimal": line.sequence },
                { "url": format!("{OWN}audit-sha256"), "valueString": line.digest.to_string() },
                { "url": format!("{OWN}facility"), "valueUri": urn(facility) },
            ],
            "type": { "system": "http://dicom.nema.org/resources/ontology/DCM", "code": code, "display": display },
            "subtype": [{ "system": format!("{OWN}action"), "code": line.action }],
            "recorded": instant(line.at),
            "outcome": if allowed { "0" } else { "4" },
            "agent": [agent],
            "source": source,
        }),
    );
    if let Some(action) = crud(line.action) {
        set(&mut object, "action", action.into());
    }
    if !allowed {
        set_text(&mut object, "outcomeDesc", line.outcome);
    }
    if let Some(entity) = line.object.and_then(entity) {
        set(&mut object, "entity", json!([entity]));
    }
    object
}

/// DICOM's name for what was done.
fn kind(action: &str) -> (&'static str, &'static str) {
    match action {
        "session.sign-in" | "session.sign-out" | "kiosk.open" | "kiosk.close" => {
            ("110114", "User Authentication")
        }
        "people.create" | "password.change" => ("110137", "User Security Attributes Changed"),
        _ if action.starts_with("audit.") => ("110101", "Audit Log Used"),
        _ if action.ends_with(".export") => ("110106", "Export"),
        _ if action.ends_with(".import") => ("110107", "Import"),
        "transcript.search" => ("110112", "Query"),
        _ if ["encounters.", "intake.", "transcript.", "note.", "flags.", "recording.", "voice."]
            .iter()
            .any(|of| action.starts_with(of)) =>
        {
            ("110110", "Patient Record")
        }
        _ => ("110100", "Application Activity"),
    }
}

/// Create, read or execute, where the name says it.
fn crud(action: &str) -> Option<&'static str> {
    let verb = action.rsplit('.').next()?;
    match verb {
        "list" | "show" | "search" | "export" | "status" | "verify" | "report" => Some("R"),
        "create" | "open" | "import" | "begin" | "draft" | "addendum" => Some("C"),
        "edit" | "sign" | "correct" | "add" | "answer" | "acknowledge" | "change" | "identify"
        | "consent" => Some("U"),
        "sign-in" | "sign-out" | "unlock" => Some("E"),
        _ => None,
    }
}

fn entity(object: &str) -> Option<Value> {
    let (kind, id) = object.split_once(':').unwrap_or((object, ""));
    if kind.is_empty() {
        return None;
    }
    let mut entity = json!({ "type": { "system": format!("{OWN}object"), "code": kind } });
    match (kind, id) {
        (_, "") => {}
        ("encounter", id) => {
            set(&mut entity, "what", json!({ "identifier": identifier(&urn(id)), "type": "Encounter" }));
        }
        ("person", id) => {
            set(&mut entity, "what", json!({ "identifier": identifier(&urn(id)), "type": "Practitioner" }));
        }
        (_, id) => set_text(&mut entity, "name", id),
    }
    Some(entity)
}
