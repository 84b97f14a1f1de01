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

/// Those that link a native library.
pub(crate) const WORKERS: [&str; 2] = ["bedside-speech-worker", "bedside-language-worker"];

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

/// Every program again where a brand is in it, which is the application alone.
pub(crate) fn branded(project: &Project, profile: Profile, overlay: &str) -> Outcome {
    let mut build = project.cargo();
    build.args(["build", "--workspace", "--bins"]).args(profile.arguments());
    run(build.env("TAURI_CONFIG", overlay))
}

/// The native workers, once more for each level of x86-64 that is not the usual one (crates/worker/src/cpu.rs): the level, and
/// what of ggml it turns on or off.
pub(crate) const LEVELS: [(&str, &[(&str, &str)]); 2] = [
    (
        "v2",
        &[
            ("GGML_AVX", "OFF"),
            ("GGML_AVX2", "OFF"),
            ("GGML_FMA", "OFF"),
            ("GGML_F16C", "OFF"),
            ("GGML_BMI2", "OFF"),
        ],
    ),
    ("v4", &[("GGML_AVX512", "ON"), ("GGML_AVX512_VNNI", "ON")]),
];

/// The named workers for older and for newer processors, beside those of the release build. Each level is compiled in a folder
/// of its own, because the native libraries' build scripts do not notice that their flags have changed.
pub(crate) fn levels(project: &Project, workers: &[&str]) -> Outcome {
    if !cfg!(target_arch = "x86_64") {
        println!("Levels: this architecture has one.");
        return Ok(());
    }
    for (level, flags) in LEVELS {
        println!("Building the workers for x86-64-{level} …");
        let folder = project.target().join("levels").join(level);
        let mut build = project.cargo();
        build.args(["build", "--release"]).arg("--target-dir").arg(&folder);
        build.args(workers.iter().map(|worker| format!("--package={worker}")));
        build.env("BEDSIDE_CPU_LEVEL", level).env("GGML_NATIVE", "OFF").envs(flags.iter().copied());
        run(&mut build)?;
        for worker in workers {
            let built = folder.join("release").join(format!("{worker}{}", std::env::consts::EXE_SUFFIX));
            let beside = project.program(Profile::Release.folder(), &format!("{worker}-{level}"));
            std::fs::copy(&built, &beside)
                .map_err(|error| format!("{} cannot be copied: {error}", built.display()))?;
            println!("  {worker}-{level}");
        }
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
