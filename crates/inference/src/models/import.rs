//! Bringing a model in from a file, a folder or a USB stick.

use std::{
    fs::File,
    io::{Read, Write},
    path::{Path, PathBuf},
};

use domain::Digest;
use sha2::{Digest as _, Sha256};
use worker::model_file;

use super::{Cancel, ModelStatus, Models, Progress, hash_file, mismatch, part_of, settle};
use crate::{CatalogEntry, Error, error::model_name};

/// How deep a folder is searched.
const DEEPEST: usize = 4;

/// What an import brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The models that are here now.
    pub models: Vec<ModelStatus>,
    /// Files that look like models and were left out, with the reason.
    pub left_out: Vec<(PathBuf, String)>,
}

impl Models {
    /// Copies a model from a file, or every known model from a folder, and verifies it.
    ///
    /// A file is matched with the catalog by its name, or by its hash if it was renamed; `name` says which model it is
    /// meant to be. A single file that is not in the catalog is taken as one of the clinic's own if it is a whisper or
    /// GGUF file that holds together.
    ///
    /// # Errors
    /// For a single file: [`Error::HashMismatch`], [`Error::ModelInvalid`], [`Error::ModelMissing`]. For a folder:
    /// [`Error::ModelMissing`] when it holds no model; what is wrong with single files is in [`Imported::left_out`].
    pub fn import(
        &self,
        from: &Path,
        name: Option<&str>,
        mut on_progress: impl FnMut(Progress),
        cancel: &Cancel,
    ) -> Result<Imported, Error> {
        if !from.is_dir() {
            let model = self.import_file(from, name, &mut on_progress, cancel)?;
            return Ok(Imported { models: vec![model], left_out: Vec::new() });
        }
        let mut imported = Imported { models: Vec::new(), left_out: Vec::new() };
        for file in model_files_in(from, DEEPEST) {
            let matched = self.match_file(&file, name, &mut on_progress, cancel)?;
            if matched.is_none() && name.is_some() {
                continue;
            }
            if matched.is_none() {
                imported.left_out.push((file, "it is not in the catalog; import it by itself".into()));
                continue;
            }
            match self.import_file(&file, name, &mut on_progress, cancel) {
                Ok(model) => imported.models.push(model),
                Err(error @ (Error::HashMismatch { .. } | Error::ModelInvalid { .. })) => {
                    imported.left_out.push((file, error.to_string()));
                }
                Err(error) => return Err(error),
            }
        }
        if imported.models.is_empty() && imported.left_out.is_empty() {
            return Err(Error::ModelMissing { model: format!("in {}", from.display()) });
        }
        Ok(imported)
    }

    fn import_file(
        &self,
        from: &Path,
        name: Option<&str>,
        on_progress: &mut dyn FnMut(Progress),
        cancel: &Cancel,
    ) -> Result<ModelStatus, Error> {
        if !from.is_file() {
            return Err(Error::ModelMissing { model: model_name(from) });
        }
        let entry = match name {
            Some(name) => Some(self.catalog.entry(name)?),
            None => self.match_file(from, None, on_progress, cancel)?,
        };
        if let Some(detail) = damage_of(from) {
            return Err(Error::ModelInvalid { model: model_name(from), detail });
        }
        let (name, target) = match entry {
            Some(entry) => (entry.name.clone(), self.folder.join(&entry.file)),
            None => {
                let file = from.file_name().unwrap_or(from.as_os_str());
                let stem = Path::new(file).file_stem().unwrap_or(file).display().to_string();
                (stem, self.folder.join(file))
            }
        };
        std::fs::create_dir_all(&self.folder).map_err(|error| Error::file(&self.folder, error))?;
        if same_file(from, &target) {
            return self.verify(&name, on_progress, cancel);
        }
        let part = part_of(&target);
        let copied = copy_and_hash(from, &part, on_progress, cancel);
        let found = copied.inspect_err(|_| {
            let _ = std::fs::remove_file(&part);
        })?;
        let expected = entry.and_then(|entry| entry.sha256).unwrap_or(found);
        if found != expected {
            let _ = std::fs::remove_file(&part);
            return Err(mismatch(&name, expected, found));
        }
        settle(&part, &target, expected, found)?;
        self.status(&name)
    }

    /// The catalog's entry of a file: by its name, or by its size and hash.
    fn match_file(
        &self,
        file: &Path,
        wanted: Option<&str>,
        on_progress: &mut dyn FnMut(Progress),
        cancel: &Cancel,
    ) -> Result<Option<&CatalogEntry>, Error> {
        let candidates = || {
            self.catalog.entries().iter().filter(move |entry| wanted.is_none_or(|name| entry.name == name))
        };
        let file_name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if let Some(entry) = candidates().find(|entry| entry.file.eq_ignore_ascii_case(file_name)) {
            return Ok(Some(entry));
        }
        let bytes = std::fs::metadata(file).map_err(|error| Error::file(file, error))?.len();
        if !candidates().any(|entry| entry.bytes == bytes && entry.sha256.is_some()) {
            return Ok(None);
        }
        let found = hash_file(file, on_progress, cancel)?;
        Ok(candidates().find(|entry| entry.sha256 == Some(found)))
    }
}

/// What is wrong with a file as a model.
fn damage_of(file: &Path) -> Option<String> {
    match model_file::format_of(file) {
        Ok(Some(model_file::ModelFormat::Whisper)) => {
            model_file::whisper::check(file).err().map(|e| e.to_string())
        }
        Ok(Some(model_file::ModelFormat::Gguf)) => model_file::gguf::check(file).err().map(|e| e.to_string()),
        Ok(None) => Some("it is neither a whisper nor a GGUF file".into()),
        Err(error) => Some(error.to_string()),
    }
}

fn model_files_in(folder: &Path, deep: usize) -> Vec<PathBuf> {
    // What cannot be read on a stick (a trash folder, say) is passed over.
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = Vec::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        let is_link = path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink());
        if path.is_dir() && !is_link && deep > 1 {
            files.extend(model_files_in(&path, deep - 1));
        } else if path.is_file() && model_file::format_of(&path).is_ok_and(|format| format.is_some()) {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn same_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

fn copy_and_hash(
    from: &Path,
    to: &Path,
    on_progress: &mut dyn FnMut(Progress),
    cancel: &Cancel,
) -> Result<Digest, Error> {
    let mut source = File::open(from).map_err(|error| Error::file(from, error))?;
    let of = source.metadata().ok().map(|metadata| metadata.len());
    let mut target = File::create(to).map_err(|error| Error::file(to, error))?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    let mut bytes = 0;
    loop {
        cancel.check()?;
        let count = source.read(&mut buffer).map_err(|error| Error::file(from, error))?;
        if count == 0 {
            return Ok(Digest(hasher.finalize().into()));
        }
        target.write_all(&buffer[..count]).map_err(|error| Error::file(to, error))?;
        hasher.update(&buffer[..count]);
        bytes += count as u64;
        on_progress(Progress { bytes, of });
    }
}
