//! `bedside brand`: a clinic's own name and colours.

mod archive;
mod icons;

use std::fs::File as OpenFile;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use branding::{Brand, Error, FILE, Fields, File, MOST_BYTES, Palette};
use data_encoding::BASE64;
use domain::{ErrorCode, Role};
use engine::rpc::schema::method;
use engine::rpc::types::{BrandDraft, BrandFallback, BrandPicture, BrandStatus, Empty};
use serde_json::{Value, json};

use crate::arguments::{BrandCommand, OverlayOptions, VaultArguments};
use crate::failure::Failure;
use crate::output;

pub(crate) fn run(vault: &VaultArguments, command: &BrandCommand, json: bool) -> Result<(), Failure> {
    match command {
        BrandCommand::Check(options) => check(&options.folder, json),
        BrandCommand::Overlay(options) => overlay(options, json),
        BrandCommand::Install(options) => {
            let files = read(&options.folder)?;
            Brand::read(&files).map_err(|problems| refused(&problems))?;
            let opened = vault.open(Role::Administrator)?;
            show(&opened.request::<method::BrandInstall>(&draft(files))?, json);
            Ok(())
        }
        BrandCommand::Remove => {
            show(&vault.open(Role::Administrator)?.request::<method::BrandRemove>(&Empty {})?, json);
            Ok(())
        }
        BrandCommand::Status => {
            show(&vault.open(Role::Administrator)?.request::<method::BrandStatusOf>(&Empty {})?, json);
            Ok(())
        }
    }
}

fn check(folder: &Path, json: bool) -> Result<(), Failure> {
    let files = read(folder)?;
    let checked = Brand::read(&files);
    let problems = checked.as_ref().err().map(Vec::as_slice).unwrap_or_default();
    let text =
        files.iter().find(|file| file.name == FILE).and_then(|file| std::str::from_utf8(&file.bytes).ok());
    let verdicts = Brand::verdicts(&Fields::from_toml(text.unwrap_or_default()).0);
    let shown = json!({
        "fine": problems.is_empty(),
        "problems": problems.iter().map(problem).collect::<Vec<_>>(),
        "contrast": verdicts.iter().map(|verdict| json!({
            "key": verdict.choice.key(),
            "colour": verdict.colour.to_string(),
            "against": verdict.against.name,
            "ratio": verdict.ratio,
            "needed": verdict.needed,
            "passes": verdict.passes(),
            "proposed": verdict.proposed.to_string(),
        })).collect::<Vec<_>>(),
        "palette": checked.as_ref().ok().map(|brand| colours(&brand.palette)),
    });
    output::either(json, &shown, || {
        let mut lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
        lines.extend(verdicts.iter().filter(|verdict| verdict.passes()).map(|verdict| {
            let (key, colour, ratio) = (verdict.choice.key(), verdict.colour, verdict.ratio);
            format!(
                "{key}: {colour} has {ratio:.2}:1 at least ({}), needs {}:1",
                verdict.against.name, verdict.needed
            )
        }));
        lines.push(match problems.len() {
            0 => "fine".to_owned(),
            1 => "1 thing to mend".to_owned(),
            count => format!("{count} things to mend"),
        });
        lines.join("\n")
    });
    if problems.is_empty() { Ok(()) } else { Err(refused(problems)) }
}

fn problem(problem: &Error) -> Value {
    json!({
        "key": problem.key(),
        "kind": problem.kind(),
        "message": problem.to_string(),
        "proposed": problem.proposed().map(|colour| colour.to_string()),
    })
}

fn colours(palette: &Palette) -> Value {
    palette
        .variables()
        .into_iter()
        .map(|(name, colour)| (name.to_owned(), json!(colour.to_string())))
        .collect()
}

