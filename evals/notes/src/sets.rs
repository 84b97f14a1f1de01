//! The data sets, read from the folder that `BEDSIDE_EVAL_DATA` names (default: `../shared/data` beside the checkout).

use std::path::{Path, PathBuf};

/// A visit and the note that a clinician wrote of it.
#[derive(Clone, Debug)]
pub struct Visit {
    /// Its name within the set.
    pub id: String,
    /// The transcript, as the set writes it.
    pub dialogue: String,
    /// The clinician's note.
    pub note: String,
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
        dialogue: column(row, "dialogue").unwrap_or_default(),
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
