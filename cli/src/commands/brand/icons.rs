//! A brand's icon in the sizes and containers that operating systems want.

use std::io::Cursor;

use branding::Picture;
use domain::ErrorCode;
use resvg::tiny_skia::{FilterQuality, IntSize, Pixmap, PixmapPaint, Transform};
use resvg::usvg::{Options, Tree};

use crate::failure::Failure;

/// What Windows shows: title bar, task bar, desktop, in several densities.
const ICO: [u32; 6] = [16, 24, 32, 48, 64, 256];
/// What macOS shows.
const ICNS: [u32; 6] = [16, 32, 128, 256, 512, 1024];

/// The files of `branding::ICONS`, by name.
pub(super) fn of(icon: &Picture) -> Result<Vec<(&'static str, Vec<u8>)>, Failure> {
    let drawn = Drawn::of(icon)?;
    let [small, medium, large, icns, ico] = branding::ICONS;
    Ok(vec![
        (small, drawn.png(32)?),
        (medium, drawn.png(128)?),
        (large, drawn.png(256)?),
        (icns, drawn.icns()?),
        (ico, drawn.ico()?),
    ])
}

/// The picture, ready to be drawn in any size.
enum Drawn {
    Lines(Box<Tree>),
    Pixels(Pixmap),
}

fn failed(error: impl std::fmt::Display) -> Failure {
    Failure::new(
        ErrorCode::BrandInvalid,
        format!("the icon cannot be drawn: {error}; save it again as plain SVG"),
    )
}

impl Drawn {
    fn of(icon: &Picture) -> Result<Self, Failure> {
        if icon.media_type() == "image/svg+xml" {
            let tree = Tree::from_data(icon.bytes(), &Options::default()).map_err(failed)?;
            return Ok(Self::Lines(Box::new(tree)));
        }
        let mut decoder = png::Decoder::new(Cursor::new(icon.bytes()));
        decoder
            .set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
        let mut reader = decoder.read_info().map_err(failed)?;
        let room = reader.output_buffer_size().ok_or_else(|| failed("it is too large"))?;
        let mut bytes = vec![0; room];
        let frame = reader.next_frame(&mut bytes).map_err(failed)?;
        bytes.truncate(frame.buffer_size());
        let grey = frame.color_type == png::ColorType::GrayscaleAlpha;
        let pixel = |pixel: &[u8]| match *pixel {
            [shade, alpha] => [shade, shade, shade, alpha],
            [red, green, blue, alpha] => [red, green, blue, alpha],
            _ => [0; 4],
        };
        let premultiplied = |[red, green, blue, alpha]: [u8; 4]| {
            let part =
                |channel: u8| u8::try_from(u16::from(channel) * u16::from(alpha) / 255).unwrap_or(alpha);
            [part(red), part(green), part(blue), alpha]
        };
        let rgba = bytes.chunks_exact(if grey { 2 } else { 4 }).map(pixel).flat_map(premultiplied).collect();
        let size = IntSize::from_wh(frame.width, frame.height).ok_or_else(|| failed("it has no size"))?;
        Pixmap::from_vec(rgba, size).map(Self::Pixels).ok_or_else(|| failed("it is not whole"))
    }

    /// The picture as a square of that side, in pixels.
    fn square(&self, side: u32) -> Result<Vec<u8>, Failure> {
        let mut room = Pixmap::new(side, side).ok_or_else(|| failed("it has no size"))?;
        let scale = |width: f32| side as f32 / width;
        match self {
            Self::Lines(tree) => {
                let size = tree.size();
                let fit = Transform::from_scale(scale(size.width()), scale(size.height()));
                resvg::render(tree, fit, &mut room.as_mut());
            }
            Self::Pixels(pixels) => {
                let fit = Transform::from_scale(scale(pixels.width() as f32), scale(pixels.height() as f32));
                let paint = PixmapPaint { quality: FilterQuality::Bicubic, ..PixmapPaint::default() };
                room.draw_pixmap(0, 0, pixels.as_ref(), &paint, fit, None);
            }
        }
        Ok(room.take_demultiplied())
    }

    fn png(&self, side: u32) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, side, side);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().map_err(failed)?;
        writer.write_image_data(&self.square(side)?).map_err(failed)?;
        writer.finish().map_err(failed)?;
        Ok(bytes)
    }

    fn ico(&self) -> Result<Vec<u8>, Failure> {
        let mut icons = ico::IconDir::new(ico::ResourceType::Icon);
        for side in ICO {
            let image = ico::IconImage::from_rgba_data(side, side, self.square(side)?);
            icons.add_entry(ico::IconDirEntry::encode(&image).map_err(failed)?);
        }
        let mut bytes = Vec::new();
        icons.write(Cursor::new(&mut bytes)).map_err(failed)?;
        Ok(bytes)
    }

    fn icns(&self) -> Result<Vec<u8>, Failure> {
        let mut icons = icns::IconFamily::new();
        for side in ICNS {
            let image = icns::Image::from_data(icns::PixelFormat::RGBA, side, side, self.square(side)?);
            icons.add_icon(&image.map_err(failed)?).map_err(failed)?;
        }
        let mut bytes = Vec::new();
        icons.write(&mut bytes).map_err(failed)?;
        Ok(bytes)
    }
}
