//! A brand's picture as pixels: for a page, an icon's file, an installer's pictures.

use std::io::Cursor;

use resvg::tiny_skia::{Color, FilterQuality, IntSize, Pixmap, PixmapPaint, Transform};
use resvg::usvg::{Options, Tree};

use crate::{Colour, Error, Kind, Picture, svg};

/// The longest side that is drawn, in pixels.
const MOST_PIXELS: u32 = 4096;

/// A picture, ready to be drawn in any size.
pub struct Drawing {
    kind: Kind,
    source: Source,
    words: bool,
}

enum Source {
    Lines(Box<Tree>),
    Pixels(Pixmap),
}

/// A piece of paper of pixels, on which drawings are put.
pub struct Sheet(Pixmap);

impl std::fmt::Debug for Drawing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Drawing")
            .field("kind", &self.kind)
            .field("size", &self.size())
            .finish_non_exhaustive()
    }
}

fn failed(kind: Kind, reason: impl std::fmt::Display) -> Error {
    Error::Picture {
        key: kind.key().to_owned(),
        value: "the file".to_owned(),
        reason: format!("it cannot be drawn: {reason}"),
    }
}

impl Drawing {
    /// Reads a picture.
    ///
    /// # Errors
    /// [`Error::Picture`]: it passed the check and cannot be drawn all the same.
    pub fn of(kind: Kind, picture: &Picture) -> Result<Self, Error> {
        if picture.media_type() == "image/svg+xml" {
            let words = svg::look(picture.bytes()).map_err(|why| failed(kind, why))?.words;
            let tree =
                Tree::from_data(picture.bytes(), &Options::default()).map_err(|why| failed(kind, why))?;
            return Ok(Self { kind, source: Source::Lines(Box::new(tree)), words });
        }
        let pixels = pixels(picture.bytes()).map_err(|why| failed(kind, why))?;
        Ok(Self { kind, source: Source::Pixels(pixels), words: false })
    }

    /// Whether it has words that are not outlines: they are not drawn, because no font is sure to be there.
    pub const fn lacks_words(&self) -> bool {
        self.words
    }

    /// Width and height, in its own units.
    pub fn size(&self) -> (f32, f32) {
        match &self.source {
            Source::Lines(tree) => (tree.size().width(), tree.size().height()),
            Source::Pixels(pixels) => (pixels.width() as f32, pixels.height() as f32),
        }
    }

    /// The picture in that many pixels, four bytes each (RGBA), on nothing.
    ///
    /// # Errors
    /// It has no size, or one of more than 4096 pixels.
    pub fn pixels(&self, width: u32, height: u32) -> Result<Vec<u8>, Error> {
        let mut sheet = Sheet::clear(width, height).ok_or_else(|| failed(self.kind, "it has no size"))?;
        self.draw(&mut sheet, 0.0, 0.0, width as f32, height as f32);
        Ok(sheet.0.take_demultiplied())
    }

    fn draw(&self, sheet: &mut Sheet, x: f32, y: f32, width: f32, height: f32) {
        let (own_width, own_height) = self.size();
        let fit = Transform::from_row(width / own_width, 0.0, 0.0, height / own_height, x, y);
        match &self.source {
            Source::Lines(tree) => resvg::render(tree, fit, &mut sheet.0.as_mut()),
            Source::Pixels(pixels) => {
                let paint = PixmapPaint { quality: FilterQuality::Bicubic, ..PixmapPaint::default() };
                sheet.0.draw_pixmap(0, 0, pixels.as_ref(), &paint, fit, None);
            }
        }
    }
}

impl Sheet {
    fn clear(width: u32, height: u32) -> Option<Self> {
        let sizes = [width, height].iter().all(|side| (1..=MOST_PIXELS).contains(side));
        sizes.then(|| Pixmap::new(width, height)).flatten().map(Self)
    }

    /// One of a colour. None where a side has no pixel or more than 4096.
    pub fn new(width: u32, height: u32, ground: Colour) -> Option<Self> {
        let mut sheet = Self::clear(width, height)?;
        sheet.0.fill(paint(ground));
        Some(sheet)
    }

    /// A stripe of another colour, from left, top, in width and height.
    pub fn stripe(&mut self, [left, top, width, height]: [u32; 4], colour: Colour) {
        let (across, down) = (self.0.width(), self.0.height());
        let pixel = paint(colour).premultiply().to_color_u8();
        let pixels = self.0.pixels_mut();
        for y in top..top.saturating_add(height).min(down) {
            for x in left..left.saturating_add(width).min(across) {
                pixels[(y * across + x) as usize] = pixel;
            }
        }
    }

    /// A drawing in the middle of a room (left, top, width, height), as large as fits.
    pub fn put(&mut self, drawing: &Drawing, [left, top, width, height]: [f32; 4]) {
        let (own_width, own_height) = drawing.size();
        let scale = (width / own_width).min(height / own_height);
        let (wide, high) = (own_width * scale, own_height * scale);
        drawing.draw(self, left + (width - wide) / 2.0, top + (height - high) / 2.0, wide, high);
    }

    /// Its pixels, four bytes each (RGBA), from the top.
    pub fn into_pixels(self) -> Vec<u8> {
        self.0.take_demultiplied()
    }
}

fn paint(colour: Colour) -> Color {
    let [red, green, blue] = colour.channels();
    Color::from_rgba8(red, green, blue, u8::MAX)
}

/// A PNG's pixels.
fn pixels(bytes: &[u8]) -> Result<Pixmap, String> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().map_err(|error| error.to_string())?;
    let room = reader.output_buffer_size().ok_or("it is too large")?;
    let mut bytes = vec![0; room];
    let frame = reader.next_frame(&mut bytes).map_err(|error| error.to_string())?;
    bytes.truncate(frame.buffer_size());
    let grey = frame.color_type == png::ColorType::GrayscaleAlpha;
    let pixel = |pixel: &[u8]| match *pixel {
        [shade, alpha] => [shade, shade, shade, alpha],
        [red, green, blue, alpha] => [red, green, blue, alpha],
        _ => [0; 4],
    };
    let premultiplied = |[red, green, blue, alpha]: [u8; 4]| {
        let part = |channel: u8| u8::try_from(u16::from(channel) * u16::from(alpha) / 255).unwrap_or(alpha);
        [part(red), part(green), part(blue), alpha]
    };
    let rgba = bytes.chunks_exact(if grey { 2 } else { 4 }).map(pixel).flat_map(premultiplied).collect();
    let size = IntSize::from_wh(frame.width, frame.height).ok_or("it has no size")?;
    Pixmap::from_vec(rgba, size).ok_or_else(|| "it is not whole".to_owned())
}
