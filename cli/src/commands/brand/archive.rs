//! A brand's folder in a zip, as it comes by e-mail: only what a brand needs is taken out of it, and nothing is written.
//!
//! PKWARE's APPNOTE 6.3.10, as far as any program's zip of a small folder goes: stored and deflated files, no encryption, no
//! ZIP64. What the directory at the end says is what counts.

use branding::{FILE, File, MOST_BYTES};
use domain::ErrorCode;

use crate::failure::Failure;

/// The most that a zip may hold, in bytes, packed: three pictures and some more.
pub(super) const MOST_PACKED: usize = 4 << 20;
/// The most entries that are looked at.
const MOST_ENTRIES: u16 = 200;

const END: [u8; 4] = *b"PK\x05\x06";
const ENTRY: [u8; 4] = *b"PK\x01\x02";
const LOCAL: [u8; 4] = *b"PK\x03\x04";

fn wrong(reason: &str) -> Failure {
    Failure::new(
        ErrorCode::BrandInvalid,
        format!(
            "the zip cannot be used: {reason}; pack brand.toml and its pictures again, or name their folder"
        ),
    )
}

fn damaged() -> Failure {
    wrong("it is damaged, or no zip")
}

/// The files beside the zip's `brand.toml`, by their names alone.
pub(super) fn files(zip: &[u8]) -> Result<Vec<File>, Failure> {
    if zip.len() > MOST_PACKED {
        return Err(wrong("it holds more than 4 MiB"));
    }
    let entries = entries(zip)?;
    let of_brand = |entry: &&Entry<'_>| entry.place().is_some_and(|(_, name)| name == FILE);
    let mut homes = entries.iter().filter(of_brand).filter_map(|entry| entry.place());
    let Some((home, _)) = homes.next() else { return Err(wrong("there is no brand.toml in it")) };
    if homes.next().is_some() {
        return Err(wrong("there is more than one brand.toml in it"));
    }
    let mut files = Vec::new();
    for entry in &entries {
        let Some((folder, name)) = entry.place() else { continue };
        let lower = name.to_ascii_lowercase();
        if folder == home && (name == FILE || lower.ends_with(".svg") || lower.ends_with(".png")) {
            files.push(File { name: name.to_owned(), bytes: entry.open(zip)? });
        }
    }
    Ok(files)
}

/// A line of the directory.
struct Entry<'z> {
    name: &'z str,
    flags: u16,
    method: u16,
    sum: u32,
    packed: usize,
    size: usize,
    at: usize,
}

impl<'z> Entry<'z> {
    /// Its folder and its own name. None for a folder, for what leads elsewhere, and for what systems put in by themselves.
    fn place(&self) -> Option<(&'z str, &'z str)> {
        let (folder, name) = self.name.rsplit_once('/').unwrap_or(("", self.name));
        let leads_out = self.name.starts_with('/')
            || self.name.contains(['\\', ':', '\0'])
            || folder.split('/').any(|part| part == ".." || part == "__MACOSX");
        (!name.is_empty() && !name.starts_with('.') && !leads_out).then_some((folder, name))
    }

    fn open(&self, zip: &[u8]) -> Result<Vec<u8>, Failure> {
        if self.flags & 1 != 0 {
            return Err(wrong("it has a password"));
        }
        if self.size > MOST_BYTES {
            return Err(wrong(&format!("{} holds more than {MOST_BYTES} bytes", self.name)));
        }
        if bytes(zip, self.at, 4)? != LOCAL {
            return Err(damaged());
        }
        let begin =
            self.at + 30 + usize::from(half(zip, self.at + 26)?) + usize::from(half(zip, self.at + 28)?);
        let packed = bytes(zip, begin, self.packed)?;
        let content = match self.method {
            0 => packed.to_vec(),
            8 => miniz_oxide::inflate::decompress_to_vec_with_limit(packed, MOST_BYTES)
                .map_err(|_| damaged())?,
            _ => return Err(wrong("it is packed in a way that is not known here")),
        };
        if content.len() != self.size || crc32fast::hash(&content) != self.sum {
            return Err(damaged());
        }
        Ok(content)
    }
}

/// The directory, which stands at the end.
fn entries(zip: &[u8]) -> Result<Vec<Entry<'_>>, Failure> {
    // A comment of at most 64 KiB may follow.
    let earliest = zip.len().saturating_sub(22 + usize::from(u16::MAX));
    let end = (earliest..=zip.len().saturating_sub(22))
        .rev()
        .find(|at| zip.get(*at..*at + 4) == Some(&END))
        .ok_or_else(damaged)?;
    let count = half(zip, end + 10)?;
    if count > MOST_ENTRIES {
        return Err(wrong("there is too much in it"));
    }
    let mut at = word(zip, end + 16)?;
    let mut entries = Vec::new();
    for _ in 0..count {
        if bytes(zip, at, 4)? != ENTRY {
            return Err(damaged());
        }
        let length = usize::from(half(zip, at + 28)?);
        let after = length + usize::from(half(zip, at + 30)?) + usize::from(half(zip, at + 32)?);
        let name = std::str::from_utf8(bytes(zip, at + 46, length)?);
        // What is not UTF-8 is no name of a brand's file.
        if let Ok(name) = name {
            entries.push(Entry {
                name,
                flags: half(zip, at + 8)?,
                method: half(zip, at + 10)?,
                sum: u32::try_from(word(zip, at + 16)?).map_err(|_| damaged())?,
                packed: word(zip, at + 20)?,
                size: word(zip, at + 24)?,
                at: word(zip, at + 42)?,
            });
        }
        at += 46 + after;
    }
    Ok(entries)
}

