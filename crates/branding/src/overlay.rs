//! What a build takes from a brand.

use serde_json::{Value, json};

use crate::{Brand, Error};

/// What `tauri icon` writes, as far as bundles need it.
pub const ICONS: [&str; 5] = ["32x32.png", "128x128.png", "128x128@2x.png", "icon.icns", "icon.ico"];

/// The folders in which what was drawn from a brand lies, as the build sees them.
#[derive(Clone, Copy, Debug)]
pub struct Drawn<'f> {
    /// [`ICONS`].
    pub icons: &'f str,
    /// The installers' pictures: [`crate::arts`].
    pub installer: &'f str,
}

/// Where the application and the folder for it stand on the picture of a DMG, and its size, in points.
const DMG: [(u32, u32); 3] = [(180, 230), (480, 230), (660, 400)];

/// The part of `tauri.conf.json` that a brand replaces: the product's name, the application's identifier, the publisher and,
/// where they were drawn, the icons and the installers' pictures.
///
/// # Errors
/// The brand has no `identifier`.
pub fn overlay(brand: &Brand, drawn: Option<Drawn<'_>>) -> Result<Value, Error> {
    let fields = &brand.fields;
    if fields.identifier.is_empty() {
        return Err(Error::Missing {
            key: "identifier".to_owned(),
            write: "identifier = \"com.example.intake\"",
        });
    }
    let mut bundle = json!({ "publisher": fields.company, "copyright": fields.company });
    if let Some(Drawn { icons, installer }) = drawn {
        let paths: Vec<_> = ICONS.iter().map(|icon| format!("{icons}/{icon}")).collect();
        bundle["icon"] = json!(paths);
        let picture = |name: &str| format!("{installer}/{name}");
        let [application, folder, size] = DMG;
        bundle["windows"] = json!({
            "wix": { "bannerPath": picture("wix-banner.bmp"), "dialogImagePath": picture("wix-dialog.bmp") },
            "nsis": {
                "headerImage": picture("nsis-header.bmp"),
                "sidebarImage": picture("nsis-sidebar.bmp"),
                "installerIcon": format!("{icons}/icon.ico"),
            },
        });
        bundle["macOS"] = json!({ "dmg": {
            "background": picture("dmg-background.png"),
            "windowSize": { "width": size.0, "height": size.1 },
            "appPosition": { "x": application.0, "y": application.1 },
            "applicationFolderPosition": { "x": folder.0, "y": folder.1 },
        } });
    }
    Ok(json!({
        "productName": fields.product,
        "identifier": fields.identifier,
        "bundle": bundle,
    }))
}
