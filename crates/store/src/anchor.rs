//! The anchor: the heads of log and audit chain, outside the database.
//!
//! SQLCipher does not notice that an older file, or an older page, was put back. So after each commit the heads are written
//! here, and at open the database must be at least as far, with the same digests at those places. The file has two places
//! that are written in turn, so that a write which was cut off leaves the one before it. It is authenticated with a key
//! derived from the local key. It is written without waiting for the disk: what is lost when the power fails makes the
//! anchor older, never newer, than the database. Somebody who can put back the anchor together with the database is noticed
//! only by another device.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use domain::{Digest, IncarnationId};
use seal::MarkKey;

use crate::Error;
use crate::folder::{create_private_file, open_private_file};

const PLACE_LEN: usize = 512;
const MAGIC: &[u8; 8] = b"BEDSANC1";
/// The anchor is forced to the disk once in this many commits, and when the vault is closed.
const COMMITS_A_SYNC: u64 = 256;

/// The end of a chain: how many links it has and the digest of the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) length: u64,
    pub(crate) digest: Digest,
}

impl Head {
    pub(crate) const EMPTY: Self = Self { length: 0, digest: Digest::ZERO };

    pub(crate) fn advance(&mut self, digest: Digest) {
        self.length += 1;
        self.digest = digest;
    }
}

/// Both chains' ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Heads {
    pub(crate) incarnation: IncarnationId,
    pub(crate) log: Head,
    pub(crate) audit: Head,
}

/// The open file.
#[derive(Debug)]
pub(crate) struct Anchor {
    file: File,
    key: MarkKey,
    counter: u64,
}

impl Anchor {
    pub(crate) fn create(path: &Path, key: MarkKey, heads: &Heads) -> Result<(), Error> {
        let mut file = create_private_file(path)?;
        let mut places = [0; 2 * PLACE_LEN];
        places[..PLACE_LEN].copy_from_slice(&encode(&key, 0, heads));
        file.write_all(&places).and_then(|()| file.sync_all()).map_err(Error::io(path))
    }

    /// Opens the file and reads the newer of its places.
    pub(crate) fn open(path: &Path, key: MarkKey) -> Result<(Self, Heads), Error> {
        let file = match open_private_file(path) {
            Err(Error::InputOutput { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                return Err(Error::Tampered { reason: "the anchor is missing".to_owned() });
            }
            other => other?,
        };
        let (counter, heads) = read(file.try_clone().map_err(Error::io(path))?, path, &key)?;
        Ok((Self { file, key, counter }, heads))
    }

    /// Reads the file without the right to write it.
    pub(crate) fn peek(path: &Path, key: &MarkKey) -> Result<Heads, Error> {
        let file = File::open(path).map_err(Error::io(path))?;
        read(file, path, key).map(|(_, heads)| heads)
    }

    pub(crate) fn advance(&mut self, heads: &Heads) -> std::io::Result<()> {
        self.counter += 1;
        let place = encode(&self.key, self.counter, heads);
        self.file.seek(SeekFrom::Start((self.counter % 2) * PLACE_LEN as u64))?;
        self.file.write_all(&place)?;
        if self.counter.is_multiple_of(COMMITS_A_SYNC) { self.file.sync_data() } else { Ok(()) }
    }
}

impl Drop for Anchor {
    fn drop(&mut self) {
        if let Err(error) = self.file.sync_data() {
            tracing::warn!(%error, "the anchor was not forced to the disk");
        }
    }
}

fn read(mut file: File, path: &Path, key: &MarkKey) -> Result<(u64, Heads), Error> {
    let mut places = Vec::with_capacity(2 * PLACE_LEN);
    file.read_to_end(&mut places).map_err(Error::io(path))?;
    places
        .chunks_exact(PLACE_LEN)
        .filter_map(|place| decode(key, place))
        .max_by_key(|(counter, _)| *counter)
        .ok_or_else(|| Error::Tampered { reason: "the anchor cannot be read".to_owned() })
}

const CONTENT_LEN: usize = 8 + 8 + 16 + 2 * (8 + 32);

fn encode(key: &MarkKey, counter: u64, heads: &Heads) -> [u8; PLACE_LEN] {
    let mut content = Vec::with_capacity(PLACE_LEN);
    content.extend_from_slice(MAGIC);
    content.extend_from_slice(&counter.to_be_bytes());
    content.extend_from_slice(heads.incarnation.as_bytes());
    for head in [&heads.log, &heads.audit] {
        content.extend_from_slice(&head.length.to_be_bytes());
        content.extend_from_slice(&head.digest.0);
    }
    let code = key.authenticate(&content);
    content.extend_from_slice(&code);
    let mut place = [0; PLACE_LEN];
    place[..content.len()].copy_from_slice(&content);
    place
}

fn decode(key: &MarkKey, place: &[u8]) -> Option<(u64, Heads)> {
    let content = place.get(..CONTENT_LEN)?;
    let code: &[u8; 32] = place.get(CONTENT_LEN..CONTENT_LEN + 32)?.try_into().ok()?;
    if !content.starts_with(MAGIC) || !key.verify(content, code) {
        return None;
    }
    let number = |at: usize| Some(u64::from_be_bytes(content.get(at..at + 8)?.try_into().ok()?));
    let head = |at: usize| {
        let digest = content.get(at + 8..at + 40)?.try_into().ok()?;
        Some(Head { length: number(at)?, digest: Digest(digest) })
    };
    let heads = Heads {
        incarnation: IncarnationId::from_bytes(content.get(16..32)?.try_into().ok()?),
        log: head(32)?,
        audit: head(72)?,
    };
    Some((number(8)?, heads))
}
