//! The rules of docs/architecture.md that a compiler does not know: who may use whom, what the core never reaches, which
//! licences and sources are acceptable, how long a file may be. Each rule is tried on a bad example too, so that it is
//! known to be able to fail.

// An integration test is no `#[cfg(test)]` to clippy.
#![allow(clippy::expect_used)]

mod graph;
mod licences;
mod rules;
mod sources;

use graph::Workspace;

#[test]
fn no_crate_uses_one_above_it_or_beside_it() {
    assert_none(
        rules::upward(&Workspace::read().uses),
        "Move the shared part down, or ask for it through a trait.",
    );
}

#[test]
fn the_core_reaches_neither_tauri_nor_axum() {
    let workspace = Workspace::read();
    let core = workspace.folders("crates/");
    assert!(core.len() >= 9, "crates/ holds {core:?}");
    let reached = core.iter().map(|name| (name.clone(), workspace.reach(name)));
    assert_none(
        rules::forbidden(reached, rules::HOSTS),
        "Hosts (src-tauri, cli, hub) own windows and sockets; the core is handed what it needs.",
    );
}

#[test]
fn pure_crates_do_no_input_or_output_and_draw_no_random_numbers() {
    let workspace = Workspace::read();
    let reached = rules::PURE
        .iter()
        .filter(|name| workspace.has(name))
        .map(|name| (String::from(*name), workspace.reach(name)));
    assert_none(
        rules::forbidden(reached, rules::EFFECTS),
        "Clock, randomness and files are passed in (domain::Clock, domain::Random).",
    );
}

#[test]
fn whisper_and_llama_never_meet_in_one_program() {
    let workspace = Workspace::read();
    let reached = workspace.members().map(|name| (name.to_owned(), workspace.reach(name)));
    assert_none(
        rules::native_inference(reached),
        "Each bundles its own ggml; together they link without a warning and call each other's. One worker each.",
    );
}

#[test]
fn every_dependency_comes_from_crates_io_under_a_licence_that_deny_toml_allows() {
    let workspace = Workspace::read();
    let policy = licences::Policy::read(&workspace.root.join("deny.toml"));
    assert_none(
        licences::violations(&workspace.packages, &policy),
        "Use another crate, or add an exception with its reason to deny.toml.",
    );
}

#[test]
fn no_source_file_is_longer_than_six_hundred_lines() {
    let workspace = Workspace::read();
    assert_none(sources::too_long(&workspace.root), "Split it where its reader would turn the page.");
}

#[test]
fn no_file_names_a_place_on_somebodys_machine() {
    let workspace = Workspace::read();
    assert_none(
        sources::machine_paths(&workspace.root),
        "Write the path relative to the checkout, or take it from the environment.",
    );
}

fn assert_none(violations: Vec<String>, what_to_do: &str) {
    assert!(violations.is_empty(), "\n  {}\n{what_to_do}", violations.join("\n  "));
}
