//! The data folder: its files, its lock, and writing a file so that it is there or not.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::Error;

/// The vault's files in a data folder, in the order in which they are put in place: the last one makes the folder a vault.
pub const FILES: [&str; 3] = [DATABASE, ANCHOR, KEYSLOTS];

pub(crate) const DATABASE: &str = "vault.db";
pub(crate) const ANCHOR: &str = "anchor";
pub(crate) const KEYSLOTS: &str = "keyslots.json";
const LOCK: &str = "lock";
/// Where a vault is made before it is put in place. Nothing in it was ever acknowledged to anybody.
const NURSERY: &str = ".creating";

/// A data folder that this process holds, until it is dropped or the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    _lock: File,
}

impl Folder {
    /// Takes the folder for this process, and makes it where it is missing.
    pub(crate) fn claim(path: &Path) -> Result<Self, Error> {
        make_private_folder(path)?;
        let lock_path = path.join(LOCK);
        let lock = private(OpenOptions::new().create(true).truncate(false).read(true).write(true))
            .open(&lock_path)
            .map_err(Error::io(path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Error::InUse { path: path.to_owned() }),
            Err(TryLockError::Error(error)) => return Err(Error::io(&lock_path)(error)),
        }
        let probe = path.join(".write-probe");
        File::create(&probe).and_then(|_| fs::remove_file(&probe)).map_err(Error::io(path))?;
        Ok(Self { path: path.to_owned(), _lock: lock })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// An empty folder inside this one to make a vault in. What an interrupted attempt left is moved aside, not deleted.
    pub(crate) fn nursery(&self) -> Result<PathBuf, Error> {
        if self.file(KEYSLOTS).exists() {
            return Err(Error::Exists { path: self.path.clone() });
        }
        let nursery = self.file(NURSERY);
        let half_created = nursery.exists();
        let strays: Vec<_> = FILES.into_iter().filter(|name| self.file(name).exists()).collect();
        if !half_created && !strays.is_empty() {
            return Err(Error::Exists { path: self.path.clone() });
        }
        if half_created {
            let aside = (0..)
                .map(|number| self.file(&format!("half-created-{number}")))
                .find(|aside| !aside.exists())
                .unwrap_or_else(|| self.file("half-created"));
            fs::rename(&nursery, &aside).map_err(Error::io(&nursery))?;
            for name in strays {
                fs::rename(self.file(name), aside.join(name)).map_err(Error::io(&aside))?;
            }
            tracing::warn!("an interrupted set-up was moved aside");
        }
        make_private_folder(&nursery)?;
        sync_folder(&self.path)?;
        Ok(nursery)
    }

    /// Puts the files made in the nursery in place. The last rename makes the folder a vault; before it, it is none.
    pub(crate) fn settle(&self, nursery: &Path) -> Result<(), Error> {
        sync_folder(nursery)?;
        for name in FILES {
            let target = self.file(name);
            if target.exists() {
                return Err(Error::Exists { path: self.path.clone() });
            }
            fs::rename(nursery.join(name), &target).map_err(Error::io(&target))?;
            sync_folder(&self.path)?;
        }
        fs::remove_dir_all(nursery).map_err(Error::io(nursery))?;
        sync_folder(&self.path)
    }
}

/// What stands in a folder, without taking or changing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Nothing,
    HalfCreated,
    /// A database without key slots: somebody lost keyslots.json.
    SlotsLost,
    Vault,
}

pub(crate) fn standing(path: &Path) -> Standing {
    if path.join(KEYSLOTS).exists() {
        Standing::Vault
    } else if path.join(NURSERY).exists() {
        Standing::HalfCreated
    } else if path.join(DATABASE).exists() {
        Standing::SlotsLost
    } else {
        Standing::Nothing
    }
}

/// Writes a file so that after a crash it holds either what it held or the new bytes.
pub(crate) fn write_durably(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut temporary = path.as_os_str().to_owned();
    temporary.push(".new");
    let temporary = PathBuf::from(temporary);
    let mut file = private(OpenOptions::new().create(true).truncate(true).write(true))
        .open(&temporary)
        .map_err(Error::io(&temporary))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(Error::io(&temporary))?;
    fs::rename(&temporary, path).map_err(Error::io(path))?;
    path.parent().map_or(Ok(()), sync_folder)
}

/// An empty file that only this user can read, which must not exist yet.
pub(crate) fn create_private_file(path: &Path) -> Result<File, Error> {
    private(OpenOptions::new().create_new(true).write(true).read(true)).open(path).map_err(Error::io(path))
}

pub(crate) fn open_private_file(path: &Path) -> Result<File, Error> {
    OpenOptions::new().write(true).read(true).open(path).map_err(Error::io(path))
}

pub(crate) fn make_private_folder(path: &Path) -> Result<(), Error> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(Error::io(path))
}

/// Makes the names in a folder durable. Windows keeps them durable by itself and cannot open a folder.
pub(crate) fn sync_folder(path: &Path) -> Result<(), Error> {
    if cfg!(unix) {
        File::open(path).and_then(|folder| folder.sync_all()).map_err(Error::io(path))?;
    }
    Ok(())
}

pub(crate) fn sync_file(path: &Path) -> Result<(), Error> {
    OpenOptions::new().write(true).open(path).and_then(|file| file.sync_all()).map_err(Error::io(path))
}

fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// A path as SQLite takes it. One that is not UTF-8 is refused: another file would be written than the one that was named.
pub(crate) fn as_text(path: &Path) -> Result<&str, Error> {
    path.to_str().ok_or_else(|| Error::InputOutput {
        path: path.to_owned(),
        source: std::io::Error::new(std::io::ErrorKind::InvalidInput, "the name is not UTF-8"),
    })
}
