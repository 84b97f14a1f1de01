//! What the application is started with.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Where the clinic's vault is, and what opens it without being asked.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Arguments {
    pub(crate) data: PathBuf,
    passphrase_file: Option<PathBuf>,
}

const USAGE: &str = "bedside-desktop [--data FOLDER] [--passphrase-file FILE]\n\
                     BEDSIDE_DATA and BEDSIDE_PASSPHRASE_FILE say the same.";

impl Arguments {
    /// Reads the command line; what it does not say, the environment may.
    pub(crate) fn read(
        line: impl IntoIterator<Item = OsString>,
        environment: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, String> {
        let mut data = environment("BEDSIDE_DATA").filter(|folder| !folder.is_empty()).map(PathBuf::from);
        let mut passphrase_file =
            environment("BEDSIDE_PASSPHRASE_FILE").filter(|f| !f.is_empty()).map(PathBuf::from);
        let mut line = line.into_iter();
        while let Some(word) = line.next() {
            let target = match word.to_str() {
                Some("--data") => &mut data,
                Some("--passphrase-file") => &mut passphrase_file,
                _ => return Err(format!("`{}` is not an option.\n{USAGE}", word.to_string_lossy())),
            };
            let value =
                line.next().ok_or_else(|| format!("`{}` needs a value.\n{USAGE}", word.to_string_lossy()))?;
            *target = Some(value.into());
        }
        let data = data.or_else(engine::host::default_data_folder).ok_or_else(|| {
            format!("There is no home folder to keep the clinic's data in; say where.\n{USAGE}")
        })?;
        Ok(Self { data, passphrase_file })
    }

    /// The passphrase, from the first line of its file.
    pub(crate) fn passphrase(&self) -> Result<Option<String>, String> {
        let Some(file) = &self.passphrase_file else { return Ok(None) };
        first_line(file).map(Some).map_err(|error| format!("The passphrase file cannot be read: {error}"))
    }
}

fn first_line(file: &Path) -> std::io::Result<String> {
    let text = std::fs::read_to_string(file)?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &[&str], environment: &[(&str, &str)]) -> Result<Arguments, String> {
        Arguments::read(line.iter().map(OsString::from), |name| {
            environment.iter().find(|(n, _)| *n == name).map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn the_command_line_goes_before_the_environment() {
        let environment = [("BEDSIDE_DATA", "from-environment"), ("BEDSIDE_PASSPHRASE_FILE", "words")];
        let arguments = read(&["--data", "from-line"], &environment).unwrap();
        assert_eq!(arguments.data, Path::new("from-line"));
        assert_eq!(arguments.passphrase_file.as_deref(), Some(Path::new("words")));
        assert_eq!(read(&[], &environment).unwrap().data, Path::new("from-environment"));
    }

    #[test]
    fn what_is_not_understood_is_refused_with_the_usage() {
        for wrong in [&["--dta", "x"][..], &["--data"], &["folder"]] {
            assert!(
                read(wrong, &[("BEDSIDE_DATA", "x")]).unwrap_err().contains("--passphrase-file FILE"),
                "{wrong:?}"
            );
        }
    }

    #[test]
    fn the_passphrase_is_the_first_line_of_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("passphrase");
        std::fs::write(&file, "five plain words in order\nand a remark\n").unwrap();
        let arguments = Arguments { data: folder.path().into(), passphrase_file: Some(file) };
        assert_eq!(arguments.passphrase(), Ok(Some("five plain words in order".into())));
        let missing =
            Arguments { data: folder.path().into(), passphrase_file: Some(folder.path().join("none")) };
        assert!(missing.passphrase().is_err());
    }
}
