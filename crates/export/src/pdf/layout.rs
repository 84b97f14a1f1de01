//! Blocks of text onto pages, and pages into a file.

use krilla::Document as Writer;
use krilla::SerializeSettings;
use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::geom::{Point, Size, Transform};
use krilla::image::Image;
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla::text::{Font, TextDirection};
use time::OffsetDateTime;
use ttf_parser::Face;

use crate::Error;
use crate::input::Logo;

const REGULAR: &[u8] = include_bytes!("../../fonts/NotoSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../fonts/NotoSans-Bold.ttf");

/// US Letter, in points.
const WIDTH: f32 = 612.0;
const HEIGHT: f32 = 792.0;
const MARGIN: f32 = 54.0;
/// Between a logo and what stands below it.
const UNDER_LOGO: f32 = 6.0;
/// Where the last line of text may stand; the foot is below.
const BOTTOM: f32 = HEIGHT - MARGIN - 18.0;

/// A paragraph and how it is set.
pub(super) struct Block {
    pub(super) style: Style,
    pub(super) text: String,
}

/// How a paragraph is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Title,
    Heading,
    Strong,
    Body,
    Small,
    /// Nothing but room.
    Gap,
}

impl Style {
    /// Size and room above, in points, and whether it is bold.
    const fn measures(self) -> (f32, f32, bool) {
        match self {
            Self::Title => (18.0, 4.0, true),
            Self::Heading => (11.5, 12.0, true),
            Self::Strong => (10.5, 3.0, true),
            Self::Body => (10.0, 2.5, false),
            Self::Small => (8.0, 3.0, false),
            Self::Gap => (6.0, 0.0, false),
        }
    }
}

/// What is set, and what stands on every page.
pub(super) struct Document<'a> {
    /// What stands above everything else of the first page.
    pub(super) logo: Option<Logo<'a>>,
    pub(super) blocks: &'a [Block],
    pub(super) title: &'a str,
    pub(super) language: &'a str,
    pub(super) author: &'a str,
    /// What makes the file's id, which is the same for the same id.
    pub(super) id: &'a str,
    pub(super) created: OffsetDateTime,
    /// What stands at the head of every page, in capitals.
    pub(super) standing: Option<&'a str>,
    pub(super) foot: &'a str,
    /// With `{n}` and `{of}`.
    pub(super) page: &'a str,
    /// Said at the end where a character could not be printed.
    pub(super) replaced: &'a str,
}

struct Line {
    style: Style,
    text: String,
    /// Of its baseline, from the page's top, in points.
    y: f32,
}

/// Lays the document out and writes it.
pub(super) fn set(document: &Document<'_>) -> Result<Vec<u8>, Error> {
    let faces = Faces::new()?;
    let mut pages = Pages { faces: &faces, pages: vec![Vec::new()], y: MARGIN, replaced: false };
    if document.standing.is_some() {
        pages.y += 16.0;
    }
    let top = pages.y;
    if let Some(logo) = document.logo {
        pages.y += logo.on_page().1 + UNDER_LOGO;
    }
    for block in document.blocks {
        pages.put(block.style, &block.text, top);
    }
    if pages.replaced {
        pages.put(Style::Small, document.replaced, top);
    }
    write(document, &faces, &pages.pages, top)
}

struct Pages<'a> {
    faces: &'a Faces,
    pages: Vec<Vec<Line>>,
    /// Where the last line's room ends.
    y: f32,
    replaced: bool,
}

impl Pages<'_> {
    fn put(&mut self, style: Style, text: &str, top: f32) {
        let (size, above, _) = style.measures();
        let (lines, replaced) = self.faces.lines(text, style, WIDTH - 2.0 * MARGIN);
        self.replaced |= replaced;
        // A heading does not stand alone at the end of a page.
        let keep = if style == Style::Heading { 3.0 * size } else { 0.0 };
        for (at, text) in lines.into_iter().enumerate() {
            let above = if at == 0 { above } else { 1.0 };
            let height = above + size * 1.25;
            let full =
                self.y + height + keep > BOTTOM && self.pages.last().is_some_and(|page| !page.is_empty());
            if full {
                self.pages.push(Vec::new());
                self.y = top;
            }
            self.y += height;
            if let Some(page) = self.pages.last_mut() {
                page.push(Line { style, text, y: self.y });
            }
        }
    }
}

