//! Figures over many encounters. [`facts`] folds one encounter's events, [`summary`] counts over many, [`table`] writes what
//! may leave: all of it functions of what they are handed. [`Analyses`] remembers what was folded, and the vault keeps it over a
//! start, so that the next look reads only the encounters in which something has happened since.

mod facts;
mod summary;
mod table;

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::{Coded as _, EncounterId, Stream, Timestamp};
use store::{Folded, Vault};

pub(crate) use facts::{Facts, Left};
pub(crate) use summary::{Period, summarise};
pub(crate) use table::{Leaving, csv};

use crate::Error;

/// At most so many threads read at once: each has one of the vault's connections.
const MOST_THREADS: usize = 4;
/// Fewer encounters than this are not worth a thread.
const LEAST_A_THREAD: usize = 500;
/// So many are written at once: whoever wants to write meanwhile waits no longer than that takes.
const KEPT_AT_ONCE: usize = 2_000;
/// So many are folded ahead at a time: less than a second of one core.
const AHEAD: u32 = 500;
/// What is kept is read where more than so many are not remembered, as after a start; else folding them is quicker.
const WORTH_READING: usize = 100;

/// What was folded, by encounter, and how far in the log each was.
#[derive(Default)]
pub(crate) struct Analyses {
    known: Mutex<BTreeMap<EncounterId, (u64, Arc<Facts>)>>,
}

impl Analyses {
    /// Forgets everything: another vault is open.
    pub(crate) fn forget(&self) {
        self.lock().clear();
    }

    /// The facts of every encounter that was begun in a time, oldest first. `left` finds out where a patient left an intake
    /// that has answers.
    pub(crate) fn of(
        &self,
        vault: &Vault,
        time: &Range<Timestamp>,
        left: &(dyn Fn(EncounterId) -> Left + Sync),
    ) -> Result<Vec<Arc<Facts>>, Error> {
        let begun = vault.encounters_begun(time)?;
        let mut known = self.lock();
        let there: HashSet<EncounterId> = begun.iter().map(|(id, _)| *id).collect();
        // What was deleted since is forgotten here too.
        known.retain(|id, (_, facts)| !time.contains(&facts.begun) || there.contains(id));
        let mut missing = not_in(&known, &begun);
        if missing.len() > WORTH_READING {
            known.extend(kept(vault, time)?);
            missing = not_in(&known, &begun);
        }
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
        let share = missing.len().div_ceil(threads).max(LEAST_A_THREAD);
        let parts: Vec<Result<Vec<_>, Error>> = std::thread::scope(|scope| {
            let parts: Vec<_> =
                missing.chunks(share).map(|part| scope.spawn(move || fold(vault, part, left))).collect();
            parts
                .into_iter()
                .map(|part| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        });
        let mut folded = Vec::with_capacity(missing.len());
        for part in parts {
            folded.extend(part?);
        }
        keep(vault, &folded);
        known.extend(folded);
        Ok(begun.iter().filter_map(|(id, _)| known.get(id)).map(|(_, facts)| Arc::clone(facts)).collect())
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<EncounterId, (u64, Arc<Facts>)>> {
        // What is in it is whole, one entry at a time.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Folds some of the encounters of which nothing is kept yet, so that whoever looks first need not wait for all of them.
pub(crate) fn fold_ahead(vault: &Vault, left: &(dyn Fn(EncounterId) -> Left + Sync)) -> Result<(), Error> {
    let missing = vault.not_folded(AHEAD)?;
    keep(vault, &fold(vault, &missing, left)?);
    Ok(())
}

type Known = (EncounterId, (u64, Arc<Facts>));

/// The encounters that are not known as they are now.
fn not_in(
    known: &BTreeMap<EncounterId, (u64, Arc<Facts>)>,
    begun: &[(EncounterId, u64)],
) -> Vec<(EncounterId, u64)> {
    let is_new =
        |(id, position): &&(EncounterId, u64)| known.get(id).is_none_or(|(before, _)| before != position);
    begun.iter().filter(is_new).copied().collect()
}

/// What the vault keeps and this version can read.
fn kept(vault: &Vault, time: &Range<Timestamp>) -> Result<Vec<Known>, Error> {
    let mut names = facts::Names::default();
    let kept = vault.folded(time)?.into_iter();
    Ok(kept
        .filter_map(|Folded { encounter, position, content }| {
            Some((encounter, (position, Arc::new(Facts::read(&content, &mut names)?))))
        })
        .collect())
}

/// Keeps what was folded, as far as the vault can be written to: whoever looks is not kept waiting by a full disk.
fn keep(vault: &Vault, folded: &[Known]) {
    if vault.is_read_only() {
        return;
    }
    for part in folded.chunks(KEPT_AT_ONCE) {
        let part = part.iter().filter_map(|(encounter, (position, facts))| {
            Some(Folded { encounter: *encounter, position: *position, content: facts.written()? })
        });
        if let Err(error) = vault.keep_folded(part.collect()) {
            tracing::warn!(code = error.code().as_str(), "what was counted is not kept");
            return;
        }
    }
}

fn fold(
    vault: &Vault,
    part: &[(EncounterId, u64)],
    left: &(dyn Fn(EncounterId) -> Left + Sync),
) -> Result<Vec<Known>, Error> {
    let mut names = facts::Names::default();
    let mut folded = Vec::with_capacity(part.len());
    for &(id, position) in part {
        let events = vault.events_of_kinds(Stream::Encounter(id), facts::KINDS)?;
        // An encounter that was deleted in between has none.
        let Some(mut facts) = Facts::of(id, &events, &mut names) else { continue };
        if facts.needs_left() {
            facts.left = Some(left(id));
        }
        folded.push((id, (position, Arc::new(facts))));
    }
    Ok(folded)
}
