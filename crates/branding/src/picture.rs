//! A logo or an icon.

use std::io::Cursor;

use data_encoding::BASE64;

use crate::{Error, MOST_BYTES, svg};

/// What a picture is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Name and sign, on light grounds.
    Logo,
    /// The same on dark grounds.
    LogoDark,
    /// A square: the mark beside the clinic's name, and the program's own.
    Icon,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Logo, Self::LogoDark, Self::Icon];

    /// The key in `brand.toml`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Logo => "pictures.logo",
            Self::LogoDark => "pictures.logo_dark",
            Self::Icon => "pictures.icon",
        }
    }
}

/// A picture that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    media_type: &'static str,
    bytes: Vec<u8>,
}

const SQUARE: &str = "a square of at least 64 on each side";
const SQUARE_PIXELS: &str = "a square PNG of 128 to 2048 pixels on each side, or an SVG";
const WIDE: &str = "a logo that is at most eight times as wide as high and not higher than wide";
const WIDE_PIXELS: &str =
    "a logo of 96 to 4096 pixels across, at most eight times as wide as high and not higher than wide";

impl Picture {
    /// Checks a picture by what it is for.
    ///
    /// # Errors
    /// What is wrong with it; a file can be wrong in several ways.
    pub fn check(kind: Kind, name: &str, bytes: &[u8]) -> Result<Self, Vec<Error>> {
        let (key, value) = (kind.key().to_owned(), name.to_owned());
        if bytes.len() > MOST_BYTES {
            return Err(vec![Error::FileTooLarge { key, value, bytes: bytes.len() }]);
        }
        let is_svg = name.to_ascii_lowercase().ends_with(".svg");
        let (media_type, (width, height), problems) = if is_svg {
            let drawn = match svg::look(bytes) {
                Ok(drawn) => drawn,
                Err(reason) => return Err(vec![Error::Picture { key, value, reason }]),
            };
            let active = |what| Error::Active { key: key.clone(), value: value.clone(), what };
            let problems: Vec<_> = drawn.active.into_iter().map(active).collect();
            ("image/svg+xml", drawn.size, problems)
        } else {
            match pixels(bytes) {
                Ok(size) => ("image/png", size, Vec::new()),
                Err(reason) => return Err(vec![Error::Picture { key, value, reason }]),
            }
        };
        let mut problems = problems;
        if let Some(wanted) = unfit(kind, is_svg, width, height) {
            problems.push(Error::Size {
                key,
                value,
                width: width.round() as u32,
                height: height.round() as u32,
                wanted,
            });
        }
        if problems.is_empty() { Ok(Self { media_type, bytes: bytes.to_vec() }) } else { Err(problems) }
    }

    /// As an address that a page can show without asking anybody.
    pub fn data_url(&self) -> String {
        format!("data:{};base64,{}", self.media_type, BASE64.encode(&self.bytes))
    }

    /// `image/svg+xml` or `image/png`.
    pub const fn media_type(&self) -> &'static str {
        self.media_type
    }

    /// The file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// What the picture must measure, where it does not.
fn unfit(kind: Kind, is_svg: bool, width: f32, height: f32) -> Option<&'static str> {
    let square = (width / height - 1.0).abs() < 0.01;
    match kind {
        Kind::Icon if is_svg => (!square).then_some(SQUARE),
        Kind::Icon => (!square || !(128.0..=2048.0).contains(&width)).then_some(SQUARE_PIXELS),
        Kind::Logo | Kind::LogoDark => {
            let shape = (1.0..=8.0).contains(&(width / height));
            if is_svg {
                (!shape).then_some(WIDE)
            } else {
                (!shape || !(96.0..=4096.0).contains(&width)).then_some(WIDE_PIXELS)
            }
        }
    }
}

/// The size of a PNG whose every pixel can be read.
fn pixels(bytes: &[u8]) -> Result<(f32, f32), String> {
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: 96 << 20 });
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|error| error.to_string())?;
    let (width, height) = reader.info().size();
    if width > 4096 || height > 4096 {
        return Ok((width as f32, height as f32));
    }
    let room = reader.output_buffer_size().ok_or_else(|| "it is too large".to_owned())?;
    let mut room = vec![0; room];
    reader.next_frame(&mut room).map_err(|error| error.to_string())?;
    Ok((width as f32, height as f32))
}
