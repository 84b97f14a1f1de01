//! Search in transcripts.

use domain::{EncounterId, EncounterStatus, Phi, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

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
    let Some(words) = words(query) else { return Ok(Vec::new()) };
    let completions = match completed(words.last) {
        Some(beginning) => completions(connection, &beginning)?,
        None => None,
    };
    if completions.as_ref().is_some_and(Vec::is_empty) {
        return Ok(Vec::new());
    }
    let expression = expression(&words, completions.as_deref());
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

/// The words of a query, of which the last may be a beginning.
#[derive(Debug, PartialEq, Eq)]
struct Words<'a> {
    whole: Vec<&'a str>,
    last: &'a str,
}

/// `None` when there is no word in it.
fn words(query: &str) -> Option<Words<'_>> {
    let mut whole: Vec<_> =
        query.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(32).collect();
    whole.pop().map(|last| Words { whole, last })
}

/// What FTS5 is asked for names: each word of the query, the last one as a beginning. `None` when there is no word in it.
pub(crate) fn beginning(query: &str) -> Option<String> {
    words(query).map(|words| expression(&words, None))
}

/// What FTS5 is asked: each word in quotes, the last one as a beginning, or as any of the words that begin so. Nothing of the
/// query is FTS5 syntax.
fn expression(words: &Words<'_>, completions: Option<&[String]>) -> String {
    let quoted = |word: &str| format!("\"{word}\"");
    let last = match completions {
        Some([one]) => quoted(one),
        Some(several) => {
            let any: Vec<_> = several.iter().map(|word| quoted(word)).collect();
            format!("({})", any.join(" OR "))
        }
        None => format!("{}*", quoted(words.last)),
    };
    words.whole.iter().map(|word| quoted(word)).chain([last]).collect::<Vec<_>>().join(" AND ")
}

/// Beginnings of up to so many letters are in an index of their own (`prefix`, schema 2).
const INDEXED: usize = 3;
/// The most words that a beginning is taken apart into.
const MOST_WORDS: usize = 64;

/// The beginning as the index writes it, where it is worth to be taken apart. FTS5 puts the finds of every word that begins so
/// together before it gives the first, which takes long where a word is in a million utterances; finds of words that are
/// named come one after the other. None where it is in an index of beginnings, and where it has a letter of which it is not
/// certain here what the index makes of it.
fn completed(beginning: &str) -> Option<String> {
    let folded = beginning.chars().map(|letter| match letter {
        'a'..='z' | '0'..='9' => Some(letter),
        'A'..='Z' => Some(letter.to_ascii_lowercase()),
        'á' | 'Á' => Some('a'),
        'é' | 'É' => Some('e'),
        'í' | 'Í' => Some('i'),
        'ó' | 'Ó' => Some('o'),
        'ú' | 'Ú' | 'ü' | 'Ü' => Some('u'),
        'ñ' | 'Ñ' => Some('n'),
        _ => None,
    });
    folded.collect::<Option<String>>().filter(|folded| folded.len() > INDEXED)
}

/// The words of all transcripts that begin so; none where there are too many of them.
fn completions(connection: &Connection, beginning: &str) -> Result<Option<Vec<String>>, Error> {
    let mut next = connection.prepare_cached("SELECT term FROM utterance_word WHERE term >= ?1 LIMIT 1")?;
    let mut words: Vec<String> = Vec::new();
    loop {
        // What follows the word before: no word has this sign.
        let from = words.last().map_or_else(|| beginning.to_owned(), |word| format!("{word}\u{1}"));
        match next.query_row([from], |row| row.get::<_, String>(0)).optional()? {
            Some(word) if word.starts_with(beginning) => {
                if words.len() == MOST_WORDS {
                    return Ok(None);
                }
                words.push(word);
            }
            _ => return Ok(Some(words)),
        }
    }
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
        let asked = |query| words(query).map(|words| expression(&words, None));
        assert_eq!(asked("chest pa").as_deref(), Some("\"chest\" AND \"pa\"*"));
        let syntax = "\"a\" AND \"OR\" AND \"NEAR\" AND \"b\" AND \"c\"*";
        assert_eq!(asked("a\" OR NEAR(b*) -c:").as_deref(), Some(syntax));
        assert_eq!(asked(" \"'*-"), None);
        let known = ["pain".to_owned(), "painful".to_owned()];
        let chest = words("chest pain").unwrap();
        assert_eq!(expression(&chest, Some(&known)), "\"chest\" AND (\"pain\" OR \"painful\")");
    }

    #[test]
    fn a_beginning_is_taken_apart_only_where_it_is_certain_what_the_index_makes_of_it() {
        assert_eq!(completed("Tórax").as_deref(), Some("torax"));
        assert_eq!(completed("SEÑAL").as_deref(), Some("senal"));
        assert_eq!(completed("pai"), None, "it is in the index of beginnings");
        assert_eq!(completed("naïve"), None);
        assert_eq!(completed("боль"), None);
    }

    #[test]
    fn marks_become_spans_in_code_points() {
        let (text, spans) = unmark("dolor en el \u{E000}tórax\u{E001} ay\u{E000}er\u{E001}");
        assert_eq!(text, "dolor en el tórax ayer");
        assert_eq!(spans, [(12, 17), (20, 22)]);
    }
}
