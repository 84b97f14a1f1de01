//! A brand's pictures in the sizes and containers that operating systems and installers want.

use std::io::Cursor;

use branding::{Art, Brand, Drawing, Kind};
use domain::ErrorCode;

use crate::failure::Failure;

/// What Windows shows: title bar, task bar, desktop, in several densities.
const ICO: [u32; 6] = [16, 24, 32, 48, 64, 256];
/// What macOS shows.
const ICNS: [u32; 6] = [16, 32, 128, 256, 512, 1024];

/// The files of `branding::ICONS`, by name.
pub(super) fn icons(brand: &Brand) -> Result<Vec<(&'static str, Vec<u8>)>, Failure> {
    let icon = Drawing::of(Kind::Icon, &brand.icon)?;
    let square = |side| icon.pixels(side, side);
    let [small, medium, large, icns, ico] = branding::ICONS;
    Ok(vec![
        (small, png(32, 32, &square(32)?)?),
        (medium, png(128, 128, &square(128)?)?),
        (large, png(256, 256, &square(256)?)?),
        (icns, of_macos(&icon)?),
        (ico, of_windows(&icon)?),
    ])
}

/// What the installers show, by file name.
pub(super) fn arts(brand: &Brand) -> Result<Vec<(&'static str, Vec<u8>)>, Failure> {
    let file = |art: Art| {
        let bytes = if art.name.ends_with(".bmp") {
            bmp(art.width, art.height, &art.pixels)
        } else {
            png(art.width, art.height, &art.pixels)?
        };
        Ok((art.name, bytes))
    };
    branding::arts(brand)?.into_iter().map(file).collect()
}

fn failed(error: impl std::fmt::Display) -> Failure {
    Failure::new(
        ErrorCode::BrandInvalid,
        format!("the icon cannot be drawn: {error}; save it again as plain SVG"),
    )
}

fn png(width: u32, height: u32, pixels: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(pixels).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(bytes)
}

/// A bitmap of Windows 3: three bytes a pixel, rows of whole words, the lowest first. NSIS and WiX read no other kind.
fn bmp(width: u32, height: u32, pixels: &[u8]) -> Vec<u8> {
    const HEAD: u32 = 14 + 40;
    let row = (width * 3).next_multiple_of(4);
    let size = row * height;
    let mut bytes = Vec::with_capacity((HEAD + size) as usize);
    bytes.extend(b"BM");
    for number in [HEAD + size, 0, HEAD, 40, width, height] {
        bytes.extend(number.to_le_bytes());
    }
    // One plane, 24 bits; not compressed; 72 dots an inch.
    bytes.extend([1, 0, 24, 0]);
    for number in [0, size, 2835, 2835, 0, 0] {
        bytes.extend(u32::to_le_bytes(number));
    }
    for line in pixels.chunks_exact(width as usize * 4).rev() {
        let begin = bytes.len();
        bytes.extend(line.chunks_exact(4).flat_map(|pixel| [pixel[2], pixel[1], pixel[0]]));
        bytes.resize(begin + row as usize, 0);
    }
    bytes
}

fn of_windows(icon: &Drawing) -> Result<Vec<u8>, Failure> {
    let mut icons = ico::IconDir::new(ico::ResourceType::Icon);
    for side in ICO {
        let image = ico::IconImage::from_rgba_data(side, side, icon.pixels(side, side)?);
        icons.add_entry(ico::IconDirEntry::encode(&image).map_err(failed)?);
    }
    let mut bytes = Vec::new();
    icons.write(Cursor::new(&mut bytes)).map_err(failed)?;
    Ok(bytes)
}

fn of_macos(icon: &Drawing) -> Result<Vec<u8>, Failure> {
    let mut icons = icns::IconFamily::new();
    for side in ICNS {
        let pixels = icon.pixels(side, side)?;
        let image = icns::Image::from_data(icns::PixelFormat::RGBA, side, side, pixels).map_err(failed)?;
        icons.add_icon(&image).map_err(failed)?;
    }
    let mut bytes = Vec::new();
    icons.write(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bitmap_has_its_rows_from_below_in_whole_words() {
        let pixels = [[1, 2, 3, 255], [4, 5, 6, 255], [7, 8, 9, 255], [10, 11, 12, 255]].concat();
        let bytes = bmp(2, 2, &pixels);
        assert_eq!((&bytes[..2], bytes.len()), (&b"BM"[..], 54 + 16));
        assert_eq!(bytes[2..6], 70_u32.to_le_bytes());
        assert_eq!(bytes[54..], [9, 8, 7, 12, 11, 10, 0, 0, 3, 2, 1, 6, 5, 4, 0, 0]);
    }
}
