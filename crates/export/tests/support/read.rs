//! Small readers, written from the standards and not from the writers.

use std::io::Write as _;
use std::process::{Command, Stdio};

/// An HL7 v2 message: segments of fields, still escaped.
pub struct Message(Vec<Vec<String>>);

impl Message {
    /// The messages of a batch, after a look at its envelope.
    pub fn parse_batch(text: &str) -> Vec<Self> {
        assert!(text.ends_with('\r'), "every segment ends with a carriage return");
        assert!(!text.contains('\n'), "a line feed is no part of a message");
        let segments: Vec<Vec<String>> = text.trim_end_matches('\r').split('\r').map(fields).collect();
        let names: Vec<&str> = segments.iter().map(|segment| segment[0].as_str()).collect();
        assert_eq!(names[..2], ["FHS", "BHS"]);
        assert_eq!(names[names.len() - 2..], ["BTS", "FTS"]);
        let inside = &segments[2..segments.len() - 2];
        let mut messages: Vec<Self> = Vec::new();
        for segment in inside {
            assert!(
                segment[0].len() == 3
                    && segment[0].bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
            );
            if segment[0] == "MSH" {
                messages.push(Self(Vec::new()));
            }
            messages.last_mut().expect("a message begins with MSH").0.push(segment.clone());
        }
        assert_eq!(segments[segments.len() - 2][1], messages.len().to_string(), "BTS counts the messages");
        messages
    }

    pub fn names(&self) -> Vec<&str> {
        self.0.iter().map(|segment| segment[0].as_str()).collect()
    }

    /// A field of the first segment of that name, as it is written.
    pub fn field(&self, segment: &str, number: usize) -> String {
        let found = self.0.iter().find(|fields| fields[0] == segment).expect(segment);
        found.get(number).cloned().unwrap_or_default()
    }

    /// A field of every segment of that name, unescaped.
    pub fn all(&self, segment: &str, number: usize) -> Vec<String> {
        let found = self.0.iter().filter(|fields| fields[0] == segment);
        found.map(|fields| unescape(fields.get(number).map_or("", String::as_str))).collect()
    }

    /// A component of a field, unescaped.
    pub fn part(&self, segment: &str, number: usize, component: usize) -> String {
        unescape(self.field(segment, number).split('^').nth(component).unwrap_or_default())
    }
}

/// The fields by their number: of a head, 1 is the separator.
fn fields(segment: &str) -> Vec<String> {
    let mut fields: Vec<String> = segment.split('|').map(str::to_owned).collect();
    if ["MSH", "FHS", "BHS"].contains(&fields[0].as_str()) {
        fields.insert(1, "|".to_owned());
        assert_eq!(fields[2], "^~\\&");
    } else {
        assert!(!segment.contains('~'), "nothing that is written here repeats");
    }
    fields
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let (sequence, after) = rest[at + 1..].split_once('\\').expect("an escape sequence ends");
        out.push_str(match sequence {
            "F" => "|",
            "S" => "^",
            "T" => "&",
            "R" => "~",
            "E" => "\\",
            ".br" => "\n",
            other => panic!("\\{other}\\ is not written here"),
        });
        rest = after;
    }
    out + rest
}

/// What a text is once it has been through a message: line breaks of one kind, no control characters.
pub fn as_in_a_message(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
    lines.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

/// The cells of an RFC 4180 table, its head included.
pub fn cells(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').expect("the mark of UTF-8");
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut cell = String::new();
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, quoted) {
            ('"', true) if chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            ('"', _) => quoted = !quoted,
            (',', false) => row.push(std::mem::take(&mut cell)),
            ('\r', false) => {
                assert_eq!(chars.next(), Some('\n'));
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            (c, _) => cell.push(c),
        }
    }
    assert!(row.is_empty() && cell.is_empty() && !quoted, "the last row is whole");
    rows
}

/// The text of a PDF as poppler reads it; none where there is no `pdftotext`.
pub fn text_of(pdf: &[u8]) -> Option<String> {
    let mut child = Command::new("pdftotext")
        .args(["-layout", "-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let mut input = child.stdin.take().expect("piped");
    let bytes = pdf.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let output = child.wait_with_output().expect("pdftotext ends");
    writer.join().expect("it was written").expect("pdftotext reads");
    assert!(output.status.success(), "pdftotext does not take the file");
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}
