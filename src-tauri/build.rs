//! Puts the screens (`ui/dist`) into the program and declares the commands that a page may be allowed.

use std::path::Path;

/// Every command; `capabilities/main.json` allows each by name.
const COMMANDS: &[&str] = &["rpc", "watch", "save_file", "pick_path", "full_screen", "follow_shortcut"];

#[allow(clippy::print_stderr, clippy::print_stdout, reason = "it is how a build script speaks")]
fn main() {
    // Without this, new file names in ui/dist (they carry a hash) would not be noticed.
    println!("cargo::rerun-if-changed=../ui/dist");
    if !Path::new("../ui/dist/index.html").is_file() {
        println!(
            "cargo::error=the screens are not built (there is no ui/dist): `cargo xtask build` builds everything in order, \
             or `npm ci && npm run build` in ui/ builds the screens alone"
        );
        return;
    }
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest)) {
        println!("cargo::error={error:#}");
    }
}
