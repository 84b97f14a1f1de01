//! The shapes that a note can have: those that are built in, and the files of the clinic's own folder on top.

use std::path::{Path, PathBuf};

use scribe::Template;

/// A clinic's own files, in the data folder.
const FOLDER: &str = "templates";
/// The most that a file may hold, in bytes.
const MOST_BYTES: u64 = 64 << 10;
/// What a note follows where nobody chose.
pub(crate) const USUAL: &str = "soap";

/// What can be chosen, and the files that cannot be used.
#[derive(Debug, Default)]
pub struct Loaded {
    /// In the order in which they are offered.
    pub templates: Vec<Template>,
    /// File, and what is wrong with it.
    pub problems: Vec<(String, scribe::Error)>,
}

/// The templates that are built in and the `*.toml` files of a data folder: one with the id of ours replaces it.
pub fn load(data: &Path) -> Loaded {
    let mut loaded = Loaded { templates: Template::built_in(), problems: Vec::new() };
    let mut files: Vec<PathBuf> = std::fs::read_dir(data.join(FOLDER))
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml")))
        .collect();
    files.sort();
    let mut own: Vec<String> = Vec::new();
    for path in files {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let template = read(&path).and_then(|template| {
            let twice = scribe::Error::Template {
                field: "id".to_owned(),
                problem: "another file of the folder has the same".to_owned(),
            };
            if own.contains(&template.id) { Err(twice) } else { Ok(template) }
        });
        match template {
            Ok(template) => {
                own.push(template.id.clone());
                match loaded.templates.iter_mut().find(|known| known.id == template.id) {
                    Some(known) => *known = template,
                    None => loaded.templates.push(template),
                }
            }
            Err(error) => {
                tracing::warn!(file = name, %error, "a template's file is not used");
                loaded.problems.push((name, error));
            }
        }
    }
    loaded
}

/// The template of this id, of the data folder's own or built in.
pub(crate) fn find(data: &Path, id: &str) -> Option<Template> {
    load(data).templates.into_iter().find(|known| known.id == id)
}

fn read(path: &Path) -> Result<Template, scribe::Error> {
    let wrong =
        |problem: &str| scribe::Error::Template { field: "file".to_owned(), problem: problem.to_owned() };
    let size = std::fs::metadata(path).map_err(|_| wrong("it cannot be read"))?.len();
    if size > MOST_BYTES {
        return Err(wrong("it holds more than 64 KiB"));
    }
    let text = std::fs::read_to_string(path).map_err(|_| wrong("it cannot be read as UTF-8 text"))?;
    Template::parse(&text)
}
