//! The engine itself: what is open, and the doors to it.

use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, Weak};

use ::intake::RedFlagRules;
use domain::{
    Action, Actor, Coded, EncounterId, EncounterRecord, ErrorCode, EventBody, Language, Permission, Role,
    Stream, Timestamp, Who,
};
use seal::Passphrase;
use serde_json::Value;
use store::{Append, AuditWrite, Expected, Probe, Unlock, Vault, VaultOptions};

use crate::analytics::Analyses;
use crate::attempts::Attempts;
use crate::brand::Brands;
use crate::depot::Depot;
use crate::destinations::Sending;
use crate::drafting::Drafting;
use crate::entitlement::Licensing;
use crate::nearness::Near;
use crate::notices::{Notices, Watch};
use crate::protocols::Catalogue;
use crate::rehearsal::Rehearsal;
use crate::rpc::RpcError;
use crate::rpc::schema::Method;
use crate::rpc::types::{KeyringState, Phase};
use crate::sessions::{Session, Sessions};
use crate::support::Made;
use crate::use_cases::intake::OpenIntake;
use crate::voice::Voice;
use crate::{Error, router};

/// What an engine is started with.
pub struct EngineOptions {
    /// The data folder. Need not exist.
    pub data: PathBuf,
    /// Clock, randomness, keyring and key-derivation cost of the vault.
    pub vault: VaultOptions,
    /// The cost of hashing people's passwords.
    pub password_kdf: seal::KdfParams,
    /// The local day of a time, `YYYY-MM-DD`.
    pub local_day: fn(Timestamp) -> String,
    /// The passphrase, where it was given on the command line; else the keyring is asked. Forgotten once the vault was tried.
    pub passphrase: Option<Passphrase>,
}

/// How many audit entries may wait for a vault that cannot be written to.
const MOST_OWED: usize = 100_000;

/// The application without its windows.
pub struct Engine {
    pub(crate) options: EngineOptions,
    pub(crate) sessions: Sessions,
    pub(crate) notices: Notices,
    /// What patients can be asked.
    pub(crate) catalogue: Catalogue,
    pub(crate) rules: RedFlagRules,
    pub(crate) licensing: Licensing,
    /// What figures were counted from.
    pub(crate) analyses: Analyses,
    pub(crate) brands: Brands,
    /// Wrong passwords and PINs in a row.
    pub(crate) attempts: Attempts,
    gate: RwLock<Gate>,
    /// The recovery words that were shown and not yet typed back.
    pub(crate) unconfirmed_words: Mutex<Option<seal::RecoveryWords>>,
    intakes: Mutex<HashMap<EncounterId, OpenIntake>>,
    /// Audit entries of what was done while the vault could not be written to, oldest first.
    owed: Mutex<VecDeque<AuditWrite>>,
    /// Whether the keyring answers, asked once: asking writes a secret into it and deletes it again.
    keyring: OnceLock<KeyringState>,
    /// The hash that an unknown login's password is held against, so that it takes as long as a known one's.
    pub(crate) nobodys_hash: OnceLock<String>,
    /// Held from reading an encounter to appending what follows from it, so that nothing comes in between. One process
    /// owns the store, so a lock of this process is enough.
    turn: Mutex<()>,
    /// Speaking and listening.
    pub(crate) voice: Voice,
    /// Sentence embeddings, where a model for them is installed.
    pub(crate) near: Near,
    /// The work on the models that is under way.
    pub(crate) depot: Depot,
    /// Where the clinic's models and protocols lie: the data folder, also of an engine that only rehearses.
    home: PathBuf,
    /// A rehearsal that is going on beside the clinic's own records.
    pub(crate) rehearsal: Mutex<Option<Rehearsal>>,
    /// The support bundle that was shown last.
    bundle: Mutex<Option<Made>>,
    /// The language model that drafts a note.
    pub(crate) drafting: Drafting,
    /// What is on its way to where records are sent by themselves.
    pub(crate) sending: Sending,
    /// This engine, for the threads of sound that outlive a call.
    me: OnceLock<Weak<Self>>,
}

/// Whether the vault is open.
enum Gate {
    New,
    Locked,
    Rescue(Arc<store::Error>),
    Open(Arc<Vault>),
}

