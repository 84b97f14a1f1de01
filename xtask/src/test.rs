//! `cargo xtask test`: every check there is, in the order in which they cost least to fail.

use std::ffi::OsStr;

use crate::project::{Outcome, Project, run as start};
use crate::report::{Report, Work};
use crate::{build, display, setup, system, tools};

/// A step of the test.
struct Step {
    name: &'static str,
    what: &'static str,
    /// Steps without which this one tells nothing.
    needs: &'static [&'static str],
    /// What to do when it fails.
    advice: &'static str,
    /// Whether it runs only when it is named: it takes as long as all the others.
    only_by_name: bool,
    work: fn(&Project) -> Result<Work, String>,
}

const STEPS: &[Step] = &[
    Step {
        name: "setup",
        what: "system packages, Rust tools, npm packages",
        needs: &[],
        advice: "the message above says what is missing and how to get it",
        only_by_name: false,
        work: |project| setup::everything(project).map(done),
    },
    Step {
        name: "format",
        what: "rustfmt",
        needs: &[],
        advice: "cargo fmt --all",
        only_by_name: false,
        work: |project| cargo(project, &["fmt", "--all", "--check", "--", "-l"]),
    },
    Step {
        name: "screens",
        what: "the user interface: types, lint, unit tests, build",
        needs: &["setup"],
        advice: "in ui/: npm run check (npm run format mends most of it), npm test or npm run build, whichever failed",
        only_by_name: false,
        work: screens,
    },
    Step {
        name: "lint",
        what: "clippy, warnings as errors",
        needs: &["screens"],
        advice: "mend what clippy names; `#[expect(…, reason = \"…\")]` where it is wrong",
        only_by_name: false,
        work: |project| {
            cargo(project, &["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"])
        },
    },
    Step {
        name: "build",
        what: "every program and every test",
        needs: &["screens"],
        advice: "mend the first error above",
        only_by_name: false,
        // In one go with the tests, so that features are unified once and nothing is compiled twice.
        work: |project| cargo(project, &["build", "--workspace", "--bins", "--tests"]),
    },
    Step {
        name: "tests",
        what: "unit and integration tests of the whole workspace",
        needs: &["build"],
        advice: "`cargo nextest run -p PACKAGE TEST` runs one alone; build first with `cargo xtask build`",
        only_by_name: false,
        work: tests,
    },
    Step {
        name: "documents",
        what: "two full validators over every FHIR bundle that the tests exported",
        needs: &["setup", "tests"],
        advice: "target/fhir holds the bundles; crates/fhir/validate/README.md says how to look at one alone",
        only_by_name: false,
        work: documents,
    },
    Step {
        name: "docs",
        what: "examples in the documentation",
        needs: &["build"],
        advice: "mend the example, or its documentation",
        only_by_name: false,
        work: |project| cargo(project, &["test", "--workspace", "--doc", "--quiet"]),
    },
    Step {
        name: "deny",
        what: "licences, sources and bans of every dependency",
        needs: &[],
        advice: "see deny.toml: another dependency, or an exception with its reason",
        only_by_name: false,
        work: deny,
    },
    Step {
        name: "browser",
        what: "the screens in a browser, against `bedside serve`",
        needs: &["build"],
        advice: "ui/test-results holds pictures",
        only_by_name: false,
        work: browser,
    },
    Step {
        name: "application",
        what: "the real application on a virtual screen",
        needs: &["build"],
        advice: "target/e2e holds pictures of the screen and the application's log",
        only_by_name: false,
        work: application,
    },
    Step {
        name: "long",
        what: "a visit of ten minutes, at the speed of life (only when it is named)",
        needs: &["build"],
        advice: "target/e2e holds pictures of the screen and the application's log",
        only_by_name: true,
        work: long,
    },
];

/// Names and meanings of the steps.
pub(crate) fn list() {
    for step in STEPS {
        println!("{:<12} {}", step.name, step.what);
    }
}

/// Every step, or those named.
pub(crate) fn run(project: &Project, names: &[&str]) -> Outcome {
    if let Some(unknown) = names.iter().find(|name| !STEPS.iter().any(|step| step.name == **name)) {
        let known: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        return Err(format!("There is no step `{unknown}`. There are: {}.", known.join(", ")));
    }
    let chosen: Vec<&Step> = STEPS
        .iter()
        .filter(|step| if names.is_empty() { !step.only_by_name } else { names.contains(&step.name) })
        .collect();
    let mut report = Report::new(chosen.len());
    for step in chosen {
        report.step(step.name, step.needs, step.advice, || (step.work)(project));
    }
    report.close()
}

