//! `cargo xtask bench`: the figures of docs/benchmarks.md, measured here and now.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::build::{self, Profile};
use crate::project::{Outcome, Project, printed};
use crate::{display, setup, tools};

/// How many writers `--crash` kills.
const KILLS: &str = "2000";

/// How many patients are taken through the kiosk.
const PATIENTS: &str = "1000";

/// The store's single figures that are times.
const TIMES: [&str; 4] = ["open_with_passphrase", "audit_verify", "backup", "rebuild_projections"];

/// What is measured only when it is named: the option, the heading of its section, and how. Each has its section of the page, which
/// every other run leaves as it is.
type Part = (&'static str, &'static str, fn(&Project) -> Result<String, String>);

const PARTS: [Part; 4] = [
    ("--crash", "## Killed writers", crash),
    ("--speech", "## Speech", speech),
    ("--language", "## The language model", language),
    ("--scale", "## A large clinic", scale),
];

/// Measures and prints; with `--write` into docs/benchmarks.md too. Without a part's name: the store, the application, the kiosk.
pub(crate) fn run(project: &Project, options: &[&str]) -> Outcome {
    let known = |option: &&&str| **option == "--write" || PARTS.iter().any(|(name, ..)| name == *option);
    if let Some(unknown) = options.iter().find(|option| !known(option)) {
        let names: Vec<_> = PARTS.iter().map(|(name, ..)| *name).chain(["--write"]).collect();
        return Err(format!("`{unknown}` is not an option of bench; there are {}.", names.join(", ")));
    }
    let file = project.root.join("docs/benchmarks.md");
    let before = std::fs::read_to_string(&file).unwrap_or_default();
    let mut page = before.clone();
    let named: Vec<_> = PARTS.iter().filter(|(name, ..)| options.contains(name)).collect();
    if named.is_empty() {
        page = whole(project)?;
        for (_, heading, _) in &PARTS {
            if let Some(section) = section(&before, heading) {
                page = with_section(&page, heading, section);
            }
        }
        println!("\n{page}");
    }
    for (name, heading, measure) in named {
        let place = place(project, &format!("bench {name}"));
        let section = format!("{heading}\n\n{place}\n\n{}\n", measure(project)?.trim());
        println!("\n{section}");
        page = with_section(&page, heading, &section);
    }
    if options.contains(&"--write") {
        write(&file, &page)?;
    }
    Ok(())
}

fn whole(project: &Project) -> Result<String, String> {
    setup::everything(project)?;
    build::everything(project, Profile::Release)?;
    let mut page = heading(project);
    let _ = writeln!(page, "\n## The store\n\n{}", store(project)?.trim());
    match application(project)? {
        Some(figures) => {
            let _ = writeln!(page, "\n## The application\n\n{}", figures.trim());
        }
        None => {
            println!("The application is not measured here: its web view has no WebDriver on this system.")
        }
    }
    let _ = writeln!(page, "\n## The kiosk\n\n{}", kiosk(project)?.trim());
    Ok(page)
}

fn write(file: &Path, page: &str) -> Outcome {
    std::fs::write(file, page).map_err(|error| format!("{} cannot be written: {error}", file.display()))?;
    println!("Written to docs/benchmarks.md.");
    Ok(())
}

/// The part of a page from a heading to the next one.
fn section<'p>(page: &'p str, heading: &str) -> Option<&'p str> {
    let begin = page.find(&format!("{heading}\n"))?;
    let end = page[begin + heading.len()..].find("\n## ").map(|at| begin + heading.len() + at + 1);
    Some(&page[begin..end.unwrap_or(page.len())])
}

/// The page with a section in place of the one under the same heading, or at its end.
fn with_section(page: &str, heading: &str, new: &str) -> String {
    let new = new.trim();
    match section(page, heading) {
        Some(old) if page.ends_with(old) => page.replace(old, &format!("{new}\n")),
        Some(old) => page.replace(old, &format!("{new}\n\n")),
        None => format!("{}\n\n{new}\n", page.trim_end()),
    }
}

/// A clinic of 50,000 encounters, or of as many as `BEDSIDE_SCALE` says. The engine alone has its debug assertions: with them it
/// believes the licence that this run signs, and figures need one.
fn scale(project: &Project) -> Result<String, String> {
    println!("Making a clinic and reading it (some ten minutes, 4 GB in /var/tmp) …");
    printed(project.cargo().args([
        "run",
        "--release",
        "--config=profile.release.package.bedside-engine.debug-assertions=true",
        "--package=bedside-engine",
        "--example=scale_bench",
    ]))
}

fn store(project: &Project) -> Result<String, String> {
    println!("Measuring the store …");
    let printed = printed(project.cargo().args([
        "run",
        "--release",
        "--package=bedside-store",
        "--example=store_bench",
    ]))?;
    let report: Value =
        serde_json::from_str(&printed).map_err(|error| format!("store_bench printed no JSON: {error}"))?;
    Ok(table(&report))
}

/// What the store's report says, as Markdown: its distributions in a table, single figures below.
fn table(report: &Value) -> String {
    let mut rows = String::from("| what | p50 | p95 | p99 |\n| --- | ---: | ---: | ---: |\n");
    let mut rest = String::new();
    for (name, value) in report.as_object().into_iter().flatten() {
        let unit = if TIMES.contains(&name.as_str()) { " ms" } else { "" };
        let name = name.replace('_', " ");
        match value {
            Value::Object(figures) => {
                let of = |key: &str| {
                    figures.get(key).map_or_else(|| "-".to_owned(), |figure| format!("{figure} ms"))
                };
                let _ = writeln!(rows, "| {name} | {} | {} | {} |", of("p50"), of("p95"), of("p99"));
            }
            single => {
                let _ = writeln!(rest, "- {name}: {single}{unit}");
            }
        }
    }
    format!("{rows}\n{rest}")
}