impl Engine {
    /// Starts the engine on a data folder. Never fails for what is in the folder: [`Phase`] says what it found.
    ///
    /// # Errors
    /// The built-in questionnaire, rules, tiers or vendor's keys do not load: a fault of the build.
    pub fn start(options: EngineOptions) -> Result<Arc<Self>, Error> {
        let home = options.data.clone();
        Self::start_with(options, home)
    }

    /// The same with the models and protocols of another folder.
    pub(crate) fn start_with(mut options: EngineOptions, home: PathBuf) -> Result<Arc<Self>, Error> {
        let catalogue = Catalogue::new(&home)?;
        let rules = RedFlagRules::builtin()?;
        let passphrase = options.passphrase.take();
        let gate = Gate::find(&options, passphrase);
        if matches!(gate, Gate::Open(_)) {
            // No other process has the folder.
            crate::rehearsal::sweep(&options.data);
        }
        let engine = Self {
            options,
            sessions: Sessions::default(),
            notices: Notices::new(),
            catalogue,
            rules,
            licensing: Licensing::new()?,
            analyses: Analyses::default(),
            brands: Brands::new()?,
            attempts: Attempts::default(),
            gate: RwLock::new(gate),
            unconfirmed_words: Mutex::new(None),
            intakes: Mutex::default(),
            owed: Mutex::default(),
            keyring: OnceLock::new(),
            nobodys_hash: OnceLock::new(),
            turn: Mutex::new(()),
            voice: Voice::default(),
            near: Near::default(),
            depot: Depot::default(),
            home,
            rehearsal: Mutex::new(None),
            bundle: Mutex::default(),
            drafting: Drafting::default(),
            sending: Sending::default(),
            me: OnceLock::new(),
        };
        let engine = Arc::new(engine);
        let _ = engine.me.set(Arc::downgrade(&engine));
        engine.settle();
        Ok(engine)
    }

    /// Answers a call as a screen makes it.
    ///
    /// # Errors
    /// The code and parameters for the screen's sentence.
    pub fn call(&self, token: Option<&str>, method: &str, params: Value) -> Result<Value, RpcError> {
        router::route(self, token, method, params).map_err(|error| {
            tracing::info!(method, code = error.code().as_str(), "a call was refused or failed");
            RpcError::of(&error)
        })
    }

    /// Answers a call made from Rust: the same way as a screen's, with the method's own types.
    ///
    /// # Errors
    /// As the use case says.
    pub fn request<M: Method>(
        &self,
        token: Option<&str>,
        request: &M::Request,
    ) -> Result<M::Response, Error> {
        let invalid =
            |reason: &str| Error::RequestInvalid { method: M::RULE.name, reason: reason.to_owned() };
        let params = serde_json::to_value(request).map_err(|_| invalid("a number that JSON has not"))?;
        let response = router::route(self, token, M::RULE.name, params)?;
        serde_json::from_value(response).map_err(|_| invalid("the response does not read back"))
    }

    /// A session of the device itself, for the command line: whoever could open the vault may act on it in any role. The
    /// audit trail names the device.
    ///
    /// # Errors
    /// The vault is not open.
    pub fn device_session(&self, role: Role) -> Result<String, Error> {
        let actor = Actor { who: Who::Device(self.vault()?.device()), role };
        let session = Session { actor, person: None, intake: None, present: self.now(), locked: false };
        Ok(self.sessions.begin(session, &*self.options.vault.random))
    }

    /// The ordered notices for a screen: of somebody who may see the work list all, of a kiosk those for itself, of an
    /// administrator those about models and sound.
    ///
    /// # Errors
    /// Nobody is signed in, or the role may not.
    pub fn watch(&self, token: &str) -> Result<Watch, Error> {
        if let Some(rehearsing) = self.rehearsing(token) {
            return rehearsing.watch(token);
        }
        let role = self.sessions.find(token).ok_or(Error::NotSignedIn)?.actor.role;
        let told = [Permission::EncounterList, Permission::IntakeTake, Permission::KioskOpen];
        if told.into_iter().any(|permission| role.may(permission)) {
            Ok(self.notices.watch(token, role, crate::use_cases::intake::somebody_waits(self)))
        } else {
            Err(Error::Forbidden)
        }
    }

