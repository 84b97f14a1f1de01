//! Licences and sources, by deny.toml's own lists: a check that needs no program to be installed. cargo-deny looks closer
//! (at the licence texts, at advisories, at bans), in the workflows and wherever it is installed.

use std::path::Path;

use crate::graph::Package;

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// What deny.toml allows.
pub(crate) struct Policy {
    allowed: Vec<String>,
    /// A package, and what it is allowed beyond that.
    exceptions: Vec<(String, Vec<String>)>,
}

impl Policy {
    /// Reads `licenses.allow` and `licenses.exceptions`.
    pub(crate) fn read(file: &Path) -> Self {
        let text = std::fs::read_to_string(file).expect("deny.toml is there");
        let table: toml::Table = text.parse().expect("deny.toml is TOML");
        let list = |value: &toml::Value| -> Vec<String> {
            value
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|item| item.as_str().map(str::to_owned))
                .collect()
        };
        let licences = &table["licenses"];
        let exceptions = licences
            .get("exceptions")
            .and_then(toml::Value::as_array)
            .into_iter()
            .flatten()
            .map(|entry| (entry["crate"].as_str().unwrap_or_default().to_owned(), list(&entry["allow"])))
            .collect();
        Self { allowed: list(&licences["allow"]), exceptions }
    }

    fn allows(&self, package: &str, licence: &str) -> bool {
        let excepted =
            self.exceptions.iter().filter(|(name, _)| name == package).flat_map(|(_, allowed)| allowed);
        self.allowed.iter().chain(excepted).any(|allowed| allowed == licence)
    }
}

/// Packages that come from elsewhere, or under a licence that is not on the list.
pub(crate) fn violations(packages: &[Package], policy: &Policy) -> Vec<String> {
    packages
        .iter()
        .filter_map(|package| {
            let source = package.source.as_deref()?; // our own
            let Package { name, version, .. } = package;
            if source != CRATES_IO {
                return Some(format!("{name} {version} comes from {source}"));
            }
            let Some(licence) = &package.licence else {
                return Some(format!("{name} {version} names no licence"));
            };
            (!satisfied(licence, &|licence| policy.allows(name, licence)))
                .then(|| format!("{name} {version} is under {licence}"))
        })
        .collect()
}

/// Whether an SPDX expression is satisfied by licences that are allowed. `A/B`, of old manifests, means `A OR B`.
fn satisfied(expression: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    let answer = any(&mut words, allowed);
    answer && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any(words: &mut Words<'_>, allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut answer = all(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        answer |= all(words, allowed);
    }
    answer
}

fn all(words: &mut Words<'_>, allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut answer = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        answer &= one(words, allowed);
    }
    answer
}

fn one(words: &mut Words<'_>, allowed: &dyn Fn(&str) -> bool) -> bool {
    match words.next() {
        Some("(") => any(words, allowed) & words.next_if_eq(&")").is_some(),
        Some(licence) if words.next_if_eq(&"WITH").is_some() => {
            let exception = words.next().unwrap_or_default();
            allowed(&format!("{licence} WITH {exception}")) || allowed(licence)
        }
        Some(licence) => allowed(licence),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, licence: Option<&str>, source: Option<&str>) -> Package {
        Package {
            name: name.into(),
            version: "1.0.0".into(),
            licence: licence.map(str::to_owned),
            source: source.map(str::to_owned),
            folder: "somewhere".into(),
        }
    }

    fn policy() -> Policy {
        Policy {
            allowed: vec!["MIT".into(), "Apache-2.0".into()],
            exceptions: vec![("special".into(), vec!["MPL-2.0".into()])],
        }
    }

    #[test]
    fn an_expression_is_satisfied_as_spdx_says() {
        let allowed = |licence: &str| ["MIT", "Apache-2.0"].contains(&licence);
        for good in [
            "MIT",
            "GPL-3.0 OR MIT",
            "MIT/Apache-2.0",
            "(MIT OR GPL-3.0) AND Apache-2.0",
            "Apache-2.0 WITH LLVM-exception",
        ] {
            assert!(satisfied(good, &allowed), "{good}");
        }
        for bad in ["GPL-3.0", "MIT AND GPL-3.0", "(MIT OR Apache-2.0) AND GPL-3.0", "", "MIT MIT", "(MIT"] {
            assert!(!satisfied(bad, &allowed), "{bad}");
        }
    }

    #[test]
    fn a_copyleft_licence_no_licence_and_another_source_fail() {
        let bad = [
            package("copyleft", Some("GPL-3.0"), Some(CRATES_IO)),
            package("nameless", None, Some(CRATES_IO)),
            package("fork", Some("MIT"), Some("git+https://example.org/fork")),
            package("ordinary", Some("MPL-2.0"), Some(CRATES_IO)),
        ];
        assert_eq!(violations(&bad, &policy()).len(), bad.len());
        let good = [
            package("special", Some("MPL-2.0"), Some(CRATES_IO)),
            package("usual", Some("MIT OR Apache-2.0"), Some(CRATES_IO)),
            package("bedside-domain", Some("LicenseRef-Bedside-Commercial"), None),
        ];
        assert_eq!(violations(&good, &policy()), Vec::<String>::new());
    }
}
