//! The writing side: one thread that owns the one connection that writes.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};

use domain::{Clock, DeviceId, HybridTime, Random};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::Error;
use crate::anchor::{Anchor, Heads};
use crate::connection::{Purpose, connect};
use crate::log::{self, Keys};
use crate::reserve::Reserve;

type Job = Box<dyn FnOnce(&mut Ledger) + Send>;

/// The thread. It ends, and closes the database, when this is dropped.
#[derive(Debug)]
pub(crate) struct Writer {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(crate) fn start(mut ledger: Ledger) -> Result<Self, Error> {
        let path = ledger.path.clone();
        let (jobs, queue) = mpsc::channel::<Job>();
        let thread = thread::Builder::new()
            .name("vault-writer".to_owned())
            .spawn(move || {
                for job in queue {
                    job(&mut ledger);
                }
            })
            .map_err(Error::io(&path))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Runs work on the writing side and waits for its end.
    pub(crate) fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Ledger) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (answer, answered) = mpsc::sync_channel(1);
        let job: Job = Box::new(move |ledger| {
            // The caller waits below, so the answer always finds it.
            let _ = answer.send(work(ledger));
        });
        self.jobs.as_ref().and_then(|jobs| jobs.send(job).ok()).ok_or(Error::Stopped)?;
        answered.recv().unwrap_or(Err(Error::Stopped))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the vault's writer ended in a panic");
        }
    }
}

/// What the writing side holds: the connection, the heads of both chains, the clock.
pub(crate) struct Ledger {
    pub(crate) path: PathBuf,
    pub(crate) keys: Arc<Keys>,
    pub(crate) device: DeviceId,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) heads: Heads,
    pub(crate) time: HybridTime,
    pub(crate) anchor: Anchor,
    /// `None` after a failure that leaves a connection unusable; the next transaction opens a fresh one.
    pub(crate) connection: Option<Connection>,
    /// Space for when the disk is full; none where a vault is only just made.
    pub(crate) reserve: Option<Reserve>,
}

impl Ledger {
    /// One transaction: what `work` did, or nothing. On return it is on the disk and the anchor names it. Where the disk is
    /// full, the reserve is given up and the work is done once more.
    pub(crate) fn transact<T>(
        &mut self,
        mut work: impl FnMut(&mut Posting<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut result = self.attempt(&mut work);
        self.drop_if_poisoned(&result);
        if matches!(result, Err(Error::DiskFull)) && self.reserve.as_mut().is_some_and(Reserve::release) {
            result = self.attempt(&mut work);
            self.drop_if_poisoned(&result);
        } else if let (Ok(_), Some(reserve)) = (&result, &mut self.reserve) {
            reserve.renew();
        }
        result
    }

    fn drop_if_poisoned<T>(&mut self, result: &Result<T, Error>) {
        if let Err(error) = result
            && error.poisons()
        {
            tracing::warn!(code = %domain::Coded::code(error), "the writing connection is given up");
            self.connection = None;
        }
    }

    /// The writing connection, fresh where the last one was given up.
    pub(crate) fn connection(&mut self) -> Result<&mut Connection, Error> {
        if self.connection.is_none() {
            let connection = connect(&self.path, &self.keys.database, Purpose::Write)?;
            let heads = log::heads(&connection, self.heads.incarnation)?;
            log::check_anchored(&connection, &heads, &self.heads)?;
            self.heads = heads;
            self.connection = Some(connection);
        }
        self.connection.as_mut().ok_or(Error::Stopped)
    }

    fn attempt<T>(
        &mut self,
        work: &mut impl FnMut(&mut Posting<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.connection()?;
        let connection = self.connection.as_mut().ok_or(Error::Stopped)?;
        let mut posting = Posting {
            transaction: connection.transaction_with_behavior(TransactionBehavior::Immediate)?,
            keys: &self.keys,
            device: self.device,
            random: &*self.random,
            clock: &*self.clock,
            heads: self.heads,
            time: self.time,
        };
        let result = work(&mut posting)?;
        let Posting { transaction, heads, time, .. } = posting;
        transaction.commit()?;
        (self.heads, self.time) = (heads, time);
        // It is committed: an anchor that could not be written is older than the vault, which is no alarm.
        if let Err(error) = self.anchor.advance(&self.heads) {
            tracing::warn!(%error, "the anchor was not written");
        }
        Ok(result)
    }
}

/// A transaction under way: the heads and the time as they will be if it is committed.
pub(crate) struct Posting<'a> {
    pub(crate) transaction: Transaction<'a>,
    pub(crate) keys: &'a Keys,
    pub(crate) device: DeviceId,
    pub(crate) random: &'a dyn Random,
    clock: &'a dyn Clock,
    pub(crate) heads: Heads,
    time: HybridTime,
}

impl Posting<'_> {
    /// The time of the next event or audit entry.
    pub(crate) fn tick(&mut self) -> HybridTime {
        self.time = self.time.next(self.clock.now());
        self.time
    }
}
