//! What holds for every file.

use std::path::{Path, PathBuf};

const LONGEST: usize = 600;

/// Files that may be longer, and why.
const LONGER: &[(&str, &str)] = &[("ui/src/rpc/schema.ts", "generated")];

/// Folders that hold nothing written by hand.
const BUILT: &[&str] =
    &["target", "node_modules", "dist", ".git", "test-results", "playwright-report", "generated"];

/// Source files over the limit.
pub(crate) fn too_long(root: &Path) -> Vec<String> {
    files(root)
        .filter(|file| ["rs", "ts", "tsx"].iter().any(|kind| file.extension().is_some_and(|e| e == *kind)))
        .filter_map(|file| {
            let lines = std::fs::read_to_string(&file).ok()?.lines().count();
            let name = relative(root, &file);
            (lines > LONGEST && !LONGER.iter().any(|(path, _)| *path == name))
                .then(|| format!("{name} has {lines} lines"))
        })
        .collect()
}

/// Files that name somebody's home folder or checkout.
pub(crate) fn machine_paths(root: &Path) -> Vec<String> {
    let checkout = root.to_string_lossy().into_owned();
    files(root)
        .filter_map(|file| {
            let text = std::fs::read_to_string(&file).ok()?;
            let line = text.lines().position(|line| names_a_machine(line, &checkout))?;
            Some(format!("{}:{} names a place on a machine", relative(root, &file), line + 1))
        })
        .collect()
}

fn names_a_machine(line: &str, checkout: &str) -> bool {
    // A checkout in `/` or `/src` would be found in every other line.
    let of_this_checkout = checkout.len() > 8 && line.contains(checkout);
    // Put together here, so that this file does not find itself.
    let homes = [format!("/{}/", "home"), format!("/{}/", "Users"), format!("\\{}\\", "Users")];
    let a_home = homes.iter().any(|home| {
        line.match_indices(home.as_str()).any(|(at, _)| {
            let user = &line[at + home.len()..];
            user.starts_with(|first: char| first.is_ascii_alphanumeric())
        })
    });
    of_this_checkout || a_home
}

/// Every file of the checkout that is neither built nor installed.
fn files(root: &Path) -> impl Iterator<Item = PathBuf> {
    let mut folders = vec![root.to_path_buf()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() && !BUILT.iter().any(|built| entry.file_name() == *built) {
                folders.push(entry.path());
            } else if kind.is_file() {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    found.into_iter()
}

fn relative(root: &Path, file: &Path) -> String {
    file.strip_prefix(root).unwrap_or(file).to_string_lossy().replace('\\', "/")
}

#[test]
fn a_long_file_and_a_home_folder_are_found() {
    let folder = std::env::temp_dir().join(format!("bedside-architecture-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    std::fs::write(folder.join("long.rs"), "\n".repeat(LONGEST + 1)).expect("a file");
    std::fs::write(folder.join("short.rs"), format!("// see /{}/ada/notes\n", "home")).expect("a file");
    let (long, named) = (too_long(&folder), machine_paths(&folder));
    std::fs::remove_dir_all(&folder).expect("gone again");
    assert_eq!(long, [format!("long.rs has {} lines", LONGEST + 1)]);
    assert_eq!(named, ["short.rs:1 names a place on a machine"]);
}
