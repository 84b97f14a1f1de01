//! A folder that a record system watches. What it sees under a file's name is whole: the file is written under another name
//! beside it, brought to the disk, and then given its own.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use domain::ErrorCode;

use super::carry::{NotTaken, Parcel};

/// Puts a file into the folder, which is never made: where it is missing, a share is not there.
pub(crate) fn put(folder: &Path, parcel: &Parcel) -> Result<(), NotTaken> {
    write(folder, parcel).map_err(|error| NotTaken::now(code_of(&error)))
}

fn write(folder: &Path, parcel: &Parcel) -> io::Result<()> {
    if !fs::metadata(folder)?.is_dir() {
        return Err(io::ErrorKind::NotADirectory.into());
    }
    let name = parcel.file_name();
    let partial = folder.join(format!(".{name}.partial"));
    let written = whole(&partial, &parcel.bytes).and_then(|()| fs::rename(&partial, folder.join(name)));
    if written.is_err() {
        // It may not be there at all.
        let _ = fs::remove_file(&partial);
    }
    written?;
    sync(folder);
    Ok(())
}

/// What an attempt that was cut off left under the name is replaced.
fn whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Brings the new name to the disk. A share that has no such thing has done what it can.
#[cfg(unix)]
fn sync(folder: &Path) {
    if let Err(error) = File::open(folder).and_then(|folder| folder.sync_all()) {
        tracing::debug!(kind = ?error.kind(), "a destination's folder was not brought to the disk");
    }
}

/// Windows has no handle of a folder that could be brought to the disk.
#[cfg(not(unix))]
fn sync(_: &Path) {}

fn code_of(error: &io::Error) -> ErrorCode {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::NotFound | Kind::NotADirectory => ErrorCode::DestinationFolderMissing,
        Kind::PermissionDenied | Kind::ReadOnlyFilesystem => ErrorCode::DestinationFolderDenied,
        Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => ErrorCode::DestinationFolderFull,
        _ => ErrorCode::DestinationFolderFailed,
    }
}
