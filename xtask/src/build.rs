//! Building: the screens first, because the application carries them inside.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::project::{Outcome, Project, run};

/// How thoroughly the compiler works.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quick to build. Native code is optimised all the same (the workspace's `profile.dev.package`).
    Debug,
    /// What ships.
    Release,
}

impl Profile {
    /// The folder in `target/`.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Debug => &[],
            Self::Release => &["--release"],
        }
    }
}

/// The programs, side by side in one folder: an application looks for its workers next to itself.
pub(crate) const PROGRAMS: [&str; 4] =
    ["bedside", "bedside-desktop", "bedside-speech-worker", "bedside-language-worker"];

/// The screens and every program.
pub(crate) fn everything(project: &Project, profile: Profile) -> Outcome {
    screens(project)?;
    println!("Building (the first time takes about a quarter of an hour on two cores) …");
    run(project.cargo().args(["build", "--workspace", "--bins"]).args(profile.arguments()))?;
    println!("Built, in {}:", project.target().join(profile.folder()).display());
    for program in PROGRAMS {
        println!("  {program}");
    }
    Ok(())
}

/// The screens, and the programs that need no display.
pub(crate) fn for_the_terminal(project: &Project) -> Outcome {
    screens(project)?;
    println!("Building (the first time takes about ten minutes on two cores) …");
    run(project.cargo().args([
        "build",
        "--package=bedside-cli",
        "--package=bedside-speech-worker",
        "--package=bedside-language-worker",
    ]))
}

/// The screens, unless they are younger than everything that they are made from.
pub(crate) fn screens(project: &Project) -> Outcome {
    let ui = project.ui();
    let built = ui.join("dist/index.html").metadata().and_then(|metadata| metadata.modified()).ok();
    if built.is_some() && built > newest(&ui) {
        println!("Screens: built already.");
        return Ok(());
    }
    println!("Screens: building …");
    run(project.npm().args(["run", "build"]))
}

/// When something below the folder last changed, leaving out what is installed or built there.
fn newest(folder: &Path) -> Option<SystemTime> {
    const NOT_SOURCES: [&str; 4] = ["node_modules", "dist", "test-results", "playwright-report"];
    let mut folders: Vec<PathBuf> = vec![folder.to_path_buf()];
    let mut newest = None;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            if NOT_SOURCES.iter().any(|name| entry.file_name() == *name) {
                continue;
            }
            let Ok(metadata) = entry.metadata() else { continue };
            if metadata.is_dir() {
                folders.push(entry.path());
            } else {
                newest = newest.max(metadata.modified().ok());
            }
        }
    }
    newest
}