    /// The open vault, for the command line's own maintenance (audit verification, restore drills).
    ///
    /// # Errors
    /// There is none, or it is locked.
    pub fn vault(&self) -> Result<Arc<Vault>, Error> {
        match &*self.gate.read().unwrap_or_else(PoisonError::into_inner) {
            Gate::Open(vault) => Ok(Arc::clone(vault)),
            Gate::New => Err(Error::Missing),
            Gate::Locked | Gate::Rescue(_) => Err(Error::Locked),
        }
    }

    /// What the application is doing.
    pub fn phase(&self) -> Phase {
        match &*self.gate.read().unwrap_or_else(PoisonError::into_inner) {
            Gate::New => Phase::New,
            Gate::Locked => Phase::Locked,
            Gate::Rescue(error) => Phase::Rescue(RpcError::of(&**error)),
            Gate::Open(_) => Phase::Ready,
        }
    }

    /// Why the vault does not open, where it does not: with the path, the page or whatever else names it.
    pub fn rescue(&self) -> Option<Arc<store::Error>> {
        match &*self.gate.read().unwrap_or_else(PoisonError::into_inner) {
            Gate::Rescue(error) => Some(Arc::clone(error)),
            Gate::New | Gate::Locked | Gate::Open(_) => None,
        }
    }

    /// Whether the token's session goes on.
    pub fn is_signed_in(&self, token: &str) -> bool {
        self.sessions.find(token).is_some() || self.rehearsing(token).is_some()
    }

    /// The engine itself, to be held by a thread that outlives the call.
    pub(crate) fn shared(&self) -> Result<Arc<Self>, Error> {
        self.me.get().and_then(Weak::upgrade).ok_or(Error::WrongState)
    }

    pub(crate) fn data(&self) -> &Path {
        &self.options.data
    }

    /// Where the clinic's models and protocols lie.
    pub(crate) fn home(&self) -> &Path {
        &self.home
    }

    /// Where models lie.
    pub(crate) fn models_folder(&self) -> PathBuf {
        self.home.join("models")
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.options.vault.clock.now()
    }

    /// The code that calls the next patient of the day: "A-1", with a brand's prefix "AC-A1".
    pub(crate) fn next_ticket(&self) -> Result<String, Error> {
        let ticket = self.vault()?.next_ticket(&(self.options.local_day)(self.now()))?;
        let brand = self.brand_in_use().brand;
        Ok(match brand.fields.ticket_prefix.as_str() {
            "" => ticket,
            prefix => format!("{prefix}-{}", ticket.replace('-', "")),
        })
    }

    pub(crate) fn keyring(&self) -> KeyringState {
        *self.keyring.get_or_init(|| match self.options.vault.keyring.state() {
            store::KeyringState::Available => KeyringState::Available,
            store::KeyringState::Locked => KeyringState::Locked,
            store::KeyringState::Absent => KeyringState::Absent,
        })
    }

    /// The language that staff screens are in.
    pub(crate) fn staff_language(&self) -> Language {
        let profile = self.vault().ok().and_then(|vault| vault.facility_profile().ok().flatten());
        profile.map_or_else(Language::english, |profile| profile.language)
    }

    pub(crate) fn open_with(&self, unlock: Unlock) -> Result<(), Error> {
        let vault = Vault::open(self.data(), unlock, self.options.vault.clone())?;
        self.admit(vault);
        self.settle();
        Ok(())
    }

    /// Opens a vault that was put back to an earlier state, as it is.
    pub(crate) fn accept_with(&self, unlock: Unlock) -> Result<(), Error> {
        let vault = Vault::accept(self.data(), unlock, self.options.vault.clone())?;
        self.admit(vault);
        self.settle();
        Ok(())
    }

    /// Tries once more to open a vault that did not open: another process may have closed it, or somebody made room.
    pub(crate) fn try_again(&self) {
        if self.rescue().is_some() {
            let found = Gate::find(&self.options, None);
            *self.gate.write().unwrap_or_else(PoisonError::into_inner) = found;
            self.settle();
        }
    }

