//! `bedside licence`: the vendor's half (keys, issuing, revoking), and what anybody may look at. The clinic's half stands in
//! `entitlement.rs`.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use domain::{Clock as _, ErrorCode, Timestamp};
use licence::{
    Contact, Day, Entitlement, Genuine, Judged, Licence, LicenceId, Limits, Prices, PublicKey, Revocation,
    Revocations, SigningKey, Standing, Step, Tiers, Trust,
};
use seal::{KdfParams, Passphrase};
use serde_json::json;
use store::{SystemClock, SystemRandom};

use super::entitlement;
use crate::arguments::{
    InspectOptions, IssueOptions, KeyPassphrase, KeygenOptions, LicenceCommand, RevokeOptions,
    VaultArguments, VendorKey,
};
use crate::failure::Failure;
use crate::files::write_private;
use crate::output;
use crate::vault::first_line;

pub(crate) fn run(vault: &VaultArguments, command: &LicenceCommand, json: bool) -> Result<(), Failure> {
    match command {
        LicenceCommand::Keygen(options) => keygen(options, json),
        LicenceCommand::Issue(options) => issue(options, json),
        LicenceCommand::Inspect(options) => inspect(options, json),
        LicenceCommand::Revoke(options) => revoke(options, json),
        LicenceCommand::Install(options) => entitlement::install(vault, options, json),
        LicenceCommand::Status => entitlement::status(vault, json),
    }
}

fn keygen(options: &KeygenOptions, json: bool) -> Result<(), Failure> {
    let public = public_path(&options.out);
    for path in [&options.out, &public] {
        if path.exists() {
            let text =
                format!("{} exists already and is never overwritten: choose another name", path.display());
            return Err(Failure::new(ErrorCode::TargetExists, text));
        }
    }
    let key = SigningKey::make(&SystemRandom);
    let passphrase = options.passphrase.read()?;
    let text = match &passphrase {
        Some(passphrase) => key.to_sealed_text(passphrase, KdfParams::PASSPHRASE, &SystemRandom)?,
        None => key.to_text(),
    };
    write_new(&options.out, &text, true)?;
    write_new(&public, &key.public().to_text(), false)?;
    let id = key.public().id();
    let report =
        json!({ "key": id, "secret": options.out, "public": public, "sealed": passphrase.is_some() });
    output::either(json, &report, || {
        let sealed = match passphrase {
            Some(_) => "sealed under the passphrase",
            None => "in clear: keep it off every machine but the one that issues, or give a passphrase",
        };
        format!(
            "The signing key {id} is in {} ({sealed}).\nIts public half, which clinics' Bedside must trust, is in {}.",
            options.out.display(),
            public.display()
        )
    });
    Ok(())
}

fn issue(options: &IssueOptions, json: bool) -> Result<(), Failure> {
    let now = SystemClock.now();
    let licence = composed(options, now)?;
    let key = options.key.read()?;
    let text = licence.sign(&key)?;
    if let Some(path) = &options.output {
        write_new(path, &text, false)?;
    }
    match (&options.output, json) {
        (output, true) => output::json(&json!({
            "licence": shown(&licence), "key": key.public().id(), "file": output, "text": text,
        })),
        (Some(path), false) => {
            output::line(format!("Licence {} for {} is in {}.", licence.id, licence.company, path.display()));
        }
        (None, false) => output::line(text.trim_end()),
    }
    Ok(())
}

