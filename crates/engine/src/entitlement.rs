//! What the licence lets this facility do: read from the log and the clock, asked in one place only.
//!
//! Care first: the one question that can be answered with no is whether a *new* encounter may be opened
//! ([`Engine::admit_encounter`]). Where the answer cannot be found (a damaged page, an unreadable licence) it is yes.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use domain::{Coded as _, EncounterId, EventBody, Stream, Timestamp};
use licence::{
    Act, ClockState, Entitlement, Fingerprint, Genuine, Judged, Licence, Month, PublicKey, Revocations,
    SigningKey, Situation, Tiers, Trust,
};
use store::Vault;

use crate::{Engine, Error, host};

/// Under which name the vault keeps the licence's clock.
const CLOCK: &str = "licence-clock";
/// How far the clock may go on before it is kept again, in ms: one minute.
const KEEP_MS: i64 = 60_000;
/// When this version was begun: no right clock is behind it. A build that must be reproducible says `SOURCE_DATE_EPOCH`.
const BEGUN: i64 = 1_793_491_200;

/// What the engine holds of licences between calls.
pub(crate) struct Licensing {
    pub(crate) tiers: Tiers,
    trust: Trust,
    held: Mutex<Option<Arc<Held>>>,
    watch: Mutex<ClockWatch>,
}

/// What the log says about licences, read once for each installed one.
pub(crate) struct Held {
    pub(crate) licence: Option<Genuine>,
    pub(crate) revocations: Option<Revocations>,
    /// The line of the vendor's key that was named when a licence was installed.
    vendor: Option<String>,
    /// When the facility was created.
    begun: Timestamp,
    /// The facility's own signing key, and its fingerprint.
    pub(crate) key: SigningKey,
    pub(crate) facility: Fingerprint,
}

/// The licence's clock and when it was last looked at.
struct ClockWatch {
    state: Option<ClockState>,
    kept: Option<ClockState>,
    looked: Instant,
}

impl Licensing {
    pub(crate) fn new() -> Result<Self, Error> {
        Ok(Self {
            tiers: Tiers::builtin()?,
            trust: Trust::builtin()?,
            held: Mutex::new(None),
            watch: Mutex::new(ClockWatch { state: None, kept: None, looked: Instant::now() }),
        })
    }

    /// Forgets what was read from the log: something was installed, or another vault is open.
    pub(crate) fn forget(&self) {
        *lock(&self.held) = None;
    }

    /// Whom this build trusts: the keys that it was built with; a development build also the one that was named.
    pub(crate) fn trust(&self, named: Option<&str>) -> Result<Trust, Error> {
        match named {
            Some(line) if cfg!(debug_assertions) => Ok(self.trust.clone().and(PublicKey::from_text(line)?)),
            _ => Ok(self.trust.clone()),
        }
    }

    /// What the log says about licences.
    pub(crate) fn held(&self, vault: &Vault) -> Result<Arc<Held>, Error> {
        let mut held = lock(&self.held);
        if let Some(held) = &*held {
            return Ok(Arc::clone(held));
        }
        let read = Arc::new(self.read(vault)?);
        *held = Some(Arc::clone(&read));
        Ok(read)
    }

    fn read(&self, vault: &Vault) -> Result<Held, Error> {
        let key = SigningKey::from_seed(&vault.signing_seed()?);
        let facility = Fingerprint::of(&key.public());
        let mut held = Held {
            licence: None,
            revocations: None,
            vendor: None,
            begun: Timestamp::default(),
            key,
            facility,
        };
        let mut texts = (None, None);
        for event in vault.events(Stream::Facility)? {
            match event.body {
                EventBody::FacilityCreated { .. } if held.begun == Timestamp::default() => {
                    held.begun = event.header.time.wall;
                }
                EventBody::LicenceInstalled { text, vendor } => {
                    held.vendor = vendor.or(held.vendor);
                    texts.0 = Some(text);
                }
                EventBody::RevocationsInstalled { text } => texts.1 = Some(text),
                _ => {}
            }
        }
        let trust = self.trust(held.vendor.as_deref())?;
        // One that this build does not trust (any more) is as good as none, and no reason to stop.
        let refused = |error: licence::Error| {
            tracing::warn!(code = error.code().as_str(), "what is installed of licences is not believed");
        };
        held.licence = texts.0.and_then(|text| Licence::open_typed(&text, &trust).map_err(refused).ok());
        held.revocations = texts
            .1
            .and_then(|text| Revocations::open(&text, &trust).map_err(refused).ok())
            .map(|(list, _)| list);
        Ok(held)
    }

    /// The time to go by. What was witnessed is kept now and then, where the vault can be written to.
    pub(crate) fn time(&self, vault: &Vault, now: Timestamp) -> Judged {
        self.look(vault, now, |_| ())
    }

    /// Lets a newly installed licence's time of signing put the clock right.
    pub(crate) fn witness_signed(&self, vault: &Vault, issued: Timestamp, now: Timestamp) {
        self.look(vault, now, |clock| clock.witness_signed(built(), issued, now));
    }