fn overlay(options: &OverlayOptions, json: bool) -> Result<(), Failure> {
    let brand = Brand::read(&read(&options.folder)?).map_err(|problems| refused(&problems))?;
    let icons = fill(&options.out.join("icons"), icons::icons(&brand)?)?;
    let installer = fill(&options.out.join("installer"), icons::arts(&brand)?)?;
    let (of_icons, of_installer) = (icons.display().to_string(), installer.display().to_string());
    let drawn = branding::Drawn { icons: &of_icons, installer: &of_installer };
    let written = branding::overlay(&brand, Some(drawn))?;
    let file = options.out.join("tauri.brand.json");
    std::fs::write(&file, format!("{written:#}\n")).map_err(|error| Failure::of_file(&file, &error))?;
    let shown = json!({ "file": file, "icons": icons, "installer": installer });
    output::either(json, &shown, || file.display().to_string());
    Ok(())
}

/// Makes the folder, with these files in it; its whole path.
fn fill(folder: &Path, files: Vec<(&'static str, Vec<u8>)>) -> Result<PathBuf, Failure> {
    std::fs::create_dir_all(folder).map_err(|error| Failure::of_file(folder, &error))?;
    let folder = folder.canonicalize().map_err(|error| Failure::of_file(folder, &error))?;
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::write(&path, bytes).map_err(|error| Failure::of_file(&path, &error))?;
    }
    Ok(folder)
}

fn refused(problems: &[Error]) -> Failure {
    let mut message = problems.first().map(ToString::to_string).unwrap_or_default();
    if problems.len() > 1 {
        message = format!("{message} (and {} more)", problems.len() - 1);
    }
    Failure::new(ErrorCode::BrandInvalid, message)
}

/// What a brand's folder holds, or a zip of it: `brand.toml` and the pictures. Of a file that is too large, so much as shows it.
fn read(folder: &Path) -> Result<Vec<File>, Failure> {
    let failed = |error: &std::io::Error| Failure::of_file(folder, error);
    if folder.extension().is_some_and(|end| end.eq_ignore_ascii_case("zip")) && folder.is_file() {
        let opened = OpenFile::open(folder).map_err(|error| failed(&error))?;
        let most = u64::try_from(archive::MOST_PACKED).unwrap_or(u64::MAX).saturating_add(1);
        let mut zip = Vec::new();
        opened.take(most).read_to_end(&mut zip).map_err(|error| failed(&error))?;
        return archive::files(&zip);
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| failed(&error))? {
        let path = entry.map_err(|error| failed(&error))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()).map(str::to_owned) else { continue };
        let lower = name.to_ascii_lowercase();
        if !path.is_file() || !(name == FILE || lower.ends_with(".svg") || lower.ends_with(".png")) {
            continue;
        }
        let mut bytes = Vec::new();
        let opened = OpenFile::open(&path).map_err(|error| Failure::of_file(&path, &error))?;
        let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX).saturating_add(1);
        opened.take(most).read_to_end(&mut bytes).map_err(|error| Failure::of_file(&path, &error))?;
        files.push(File { name, bytes });
    }
    Ok(files)
}

fn draft(files: Vec<File>) -> BrandDraft {
    let (toml, pictures): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| file.name == FILE);
    BrandDraft {
        toml: toml.into_iter().next().map(|file| String::from_utf8_lossy(&file.bytes).into_owned()),
        fields: None,
        pictures: pictures
            .into_iter()
            .map(|file| BrandPicture { content: BASE64.encode(&file.bytes), name: file.name })
            .collect(),
    }
}

fn show(status: &BrandStatus, json: bool) {
    let value = json!({
        "licensed": status.licensed,
        "installed": status.installed,
        "fallback": status.fallback,
        "company": status.shown.company,
        "product": status.shown.product,
    });
    output::either(json, &value, || match status.fallback {
        Some(BrandFallback::NotLicensed) => {
            "the installed brand is not shown: the licence does not include one; the default stands in"
                .to_owned()
        }
        Some(BrandFallback::Damaged) => {
            "the installed brand is not shown: it is damaged; install it again. The default stands in"
                .to_owned()
        }
        None => format!("{}, by {}", status.shown.product, status.shown.company),
    });
}
