//! What the vault keeps beside the records under a name: settings of this device, and when something was last done.

use domain::Coded as _;
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::Vault;

use crate::Error;

/// What is kept under a name; `None` where there is nothing, or nothing that can be read as this.
pub(crate) fn read<T: DeserializeOwned>(vault: &Vault, name: &'static str) -> Option<T> {
    serde_json::from_slice(&vault.recall(name).ok()??).ok()
}

/// Keeps it, in place of what was kept under the name.
///
/// # Errors
/// The vault cannot be written to.
pub(crate) fn write(vault: &Vault, name: &'static str, what: &impl Serialize) -> Result<(), Error> {
    let kept = serde_json::to_vec(what).map_err(|_| Error::WrongState)?;
    Ok(vault.remember(name, kept)?)
}

/// The same for what is not worth failing for: that it was not kept stands in the application's log.
pub(crate) fn note(vault: &Vault, name: &'static str, what: &impl Serialize) {
    if let Err(error) = write(vault, name, what) {
        tracing::warn!(code = error.code().as_str(), name, "it was not kept");
    }
}
