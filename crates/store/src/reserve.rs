//! Space that is kept for the moment when the disk is full: enough for an open visit to come to its end, and for staff to
//! sign in, read and export, each of which writes an entry of the audit trail.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::Error;
use crate::folder::create_private_file;

const NAME: &str = "reserve";
/// In bytes. A transaction of one event takes some 20 KiB of write-ahead log, so this is about 400 of them.
const SIZE: u64 = 8 << 20;
/// So many transactions go by before a nearly full disk is asked for the space again.
const PATIENCE: u32 = 50;

/// The space of one vault, while its writer runs.
#[derive(Debug)]
pub(crate) struct Reserve {
    file: PathBuf,
    spent: Arc<AtomicBool>,
    /// Transactions until the next try.
    wait: u32,
}

impl Reserve {
    /// Keeps the space, where there is so much.
    pub(crate) fn keep(folder: &Path) -> Self {
        let mut reserve = Self { file: folder.join(NAME), spent: Arc::new(AtomicBool::new(true)), wait: 0 };
        reserve.renew();
        reserve
    }

    /// Whether the space is in use: the disk was full, and still is for all that is known.
    pub(crate) fn spent(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.spent)
    }

    /// Gives the space back to the disk. Whether there was any to give.
    pub(crate) fn release(&mut self) -> bool {
        let released = release(&self.file);
        self.wait = PATIENCE;
        self.spent.store(true, Ordering::Relaxed);
        released
    }

    /// After a transaction that worked: keeps the space again, where the disk has it.
    pub(crate) fn renew(&mut self) {
        if !self.spent.load(Ordering::Relaxed) {
            return;
        }
        if self.wait > 0 {
            self.wait -= 1;
            return;
        }
        self.wait = PATIENCE;
        match fill(&self.file) {
            Ok(()) => self.spent.store(false, Ordering::Relaxed),
            Err(_) => drop(fs::remove_file(&self.file)),
        }
    }
}

/// Gives a folder's space back before its vault is open, where opening it needs some.
pub(crate) fn release_in(folder: &Path) -> bool {
    release(&folder.join(NAME))
}

fn release(file: &Path) -> bool {
    let released = fs::remove_file(file).is_ok();
    if released {
        tracing::warn!("the disk is full: the space kept for this is used");
    }
    released
}

/// Blocks that a file system cannot save on: neither a hole nor compressible.
fn fill(file: &Path) -> Result<(), Error> {
    if file.metadata().is_ok_and(|metadata| metadata.len() == SIZE) {
        return Ok(());
    }
    let _ = fs::remove_file(file);
    let mut out = BufWriter::new(create_private_file(file)?);
    let mut state: u64 = 0x9E37_79B9_7F4A_7C15;
    for _ in 0..SIZE / 8 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        out.write_all(&state.to_le_bytes()).map_err(Error::io(file))?;
    }
    out.flush().and_then(|()| out.get_ref().sync_all()).map_err(Error::io(file))
}
