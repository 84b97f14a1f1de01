//! XHTML narratives: paragraphs of plain text, written and read back.

/// Paragraphs as a narrative's `div`. Each has an id, so that it can be pointed to.
pub(crate) fn div<'a>(paragraphs: impl IntoIterator<Item = (String, &'a str)>) -> String {
    let mut xhtml = String::from("<div xmlns=\"http://www.w3.org/1999/xhtml\">");
    for (id, text) in paragraphs {
        xhtml.push_str("<p id=\"");
        xhtml.push_str(&id);
        xhtml.push_str("\">");
        escape(&mut xhtml, text);
        xhtml.push_str("</p>");
    }
    xhtml.push_str("</div>");
    xhtml
}

/// The text of a `div`'s paragraphs, marks inside them left out. `None` where it is no `div` or marks do not match up.
pub(crate) fn paragraphs(xhtml: &str) -> Option<Vec<String>> {
    let inside = xhtml.trim().strip_prefix("<div")?.strip_suffix("</div>")?;
    let (_, mut rest) = inside.split_once('>')?;
    let mut all = Vec::new();
    while let Some(open) = rest.find("<p").filter(|_| !rest.is_empty()) {
        let (_, after) = rest[open..].split_once('>')?;
        let (text, next) = after.split_once("</p>")?;
        all.push(unescape(text)?);
        rest = next;
    }
    Some(all)
}

/// Text without what neither XML nor FHIR's `string` can hold.
pub(crate) fn printable(text: &str) -> String {
    let allowed = |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(allowed)
        .collect::<String>()
        .trim()
        .to_owned()
}

fn escape(out: &mut String, text: &str) {
    for c in printable(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

fn unescape(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('<') {
            rest = rest.split_once('>')?.1;
            continue;
        }
        let (entity, after) = rest[1..].split_once(';')?;
        out.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            "nbsp" => '\u{a0}',
            _ => {
                let code = entity.strip_prefix('#')?;
                let number = match code.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16),
                    None => code.parse(),
                };
                char::from_u32(number.ok()?)?
            }
        });
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_back(texts in proptest::collection::vec(any::<String>(), 0..5)) {
            let xhtml = div(texts.iter().enumerate().map(|(at, text)| (format!("s{at}"), text.as_str())));
            let expected: Vec<_> = texts.iter().map(|text| printable(text)).collect();
            prop_assert_eq!(paragraphs(&xhtml), Some(expected));
        }

        #[test]
        fn arbitrary_text_is_read_or_refused(text in any::<String>(), inside in "[<>&;#p/div a]{0,40}") {
            let _ = paragraphs(&text);
            let _ = paragraphs(&format!("<div>{inside}</div>"));
        }
    }
}
