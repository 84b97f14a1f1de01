//! Programs of the Rust world that the tests use: taken as they are where they are installed, else built once into
//! `target/tools`.

use std::path::PathBuf;
use std::process::Command;

use crate::project::{Project, on_path, run, succeeds};

/// The test runner.
pub(crate) fn nextest(project: &Project) -> Result<Command, String> {
    if succeeds(project.cargo().args(["nextest", "--version"])) {
        let mut command = project.cargo();
        command.arg("nextest");
        return Ok(command);
    }
    let mut command = project.command(built(project, "cargo-nextest", "^0.9")?);
    command.arg("nextest");
    Ok(command)
}

/// The bridge between a WebDriver client and the system's web view.
pub(crate) fn tauri_driver(project: &Project) -> Result<PathBuf, String> {
    if on_path("tauri-driver") { Ok("tauri-driver".into()) } else { built(project, "tauri-driver", "^2") }
}

/// Tauri's bundler, from npm, where it lies built.
pub(crate) fn tauri(project: &Project) -> Result<PathBuf, String> {
    let folder = project.tools().join("tauri");
    let program = folder.join("node_modules/.bin").join(if cfg!(windows) { "tauri.cmd" } else { "tauri" });
    if program.is_file() {
        return Ok(program);
    }
    println!("@tauri-apps/cli: fetching it once, into target/tools …");
    std::fs::create_dir_all(&folder)
        .map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    let mut npm = Project::npm_in(&folder);
    run(npm.args(["install", "--no-audit", "--no-fund", "--no-package-lock", "--prefix", ".", BUNDLER]))
        .map_err(|why| format!("{why}\nIt needs the npm registry once."))?;
    Ok(program)
}

/// What npm installs; of the same series as the `tauri` that the application is built with.
const BUNDLER: &str = "@tauri-apps/cli@^2.8";

/// The check of licences, sources and bans; `None` where it is not installed: it takes minutes to compile, and the
/// architecture test looks at licences and sources without it.
pub(crate) fn deny(project: &Project) -> Option<Command> {
    if succeeds(project.cargo().args(["deny", "--version"])) {
        let mut command = project.cargo();
        command.arg("deny");
        return Some(command);
    }
    let program = place(project, "cargo-deny");
    program.is_file().then(|| project.command(program))
}

/// The program in `target/tools`, compiled first if it is not there.
fn built(project: &Project, package: &str, version: &str) -> Result<PathBuf, String> {
    let program = place(project, package);
    if program.is_file() {
        return Ok(program);
    }
    println!("{package}: compiling it once, into target/tools (minutes) …");
    run(project
        .cargo()
        .args(["install", "--locked", "--quiet", package, "--version", version])
        .arg("--root")
        .arg(project.tools()))
    .map_err(|why| {
        format!("{why}\nIt needs crates.io. Type `cargo install --locked {package}` to see more.")
    })?;
    Ok(program)
}

fn place(project: &Project, program: &str) -> PathBuf {
    project.tools().join("bin").join(format!("{program}{}", std::env::consts::EXE_SUFFIX))
}
