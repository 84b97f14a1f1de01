//! What an SVG holds: only what draws is let through.
//!
//! An allow-list of elements, and of attributes all but those that act: `on…`, addresses that lead out of the file,
//! `url(…)` of anything but a part of the file. No document type (entities), no processing instruction, no style sheet from
//! elsewhere. The screens show a logo as an image, in which browsers run nothing anyway; this is the first of two locks.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What draws.
const ELEMENTS: &[&str] = &[
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "title",
    "desc",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "lineargradient",
    "radialgradient",
    "stop",
    "clippath",
    "mask",
    "pattern",
    "style",
    "marker",
];
/// How deep elements may stand in one another, and how many there may be.
const DEEPEST: usize = 64;
const MOST: usize = 20_000;

/// What was found.
pub(crate) struct Drawn {
    /// Width and height, in its own units.
    pub(crate) size: (f32, f32),
    /// What is not let through, each once.
    pub(crate) active: Vec<String>,
    /// Whether it has words that are no outlines: they look as the fonts of the machine do that shows them.
    pub(crate) words: bool,
}

/// Reads the file.
///
/// # Errors
/// It is not an SVG, in words.
pub(crate) fn look(bytes: &[u8]) -> Result<Drawn, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
    let mut reader = Reader::from_str(text);
    let mut found = Found::default();
    loop {
        match reader.read_event().map_err(|error| format!("not XML: {error}"))? {
            Event::Start(element) => {
                found.element(&element)?;
                found.depth += 1;
                found.in_style = local(&element) == "style";
                if found.depth > DEEPEST {
                    return Err("its elements stand too deep in one another".to_owned());
                }
            }
            Event::Empty(element) => found.element(&element)?,
            Event::End(_) => {
                found.depth = found.depth.saturating_sub(1);
                found.in_style = false;
            }
            Event::Text(words) if found.in_style => {
                let words = words.into_inner();
                found.style(&words, "style");
            }
            Event::CData(words) if found.in_style => {
                let words = words.into_inner();
                found.style(&words, "style");
            }
            // `&name;` in a style sheet could spell what is looked for.
            Event::GeneralRef(_) if found.in_style => found.refuse("an entity in <style>".to_owned()),
            Event::DocType(_) => found.refuse("a document type".to_owned()),
            Event::PI(_) => found.refuse("a processing instruction".to_owned()),
            Event::Eof => break,
            _ => {}
        }
    }
    if found.depth != 0 {
        return Err("it ends too early".to_owned());
    }
    let size = found.size.ok_or_else(|| "it has no viewBox and no width and height".to_owned())?;
    Ok(Drawn { size, active: found.active, words: found.words })
}

#[derive(Default)]
struct Found {
    depth: usize,
    seen: usize,
    in_style: bool,
    size: Option<(f32, f32)>,
    active: Vec<String>,
    words: bool,
}

fn local(element: &BytesStart<'_>) -> String {
    element.local_name().as_ref().to_lowercase()
}

impl Found {
    fn refuse(&mut self, what: String) {
        if !self.active.contains(&what) {
            self.active.push(what);
        }
    }

    fn element(&mut self, element: &BytesStart<'_>) -> Result<(), String> {
        let name = local(element);
        self.seen += 1;
        if self.seen > MOST {
            return Err(format!("it has more than {MOST} elements"));
        }
        self.words |= name == "text";
        if self.seen == 1 && name != "svg" {
            return Err("its first element is not <svg>".to_owned());
        }
        if !ELEMENTS.contains(&name.as_str()) {
            self.refuse(format!("<{name}>"));
        }
        let mut measures = (None, None, None);
        for attribute in element.attributes() {
            let attribute = attribute.map_err(|error| format!("not XML: {error}"))?;
            let key = attribute.key.as_ref().to_lowercase();
            let value = attribute
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .map_err(|error| format!("not XML: {error}"))?;
            self.attribute(&key, &value);
            if self.seen == 1 {
                match key.as_str() {
                    "viewbox" => measures.0 = view_box(&value),
                    "width" => measures.1 = length(&value),
                    "height" => measures.2 = length(&value),
                    _ => {}
                }
            }
        }
        if self.seen == 1 {
            self.size = measures.0.or(measures.1.zip(measures.2));
        }
        Ok(())
    }

    fn attribute(&mut self, key: &str, value: &str) {
        let name = key.rsplit(':').next().unwrap_or(key);
        if key == "xmlns" || key.starts_with("xmlns:") {
            return;
        }
        if name.starts_with("on") {
            return self.refuse(format!("the attribute {key}"));
        }
        if matches!(name, "href" | "src" | "base" | "from" | "to" | "action")
            && !value.trim().starts_with('#')
        {
            return self.refuse(format!("the address in {key}"));
        }
        self.style(value, key);
    }

    /// What could load something: in a style sheet and in any attribute that takes a paint.
    fn style(&mut self, text: &str, place: &str) {
        // Comments and escapes could hide what is looked for.
        let plain: String = text.to_lowercase().chars().filter(|sign| !sign.is_whitespace()).collect();
        let leads_out =
            plain.split("url(").skip(1).any(|rest| !rest.trim_start_matches(['"', '\'']).starts_with('#'));
        let hides = place == "style" && (plain.contains('\\') || plain.contains("/*"));
        if leads_out
            || hides
            || plain.contains("@import")
            || plain.contains("javascript:")
            || plain.contains("image-set(")
        {
            self.refuse(format!("an address in {place}"));
        }
    }
}

fn length(text: &str) -> Option<f32> {
    let number = text.trim().trim_end_matches("px").parse::<f32>().ok()?;
    (number.is_finite() && number > 0.0).then_some(number)
}

fn view_box(text: &str) -> Option<(f32, f32)> {
    let numbers: Vec<f32> =
        text.split([' ', ',']).filter(|part| !part.is_empty()).map_while(|part| part.parse().ok()).collect();
    match numbers.as_slice() {
        [_, _, width, height] if *width > 0.0 && *height > 0.0 => Some((*width, *height)),
        _ => None,
    }
}