/// Random patients, one after the other, on every protocol.
fn kiosk(project: &Project) -> Result<String, String> {
    println!("Taking {PATIENTS} patients through the kiosk …");
    let mut bedside = Command::new(project.program(Profile::Release.folder(), "bedside"));
    let printed = printed(bedside.args(["intake", "simulate", "--count", PATIENTS]))?;
    Ok(format!("```\n{}\n```", printed.trim()))
}

/// Writers killed at random moments, each followed by a look at what is left.
fn crash(project: &Project) -> Result<String, String> {
    println!("Killing {KILLS} writers …");
    // Not through nextest, whose patience is for tests.
    let mut test = project.cargo();
    test.args([
        "test",
        "--release",
        "--package=bedside-store",
        "--test=vault",
        "--",
        "killed",
        "--nocapture",
        // A process that one test starts would for a moment hold the lock that another has just given back.
        "--test-threads=1",
    ])
    .env("BEDSIDE_CRASH_ROUNDS", KILLS);
    crate::project::run(&mut test)?;
    Ok(format!(
        "{KILLS} writers were killed (`SIGKILL`) at random moments, and set-ups and backups besides: no acknowledged event \
         was lost, no integrity error."
    ))
}

/// Recognition, on models of whisper's sizes and the starter, at each level of instructions that this processor has.
fn speech(project: &Project) -> Result<String, String> {
    build::levels(project, &["bedside-speech-worker"])?;
    println!("Measuring recognition …");
    printed(
        project
            .cargo()
            .args(["run", "--release", "--quiet", "--package=bedside-evals-speech", "--bin=speech_bench"])
            .env("BEDSIDE_WORKERS", project.target().join(build::Profile::Release.folder())),
    )
}

/// The way to the language model, against llama.cpp alone.
fn language(project: &Project) -> Result<String, String> {
    crate::project::run(project.cargo().args(["build", "--release", "--package=bedside-language-worker"]))?;
    println!("Measuring the language model …");
    printed(
        project
            .cargo()
            .args([
                "run",
                "--release",
                "--quiet",
                "--package=bedside-language-worker",
                "--example=language_bench",
            ])
            .env("BEDSIDE_WORKERS", project.target().join(build::Profile::Release.folder())),
    )
}

/// From the start of the program to a kiosk screen that can be touched, and its memory afterwards.
fn application(project: &Project) -> Result<Option<String>, String> {
    if !display::can_drive_the_application() {
        return Ok(None);
    }
    println!("Measuring the application …");
    let mut measure = project.cargo();
    measure
        .args(["run", "--release", "--quiet", "--package=bedside-e2e", "--example=cold_start"])
        .env("BEDSIDE_TAURI_DRIVER", tools::tauri_driver(project)?);
    let mut on_screen = display::virtual_screen(project, &measure)?;
    let printed = printed(&mut on_screen)?;
    // The session bus of a virtual screen has things to say, too.
    let table = printed.find("| what").ok_or_else(|| format!("cold_start printed no table: {printed}"))?;
    Ok(Some(printed[table..].to_owned()))
}

/// What was measured, where.
fn heading(project: &Project) -> String {
    format!(
        "# Benchmarks\n\n{}\nOrders of magnitude, not promises: another disk, another figure.\n",
        place(project, "bench")
    )
}

/// By which command, on which machine, of which version.
fn place(project: &Project, command: &str) -> String {
    let text = |file: &str| std::fs::read_to_string(Path::new(file)).unwrap_or_default();
    let processor = text("/proc/cpuinfo")
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": ").map(|(_, name)| name.to_owned()))
        .unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let memory = text("/proc/meminfo")
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok())
        .map(|kib| format!(", {} GiB of memory", kib.div_ceil(1024 * 1024)))
        .unwrap_or_default();
    let commit =
        printed(Command::new("git").current_dir(&project.root).args(["rev-parse", "--short", "HEAD"]))
            .map(|hash| format!(", at {}", hash.trim()))
            .unwrap_or_default();
    format!(
        "Measured by `cargo xtask {command}` (release build) on {}, {cores} cores ({processor}){memory}{commit}.",
        std::env::consts::OS
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_becomes_a_table_and_a_list() {
        let report = serde_json::json!({ "durable_append": { "p50": 1.5, "p95": 4.0, "p99": 9.1 }, "utterances": 200_000, "backup": 812.5 });
        let text = table(&report);
        assert!(text.contains("| durable append | 1.5 ms | 4.0 ms | 9.1 ms |"), "{text}");
        assert!(text.contains("- utterances: 200000\n"), "{text}");
        assert!(text.contains("- backup: 812.5 ms\n"), "{text}");
    }

    #[test]
    fn a_section_takes_the_place_of_the_one_before_and_leaves_the_others() {
        let page = "# Page\n\n## One\n\nfirst\n\n## Two\n\nsecond\n";
        assert_eq!(section(page, "## One"), Some("## One\n\nfirst\n\n"));
        let page = with_section(page, "## One", "## One\n\nnew\n");
        assert_eq!(page, "# Page\n\n## One\n\nnew\n\n## Two\n\nsecond\n");
        let page = with_section(&page, "## Two", "## Two\n\nother");
        assert_eq!(page, "# Page\n\n## One\n\nnew\n\n## Two\n\nother\n");
        let page = with_section(&page, "## Three", "## Three\n\nthird");
        assert!(page.ends_with("## Two\n\nother\n\n## Three\n\nthird\n"), "{page}");
    }
}
