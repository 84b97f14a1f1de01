//! Segments, fields, components, and how they are escaped.

/// A segment: its name and its fields, by their number in the standard.
pub(super) struct Segment {
    name: &'static str,
    fields: Vec<Field>,
}

/// A field: its repetitions, each of components, each of subcomponents.
#[derive(Clone, Default)]
pub(super) struct Field(Vec<Vec<Vec<String>>>);

impl Field {
    /// One component.
    pub(super) fn text(text: &str) -> Self {
        Self(vec![vec![vec![text.to_owned()]]])
    }

    /// Components without subcomponents.
    pub(super) fn parts<const N: usize>(parts: [&str; N]) -> Self {
        Self(vec![parts.into_iter().map(|part| vec![part.to_owned()]).collect()])
    }

    /// Components of subcomponents.
    pub(super) fn of<const N: usize>(parts: [Vec<String>; N]) -> Self {
        Self(vec![parts.into()])
    }

    /// The same field with another one's repetitions after its own.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }
}

impl Segment {
    pub(super) const fn new(name: &'static str) -> Self {
        Self { name, fields: Vec::new() }
    }

    /// Sets the field of that number, from 1.
    pub(super) fn set(mut self, number: usize, field: Field) -> Self {
        if self.fields.len() < number {
            self.fields.resize(number, Field::default());
        }
        if let Some(place) = self.fields.get_mut(number.saturating_sub(1)) {
            *place = field;
        }
        self
    }

    /// Writes it, with its carriage return. Nothing empty stands at the end of a field or of the segment.
    pub(super) fn write(&self, text: &mut String) {
        text.push_str(self.name);
        let mut fields: Vec<String> = self.fields.iter().map(written).collect();
        while fields.last().is_some_and(String::is_empty) {
            fields.pop();
        }
        // The first field of a head is the separator itself, the second the other delimiters.
        let first = if matches!(self.name, "MSH" | "FHS" | "BHS") {
            text.push_str("|^~\\&");
            2
        } else {
            0
        };
        for field in fields.iter().skip(first) {
            text.push('|');
            text.push_str(field);
        }
        text.push('\r');
    }
}

fn written(field: &Field) -> String {
    let repetitions: Vec<String> = field.0.iter().map(|components| repetition(components)).collect();
    repetitions.join("~")
}

fn repetition(components: &[Vec<String>]) -> String {
    let mut components: Vec<String> = components
        .iter()
        .map(|parts| {
            let mut parts: Vec<String> = parts.iter().map(|part| escaped(part)).collect();
            while parts.last().is_some_and(String::is_empty) {
                parts.pop();
            }
            parts.join("&")
        })
        .collect();
    while components.last().is_some_and(String::is_empty) {
        components.pop();
    }
    components.join("^")
}

/// Chapter 2.7: a delimiter in the text is an escape sequence, a line break is `\.br\`, and no other control character is
/// in a message.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '|' => out.push_str("\\F\\"),
            '^' => out.push_str("\\S\\"),
            '&' => out.push_str("\\T\\"),
            '~' => out.push_str("\\R\\"),
            '\\' => out.push_str("\\E\\"),
            '\r' | '\n' => {
                if c == '\r' && chars.peek() == Some(&'\n') {
                    chars.next();
                }
                out.push_str("\\.br\\");
            }
            '\t' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
