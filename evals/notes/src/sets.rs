//! The data sets, read from the folder that `BEDSIDE_EVAL_DATA` names (default: `../shared/data` beside the checkout).

use std::path::{Path, PathBuf};

use scribe::Transcript;

/// A visit and the note that a clinician wrote of it.
#[derive(Clone, Debug)]
pub struct Visit {
    /// Its name within the set.
    pub id: String,
    /// The transcript, as the set writes it.
    pub dialogue: Dialogue,
    /// The clinician's note; empty where the set has none.
    pub note: String,
}

/// A transcript's file or files.
#[derive(Clone, Debug)]
pub enum Dialogue {
    /// One file, of a form that is detected.
    One(Vec<u8>),
    /// A TextGrid of the clinician and one of the patient.
    Pair(Vec<u8>, Vec<u8>),
}

impl Dialogue {
    /// Reads it.
    pub fn transcript(&self) -> Result<Transcript, scribe::Error> {
        match self {
            Self::One(bytes) => Transcript::parse(bytes, None),
            Self::Pair(doctor, patient) => Transcript::from_text_grids(doctor, patient),
        }
    }
}

/// A set by its name: "primock57", "osce", or one of ACI-Bench's files.
pub fn named(folder: &Path, name: &str) -> std::io::Result<Vec<Visit>> {
    match name {
        "primock57" => primock57(folder),
        "osce" => osce(folder),
        part => aci_bench(folder, part),
    }
}

/// The consultations of PriMock57 with the note that their doctor wrote.
pub fn primock57(folder: &Path) -> std::io::Result<Vec<Visit>> {
    let folder = folder.join("primock57");
    let mut visits = Vec::new();
    for id in stems(&folder.join("notes"), ".json")? {
        let grid = |who| std::fs::read(folder.join(format!("transcripts/{id}_{who}.TextGrid")));
        let note = std::fs::read(folder.join(format!("notes/{id}.json")))?;
        let note: serde_json::Value = serde_json::from_slice(&note)?;
        visits.push(Visit {
            dialogue: Dialogue::Pair(grid("doctor")?, grid("patient")?),
            note: note["note"].as_str().unwrap_or_default().to_owned(),
            id,
        });
    }
    Ok(visits)
}

/// The OSCE interviews, which have no notes.
pub fn osce(folder: &Path) -> std::io::Result<Vec<Visit>> {
    let folder = folder.join("osce");
    let visit = |id: String| {
        let bytes = std::fs::read(folder.join(format!("{id}.txt")))?;
        Ok(Visit { dialogue: Dialogue::One(bytes), note: String::new(), id })
    };
    stems(&folder, ".txt")?.into_iter().map(visit).collect()
}

/// The names of a folder's files that end so, without that ending, sorted.
fn stems(folder: &Path, ending: &str) -> std::io::Result<Vec<String>> {
    let mut stems = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name();
        stems.extend(name.to_string_lossy().strip_suffix(ending).map(str::to_owned));
    }
    stems.sort_unstable();
    Ok(stems)
}

/// The folder of the data sets, where it is there.
pub fn folder() -> Option<PathBuf> {
    let data = std::env::var_os("BEDSIDE_EVAL_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    data.is_dir().then_some(data)
}

/// One of ACI-Bench's files ("train", "valid", "clinicalnlp_taskB_test1", "test1_aci_asr").
pub fn aci_bench(folder: &Path, part: &str) -> std::io::Result<Vec<Visit>> {
    let rows = csv(&std::fs::read_to_string(folder.join(format!("aci-bench/{part}.csv")))?);
    let Some((head, rows)) = rows.split_first() else { return Ok(Vec::new()) };
    let column = |row: &[String], name: &str| {
        let at = head.iter().position(|cell| cell.trim_start_matches('\u{feff}') == name);
        at.and_then(|at| row.get(at)).cloned()
    };
    let visit = |row: &Vec<String>| Visit {
        id: column(row, "encounter_id").or_else(|| column(row, "id")).unwrap_or_default(),
        dialogue: Dialogue::One(column(row, "dialogue").unwrap_or_default().into_bytes()),
        note: column(row, "note").unwrap_or_default(),
    };
    Ok(rows.iter().map(visit).collect())
}

/// RFC 4180.
pub fn csv(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted && letters.peek() == Some(&'\n') => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    #[test]
    fn cells_may_hold_quotes_commas_and_line_breaks() {
        let rows = super::csv("a,b\r\n\"x,\"\"y\"\"\n\",z\n,\n");
        assert_eq!(rows, [vec!["a", "b"], vec!["x,\"y\"\n", "z"], vec!["", ""]]);
    }
}
