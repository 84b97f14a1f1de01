//! The starter model: it comes with the program, so that speech works before anything was fetched.

use std::path::{Path, PathBuf};

use super::{ModelState, ModelStatus};
use crate::Purpose;

/// Its name.
pub const STARTER: &str = "starter-en";
/// What it can do, in words for whoever chooses a model.
pub const STARTER_LIMITS: &str =
    "built in; English, a closed vocabulary: answers at the kiosk only, not a visit's free talk";
const FILE: &str = "bedside-starter-en.bin";

/// The starter model's file: where `BEDSIDE_STARTER` says, beside the program, among an installed package's resources, or in
/// the checkout that the program was built in.
pub fn starter() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("BEDSIDE_STARTER") {
        return Some(PathBuf::from(named)).filter(|path| path.is_file());
    }
    let program = std::env::current_exe().ok()?;
    let beside = program.parent()?;
    let installed = [
        beside.join(FILE),
        beside.join("resources").join(FILE),
        beside.join("../Resources").join(FILE),
        beside.join("../lib/Bedside/resources").join(FILE),
        beside.join("../lib/bedside").join(FILE),
    ];
    let checkout = beside.ancestors().map(|folder| folder.join("models/starter").join(FILE));
    installed.into_iter().chain(checkout).find(|path| path.is_file())
}

pub(super) fn status() -> Option<ModelStatus> {
    let path = starter()?;
    let bytes = std::fs::metadata(&path).ok()?.len();
    let state = ModelState::Present { bytes };
    Some(ModelStatus { name: STARTER.to_owned(), entry: None, purpose: Purpose::Speech, path, state })
}

/// Whether the file is the starter model.
pub fn is_starter(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == FILE)
}
