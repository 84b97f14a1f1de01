//! `cargo xtask`: set-up, run, build, demo, test, bench. Nothing but Rust and Node need be there before it.
// A terminal is what this program is for.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod bench;
mod build;
mod display;
mod dist;
mod project;
mod report;
mod run;
mod setup;
mod system;
mod test;
mod tools;

use std::process::ExitCode;

use project::Project;

const USAGE: &str = "\
cargo xtask COMMAND

  setup                 install what the build and the tests need: system packages, Rust tools, npm packages
  run [-- ARGUMENTS]    set up, build, open the application; without a display, the demo in the terminal
  build [--release [--levels]]
                        build everything, the screens included, into target/debug or target/release; --levels: the
                        workers also for x86-64-v2 and for AVX-512, as what ships has them
  dist [--brand FOLDER] [--debug]
                        build and pack what a clinic is handed: a deb, an MSI or a DMG, whichever this system makes;
                        --brand: under the name, with the icons and pictures of a brand; --debug: quickly, to try it
  demo                  build the command and show the whole way of a visit in a throw-away folder
  test [STEP…]          set up, then every check and test; with names, only those steps (see `test --list`)
  bench [--crash] [--speech] [--write]
                        measure; --crash: 2,000 killed writers; --speech: recognition; --write: put the figures into
                        docs/benchmarks.md
  bench --scale [--write]
                        measure a clinic of 50,000 encounters (BEDSIDE_SCALE: of as many), and nothing else
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let project = Project::find();
    let outcome =
        match words.as_slice() {
            ["setup"] => setup::everything(&project),
            ["run", rest @ ..] => run::application(&project, rest.strip_prefix(&["--"]).unwrap_or(rest)),
            ["build"] => setup::for_building(&project)
                .and_then(|()| build::everything(&project, build::Profile::Debug)),
            ["build", "--release"] => setup::for_building(&project)
                .and_then(|()| build::everything(&project, build::Profile::Release)),
            ["build", "--release", "--levels"] => setup::for_building(&project)
                .and_then(|()| build::everything(&project, build::Profile::Release))
                .and_then(|()| build::levels(&project, &build::WORKERS)),
            ["dist", options @ ..] => dist::run_with(&project, options),
            ["demo"] => run::demo(&project),
            ["test", "--list"] => {
                test::list();
                Ok(())
            }
            ["test", steps @ ..] => test::run(&project, steps),
            ["bench", options @ ..] => bench::run(&project, options),
            [] | ["help" | "--help" | "-h"] => {
                print!("{USAGE}");
                Ok(())
            }
            _ => Err(format!("`{}` is not a command.\n\n{USAGE}", words.join(" "))),
        };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("\n{why}");
            ExitCode::FAILURE
        }
    }
}