fn write(document: &Document<'_>, faces: &Faces, pages: &[Vec<Line>], top: f32) -> Result<Vec<u8>, Error> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_U)
        .finish()
        .map_err(|_| Error::Pdf { reason: "no version of PDF fits the archive rules" })?;
    let settings = SerializeSettings { configuration, ..SerializeSettings::default() };
    let mut writer = Writer::new_with(settings);
    for (at, lines) in pages.iter().enumerate() {
        let size = PageSettings::from_wh(WIDTH, HEIGHT);
        let mut page = writer.start_page_with(size.ok_or(Error::Pdf { reason: "the page has no size" })?);
        let mut surface = page.surface();
        if let Some(logo) = document.logo.filter(|_| at == 0) {
            let (width, height) = logo.on_page();
            let image = Image::from_rgba8(logo.pixels.to_vec(), logo.width, logo.height);
            let size = Size::from_wh(width, height).ok_or(Error::Pdf { reason: "the logo has no size" })?;
            surface.push_transform(&Transform::from_translate(MARGIN, top));
            surface.draw_image(image, size);
            surface.pop();
        }
        let mut draw = |style: Style, x: f32, y: f32, text: &str| {
            let (size, _, bold) = style.measures();
            let font = if bold { &faces.bold.font } else { &faces.regular.font };
            if !text.trim().is_empty() {
                let start = Point::from_xy(x, y);
                surface.draw_text(start, font.clone(), size, text, false, TextDirection::LeftToRight);
            }
        };
        if let Some(standing) = document.standing {
            draw(Style::Strong, MARGIN, MARGIN, standing);
        }
        for line in lines {
            draw(line.style, MARGIN, line.y, &line.text);
        }
        let number =
            document.page.replace("{n}", &(at + 1).to_string()).replace("{of}", &pages.len().to_string());
        let width = faces.width(&number, Style::Small);
        draw(Style::Small, WIDTH - MARGIN - width, HEIGHT - MARGIN + 8.0, &number);
        let room = WIDTH - 2.0 * MARGIN - width - 12.0;
        let (foot, _) = faces.lines(document.foot, Style::Small, room);
        for (at, text) in (0_u8..2).zip(&foot) {
            draw(Style::Small, MARGIN, HEIGHT - MARGIN + 8.0 + 10.0 * f32::from(at), text);
        }
        surface.finish();
        page.finish();
    }
    writer.set_metadata(metadata(document));
    writer.finish().map_err(|_| Error::Pdf { reason: "the writer refused the document" })
}

fn metadata(document: &Document<'_>) -> Metadata {
    let created = document.created;
    let (hours, minutes, _) = created.offset().as_hms();
    let date = DateTime::new(u16::try_from(created.year()).unwrap_or_default())
        .month(created.month().into())
        .day(created.day())
        .hour(created.hour())
        .minute(created.minute())
        .second(created.second())
        .utc_offset_hour(hours)
        .utc_offset_minute(minutes.unsigned_abs());
    Metadata::new()
        .title(document.title.to_owned())
        .authors(vec![document.author.to_owned()])
        .creator("Bedside".to_owned())
        .language(document.language.to_owned())
        .creation_date(date)
        .document_id(document.id.to_owned())
}

struct Faces {
    regular: Typeface,
    bold: Typeface,
}

struct Typeface {
    font: Font,
    face: Face<'static>,
}

