//! Opening the clinic's vault from the command line.

use std::path::{Path, PathBuf};

use domain::{ErrorCode, Role};
use engine::rpc::schema::{Method, method};
use engine::rpc::types::{Phase, UnlockVault};
use engine::{Engine, host};
use store::Unlock;

use crate::arguments::VaultArguments;
use crate::failure::Failure;

impl VaultArguments {
    /// The data folder.
    pub(crate) fn folder(&self) -> Result<PathBuf, Failure> {
        self.data.clone().or_else(host::default_data_folder).ok_or_else(|| {
            Failure::new(ErrorCode::VaultMissing, "there is no home folder to keep data in; say --data DIR")
        })
    }

    /// The passphrase, where a file was named.
    pub(crate) fn passphrase(&self) -> Result<Option<String>, Failure> {
        self.passphrase_file.as_deref().map(first_line).transpose()
    }

    /// The recovery words or the passphrase, where a file of them was named.
    pub(crate) fn secret(&self) -> Result<Option<Unlock>, Failure> {
        if let Some(file) = &self.recovery_words_file {
            return Ok(Some(Unlock::RecoveryWords(seal::RecoveryWords::parse(&whole(file)?)?)));
        }
        Ok(self.passphrase()?.map(|passphrase| Unlock::Passphrase(passphrase.into())))
    }

    /// The engine on the data folder, whatever is in it.
    pub(crate) fn engine(&self) -> Result<std::sync::Arc<Engine>, Failure> {
        let Some(file) = &self.recovery_words_file else {
            return Ok(Engine::start(host::system_options(self.folder()?, self.passphrase()?))?);
        };
        let engine = Engine::start(host::system_options(self.folder()?, None))?;
        if engine.phase() == Phase::Locked {
            let words = UnlockVault::RecoveryWords(whole(file)?);
            engine.request::<method::VaultUnlock>(None, &words)?;
        }
        Ok(engine)
    }

    /// The engine with an open vault, and a session of the device in the role.
    pub(crate) fn open(&self, role: Role) -> Result<Opened, Failure> {
        let engine = self.engine()?;
        match engine.phase() {
            Phase::Ready => {}
            Phase::New => {
                return Err(Failure::new(
                    ErrorCode::VaultMissing,
                    format!("there is no clinic in {}; `bedside init` sets one up", self.folder()?.display()),
                ));
            }
            Phase::Locked if self.passphrase_file.is_some() => {
                return Err(Failure::new(ErrorCode::VaultWrongKey, "the passphrase does not open the vault"));
            }
            Phase::Locked => return Err(locked("the vault")),
            Phase::Rescue(error) => {
                let mut failure = match engine.rescue() {
                    Some(error) => Failure::of(&*error),
                    None => Failure::new(error.code, "the vault does not open"),
                };
                if failure.code == ErrorCode::VaultTampered {
                    failure.message.push_str("; for whoever put it back, there is `bedside vault accept`");
                }
                return Err(failure);
            }
        }
        let token = engine.device_session(role)?;
        Ok(Opened { engine, token })
    }

    /// As [`Self::open`]; none where no folder was named and the user's own holds no clinic.
    pub(crate) fn open_if_there_is_one(&self, role: Role) -> Result<Option<Opened>, Failure> {
        let none = self.data.is_none()
            && host::default_data_folder()
                .is_none_or(|folder| matches!(store::Vault::probe(&folder), store::Probe::Missing));
        if none { Ok(None) } else { self.open(role).map(Some) }
    }
}

/// That nothing was said that opens it, and the keyring did not.
pub(crate) fn locked(what: &str) -> Failure {
    Failure::new(
        ErrorCode::VaultLocked,
        format!(
            "no keyring on this machine opens {what}; say --passphrase-file FILE or --recovery-words-file FILE"
        ),
    )
}

/// An open clinic and a session on it.
pub(crate) struct Opened {
    pub(crate) engine: std::sync::Arc<Engine>,
    token: String,
}

impl Opened {
    /// Calls a method as the device.
    pub(crate) fn request<M: Method>(&self, request: &M::Request) -> Result<M::Response, Failure> {
        Ok(self.engine.request::<M>(Some(&self.token), request)?)
    }
}

/// The first line of a secret's file, without its end of line.
pub(crate) fn first_line(path: &Path) -> Result<String, Failure> {
    Ok(whole(path)?.lines().next().unwrap_or_default().to_owned())
}

fn whole(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| Failure::of_file(path, &error))
}
