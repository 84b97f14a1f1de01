//! What installers show of a brand: the pictures that NSIS, WiX and a DMG ask for, in the sizes that they ask for.

use crate::{Brand, Colour, Drawing, Error, Kind, Sheet};

/// A picture for an installer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Art {
    /// The file's name, which says by its end what it is: BMP or PNG.
    pub name: &'static str,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Four bytes each (RGBA), from the top. All of them are opaque.
    pub pixels: Vec<u8>,
}

/// How wide the left part of WiX's dialogs is, on which it writes nothing.
const LEFT: u32 = 164;

/// Every picture. The logo stands on white where the installer writes beside it in black, and the dark one on the brand's
/// own colour; the icon in place of a logo whose words cannot be drawn.
///
/// # Errors
/// A picture of the brand cannot be drawn.
pub fn arts(brand: &Brand) -> Result<Vec<Art>, Error> {
    let icon = || Drawing::of(Kind::Icon, &brand.icon);
    let logo = Drawing::of(Kind::Logo, &brand.logo)?;
    let logo = if logo.lacks_words() { icon()? } else { logo };
    let dark = Drawing::of(Kind::LogoDark, &brand.logo_dark)?;
    let dark = if dark.lacks_words() { icon()? } else { dark };
    let (accent, mark) = (brand.palette.accent, brand.palette.highlight);
    let art = |name, (width, height), ground, draw: &dyn Fn(&mut Sheet)| {
        let mut sheet = Sheet::new(width, height, ground)?;
        draw(&mut sheet);
        Some(Art { name, width, height, pixels: sheet.into_pixels() })
    };
    // Logo on the brand's colour above, a stripe of its second one below.
    let side = |sheet: &mut Sheet, height: u32| {
        sheet.stripe([0, 0, LEFT, height], accent);
        sheet.stripe([0, height - 6, LEFT, 6], mark);
        sheet.put(&dark, [16.0, 40.0, LEFT as f32 - 32.0, 90.0]);
    };
    let arts = [
        art("nsis-header.bmp", (150, 57), Colour::WHITE, &|sheet| sheet.put(&logo, [8.0, 8.0, 134.0, 41.0])),
        art("nsis-sidebar.bmp", (LEFT, 314), accent, &|sheet| side(sheet, 314)),
        art("wix-banner.bmp", (493, 58), Colour::WHITE, &|sheet| {
            sheet.put(&logo, [355.0, 10.0, 128.0, 38.0]);
        }),
        art("wix-dialog.bmp", (493, 312), Colour::WHITE, &|sheet| side(sheet, 312)),
        art("dmg-background.png", (660, 400), Colour::WHITE, &|sheet| {
            sheet.stripe([0, 0, 660, 6], accent);
            sheet.stripe([0, 394, 660, 6], mark);
            sheet.put(&logo, [180.0, 36.0, 300.0, 72.0]);
        }),
    ];
    // Each has a size.
    Ok(arts.into_iter().flatten().collect())
}
