//! What must be there before anything can be built or tested.

use std::path::Path;
use std::time::SystemTime;

use crate::display;
use crate::project::{Outcome, Project, on_path, run};
use crate::system::{self, Purpose};
use crate::tools;

/// `cargo xtask setup`, and the first step of `cargo xtask test`.
pub(crate) fn everything(project: &Project) -> Outcome {
    system::install(&[Purpose::Native, Purpose::Desktop, Purpose::Tests])?;
    npm_packages(project)?;
    npm_packages_in(&project.validators(), "Validators of FHIR documents")?;
    tools::nextest(project)?;
    if display::can_drive_the_application() {
        tools::tauri_driver(project)?;
    }
    println!("Set-up: done.");
    Ok(())
}

/// What `cargo xtask build` needs.
pub(crate) fn for_building(project: &Project) -> Outcome {
    system::install(&[Purpose::Native, Purpose::Desktop])?;
    npm_packages(project)
}

/// What the command alone needs: a machine without a display has no use for a web view.
pub(crate) fn for_the_terminal(project: &Project) -> Outcome {
    system::install(&[Purpose::Native])?;
    npm_packages(project)
}

/// The npm packages of the screens.
fn npm_packages(project: &Project) -> Outcome {
    npm_packages_in(&project.ui(), "npm packages")
}

/// `npm ci`, unless what is installed is younger than the lock file.
fn npm_packages_in(folder: &Path, what: &str) -> Outcome {
    if !on_path("npm") {
        return Err(
            "Node is missing (npm is not on the PATH): install Node 20 or newer from nodejs.org or your \
                    system's packages, then try again."
                .into(),
        );
    }
    let installed = changed(&folder.join("node_modules/.package-lock.json"));
    let locked = changed(&folder.join("package-lock.json"));
    if installed.is_some() && installed >= locked {
        println!("{what}: all there.");
        return Ok(());
    }
    println!("{what}: installing …");
    run(Project::npm_in(folder).args(["ci", "--no-audit", "--no-fund"]))
        .map_err(|why| format!("{why}\nIt needs the npm registry once; afterwards everything works offline."))
}

fn changed(file: &Path) -> Option<SystemTime> {
    file.metadata().and_then(|metadata| metadata.modified()).ok()
}