fn screens(project: &Project) -> Result<Work, String> {
    for script in ["check", "test"] {
        start(project.npm().args(["run", script]))?;
    }
    build::screens(project).map(done)
}

fn tests(project: &Project) -> Result<Work, String> {
    // What an earlier run exported says nothing about this one.
    let bundles = project.bundles();
    match std::fs::remove_dir_all(&bundles) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(format!("{} cannot be emptied: {error}", bundles.display()));
        }
        _ => {}
    }
    std::fs::create_dir_all(&bundles).map_err(|error| format!("{}: {error}", bundles.display()))?;
    let mut nextest = tools::nextest(project)?;
    nextest.args(["run", "--workspace", "--no-fail-fast"]).env("BEDSIDE_FHIR_OUT", &bundles);
    start(&mut nextest).map(done)
}

fn documents(project: &Project) -> Result<Work, String> {
    let bundles = project.bundles();
    // Each of these tests leaves some: one that stopped doing so would go unseen.
    for made_by in ["shape-", "engine-", "audit"] {
        let left = std::fs::read_dir(&bundles).map_err(|error| format!("{}: {error}", bundles.display()))?;
        let there = left.flatten().any(|file| file.file_name().to_string_lossy().starts_with(made_by));
        if !there {
            return Err(format!("no test left a bundle {made_by}*.json in {}", bundles.display()));
        }
    }
    let mut node = project.command("node");
    start(node.arg(project.validators().join("validate.mjs")).arg(bundles)).map(done)
}

fn deny(project: &Project) -> Result<Work, String> {
    let Some(mut command) = tools::deny(project) else {
        return Ok(Work::Skipped(
            "cargo-deny is not installed (cargo install --locked cargo-deny); the architecture test looked at licences \
             and sources"
                .into(),
        ));
    };
    // Advisories come from the network, and change without a change here: the workflows ask for them daily.
    start(command.args([
        "--log-level",
        "error",
        "check",
        "--hide-inclusion-graph",
        "bans",
        "licenses",
        "sources",
    ]))
    .map(done)
}

fn browser(project: &Project) -> Result<Work, String> {
    let Some(browser) = system::browser() else {
        return Err(
            "there is no Chromium or Chrome; `cargo xtask setup` installs one, or CHROMIUM_PATH names it"
                .into(),
        );
    };
    start(project.npm().args(["run", "e2e"]).env("CHROMIUM_PATH", browser)).map(done).map_err(|why| {
        // Said again at the end: the runner's own words are far up by then.
        format!("{why}\n{:>23} failed: {}", "", failed_screens(project).join(", "))
    })
}

/// The browser's tests that left a description of their failure, by the names of their folders.
fn failed_screens(project: &Project) -> Vec<String> {
    let folders = std::fs::read_dir(project.ui().join("test-results")).into_iter().flatten().flatten();
    folders
        .filter(|folder| folder.path().join("error-context.md").is_file())
        .map(|folder| folder.file_name().to_string_lossy().into_owned())
        .collect()
}

fn application(project: &Project) -> Result<Work, String> {
    on_screen(project, &[])
}

fn long(project: &Project) -> Result<Work, String> {
    on_screen(project, &["--run-ignored", "only", "-E", "test(ten_minutes)"])
}

fn on_screen(project: &Project, more: &[&str]) -> Result<Work, String> {
    if !display::can_drive_the_application() {
        return Ok(Work::Skipped(
            "the web view of this system has no WebDriver that a test could rely on".into(),
        ));
    }
    let driver = tools::tauri_driver(project)?;
    let mut nextest = tools::nextest(project)?;
    nextest.args(["run", "--package", "bedside-e2e", "--profile", "application"]).args(more);
    nextest.env("BEDSIDE_TAURI_DRIVER", driver);
    let mut on_screen = display::virtual_screen(project, &nextest)?;
    start(&mut on_screen).map(done)
}

fn cargo(project: &Project, arguments: &[&(impl AsRef<OsStr> + ?Sized)]) -> Result<Work, String> {
    start(project.cargo().args(arguments)).map(done)
}

fn done((): ()) -> Work {
    Work::Done
}
