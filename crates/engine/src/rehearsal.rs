//! A rehearsal: the kiosk's and the staff's own screens, on a vault that is thrown away.
//!
//! Beside the clinic's engine stands a second one, on a folder of its own and under a key that nobody is told. Calls that carry
//! one of its sessions' tokens are answered by it. So nothing of a rehearsal can reach the work list, the meter, the figures
//! or the audit trail: they are read from another log.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use domain::{Actor, EventBody, Language, Permission, Role, Who};
use seal::KdfParams;
use store::{KeyringState, MemoryKeyring, Vault, VaultOptions};

use crate::rpc::types::{Rehearsing, Session};
use crate::sessions;
use crate::use_cases::people;
use crate::{Engine, EngineOptions, Error, device, voice};

/// The folder, beside the clinic's own files.
const FOLDER: &str = "rehearsal";
/// What a rehearsal takes from the clinic's vault: how the kiosk and the sound are set.
const SETTINGS: [&str; 2] = [device::NAME, voice::settings::NAME];

/// The engine that rehearses, its folder, and the tokens of its sessions.
pub(crate) struct Rehearsal {
    engine: Arc<Engine>,
    folder: PathBuf,
    kiosk: String,
    staff: String,
}

/// Removes what a rehearsal left that was cut off. Nobody has its key.
pub(crate) fn sweep(data: &Path) {
    remove(&data.join(FOLDER));
}

fn remove(folder: &Path) {
    if folder.exists()
        && let Err(error) = std::fs::remove_dir_all(folder)
    {
        // The next start tries again.
        tracing::warn!(kind = ?error.kind(), "the folder of a rehearsal was not removed");
    }
}

impl Engine {
    /// The engine that rehearses, where the token is one of its sessions'.
    pub(crate) fn rehearsing(&self, token: &str) -> Option<Arc<Self>> {
        let rehearsal = self.rehearsal.lock().unwrap_or_else(PoisonError::into_inner);
        let engine = &rehearsal.as_ref()?.engine;
        engine.is_signed_in(token).then(|| Arc::clone(engine))
    }
}

/// Begins a rehearsal, in place of one that was not ended.
pub(crate) fn begin(engine: &Engine) -> Result<Rehearsing, Error> {
    end(engine);
    let folder = engine.data().join(FOLDER);
    remove(&folder);
    let outer = &engine.options;
    let random = &outer.vault.random;
    let options = EngineOptions {
        data: folder.clone(),
        vault: VaultOptions {
            clock: Arc::clone(&outer.vault.clock),
            random: Arc::clone(random),
            keyring: Arc::new(MemoryKeyring::new(KeyringState::Absent)),
            // The passphrase is 256 random bits: there is nothing to stretch.
            kdf: KdfParams::THROW_AWAY,
        },
        password_kdf: KdfParams::THROW_AWAY,
        local_day: outer.local_day,
        passphrase: None,
    };
    let profile = engine.vault()?.facility_profile()?;
    let (clinic, language) = profile
        .map_or_else(|| (String::new(), Language::english()), |profile| (profile.name, profile.language));
    let founding = [EventBody::FacilityCreated { name: clinic, language }];
    let passphrase = seal::RecoveryWords::make(&**random).expose().join(" ");
    let made = Vault::found(&folder, &passphrase, &founding, options.vault.clone())?;
    let inner = Engine::start_with(options, engine.home().to_owned())?;
    inner.admit(made.vault);
    let (from, to) = (engine.vault()?, inner.vault()?);
    for name in SETTINGS {
        if let Some(settings) = from.recall(name)? {
            to.remember(name, settings)?;
        }
    }
    let rehearsing =
        Rehearsing { kiosk: session(&inner, Role::Kiosk)?, staff: session(&inner, Role::Clinician)? };
    let (kiosk, staff) = (rehearsing.kiosk.token.clone(), rehearsing.staff.token.clone());
    let rehearsal = Rehearsal { engine: inner, folder, kiosk, staff };
    *engine.rehearsal.lock().unwrap_or_else(PoisonError::into_inner) = Some(rehearsal);
    Ok(rehearsing)
}

/// Ends the rehearsal and forgets all of it.
pub(crate) fn end(engine: &Engine) {
    let ended = engine.rehearsal.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(Rehearsal { engine, folder, kiosk, staff }) = ended else { return };
    voice::kiosk::leave(&engine, &kiosk);
    voice::recording::end_of_session(&engine, &staff);
    drop(engine);
    remove(&folder);
}

/// A session of the rehearsal. It may not hand the device to patients: nobody there could take it back.
fn session(engine: &Engine, role: Role) -> Result<Session, Error> {
    let actor = Actor { who: Who::Device(engine.vault()?.device()), role };
    // Of no person, so that it is not locked: whoever rehearses is signed in beside it.
    let session =
        sessions::Session { actor, person: None, intake: None, present: engine.now(), locked: false };
    let token = engine.sessions.begin(session.clone(), &*engine.options.vault.random);
    let mut shown = people::shown(engine, token, &session);
    shown.permissions.retain(|permission| *permission != Permission::KioskOpen);
    Ok(shown)
}
