//! Where things are, and how a program is started there.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The checkout.
pub(crate) struct Project {
    pub(crate) root: PathBuf,
}

/// What a command says when it fails: for the person at the terminal.
pub(crate) type Outcome = Result<(), String>;

impl Project {
    /// The folder above this package.
    pub(crate) fn find() -> Self {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self { root: package.parent().unwrap_or(package).to_path_buf() }
    }

    /// The screens.
    pub(crate) fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// The validators of FHIR documents, a Node package of their own.
    pub(crate) fn validators(&self) -> PathBuf {
        self.root.join("crates/fhir/validate")
    }

    /// Where the tests leave every FHIR bundle that they export.
    pub(crate) fn bundles(&self) -> PathBuf {
        self.target().join("fhir")
    }

    /// Where cargo builds to.
    pub(crate) fn target(&self) -> PathBuf {
        match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => self.root.join(folder),
            None => self.root.join("target"),
        }
    }

    /// Rust programs that the tests need, kept out of the person's own `~/.cargo/bin`.
    pub(crate) fn tools(&self) -> PathBuf {
        self.target().join("tools")
    }

    /// A built program of ours.
    pub(crate) fn program(&self, profile_folder: &str, name: &str) -> PathBuf {
        self.target().join(profile_folder).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// A command that starts in the checkout.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    /// Cargo, the one that runs us. What it told *us* about our own package does not reach what it builds next.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = self.command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        for (name, _) in std::env::vars_os() {
            let ours = name
                .to_str()
                .is_some_and(|n| n.starts_with("CARGO_PKG_") || n.starts_with("CARGO_MANIFEST_"));
            if ours {
                command.env_remove(name);
            }
        }
        command
    }

    /// npm, in the folder of the screens.
    pub(crate) fn npm(&self) -> Command {
        Self::npm_in(&self.ui())
    }

    /// npm, in a folder with a package of its own.
    pub(crate) fn npm_in(folder: &Path) -> Command {
        let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
        command.current_dir(folder);
        command
    }
}

/// Runs to the end, in sight of the person.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|error| format!("{} does not start: {error}", shown(command)))?;
    if status.success() { Ok(()) } else { Err(format!("{} ended with {status}", shown(command))) }
}

/// Runs quietly; whether it succeeded.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Runs quietly, apart from its errors; what it printed.
pub(crate) fn printed(command: &mut Command) -> Result<String, String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("{} does not start: {error}", shown(command)))?;
    if !output.status.success() {
        return Err(format!("{} ended with {}", shown(command), output.status));
    }
    String::from_utf8(output.stdout)
        .map_err(|_| format!("{} printed something that is not text", shown(command)))
}

/// Whether a program of that name is on the PATH.
pub(crate) fn on_path(name: &str) -> bool {
    find_on_path(name).is_some()
}

/// Where on the PATH a program of that name is.
pub(crate) fn find_on_path(name: &str) -> Option<PathBuf> {
    let files = [name.to_owned(), format!("{name}.exe"), format!("{name}.cmd")];
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    folders.iter().flat_map(|folder| files.iter().map(|file| folder.join(file))).find(|file| file.is_file())
}

/// The command as one would type it.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or(command.get_program());
    let mut text = format!("`{}", program.to_string_lossy());
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    text.push('`');
    text
}