/// The licence that the options ask for: the tier, turned into limits and features here and now.
fn composed(options: &IssueOptions, now: Timestamp) -> Result<Licence, Failure> {
    let tiers = Tiers::builtin()?;
    let tier = tiers.find(&options.tier)?;
    let not_before = options.not_before.unwrap_or_else(|| Day::of(now));
    let expires = options.expires.0;
    if expires.is_some_and(|last| last < not_before) {
        return Err(invalid("the last day lies before the first"));
    }
    if let Some(zone) = &options.time_zone
        && !engine::host::is_time_zone(zone)
    {
        return Err(invalid(format!("{zone} is no time zone: write it as in Europe/Berlin")));
    }
    let steps = options.prices.iter().map(|step| Step { up_to: step.up_to, price: step.price }).collect();
    let prices = options.currency.as_deref().map(|currency| Prices::new(currency, steps)).transpose()?;
    let grace_days = options.grace_days.unwrap_or_else(|| tiers.grace_days());
    let last_to_install = || Some(not_before.plus(tiers.file_days()));
    let mut features = tier.features.clone();
    features.extend(options.features.iter().cloned());
    Ok(Licence {
        id: LicenceId::make(now, &SystemRandom),
        company: options.company.clone(),
        tier: tier.name.clone(),
        limits: Limits {
            conversations_per_month: options.max_conversations.or(tier.conversations_per_month),
            devices: options.devices.or(tier.devices),
        },
        features,
        support: tier.support.clone(),
        contact: Contact {
            name: options.vendor.clone(),
            phone: options.phone.clone(),
            email: options.email.clone(),
        },
        issued: now,
        not_before,
        expires,
        file_expires: options.file_expires.map_or_else(last_to_install, |day| day.0),
        updates_until: options.updates_until.map_or(expires, |day| day.0),
        grace_days,
        facility: options.facility,
        time_zone: options.time_zone.clone(),
        prices,
        other: std::collections::BTreeMap::new(),
    })
}

fn inspect(options: &InspectOptions, json: bool) -> Result<(), Failure> {
    let trust = match options.trust.as_slice() {
        [] => Trust::builtin()?,
        paths => Trust::only(paths.iter().map(|path| public_key(path)).collect::<Result<Vec<_>, _>>()?),
    };
    let text = text_of(&options.file)?;
    if Revocations::is(&text) {
        let (list, key) = Revocations::open(&text, &trust)?;
        let report = json!({ "genuine": true, "key": key.id(), "revocations": list });
        output::either(json, &report, || {
            let lines = list.revoked.iter().map(|one| format!("{}  {}\n", one.id, one.on));
            format!(
                "genuine: {} revoked, signed with {}\n{}",
                list.revoked.len(),
                key.id(),
                lines.collect::<String>()
            )
        });
        return Ok(());
    }
    let genuine =
        if options.retyped { Licence::open_typed(&text, &trust)? } else { Licence::open(&text, &trust)? };
    let licence = &genuine.licence;
    let standing = standing_now(licence)?;
    let report = json!({
        "genuine": true,
        "key": genuine.key.id(),
        "now": standing,
        "licence": shown(licence),
        "unknown_fields": licence.other.keys().collect::<Vec<_>>(),
    });
    output::either(json, &report, || described(&genuine));
    Ok(())
}

/// What the licence would grant today, at the facility that it is for.
fn standing_now(licence: &Licence) -> Result<Standing, Failure> {
    let now = SystemClock.now();
    let unbound = Licence { facility: None, ..licence.clone() };
    let situation = licence::Situation {
        licence: Some(&unbound),
        revocations: None,
        facility: licence::Fingerprint::from_bytes([0; 10]),
        // A facility whose evaluation is long over, so that the licence alone decides.
        begun: Timestamp::from_millis(0),
        built: Timestamp::from_millis(0),
        time: Judged { at: now, doubt: None },
        opened: 0,
    };
    Ok(Entitlement::of(&situation, &Tiers::builtin()?).standing)
}

