//! What this clinic asks its patients: the protocols that are built in, the files of its own folder on top, which of them are
//! active, and what every questionnaire said that an encounter was asked with.
//!
//! A file can be replaced any day. So what a questionnaire says is kept in the vault the first time that it is asked, once for
//! each content, and an encounter names it by its digest.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

use ::intake::{ProtocolFile, Protocols, Questionnaire};
use domain::{Action, Actor, Digest, EncounterRecord, EventBody, Language, Stream};
use store::{Append, Vault};

use crate::{Engine, Error};

/// The protocol that every intake begins with.
const GENERAL: &str = "urn:bedside:protocol:general-visit";
/// A clinic's own files, in the data folder.
const FOLDER: &str = "protocols";
/// The most that a file may hold, in bytes: some ten times the longest form of HL7's examples.
const MOST_BYTES: u64 = 4 << 20;

/// A file that could not be read at all, and why.
pub type Unread = (String, io::Error);

/// The questionnaires (`*.json`) and routing words (`routing.toml`) of a folder, and the files that could not be read. A folder
/// that is not there holds none.
///
/// # Errors
/// The folder itself cannot be read.
pub fn read_folder(folder: &Path) -> io::Result<(Vec<ProtocolFile>, Vec<Unread>)> {
    let (mut files, mut unread) = (Vec::new(), Vec::new());
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let wanted = name.to_lowercase().ends_with(".json") || name == "routing.toml";
        if !wanted || name.starts_with('.') || path.is_dir() {
            continue;
        }
        match read_file(&path) {
            Ok(content) => files.push(ProtocolFile { name, content }),
            Err(error) => unread.push((name, error)),
        }
    }
    unread.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok((files, unread))
}

fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    if std::fs::metadata(path)?.len() > MOST_BYTES {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "the file holds more than 4 MiB"));
    }
    std::fs::read(path)
}

/// The catalogue.
pub(crate) struct Catalogue {
    builtin: Protocols,
    folder: PathBuf,
    loaded: RwLock<Loaded>,
    /// What the log says, read once for each vault that is opened.
    of_log: Mutex<Option<OfLog>>,
}

/// What can be asked now.
pub(crate) struct Loaded {
    pub(crate) protocols: Protocols,
    pub(crate) unread: Vec<Unread>,
    /// Handed in by a host, beside the folder.
    added: Vec<Arc<Questionnaire>>,
    by_digest: BTreeMap<[u8; 32], Arc<Questionnaire>>,
}

#[derive(Default)]
struct OfLog {
    /// By digest: the file, and the questionnaire once it was asked for.
    kept: BTreeMap<[u8; 32], (String, Option<Arc<Questionnaire>>)>,
    /// By URL without version.
    inactive: BTreeSet<String>,
}

impl Loaded {
    fn new(builtin: &Protocols, folder: &Path, added: Vec<Arc<Questionnaire>>) -> Self {
        let (files, unread) = match read_folder(folder) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::NotFound => (Vec::new(), Vec::new()),
            Err(error) => (Vec::new(), vec![(FOLDER.to_owned(), error)]),
        };
        let protocols = builtin.clone().with(files);
        for fault in protocols.faults() {
            tracing::warn!(file = fault.file, error = %fault.error, "a protocol's file is not used");
        }
        let all = protocols.all().iter().map(|protocol| &protocol.questionnaire).chain(&added);
        let by_digest = all.map(|known| (digest(known).0, Arc::clone(known))).collect();
        Self { protocols, unread, added, by_digest }
    }

    fn find(&self, canonical: &str) -> Option<Arc<Questionnaire>> {
        let added = self.added.iter().find(|known| known.canonical() == canonical);
        let known = || self.protocols.find(canonical).map(|known| &known.questionnaire);
        added.or_else(known).cloned()
    }
}

impl Catalogue {
    /// What is built in and what the clinic's folder adds.
    pub(crate) fn new(data: &Path) -> Result<Self, Error> {
        let builtin = Protocols::builtin()?;
        let folder = data.join(FOLDER);
        let loaded = Loaded::new(&builtin, &folder, Vec::new());
        Ok(Self { builtin, folder, loaded: RwLock::new(loaded), of_log: Mutex::new(None) })
    }

    /// The clinic's own folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn loaded(&self) -> RwLockReadGuard<'_, Loaded> {
        self.loaded.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads the clinic's folder again. Intakes that are being taken go on as they began.
    pub(crate) fn reload(&self) {
        let added = self.loaded().added.clone();
        self.replace(added);
    }

    pub(crate) fn add(&self, questionnaire: Arc<Questionnaire>) {
        let mut added = self.loaded().added.clone();
        added.retain(|known| known.canonical() != questionnaire.canonical());
        added.push(questionnaire);
        self.replace(added);
    }

    fn replace(&self, added: Vec<Arc<Questionnaire>>) {
        let loaded = Loaded::new(&self.builtin, &self.folder, added);
        *self.loaded.write().unwrap_or_else(PoisonError::into_inner) = loaded;
    }

    /// Forgets what the log said: another vault is open.
    pub(crate) fn forget(&self) {
        *self.lock() = None;
    }

    /// What every intake begins with.
    pub(crate) fn general(&self) -> Result<Arc<Questionnaire>, Error> {
        self.loaded().find(GENERAL).ok_or(Error::NotFound { what: "questionnaire" })
    }

