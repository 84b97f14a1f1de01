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
#[derive(PartialEq, Eq)]
struct Wanted<'a> {
    brand: Option<&'a str>,
    /// A debug build is packed to try it, with the workers for the usual processors only.
    profile: Profile,
}

impl<'a> Wanted<'a> {
    fn read(options: &[&'a str]) -> Result<Self, String> {
        let mut wanted = Self { brand: None, profile: Profile::Release };
        let mut rest = options;
        while let [option, after @ ..] = rest {
            rest = match (*option, after) {
                ("--debug", _) => {
                    wanted.profile = Profile::Debug;
                    after
                }
                ("--brand", [folder, after @ ..]) => {
                    wanted.brand = Some(folder);
                    after
                }
                ("--brand", []) => return Err("`--brand` needs a folder with brand.toml in it.".to_owned()),
                (unknown, _) => {
                    return Err(format!(
                        "`{unknown}` is not an option of dist; there are --brand FOLDER and --debug."
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
    let Wanted { brand, profile } = Wanted::read(options)?;
    // Of the folder from which the command was given.
    let brand = brand.map(|folder| std::path::absolute(folder).unwrap_or_else(|_| folder.into()));
    setup::for_building(project)?;
    build::everything(project, profile)?;
    if profile == Profile::Release {
        build::levels(project, &WORKERS)?;
    }
    let folder = project.target().join("dist");
    let programs = beside(project, &folder.join("programs"), profile)?;
    let mut configs = vec![written(&folder.join("tauri.dist.json"), &config(project, &programs))?];
    if let Some(brand) = &brand {
        let overlay = overlay(project, profile, brand, &folder.join("brand"))?;
        // Name and identifier are in the application, too: it alone is built once more.
        let text = std::fs::read_to_string(&overlay)
            .map_err(|error| format!("{} cannot be read: {error}", overlay.display()))?;
        build::branded(project, profile, &text)?;
        configs.push(overlay);
    }
    let mut bundler = project.command(tools::tauri(project)?);
    bundler.args(["bundle", "--ci", "--bundles", kinds()]);
    if profile == Profile::Debug {
        bundler.arg("--debug");
    }
    for config in &configs {
        bundler.arg("--config").arg(config);
    }
    run(&mut bundler)?;
    println!("Made, in {}.", project.target().join(profile.folder()).join("bundle").display());
    Ok(())
}

/// What the brand replaces, with its icons and the installers' pictures beside it.
fn overlay(project: &Project, profile: Profile, brand: &Path, folder: &Path) -> Result<PathBuf, String> {
    let mut bedside = Command::new(project.program(profile.folder(), "bedside"));
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
fn names(profile: Profile) -> Vec<String> {
    let mut names: Vec<String> =
        PROGRAMS.into_iter().filter(|program| *program != "bedside-desktop").map(str::to_owned).collect();
    if profile == Profile::Release && cfg!(target_arch = "x86_64") {
        let levels = build::LEVELS.iter().map(|(level, _)| *level);
        names.extend(levels.flat_map(|level| WORKERS.map(|worker| format!("{worker}-{level}"))));
    }
    names
}

/// Copies of the programs, named as the bundler wants them: with the target at the end. Their paths without it.
fn beside(project: &Project, folder: &Path, profile: Profile) -> Result<Vec<PathBuf>, String> {
    let target = host()?;
    std::fs::create_dir_all(folder)
        .map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    let copy = |name: String| {
        let built = project.program(profile.folder(), &name);
        let named = folder.join(format!("{name}-{target}{}", std::env::consts::EXE_SUFFIX));
        std::fs::copy(&built, &named)
            .map_err(|error| format!("{} cannot be copied: {error}", built.display()))?;
        Ok(folder.join(name))
    };
    names(profile).into_iter().map(copy).collect()
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
        let read = |options: &[&'static str]| {
            Wanted::read(options).map(|wanted| (wanted.brand, wanted.profile == Profile::Debug))
        };
        assert_eq!(read(&["--debug", "--brand", "branding/acme"]), Ok((Some("branding/acme"), true)));
        assert_eq!(read(&[]), Ok((None, false)));
        assert!(read(&["--brand"]).unwrap_err().contains("folder"));
        assert!(read(&["--band", "x"]).unwrap_err().contains("`--band`"));
    }

    #[test]
    fn the_workers_of_every_level_and_the_command_lie_beside_the_application() {
        let names = names(Profile::Release);
        assert!(names.iter().any(|name| name == "bedside"), "{names:?}");
        assert!(!names.iter().any(|name| name == "bedside-desktop"), "the bundler has it already");
        let workers = names.iter().filter(|name| name.contains("-worker")).count();
        assert_eq!(workers, if cfg!(target_arch = "x86_64") { 6 } else { 2 });
        assert_eq!(super::names(Profile::Debug).len(), 3);
        let config = config(&Project::find(), &[PathBuf::from("programs/bedside")]);
        assert_eq!(config["bundle"]["externalBin"][0], "programs/bedside");
        assert!(config.to_string().contains("bedside-starter-en.bin"));
        assert!(Project::find().root.join(STARTER).is_file());
    }
}
