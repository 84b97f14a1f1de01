//! Figures over many encounters. [`facts`] folds one encounter's events, [`summary`] counts over many, [`table`] writes what
//! may leave: all of it functions of what they are handed. [`Analyses`] remembers what was folded, so that the next look
//! reads only the encounters in which something has happened since.

mod facts;
mod summary;
mod table;

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::{EncounterId, Stream, Timestamp};
use store::Vault;

pub(crate) use facts::{Facts, Left};
pub(crate) use summary::{Period, summarise};
pub(crate) use table::{Leaving, csv};

use crate::Error;

/// At most so many threads read at once: each has one of the vault's connections.
const MOST_THREADS: usize = 4;
/// Fewer encounters than this are not worth a thread.
const LEAST_A_THREAD: usize = 500;

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
        let missing: Vec<(EncounterId, u64)> = begun
            .iter()
            .filter(|(id, position)| known.get(id).is_none_or(|(before, _)| before != position))
            .copied()
            .collect();
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
        let share = missing.len().div_ceil(threads).max(LEAST_A_THREAD);
        let folded: Vec<Result<Vec<_>, Error>> = std::thread::scope(|scope| {
            let parts: Vec<_> =
                missing.chunks(share).map(|part| scope.spawn(move || fold(vault, part, left))).collect();
            parts
                .into_iter()
                .map(|part| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        });
        for part in folded {
            known.extend(part?);
        }
        Ok(begun.iter().filter_map(|(id, _)| known.get(id)).map(|(_, facts)| Arc::clone(facts)).collect())
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<EncounterId, (u64, Arc<Facts>)>> {
        // What is in it is whole, one entry at a time.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

type Folded = (EncounterId, (u64, Arc<Facts>));

fn fold(
    vault: &Vault,
    part: &[(EncounterId, u64)],
    left: &(dyn Fn(EncounterId) -> Left + Sync),
) -> Result<Vec<Folded>, Error> {
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