fn revoke(options: &RevokeOptions, json: bool) -> Result<(), Failure> {
    let key = options.key.read()?;
    let trust = Trust::only([key.public()]);
    let now = SystemClock.now();
    let id = match options.licence.parse::<LicenceId>() {
        Ok(id) => id,
        Err(_) => Licence::open_typed(&text_of(Path::new(&options.licence))?, &trust)?.licence.id,
    };
    let mut list = match options.list.exists() {
        true => Revocations::open(&text_of(&options.list)?, &trust)?.0,
        false => Revocations::default(),
    };
    list.issued = now;
    list.add(Revocation {
        id,
        on: options.on.unwrap_or_else(|| Day::of(now)),
        reason: options.reason.clone(),
    });
    write_private(&options.list, &list.sign(&key)?)?;
    let report = json!({ "revoked": id, "list": options.list, "revocations": list });
    output::either(json, &report, || {
        format!(
            "Licence {id} is revoked; {} of {}. Send the list to the clinic: `bedside licence install` takes it.",
            options.list.display(),
            list.revoked.len()
        )
    });
    Ok(())
}

/// A licence as JSON shows it, with the day of signing beside its time.
fn shown(licence: &Licence) -> serde_json::Value {
    let mut value = serde_json::to_value(licence).unwrap_or_default();
    value["issued_on"] = json!(Day::of(licence.issued));
    value
}

fn described(genuine: &Genuine) -> String {
    let licence = &genuine.licence;
    let or = |value: Option<String>, none: &str| value.unwrap_or_else(|| none.to_owned());
    let conversations = licence.limits.conversations_per_month.map(|limit| limit.to_string());
    let features: Vec<_> = licence.features.iter().map(|feature| feature.as_str()).collect();
    format!(
        "genuine: signed with {}\n\
         licence        {}\n\
         company        {}\n\
         tier           {}\n\
         conversations  {} a month\n\
         devices        {}\n\
         features       {}\n\
         from           {}\n\
         until          {} and {} days of grace\n\
         install until  {}\n\
         facility       {}\n\
         call           {}",
        genuine.key.id(),
        licence.id,
        licence.company,
        licence.tier,
        or(conversations, "any number of"),
        or(licence.limits.devices.map(|limit| limit.to_string()), "any number"),
        features.join(", "),
        licence.not_before,
        or(licence.expires.map(String::from), "for ever"),
        licence.grace_days,
        or(licence.file_expires.map(String::from), "any day"),
        or(licence.facility.map(String::from), "any"),
        licence.contact,
    )
}

// --- keys and files -------------------------------------------------------------------------------------------------

impl KeyPassphrase {
    fn read(&self) -> Result<Option<Passphrase>, Failure> {
        Ok(self.key_passphrase_file.as_deref().map(first_line).transpose()?.map(Passphrase::from))
    }
}

impl VendorKey {
    fn read(&self) -> Result<SigningKey, Failure> {
        Ok(SigningKey::from_text(&text_of(&self.key)?, self.passphrase.read()?.as_ref())?)
    }
}

/// A public key from its file.
pub(crate) fn public_key(path: &Path) -> Result<PublicKey, Failure> {
    Ok(PublicKey::from_text(&text_of(path)?)?)
}

/// PREFIX.pub beside PREFIX.
fn public_path(prefix: &Path) -> PathBuf {
    let mut path = prefix.as_os_str().to_owned();
    path.push(".pub");
    path.into()
}

/// A file's text. Bytes that are no UTF-8 are replaced: what they spoil is refused where it is read.
pub(crate) fn text_of(path: &Path) -> Result<String, Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure::of_file(path, &error))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Writes a file that must not exist yet; a private one is its owner's alone from the moment that it exists.
fn write_new(path: &Path, text: &str, private: bool) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if private {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    #[cfg(not(unix))]
    let _ = private; // The folder's own access rules hold.
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Failure::new(
            ErrorCode::TargetExists,
            format!("{} exists already and is never overwritten: choose another name", path.display()),
        ),
        _ => Failure::of_file(path, &error),
    };
    let mut file = options.open(path).map_err(failed)?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(|error| Failure::of_file(path, &error))
}

fn invalid(message: impl Into<String>) -> Failure {
    Failure::new(ErrorCode::RequestInvalid, message)
}
