//! `bedside init`: set up a clinic.

use domain::ErrorCode;
use engine::rpc::schema::method;
use engine::rpc::types::{CreateClinic, KeyringState};
use serde_json::json;

use super::vault::numbered;
use crate::arguments::{InitOptions, VaultArguments};
use crate::failure::Failure;
use crate::output;
use crate::vault::first_line;

pub(crate) fn run(vault: &VaultArguments, options: InitOptions, json: bool) -> Result<(), Failure> {
    let Some(passphrase) = vault.passphrase()? else {
        return Err(Failure::new(
            ErrorCode::RequestInvalid,
            "the vault needs a passphrase; put one in a file and say --passphrase-file FILE",
        ));
    };
    let engine = vault.engine()?;
    let (password, made) = match &options.password_file {
        Some(file) => (first_line(file)?, false),
        None => (made_password(), true),
    };
    let request = CreateClinic {
        clinic: options.clinic,
        language: options.language,
        administrator: options.administrator,
        login: options.login.clone(),
        password: password.clone(),
        passphrase,
        guided: false,
    };
    let created = engine.request::<method::ClinicCreate>(None, &request).map_err(|error| match error {
        engine::Error::TooShort { least } => {
            let vaults = request.passphrase.chars().count() < least;
            let which = if vaults { "the vault's passphrase" } else { "the administrator's password" };
            Failure::new(ErrorCode::PassphraseTooShort, format!("{which} is {error}"))
        }
        other => other.into(),
    })?;
    let report = json!({
        "data": vault.folder()?,
        "login": options.login,
        "password": made.then_some(&password),
        "keyring": created.keyring,
        "recovery_words": created.recovery_words,
    });
    output::either(json, &report, || {
        let mut text = format!("The clinic is set up in {}.\n", vault.folder().unwrap_or_default().display());
        text.push_str(match created.keyring {
            KeyringState::Available => "Its key is in this machine's keyring, and under the passphrase.\n",
            KeyringState::Locked | KeyringState::Absent => {
                "No keyring answers on this machine: the passphrase opens the vault at each start.\n"
            }
        });
        if made {
            text.push_str(&format!("Sign in as {} with the password {password}\n", options.login));
        }
        text.push_str("\nWrite these 24 recovery words down. They are shown only now, and open the vault if all else is lost:\n\n");
        text.push_str(&numbered(&created.recovery_words));
        text
    });
    Ok(())
}

/// Five words of the recovery list: 55 random bits, which Argon2id and a screen guard.
fn made_password() -> String {
    let words = seal::RecoveryWords::make(&store::SystemRandom);
    words.expose()[..5].join("-")
}