    fn look(&self, vault: &Vault, now: Timestamp, first: impl FnOnce(&mut ClockState)) -> Judged {
        let mut watch = lock(&self.watch);
        let ran = i64::try_from(watch.looked.elapsed().as_millis()).unwrap_or(i64::MAX);
        watch.looked = Instant::now();
        if watch.state.is_none() {
            let kept = vault.recall(CLOCK).ok().flatten();
            watch.kept = kept.and_then(|bytes| seal::decode_canonical(&bytes).ok());
        }
        // Before the vault was open nothing was witnessed.
        let ran = if watch.state.is_some() { ran } else { 0 };
        let mut state = watch.state.or(watch.kept).unwrap_or_else(|| ClockState::begin(built(), now));
        first(&mut state);
        let judged = state.observe(built(), now, ran);
        watch.state = Some(state);
        let due = watch.kept.is_none_or(|kept| {
            state.mark().as_millis().abs_diff(kept.mark().as_millis()) >= KEEP_MS.unsigned_abs()
                || state.is_in_doubt() != kept.is_in_doubt()
        });
        if due && !vault.is_read_only() {
            let kept = seal::encode_canonical(&state).map_err(Error::from);
            match kept.and_then(|bytes| Ok(vault.remember(CLOCK, bytes)?)) {
                Ok(()) => watch.kept = Some(state),
                Err(error) => {
                    tracing::warn!(code = error.code().as_str(), "the licence's clock was not kept")
                }
            }
        }
        judged
    }
}

/// When this program was built, or its version begun.
pub(crate) fn built() -> Timestamp {
    let seconds = option_env!("SOURCE_DATE_EPOCH").and_then(|seconds| seconds.parse().ok());
    Timestamp::from_millis(seconds.unwrap_or(BEGUN) * 1000)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What is held is replaced whole, so a poisoned lock holds a whole value.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An entitlement and what it was found from.
pub(crate) struct Found {
    pub(crate) entitlement: Entitlement,
    pub(crate) held: Arc<Held>,
    pub(crate) month: Month,
    pub(crate) time: Judged,
}

impl Held {
    /// The line of the vendor's key that was named when a licence was installed.
    pub(crate) fn vendor(&self) -> Option<&str> {
        self.vendor.as_deref()
    }

    /// When the facility was created.
    pub(crate) fn begun(&self) -> Timestamp {
        self.begun
    }

    /// The time zone that months are counted in: the licence's, or none for the machine's.
    pub(crate) fn time_zone(&self) -> Option<&str> {
        self.licence.as_ref().and_then(|genuine| genuine.licence.time_zone.as_deref())
    }
}

impl Engine {
    /// What the facility may do, now.
    ///
    /// # Errors
    /// The vault is not open, or does not read.
    pub fn entitlement(&self) -> Result<Entitlement, Error> {
        self.find_entitlement().map(|found| found.entitlement)
    }

    /// Whether the licence includes a feature. For what runs a clinic and not for care: where the entitlement cannot be found,
    /// the answer is yes here too.
    pub(crate) fn includes(&self, feature: &licence::Feature) -> bool {
        self.entitlement().map_or(true, |entitlement| entitlement.has(feature))
    }

    /// Refuses what the licence does not include.
    ///
    /// # Errors
    /// [`Error::FeatureMissing`], and nothing else.
    pub(crate) fn require(&self, feature: &licence::Feature) -> Result<(), Error> {
        if self.includes(feature) {
            Ok(())
        } else {
            Err(Error::FeatureMissing { feature: feature.to_string() })
        }
    }

    pub(crate) fn find_entitlement(&self) -> Result<Found, Error> {
        let vault = self.vault()?;
        let held = self.licensing.held(&vault)?;
        let time = self.licensing.time(&vault, self.now());
        let offset = |at: Timestamp| host::offset_seconds(held.time_zone(), at);
        let month = Month::of(time.at, &offset);
        let situation = Situation {
            licence: held.licence.as_ref().map(|genuine| &genuine.licence),
            revocations: held.revocations.as_ref(),
            facility: held.facility,
            begun: held.begun,
            built: built(),
            time,
            opened: vault.encounters_opened(&month.bounds(&offset))?,
        };
        let entitlement = Entitlement::of(&situation, &self.licensing.tiers);
        Ok(Found { entitlement, held, month, time })
    }

    /// The id of a new encounter, where one may be opened: the only thing that a licence ever refuses. The id's time is
    /// that of the licence's clock, and says in which month the encounter counts.
    ///
    /// # Errors
    /// [`licence::Error::LimitReached`], and nothing else.
    pub(crate) fn admit_encounter(&self) -> Result<EncounterId, Error> {
        let begun = match self.find_entitlement() {
            Ok(found) => {
                found.entitlement.permits(Act::OpenEncounter)?;
                found.time.at
            }
            Err(error) => {
                tracing::warn!(
                    code = error.code().as_str(),
                    "the entitlement is not known: the encounter is let in"
                );
                self.now()
            }
        };
        Ok(EncounterId::make(begun, &*self.options.vault.random))
    }
}