impl Typeface {
    fn new(file: &'static [u8]) -> Result<Self, Error> {
        const DAMAGED: Error = Error::Pdf { reason: "a font is damaged" };
        let font = Font::new(file.to_vec().into(), 0).ok_or(DAMAGED)?;
        let face = Face::parse(file, 0).map_err(|_| DAMAGED)?;
        Ok(Self { font, face })
    }

    fn has(&self, c: char) -> bool {
        self.face.glyph_index(c).is_some()
    }

    /// The width of a text in points, kerning left out.
    fn width(&self, text: &str, size: f32) -> f32 {
        let units = f32::from(self.face.units_per_em());
        let advance = |c| self.face.glyph_index(c).and_then(|glyph| self.face.glyph_hor_advance(glyph));
        text.chars().filter_map(advance).map(f32::from).sum::<f32>() * size / units
    }
}

impl Faces {
    fn new() -> Result<Self, Error> {
        Ok(Self { regular: Typeface::new(REGULAR)?, bold: Typeface::new(BOLD)? })
    }

    const fn of(&self, style: Style) -> &Typeface {
        if style.measures().2 { &self.bold } else { &self.regular }
    }

    fn width(&self, text: &str, style: Style) -> f32 {
        self.of(style).width(text, style.measures().0)
    }

    /// The text in lines of at most that width, and whether a character had to be replaced. A word that is too long is cut.
    fn lines(&self, text: &str, style: Style, room: f32) -> (Vec<String>, bool) {
        let mut replaced = false;
        let mut lines = Vec::new();
        for paragraph in text.lines() {
            let (paragraph, lost) = printable(paragraph, self.of(style));
            replaced |= lost;
            let mut line = String::new();
            for word in paragraph.split_whitespace() {
                let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
                if self.width(&longer, style) <= room {
                    line = longer;
                    continue;
                }
                if !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                }
                for c in word.chars() {
                    line.push(c);
                    if self.width(&line, style) > room {
                        line.pop();
                        lines.push(std::mem::replace(&mut line, c.to_string()));
                    }
                }
            }
            lines.push(line);
        }
        if lines.is_empty() {
            lines.push(String::new());
        }
        (lines, replaced)
    }
}

/// The text in characters that the font has: signs that it lacks in letters that say the same, anything else as `U+FFFD`.
fn printable(text: &str, face: &Typeface) -> (String, bool) {
    let mut out = String::with_capacity(text.len());
    let mut replaced = false;
    for c in text.chars() {
        if c.is_whitespace() {
            out.push(' ');
        } else if c.is_control() || is_invisible(c) {
        } else if face.has(c) {
            out.push(c);
        } else {
            match c {
                '\u{2264}' => out.push_str("<="),
                '\u{2265}' => out.push_str(">="),
                '\u{2212}' | '\u{2011}' => out.push('-'),
                '\u{2248}' => out.push('~'),
                '\u{2260}' => out.push_str("!="),
                '\u{2192}' => out.push_str("->"),
                '\u{2190}' => out.push_str("<-"),
                _ => {
                    out.push('\u{fffd}');
                    replaced = true;
                }
            }
        }
    }
    (out, replaced)
}

/// Joiners, direction marks, variation selectors: nothing to see.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_sign_that_the_font_lacks_is_written_out_or_marked() {
        let faces = Faces::new().unwrap();
        let shown = |text| printable(text, &faces.regular);
        assert_eq!(shown("señal ≥ 38 °C, −2 µg"), ("señal >= 38 °C, -2 µg".to_owned(), false));
        assert_eq!(shown("咳"), ("\u{fffd}".to_owned(), true));
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_its_room_and_no_character_is_lost(text in "[a-zA-ZñÑáé ,.0-9]{0,300}") {
            let faces = Faces::new().unwrap();
            let (lines, _) = faces.lines(&text, Style::Body, 120.0);
            for line in &lines {
                prop_assert!(faces.width(line, Style::Body) <= 120.0, "{line}");
            }
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}
