//! `cargo xtask dist`: what a clinic is handed, as this system's installers; with `--brand`, under the brand's name.
//!
//! Tauri's bundler does the packing. What it is told beside `src-tauri/tauri.conf.json` are two files in `target/dist`: which
//! programs lie beside the application, and what the brand replaces (`bedside brand overlay`).

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::build::{self, PROGRAMS, Profile, WORKERS};
use crate::project::{Outcome, Project, printed, run};
use crate::{setup, tools};

/// The starter model, and where a deb puts it (crates/inference/src/models/starter.rs looks there).
const STARTER: &str = "models/starter/bedside-starter-en.bin";
const STARTER_IN_DEB: &str = "/usr/lib/bedside/bedside-starter-en.bin";

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
struct Wanted<'a> {
    brand: Option<&'a str>,
    /// The workers for the usual processors only: to try a bundle, not to hand it out.
    one_level: bool,
}

impl<'a> Wanted<'a> {
    fn read(options: &[&'a str]) -> Result<Self, String> {
        let mut wanted = Self { brand: None, one_level: false };
        let mut rest = options;
        while let [option, after @ ..] = rest {
            rest = match (*option, after) {
                ("--one-level", _) => {
                    wanted.one_level = true;
                    after
                }
                ("--brand", [folder, after @ ..]) => {
                    wanted.brand = Some(folder);
                    after
                }
                ("--brand", []) => return Err("`--brand` needs a folder with brand.toml in it.".to_owned()),
                (unknown, _) => {
                    return Err(format!(
                        "`{unknown}` is not an option of dist; there are --brand FOLDER and --one-level."
                    ));
                }
            };
        }
        Ok(wanted)
    }
}

/// The installers that can be made on this system.
const fn kinds() -> &'static str {
    if cfg!(windows) {
        "msi,nsis"
    } else if cfg!(target_os = "macos") {
        "dmg"
    } else {
        "deb"
    }
}

/// Builds and packs.
pub(crate) fn run_with(project: &Project, options: &[&str]) -> Outcome {
    let wanted = Wanted::read(options)?;
    // Of the folder from which the command was given.
    let brand = wanted.brand.map(|folder| std::path::absolute(folder).unwrap_or_else(|_| folder.into()));
    setup::for_building(project)?;
    build::everything(project, Profile::Release)?;
    if !wanted.one_level {
        build::levels(project, &WORKERS)?;
    }
    let folder = project.target().join("dist");
    let target = host()?;
    let programs = beside(project, &folder.join("programs"), &target, wanted.one_level)?;
    let mut configs = vec![written(&folder.join("tauri.dist.json"), &config(project, &programs))?];
    if let Some(brand) = &brand {
        configs.push(overlay(project, brand, &folder.join("brand"))?);
    }
    let mut bundler = project.command(tools::tauri(project)?);
    bundler.args(["build", "--ci", "--bundles", kinds(), "--target", &target]);
    for config in &configs {
        bundler.arg("--config").arg(config);
    }
    run(&mut bundler)?;
    println!("Made, in {}.", project.target().join(&target).join("release/bundle").display());
    Ok(())
}

/// What the brand replaces, with its icons and the installers' pictures beside it.
fn overlay(project: &Project, brand: &Path, folder: &Path) -> Result<PathBuf, String> {
    let mut bedside = Command::new(project.program(Profile::Release.folder(), "bedside"));
    run(bedside.args(["brand", "overlay"]).arg(brand).arg("--out").arg(folder))?;
    Ok(folder.join("tauri.brand.json"))
}

/// The machine's own target, as cargo names it.
fn host() -> Result<String, String> {
    let said = printed(Command::new("rustc").arg("-vV"))?;
    let line = said.lines().find_map(|line| line.strip_prefix("host: "));
    line.map(str::to_owned).ok_or_else(|| "rustc does not say what machine it is for.".to_owned())
}

/// The names of the programs that lie beside the application.
fn names(one_level: bool) -> Vec<String> {
    let mut names: Vec<String> =
        PROGRAMS.into_iter().filter(|program| *program != "bedside-desktop").map(str::to_owned).collect();
    if !one_level && cfg!(target_arch = "x86_64") {
        let levels = build::LEVELS.iter().map(|(level, _)| *level);
        names.extend(levels.flat_map(|level| WORKERS.map(|worker| format!("{worker}-{level}"))));
    }
    names
}

/// Copies of the programs, named as the bundler wants them: with the target at the end. Their paths without it.
fn beside(project: &Project, folder: &Path, target: &str, one_level: bool) -> Result<Vec<PathBuf>, String> {
    std::fs::create_dir_all(folder)
        .map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    let copy = |name: String| {
        let built = project.program(Profile::Release.folder(), &name);
        let named = folder.join(format!("{name}-{target}{}", std::env::consts::EXE_SUFFIX));
        std::fs::copy(&built, &named)
            .map_err(|error| format!("{} cannot be copied: {error}", built.display()))?;
        Ok(folder.join(name))
    };
    names(one_level).into_iter().map(copy).collect()
}

/// The part of the configuration that only a bundle needs: a plain build would want these files to be there.
fn config(project: &Project, programs: &[PathBuf]) -> Value {
    let starter = project.root.join(STARTER);
    let mut bundle = json!({ "externalBin": programs });
    if cfg!(target_os = "linux") {
        bundle["linux"] = json!({ "deb": { "files": { STARTER_IN_DEB: starter } } });
    } else {
        bundle["resources"] = json!({ starter.display().to_string(): "bedside-starter-en.bin" });
    }
    json!({ "bundle": bundle })
}

fn written(file: &Path, config: &Value) -> Result<PathBuf, String> {
    std::fs::write(file, format!("{config:#}\n"))
        .map_err(|error| format!("{} cannot be written: {error}", file.display()))?;
    Ok(file.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brand_is_a_folder_and_what_is_no_option_is_refused() {
        let brand = Wanted::read(&["--one-level", "--brand", "branding/acme"]).unwrap();
        assert_eq!(brand, Wanted { brand: Some("branding/acme"), one_level: true });
        assert_eq!(Wanted::read(&[]).unwrap(), Wanted { brand: None, one_level: false });
        assert!(Wanted::read(&["--brand"]).unwrap_err().contains("folder"));
        assert!(Wanted::read(&["--band", "x"]).unwrap_err().contains("`--band`"));
    }

    #[test]
    fn the_workers_of_every_level_and_the_command_lie_beside_the_application() {
        let names = names(false);
        assert!(names.iter().any(|name| name == "bedside"), "{names:?}");
        assert!(!names.iter().any(|name| name == "bedside-desktop"), "the bundler has it already");
        let workers = names.iter().filter(|name| name.contains("-worker")).count();
        assert_eq!(workers, if cfg!(target_arch = "x86_64") { 6 } else { 2 });
        let config = config(&Project::find(), &[PathBuf::from("programs/bedside")]);
        assert_eq!(config["bundle"]["externalBin"][0], "programs/bedside");
        assert!(config.to_string().contains("bedside-starter-en.bin"));
        assert!(Project::find().root.join(STARTER).is_file());
    }
}