    /// Whether it is what every intake begins with.
    pub(crate) fn is_general(url: &str) -> bool {
        url == GENERAL
    }

    /// By `url|version`.
    pub(crate) fn find(&self, canonical: &str) -> Option<Arc<Questionnaire>> {
        self.loaded().find(canonical)
    }

    /// What the reason for a visit, in the patient's words, picks: an active protocol that speaks the patient's language, else
    /// the general one.
    pub(crate) fn route(
        &self,
        vault: &Vault,
        words: &str,
        language: &Language,
    ) -> Result<Arc<Questionnaire>, Error> {
        let general = self.general()?;
        let picked = {
            let loaded = self.loaded();
            let routing = loaded.protocols.route(words, language);
            if !routing.picked {
                return Ok(general);
            }
            loaded.find(&routing.protocol)
        };
        let Some(picked) = picked else { return Ok(general) };
        // In a language that not even the general visit has, every protocol is as good.
        let usable = speaks(&picked, language) || !speaks(&general, language);
        Ok(if usable && self.is_active(vault, picked.url())? { picked } else { general })
    }

    pub(crate) fn is_active(&self, vault: &Vault, url: &str) -> Result<bool, Error> {
        Ok(!self.of_log(vault)?.get_or_insert_default().inactive.contains(url))
    }

    /// Makes a protocol one that reasons lead to, or no more.
    pub(crate) fn set_active(
        &self,
        vault: &Vault,
        (actor, action): (Actor, Action),
        url: &str,
        active: bool,
    ) -> Result<(), Error> {
        let mut of_log = self.of_log(vault)?;
        let inactive = &mut of_log.get_or_insert_default().inactive;
        if inactive.contains(url) != active {
            return Ok(());
        }
        let url = url.to_owned();
        let event = if active {
            EventBody::ProtocolActivated { url: url.clone() }
        } else {
            EventBody::ProtocolDeactivated { url: url.clone() }
        };
        vault.append(Append::to_facility(actor, action, event))?;
        if active {
            inactive.remove(&url)
        } else {
            inactive.insert(url)
        };
        Ok(())
    }

    /// Keeps what a questionnaire says, if this was not done before; the digest that encounters name it by.
    pub(crate) fn keep(
        &self,
        vault: &Vault,
        (actor, action): (Actor, Action),
        questionnaire: &Arc<Questionnaire>,
    ) -> Result<Digest, Error> {
        let digest = digest(questionnaire);
        let mut of_log = self.of_log(vault)?;
        if let Entry::Vacant(kept) = of_log.get_or_insert_default().kept.entry(digest.0) {
            let content = questionnaire.source().to_owned();
            let event = EventBody::QuestionnaireKept {
                protocol: questionnaire.canonical(),
                content: content.clone(),
            };
            vault.append(Append::to_facility(actor, action, event))?;
            kept.insert((content, Some(Arc::clone(questionnaire))));
        }
        Ok(digest)
    }

    /// What an encounter was asked with. Where its record is from before contents were kept, the version that is here, of any
    /// number.
    pub(crate) fn of(&self, vault: &Vault, record: &EncounterRecord) -> Option<Arc<Questionnaire>> {
        if let Some(digest) = record.questionnaire {
            let loaded = self.loaded().by_digest.get(&digest.0).cloned();
            return loaded.or_else(|| self.kept(vault, digest));
        }
        let canonical = record.protocol.as_deref()?;
        let url = canonical.split_once('|').map_or(canonical, |(url, _)| url);
        self.find(canonical).or_else(|| self.find(url))
    }

    fn kept(&self, vault: &Vault, digest: Digest) -> Option<Arc<Questionnaire>> {
        let mut of_log = self.of_log(vault).ok()?;
        let (content, read) = of_log.as_mut()?.kept.get_mut(&digest.0)?;
        if read.is_none() {
            *read = Questionnaire::from_json(content).ok().map(Arc::new);
        }
        read.clone()
    }

    fn of_log(&self, vault: &Vault) -> Result<MutexGuard<'_, Option<OfLog>>, Error> {
        let mut held = self.lock();
        if held.is_none() {
            let mut of_log = OfLog::default();
            for event in vault.events(Stream::Facility)? {
                match event.body {
                    EventBody::QuestionnaireKept { content, .. } => {
                        of_log.kept.insert(seal::digest(content.as_bytes()).0, (content, None));
                    }
                    EventBody::ProtocolActivated { url } => drop(of_log.inactive.remove(&url)),
                    EventBody::ProtocolDeactivated { url } => drop(of_log.inactive.insert(url)),
                    _ => {}
                }
            }
            *held = Some(of_log);
        }
        Ok(held)
    }

    fn lock(&self) -> MutexGuard<'_, Option<OfLog>> {
        // A poisoned map is still a whole one: it changes after the log did, by one insert.
        self.of_log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Engine {
    /// Makes a questionnaire known beside the clinic's protocols, so that intakes can be taken and shown with it.
    pub fn add_protocol(&self, questionnaire: Arc<Questionnaire>) {
        self.catalogue.add(questionnaire);
    }
}

fn digest(questionnaire: &Questionnaire) -> Digest {
    seal::digest(questionnaire.source().as_bytes())
}

fn speaks(questionnaire: &Questionnaire, language: &Language) -> bool {
    questionnaire.languages().iter().any(|known| known.primary() == language.primary())
}
