//! Who may use whom.

use std::collections::BTreeSet;

use crate::graph::Use;

/// What only hosts may reach.
pub(crate) const HOSTS: &[&str] = &["tauri", "wry", "tao", "axum"];

/// What does input, output or randomness by itself.
pub(crate) const EFFECTS: &[&str] = &[
    "tokio",
    "async-std",
    "mio",
    "socket2",
    "hyper",
    "reqwest",
    "ureq",
    "rusqlite",
    "libsqlite3-sys",
    "getrandom",
    "rand",
    "tempfile",
    "tracing-subscriber",
    "chrono",
];

/// The crates that are functions only; `domain`, `seal`, `intake`, `scribe`, `phi`, `fhir`, `export`, `licence` and `branding` also build for wasm32.
pub(crate) const PURE: &[&str] = &[
    "bedside-domain",
    "bedside-seal",
    "bedside-intake",
    "bedside-scribe",
    "bedside-phi",
    "bedside-fhir",
    "bedside-export",
    "bedside-licence",
    "bedside-branding",
];

/// The two libraries that each bring a ggml.
const NATIVE: [&str; 2] = ["whisper-rs-sys", "llama-cpp-sys-2"];

/// A member's height: it may use what stands lower. `None`: nobody said.
fn height(name: &str) -> Option<u8> {
    Some(match name.strip_prefix("bedside-")? {
        "domain" => 0,
        "seal" => 1,
        "intake" | "scribe" | "phi" | "fhir" | "export" | "licence" | "branding" => 2,
        "store" | "audio" | "sync" => 3,
        // it cuts what it listens to where nobody speaks, which `audio` knows
        "inference" => 4,
        "engine" => 5,
        "desktop" | "cli" | "hub" => 6,
        _ => return None,
    })
}

/// The members that stand beside the order, and who alone may use each.
fn users(name: &str) -> Option<&'static [&'static str]> {
    match name {
        // what both ends of the pipe must agree on
        "bedside-worker" => Some(&["bedside-inference", "bedside-speech-worker", "bedside-language-worker"]),
        // `inference`'s and `engine`'s tests start the programs, they do not link them
        "bedside-speech-worker" | "bedside-language-worker" | "bedside-xtask" | "bedside-e2e" => Some(&[]),
        _ if measures(name) => Some(&[]),
        _ => None,
    }
}

/// The scorers in `evals/`: they look at the core from outside, and nothing that ships uses them.
fn measures(name: &str) -> bool {
    name.starts_with("bedside-evals")
}

/// Uses that point up or sideways, and members that have no place in the order yet.
pub(crate) fn upward(uses: &[Use]) -> Vec<String> {
    uses.iter()
        .filter_map(|arrow| wrong(arrow).map(|why| format!("{} uses {}: {why}", arrow.from, arrow.to)))
        .collect()
}

fn wrong(Use { from, to, in_tests }: &Use) -> Option<String> {
    if from == to {
        return None; // a package's tests may enable a feature of the package
    }
    if let Some(users) = users(to) {
        return (!users.contains(&from.as_str())).then(|| format!("only {users:?} may"));
    }
    let Some(below) = height(to) else {
        return Some(format!("{to} has no place in the order (xtask/tests/architecture/rules.rs)"));
    };
    if measures(from) {
        return (below > 5).then(|| "it measures the core, not a host".to_owned());
    }
    if users(from).is_some() {
        // Workers speak of nothing but the protocol and the domain's words; their tests drive them from the other end.
        return (below > 0 && !in_tests).then(|| "it may use nothing above `domain`".to_owned());
    }
    let Some(above) = height(from) else {
        return Some(format!("{from} has no place in the order (xtask/tests/architecture/rules.rs)"));
    };
    (above <= below).then(|| "the order is hosts, engine, inference, {store audio sync}, {intake scribe phi fhir export licence branding}, seal, domain".to_owned())
}