fn bytes(zip: &[u8], at: usize, length: usize) -> Result<&[u8], Failure> {
    at.checked_add(length).and_then(|end| zip.get(at..end)).ok_or_else(damaged)
}

fn half(zip: &[u8], at: usize) -> Result<u16, Failure> {
    let bytes = bytes(zip, at, 2)?;
    Ok(u16::from_le_bytes([bytes[0], bytes[1]]))
}

fn word(zip: &[u8], at: usize) -> Result<usize, Failure> {
    let bytes = bytes(zip, at, 4)?;
    usize::try_from(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])).map_err(|_| damaged())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A zip of files: stored, or deflated where the name ends in `.svg`.
    fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let (mut zip, mut directory) = (Vec::new(), Vec::new());
        for (name, content) in files {
            let deflated = name.ends_with(".svg");
            let body =
                if deflated { miniz_oxide::deflate::compress_to_vec(content, 6) } else { content.to_vec() };
            let numbers = [crc32fast::hash(content), body.len() as u32, content.len() as u32];
            let sizes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
            let method = [if deflated { 8 } else { 0 }, 0];
            let length = (name.len() as u16).to_le_bytes();
            let at = (zip.len() as u32).to_le_bytes();
            zip.extend([&LOCAL[..], &[20, 0, 0, 0], &method, &[0; 4], &sizes, &length, &[0, 0]].concat());
            zip.extend(name.as_bytes());
            zip.extend(body);
            directory.extend([&ENTRY[..], &[20, 0, 20, 0, 0, 0], &method, &[0; 4], &sizes, &length].concat());
            directory.extend([&[0; 12][..], &at].concat());
            directory.extend(name.as_bytes());
        }
        let (count, size) = ((files.len() as u16).to_le_bytes(), (directory.len() as u32).to_le_bytes());
        let at = (zip.len() as u32).to_le_bytes();
        zip.extend(directory);
        zip.extend([&END[..], &[0; 4], &count, &count, &size, &at, &[0, 0]].concat());
        zip
    }

    fn names(zip: &[u8]) -> Vec<String> {
        files(zip).unwrap().into_iter().map(|file| file.name).collect()
    }

    #[test]
    fn what_lies_beside_brand_toml_is_taken_and_nothing_that_leads_elsewhere() {
        let zip = packed(&[
            ("acme/", b""),
            ("acme/brand.toml", b"company = 'Acme'"),
            ("acme/logo.svg", b"<svg/>"),
            ("acme/notes.txt", b"no"),
            ("acme/old/logo.svg", b"older"),
            ("acme/../../evil.svg", b"no"),
            ("/etc/evil.svg", b"no"),
            ("acme\\evil.svg", b"no"),
            ("__MACOSX/acme/brand.toml", b"no"),
            ("acme/.hidden.svg", b"no"),
        ]);
        let found = files(&zip).unwrap();
        assert_eq!(names(&zip), ["brand.toml", "logo.svg"]);
        assert_eq!((&found[0].bytes[..], &found[1].bytes[..]), (&b"company = 'Acme'"[..], &b"<svg/>"[..]));
        assert_eq!(names(&packed(&[("brand.toml", b"x"), ("a.PNG", b"y")])), ["brand.toml", "a.PNG"]);
    }

    #[test]
    fn a_zip_that_is_cut_off_altered_or_too_large_is_refused() {
        let large = vec![b' '; MOST_BYTES + 1];
        let mut lies = packed(&[("brand.toml", b"x"), ("logo.svg", &large)]);
        assert!(files(&lies).is_err(), "it says that it is too large");
        // One that says that it is small and is not.
        let said = u32::try_from(large.len()).unwrap().to_le_bytes();
        while let Some(at) = lies.windows(4).position(|window| window == said) {
            lies[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
        }
        assert!(files(&lies).is_err());
        let whole = packed(&[("brand.toml", b"company = 'Acme'"), ("logo.svg", b"<svg/>")]);
        for end in 0..whole.len() {
            assert!(files(&whole[..end]).is_err(), "{end}");
        }
        let mut altered = whole.clone();
        let at = altered.windows(4).position(|window| window == b"Acme").unwrap();
        altered[at] = b'E';
        assert!(files(&altered).is_err());
        for zip in
            [packed(&[("logo.svg", b"<svg/>")]), packed(&[("a/brand.toml", b""), ("b/brand.toml", b"")])]
        {
            assert!(files(&zip).is_err());
        }
        for at in 0..whole.len() {
            let mut bent = whole.clone();
            bent[at] ^= 0xff;
            let _ = files(&bent);
        }
    }
}