    pub(crate) fn admit(&self, vault: Vault) {
        self.licensing.forget();
        self.brands.forget();
        self.catalogue.forget();
        self.analyses.forget();
        self.attempts.forget();
        *self.gate.write().unwrap_or_else(PoisonError::into_inner) = Gate::Open(Arc::new(vault));
    }

    /// Holds the turn: nothing else changes an encounter until it is dropped.
    pub(crate) fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn intakes(&self) -> MutexGuard<'_, HashMap<EncounterId, OpenIntake>> {
        self.intakes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn bundle(&self) -> MutexGuard<'_, Option<Made>> {
        self.bundle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn encounter(&self, id: EncounterId) -> Result<EncounterRecord, Error> {
        self.vault()?.encounter(id)?.ok_or(Error::NotFound { what: "encounter" })
    }

    /// Makes what happened durable, then tells the screens.
    pub(crate) fn append(
        &self,
        actor: Actor,
        action: Action,
        encounter: EncounterId,
        events: Vec<EventBody>,
    ) -> Result<EncounterRecord, Error> {
        self.vault()?.append(Append {
            stream: Stream::Encounter(encounter),
            actor,
            action,
            events: events.clone(),
            expected: Expected::Anything,
        })?;
        let record = self.encounter(encounter)?;
        self.notices.tell(&record, &events, &self.rules, &self.staff_language());
        Ok(record)
    }

    /// Writes an entry of the audit trail. While the vault cannot be written to (a full disk, a file of a newer version) the
    /// entry waits in memory, and stands in the log of the application: nothing that a patient needs is kept from staff
    /// because the trail is behind.
    pub(crate) fn audit(&self, entry: AuditWrite) -> Result<(), Error> {
        let vault = self.vault()?;
        let mut owed = self.owed.lock().unwrap_or_else(PoisonError::into_inner);
        owed.push_back(entry);
        while let Some(first) = owed.front() {
            match vault.audit(first.clone()) {
                Ok(()) => drop(owed.pop_front()),
                Err(error) if cannot_write(error.code()) && owed.len() <= MOST_OWED => {
                    if let Some(AuditWrite { actor, action, object, outcome }) = owed.back() {
                        let object = object.as_ref().map(ToString::to_string);
                        tracing::warn!(?actor, %action, object, %outcome, "an audit entry waits for the vault");
                    }
                    return Ok(());
                }
                Err(error) => {
                    owed.pop_back();
                    return Err(error.into());
                }
            }
        }
        Ok(())
    }

    /// An intake whose patient is gone from the screen (the application ended, the page was reloaded) cannot go on. What
    /// they said is kept, and marked as partial for staff.
    pub(crate) fn settle(&self) {
        let Ok(vault) = self.vault() else { return };
        if vault.is_read_only() {
            return;
        }
        let closed = crate::use_cases::intake::close_interrupted(self, &vault);
        if let Err(error) = closed {
            tracing::warn!(code = error.code().as_str(), "interrupted intakes were not closed");
        }
        if let Err(error) = crate::voice::recording::recover(self) {
            tracing::warn!(code = error.code().as_str(), "interrupted recordings were not taken up");
        }
    }
}

impl Gate {
    fn find(options: &EngineOptions, passphrase: Option<Passphrase>) -> Self {
        if matches!(Vault::probe(&options.data), Probe::Missing) {
            return Self::New;
        }
        let unlock = passphrase.map_or(Unlock::Keyring, Unlock::Passphrase);
        match Vault::open(&options.data, unlock, options.vault.clone()) {
            Ok(vault) => Self::Open(Arc::new(vault)),
            Err(error) => match error.code() {
                ErrorCode::VaultMissing => Self::New,
                ErrorCode::VaultWrongKey | ErrorCode::KeyringAbsent => Self::Locked,
                _ => Self::Rescue(Arc::new(error)),
            },
        }
    }
}

/// Whether this is said by a vault that can be read and not written to.
pub(crate) const fn cannot_write(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::DiskFull | ErrorCode::VaultNewerSchema | ErrorCode::FolderReadOnly)
}
