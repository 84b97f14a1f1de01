//! The file of routing words.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Routes, Sign};
use crate::Error;
use crate::redflag::pattern::Terms;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// The protocol where nothing else fits; only the shipped file says it.
    otherwise: Option<String>,
    #[serde(default)]
    language: BTreeMap<String, Language>,
    #[serde(default)]
    protocol: Vec<Protocol>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Language {
    #[serde(default)]
    terms: Terms,
    #[serde(default)]
    denied: Vec<String>,
    #[serde(default)]
    turn: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Protocol {
    url: String,
    /// Protocols that are no rivals of this one.
    #[serde(default)]
    covers: Vec<String>,
    words: Vec<Words>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    language: String,
    points: f64,
    any: Vec<String>,
}

/// Reads and compiles a file, on top of the words that are known already.
pub(super) fn read(toml: &str, known: Option<Routes>) -> Result<Routes, Error> {
    let wrong = |protocol: Option<&str>, problem: String| Error::Routes {
        protocol: protocol.map(str::to_owned),
        problem,
    };
    let file: File = toml::from_str(toml).map_err(|error| {
        let line = error.span().map(|span| toml[..span.start.min(toml.len())].lines().count().max(1));
        let place = line.map_or_else(String::new, |line| format!("line {line}: "));
        wrong(None, format!("{place}{}", error.message()))
    })?;
    let mut routes = match (known, file.otherwise) {
        (Some(known), None) => known,
        (Some(_), Some(_)) => {
            return Err(wrong(None, "'otherwise' stands only in the file that ships".to_owned()));
        }
        (None, Some(otherwise)) => {
            Routes { otherwise, languages: BTreeMap::new(), protocols: Vec::new(), covers: Vec::new() }
        }
        (None, None) => {
            return Err(wrong(
                None,
                "'otherwise' is missing: the protocol where nothing else fits".to_owned(),
            ));
        }
    };
    for (code, language) in file.language {
        let lexicon = routes.languages.entry(code).or_default();
        lexicon.terms.extend(language.terms);
        for (set, patterns) in [(&mut lexicon.denials, language.denied), (&mut lexicon.turns, language.turn)]
        {
            for pattern in patterns {
                set.add(&pattern, &lexicon.terms, ()).map_err(|problem| wrong(None, problem))?;
            }
        }
    }
    for protocol in file.protocol {
        let place = routes.protocols.iter().position(|known| *known == protocol.url).unwrap_or_else(|| {
            routes.protocols.push(protocol.url.clone());
            routes.protocols.len() - 1
        });
        routes.covers.extend(protocol.covers.into_iter().map(|covered| (protocol.url.clone(), covered)));
        for words in protocol.words {
            if !(words.points > 0.0 && words.points <= 10.0) {
                return Err(wrong(Some(&protocol.url), "points are more than 0 and at most 10".to_owned()));
            }
            let unknown = || wrong(Some(&protocol.url), format!("there is no language '{}'", words.language));
            let lexicon = routes.languages.get_mut(&words.language).ok_or_else(unknown)?;
            for pattern in &words.any {
                lexicon
                    .signs
                    .add(pattern, &lexicon.terms, Sign { protocol: place, points: words.points })
                    .map_err(|problem| wrong(Some(&protocol.url), problem))?;
            }
        }
    }
    Ok(routes)
}