/// Packages that reach something that they must not.
pub(crate) fn forbidden(
    reached: impl Iterator<Item = (String, BTreeSet<String>)>,
    names: &[&str],
) -> Vec<String> {
    reached
        .flat_map(|(package, reach)| {
            let found: Vec<_> = names.iter().filter(|name| reach.contains(**name)).collect();
            found.into_iter().map(|name| format!("{package} reaches {name}")).collect::<Vec<_>>()
        })
        .collect()
}

/// Programs with two copies of ggml in them, and inference outside the workers.
pub(crate) fn native_inference(reached: impl Iterator<Item = (String, BTreeSet<String>)>) -> Vec<String> {
    reached
        .filter_map(|(package, reach)| {
            let found: Vec<&str> = NATIVE.into_iter().filter(|name| reach.contains(*name)).collect();
            match found.as_slice() {
                [] => None,
                [_] if package.ends_with("-worker") => None,
                // it runs whisper.cpp bare, to compare the worker with it
                ["whisper-rs-sys"] if package == "bedside-evals-speech" => None,
                [one] => Some(format!("{package} links {one}, which only a worker may")),
                _ => Some(format!("{package} links {} and {}", NATIVE[0], NATIVE[1])),
            }
        })
        .collect()
}

fn arrow(from: &str, to: &str) -> Use {
    Use { from: format!("bedside-{from}"), to: format!("bedside-{to}"), in_tests: false }
}

fn reaching(package: &str, names: &[&str]) -> impl Iterator<Item = (String, BTreeSet<String>)> {
    std::iter::once((package.to_owned(), names.iter().map(|name| (*name).to_owned()).collect()))
}

#[test]
fn arrows_that_point_down_pass() {
    let good = [
        arrow("cli", "engine"),
        arrow("engine", "store"),
        arrow("store", "seal"),
        arrow("scribe", "domain"),
        arrow("inference", "worker"),
        arrow("speech-worker", "worker"),
        arrow("cli", "domain"),
        Use { in_tests: true, ..arrow("language-worker", "inference") },
        arrow("evals-notes", "scribe"),
    ];
    assert_eq!(upward(&good), Vec::<String>::new());
}

#[test]
fn an_arrow_that_points_up_or_sideways_or_from_nowhere_fails() {
    for bad in [
        arrow("domain", "seal"),
        arrow("seal", "store"),
        arrow("store", "engine"),
        arrow("engine", "cli"),
        arrow("intake", "scribe"),
        arrow("store", "inference"),
        arrow("engine", "worker"),
        arrow("speech-worker", "inference"),
        Use { in_tests: true, ..arrow("domain", "store") },
        arrow("engine", "xtask"),
        arrow("scribe", "evals-notes"),
        arrow("novelty", "domain"),
        arrow("engine", "novelty"),
    ] {
        assert_eq!(upward(std::slice::from_ref(&bad)).len(), 1, "{bad:?}");
    }
}

#[test]
fn a_core_crate_that_reaches_a_host_or_an_effect_fails() {
    assert_eq!(
        forbidden(reaching("bedside-engine", &["serde", "axum"]), HOSTS),
        ["bedside-engine reaches axum"]
    );
    assert_eq!(
        forbidden(reaching("bedside-domain", &["getrandom"]), EFFECTS),
        ["bedside-domain reaches getrandom"]
    );
    assert!(forbidden(reaching("bedside-engine", &["tokio"]), HOSTS).is_empty());
}

#[test]
fn two_copies_of_ggml_or_one_outside_a_worker_fail() {
    assert_eq!(native_inference(reaching("bedside-speech-worker", &NATIVE)).len(), 1);
    assert_eq!(native_inference(reaching("bedside-engine", &["whisper-rs-sys"])).len(), 1);
    assert!(native_inference(reaching("bedside-language-worker", &["llama-cpp-sys-2"])).is_empty());
}
