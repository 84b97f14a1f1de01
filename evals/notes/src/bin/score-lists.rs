//! Scores the lists beside a note on the dialogues of `evals/notes/lists`: precision and recall of each list.
//!
//! `score-lists [--held-out] [--failures]`. What is held out is only counted: its failures are not shown.
//! `score-lists --mts FILE…` compares the medicines and allergies that a list names with those that the summary of the same dialogue names, for files
//! of MTS-Dialog ("MTS-Dialog-ValidationSet").
#![expect(clippy::print_stdout, reason = "a table is what it is for")]

use std::collections::BTreeSet;

use bedside_evals_notes::dialogues::{Expected, List, Tally, lists, of_turns, read, written};
use bedside_evals_notes::sets;
use domain::{Language, Recognised};

const OPEN: &str = include_str!("../../lists/open.txt");
const HELD_OUT: &str = include_str!("../../lists/held-out.txt");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    if has("--mts") {
        return mts(arguments.iter().filter(|argument| !argument.starts_with("--")), has("--failures"));
    }
    let dialogues = read(if has("--held-out") { HELD_OUT } else { OPEN })?;
    let failures = has("--failures") && !has("--held-out");
    let mut tallies = [Tally::default(); 4];
    for dialogue in &dialogues {
        let spanish = dialogue.utterances.iter().any(|said| said.text.expose().contains('¿'));
        let language = if spanish { Language::new("es") } else { Language::english() };
        let found: Vec<Expected> = lists(&dialogue.utterances, &language).iter().map(written).collect();
        for ((list, name), tally) in List::ALL.into_iter().zip(&mut tallies) {
            let of = |lines: &[Expected]| -> Vec<Expected> {
                lines.iter().filter(|line| line.list == list).cloned().collect()
            };
            let (found, expected) = (of(&found), of(&dialogue.expected));
            if failures {
                for line in found.iter().filter(|line| !expected.contains(line)) {
                    println!(
                        "{} {name}: found    {} | {} | {}",
                        dialogue.id,
                        line.name,
                        line.standing,
                        line.said.join(" | ")
                    );
                }
                for line in expected.iter().filter(|line| !found.contains(line)) {
                    println!(
                        "{} {name}: expected {} | {} | {}",
                        dialogue.id,
                        line.name,
                        line.standing,
                        line.said.join(" | ")
                    );
                }
            }
            tally.add(&found, &expected);
        }
    }
    println!("{} dialogues\n", dialogues.len());
    println!(
        "| list | expected | found | right | precision | recall | whole |\n| --- | --- | --- | --- | --- | --- | --- |"
    );
    for ((_, name), tally) in List::ALL.into_iter().zip(&tallies) {
        println!(
            "| {name} | {} | {} | {} | {:.1} % | {:.1} % | {:.1} % |",
            tally.expected,
            tally.found,
            tally.right,
            Tally::share(tally.right, tally.found),
            Tally::share(tally.right, tally.expected),
            Tally::share(tally.whole, tally.right),
        );
    }
    Ok(())
}

/// Names of a summary against names of the lists. Both are read with the same names, so that the figure is of the lists and not of the
/// vocabulary: a name that is not known is missing on both sides.
fn mts<'a>(
    files: impl Iterator<Item = &'a String>,
    failures: bool,
) -> Result<(), Box<dyn std::error::Error>> {
    let Some(folder) = sets::folder() else {
        println!("skipped: no evaluation data");
        return Ok(());
    };
    println!(
        "| file | section | dialogues | named | found | right | precision | recall |\n| --- | --- | --- | --- | --- | --- | --- | --- |"
    );
    for file in files {
        let rows = sets::csv(&std::fs::read_to_string(folder.join(format!("mts-dialog/{file}.csv")))?);
        for (header, list, name) in
            [("MEDICATIONS", List::Medicines, "medicines"), ("ALLERGY", List::Allergies, "allergies")]
        {
            let (mut count, mut tally) = (0, Tally::default());
            for row in rows.iter().filter(|row| row.get(1).is_some_and(|cell| cell == header)) {
                let [_, _, summary, dialogue, ..] = row.as_slice() else { continue };
                count += 1;
                let named = of_summary(summary, list);
                let found: BTreeSet<String> = lists(&of_turns(dialogue), &Language::english())
                    .iter()
                    .map(written)
                    .filter(|line| line.list == list && line.standing != "denied")
                    .map(|line| line.name.split(' ').next().unwrap_or_default().to_owned())
                    .collect();
                tally.found += found.len();
                tally.expected += named.len();
                tally.right += found.intersection(&named).count();
                if failures && found != named {
                    println!("{}: named {named:?}, found {found:?}", row[0]);
                }
            }
            println!(
                "| {file} | {name} | {count} | {} | {} | {} | {:.1} % | {:.1} % |",
                tally.expected,
                tally.found,
                tally.right,
                Tally::share(tally.right, tally.found),
                Tally::share(tally.right, tally.expected),
            );
        }
    }
    Ok(())
}

/// The first words of the names of a summary; "none" where an allergy section says that there is none.
fn of_summary(summary: &str, list: List) -> BTreeSet<String> {
    let mentions = intake::medicines_named(summary, &Language::english());
    let known = mentions.into_iter().filter(|mention| mention.named != Recognised::Unknown);
    let mut names: BTreeSet<String> =
        known.filter_map(|mention| mention.name.split(' ').next().map(str::to_owned)).collect();
    let text = summary.to_lowercase();
    let none = ["no known", "none", "nkda", "no drug", "no allerg", "not allergic", "denies", "negative"];
    if list == List::Allergies && names.is_empty() && none.iter().any(|none| text.contains(none)) {
        names.insert("none".to_owned());
    }
    names
}
