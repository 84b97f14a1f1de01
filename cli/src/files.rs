//! Writing files that a command was told to write.

use std::io::Write as _;
use std::path::Path;

use crate::failure::Failure;

/// Writes a file that its owner alone can read, whole or not at all, in place of the one there is. What is no plain file (a
/// pipe, a device) is written to.
pub(crate) fn write_private(path: &Path, content: impl AsRef<[u8]>) -> Result<(), Failure> {
    put(path, content.as_ref()).map_err(|error| Failure::of_file(path, &error))
}

fn put(path: &Path, content: &[u8]) -> std::io::Result<()> {
    if path.symlink_metadata().is_ok_and(|there| !there.is_file()) {
        return std::fs::write(path, content);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    file.persist(path).map(drop).map_err(|error| error.error)
}
