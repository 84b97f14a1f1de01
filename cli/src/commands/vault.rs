//! `bedside vault`: what only whoever holds the passphrase decides.

use domain::{Action, Actor, ErrorCode, Role, Who};
use engine::host;
use serde_json::json;
use store::{AuditWrite, Error, Object, Outcome, Vault};

use crate::arguments::{VaultArguments, VaultCommand};
use crate::failure::Failure;
use crate::output;

pub(crate) fn run(vault: &VaultArguments, command: &VaultCommand, json: bool) -> Result<(), Failure> {
    match command {
        VaultCommand::Accept { yes } => accept(vault, *yes, json),
        VaultCommand::RenewWords => renew_words(vault, json),
    }
}

/// The keyring is not asked: it opens the vault for whoever sits at the machine, and this is not for them to say.
fn accept(vault: &VaultArguments, yes: bool, json: bool) -> Result<(), Failure> {
    let folder = vault.folder()?;
    let unlock = vault.secret()?.ok_or_else(|| {
        Failure::new(
            ErrorCode::VaultLocked,
            "accepting a vault takes more than the keyring; say --passphrase-file FILE or --recovery-words-file FILE",
        )
    })?;
    let options = host::system_vault_options();
    let reason = match Vault::open(&folder, unlock.clone(), options.clone()) {
        Ok(_) => {
            let report = json!({ "accepted": false, "reason": null });
            output::either(json, &report, || {
                "nothing to accept: the vault is in the state it was last in".to_owned()
            });
            return Ok(());
        }
        Err(Error::Tampered { reason }) => reason,
        Err(other) => return Err(other.into()),
    };
    if !yes {
        return Err(Failure::new(
            ErrorCode::VaultTampered,
            format!(
                "{reason}; nothing was changed yet. With --yes the file is taken as it is: what was recorded after it is \
                 not in it, the audit trail gets the entry vault.accept, the log goes on as a new incarnation, and the \
                 old anchor is kept as anchor-refused-N. Where there is a newer backup, restore that instead"
            ),
        ));
    }
    let report = Vault::accept(&folder, unlock, options)?.verify_audit()?;
    let shown = json!({
        "accepted": true,
        "reason": reason,
        "events": report.events,
        "audit_entries": report.entries,
        "intact": report.is_intact(),
    });
    output::either(json, &shown, || {
        format!(
            "accepted ({reason}): {} events, {} audit entries, the last of which says vault.accept",
            report.events, report.entries
        )
    });
    Ok(())
}

fn renew_words(vault: &VaultArguments, json: bool) -> Result<(), Failure> {
    let opened = vault.open(Role::Administrator)?;
    let store = opened.engine.vault()?;
    let words = store.renew_recovery_words()?;
    store.audit(AuditWrite {
        actor: Actor { who: Who::Device(store.device()), role: Role::Administrator },
        action: Action("recovery-words.renew"),
        object: Some(Object::Vault),
        outcome: Outcome::Allowed,
    })?;
    output::either(json, &json!({ "recovery_words": words.expose() }), || {
        format!(
            "Write these 24 recovery words down. They are shown only now. Those before open this vault no longer; a backup \
             that was made before opens with those of its time.\n\n{}",
            numbered(&words.expose())
        )
    });
    Ok(())
}

/// The words, numbered, six a row.
pub(crate) fn numbered(words: &[impl AsRef<str>]) -> String {
    let mut text = String::new();
    for (row, words) in words.chunks(6).enumerate() {
        for (column, word) in words.iter().enumerate() {
            text.push_str(&format!("{:>3} {:<10}", row * 6 + column + 1, word.as_ref()));
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    text
}
