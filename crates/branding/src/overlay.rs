//! What a build takes from a brand.

use serde_json::{Value, json};

use crate::{Brand, Error};

/// What `tauri icon` writes, as far as bundles need it.
pub const ICONS: [&str; 5] = ["32x32.png", "128x128.png", "128x128@2x.png", "icon.icns", "icon.ico"];

/// The part of `tauri.conf.json` that a brand replaces: the product's name, the application's identifier, the publisher and,
/// where all of them are there, the icons. `icons` is the folder in which they lie, as the build sees it.
///
/// # Errors
/// The brand has no `identifier`.
pub fn overlay(brand: &Brand, icons: Option<&str>) -> Result<Value, Error> {
    let fields = &brand.fields;
    if fields.identifier.is_empty() {
        return Err(Error::Missing {
            key: "identifier".to_owned(),
            write: "identifier = \"com.example.intake\"",
        });
    }
    let mut bundle = json!({ "publisher": fields.company });
    if let Some(folder) = icons {
        let paths: Vec<_> = ICONS.iter().map(|icon| format!("{folder}/{icon}")).collect();
        bundle["icon"] = json!(paths);
    }
    Ok(json!({
        "productName": fields.product,
        "identifier": fields.identifier,
        "bundle": bundle,
    }))
}
