//! The packages and who uses whom, as cargo sees it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// A package of the workspace or of its dependencies.
#[derive(Clone, Debug)]
pub(crate) struct Package {
    /// Its name.
    pub(crate) name: String,
    /// Its version.
    pub(crate) version: String,
    /// The licence expression, or the licence file's name.
    pub(crate) licence: Option<String>,
    /// The registry; `None` for our own.
    pub(crate) source: Option<String>,
    /// Its folder.
    pub(crate) folder: PathBuf,
}

/// One member using another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Use {
    /// Who.
    pub(crate) from: String,
    /// Whom.
    pub(crate) to: String,
    /// Whether only its tests do.
    pub(crate) in_tests: bool,
}

/// The workspace.
pub(crate) struct Workspace {
    /// The checkout.
    pub(crate) root: PathBuf,
    /// Everything that a build on this platform uses.
    pub(crate) packages: Vec<Package>,
    /// Uses of a member by a member, in any way: at run time, in a build script, in a test.
    pub(crate) uses: Vec<Use>,
    folders: BTreeMap<String, String>,
}

impl Workspace {
    /// Asks cargo.
    pub(crate) fn read() -> Self {
        let root =
            Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the checkout").to_path_buf();
        let host = host();
        let metadata =
            cargo(&root, &["metadata", "--format-version=1", "--locked", "--filter-platform", &host]);
        let metadata: Value = serde_json::from_str(&metadata).expect("cargo metadata prints JSON");
        let members: BTreeSet<&str> = strings(&metadata["workspace_members"]).collect();
        let by_id: BTreeMap<&str, Package> =
            array(&metadata["packages"]).map(|value| (text(&value["id"]), package(value))).collect();
        let mut uses = Vec::new();
        for node in array(&metadata["resolve"]["nodes"]).filter(|node| members.contains(text(&node["id"]))) {
            for dependency in
                array(&node["deps"]).filter(|dependency| members.contains(text(&dependency["pkg"])))
            {
                uses.push(Use {
                    from: by_id[text(&node["id"])].name.clone(),
                    to: by_id[text(&dependency["pkg"])].name.clone(),
                    in_tests: array(&dependency["dep_kinds"]).all(|kind| kind["kind"] == "dev"),
                });
            }
        }
        let folders = members
            .iter()
            .map(|id| {
                let package = &by_id[id];
                let folder = package.folder.strip_prefix(&root).unwrap_or(&package.folder);
                (package.name.clone(), folder.to_string_lossy().replace('\\', "/"))
            })
            .collect();
        Self { root, packages: by_id.into_values().collect(), uses, folders }
    }

    /// The members.
    pub(crate) fn members(&self) -> impl Iterator<Item = &str> {
        self.folders.keys().map(String::as_str)
    }

    /// Whether there is such a member.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.folders.contains_key(name)
    }

    /// The members below a folder.
    pub(crate) fn folders(&self, below: &str) -> Vec<String> {
        self.folders
            .iter()
            .filter(|(_, folder)| folder.starts_with(below))
            .map(|(name, _)| name.clone())
            .collect()
    }

    /// Everything that ends up in the package as a program or a library, with the features that it alone asks for.
    /// (`cargo metadata` unifies features over the whole workspace, and would blame `domain` for what `tauri` switches on.)
    pub(crate) fn reach(&self, package: &str) -> BTreeSet<String> {
        let tree = cargo(
            &self.root,
            &["tree", "--locked", "--package", package, "--edges=normal", "--prefix=none", "--format={p}"],
        );
        let names = tree.lines().filter_map(|line| line.split_whitespace().next());
        names.map(str::to_owned).filter(|name| name != package).collect()
    }
}

/// The platform that this is compiled for, as cargo writes it.
fn host() -> String {
    let version = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let version = String::from_utf8(version.stdout).expect("rustc prints text");
    version.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host").to_owned()
}

fn cargo(root: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO")).current_dir(root).args(arguments).output().expect("cargo runs");
    assert!(output.status.success(), "cargo {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("cargo prints text")
}

fn package(value: &Value) -> Package {
    let manifest = Path::new(text(&value["manifest_path"]));
    Package {
        name: text(&value["name"]).to_owned(),
        version: text(&value["version"]).to_owned(),
        licence: value["license"].as_str().or(value["license_file"].as_str()).map(str::to_owned),
        source: value["source"].as_str().map(str::to_owned),
        folder: manifest.parent().expect("a manifest lies in a folder").to_path_buf(),
    }
}

fn array(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn strings(value: &Value) -> impl Iterator<Item = &str> {
    array(value).map(text)
}

fn text(value: &Value) -> &str {
    value.as_str().expect("cargo metadata writes text here")
}
