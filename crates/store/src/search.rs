//! Search in transcripts.

use domain::{EncounterId, EncounterStatus, Phi, Timestamp};
use rusqlite::{Connection, params};

use crate::Error;
use crate::row::{self, name_of};

/// An utterance that has all of the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// In which encounter.
    pub encounter: EncounterId,
    /// When that was opened.
    pub opened: Timestamp,
    /// The patient's name, where it was given.
    pub patient: Option<Phi<String>>,
    /// Which utterance.
    pub utterance: u32,
    /// The words around the first match.
    pub snippet: Phi<String>,
    /// Where the matches stand in the snippet, half-open, in Unicode code points.
    pub spans: Vec<(u32, u32)>,
}

/// From the private use area: no recogniser and no keyboard makes them, and they are taken out again below.
const BEGIN: char = '\u{E000}';
const END: char = '\u{E001}';

pub(crate) fn search(connection: &Connection, query: &str, limit: u32) -> Result<Vec<Hit>, Error> {
    let Some(expression) = expression(query) else { return Ok(Vec::new()) };
    let mut statement = connection.prepare_cached(
        "SELECT utterance.encounter, utterance.place,
             snippet(utterance_search, 0, ?3, ?4, '…', 24), encounter.opened, encounter.name
         FROM utterance_search
         JOIN utterance ON utterance.rowid = utterance_search.rowid
         JOIN encounter ON encounter.id = utterance.encounter
         WHERE utterance_search MATCH ?1 AND encounter.status <> ?5
         ORDER BY utterance_search.rowid DESC LIMIT ?2",
    )?;
    let retracted = name_of(&EncounterStatus::Retracted)?;
    let rows = statement.query_map(
        params![expression, limit, BEGIN.to_string(), END.to_string(), retracted],
        |row| {
            let (snippet, spans) = unmark(row.get_ref(2)?.as_str()?);
            Ok(Hit {
                encounter: EncounterId::from_bytes(row::fixed(row, 0)?),
                opened: Timestamp::from_millis(row.get(3)?),
                patient: row.get::<_, Option<String>>(4)?.map(Phi::new),
                utterance: row.get(1)?,
                snippet: Phi::new(snippet),
                spans,
            })
        },
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What FTS5 is asked: each word in quotes, the last one as a beginning. Nothing of the query is FTS5 syntax. `None` when
/// there is no word in it.
pub(crate) fn expression(query: &str) -> Option<String> {
    let words: Vec<_> = query
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(32)
        .map(|word| format!("\"{word}\""))
        .collect();
    (!words.is_empty()).then(|| format!("{}*", words.join(" ")))
}

fn unmark(marked: &str) -> (String, Vec<(u32, u32)>) {
    let mut text = String::with_capacity(marked.len());
    let (mut spans, mut begin, mut place) = (Vec::new(), None, 0);
    for c in marked.chars() {
        match c {
            BEGIN => begin = Some(place),
            END => spans.extend(begin.take().map(|begin| (begin, place))),
            c => {
                text.push(c);
                place += 1;
            }
        }
    }
    (text, spans)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_words_and_never_syntax() {
        assert_eq!(expression("chest pa").as_deref(), Some("\"chest\" \"pa\"*"));
        assert_eq!(expression("a\" OR NEAR(b*) -c:").as_deref(), Some("\"a\" \"OR\" \"NEAR\" \"b\" \"c\"*"));
        assert_eq!(expression(" \"'*-"), None);
    }

    #[test]
    fn marks_become_spans_in_code_points() {
        let (text, spans) = unmark("dolor en el \u{E000}tórax\u{E001} ay\u{E000}er\u{E001}");
        assert_eq!(text, "dolor en el tórax ayer");
        assert_eq!(spans, [(12, 17), (20, 22)]);
    }
}
