//! A table: one row an answer, an alarm, a list item, a sentence.
//!
//! RFC 4180: comma, double quotes, CRLF; UTF-8 with its mark, since spreadsheets read accents wrongly without it. What a patient types
//! must not run on the desk's machine: [`csv_cell`] disarms it.

use domain::{FactKind, FactSource, FactValue, NoteState, SentenceOrigin, Severity, csv_cell};

use crate::input::ExportInput;
use crate::moment::{iso, number};

const HEAD: [&str; 12] = [
    "encounter",
    "opened",
    "patient",
    "birth_date",
    "kind",
    "id",
    "label",
    "value",
    "unit",
    "code",
    "certainty",
    "evidence",
];

/// The encounter as a table.
pub fn csv(input: &ExportInput<'_>) -> String {
    let mut table = Table { input, text: "\u{feff}".to_owned() };
    table.line(&HEAD.map(str::to_owned));
    for line in input.intake {
        table.row("answer", line.link_id, line.question, line.answer.unwrap_or_default(), Rest::reported());
    }
    for flag in &input.record.flags {
        let severity = match flag.severity {
            Severity::Urgent => "urgent",
            Severity::Emergency => "emergency",
        };
        let rest = Rest { evidence: flag_source(&flag.source), ..Rest::default() };
        table.row("red flag", &flag.rule, input.flag_title(&flag.rule), severity, rest);
    }
    for fact in input.standing() {
        let (id, evidence) = match &fact.source {
            FactSource::Answer { link_id } => (link_id.clone(), format!("answer {link_id}")),
            FactSource::Sentence { id } => (id.to_string(), format!("sentence {id}")),
            FactSource::Line { id, .. } => (id.to_string(), format!("line {id}")),
        };
        let certainty = if fact.is_reported() { "reported by the patient" } else { "signed" };
        let code = fact.code.as_ref().map(|code| match &code.system {
            Some(system) => format!("{system}|{}", code.code),
            None => code.code.clone(),
        });
        let mut rest = Rest { code: code.unwrap_or_default(), certainty, evidence, ..Rest::default() };
        let text = fact.text.expose().as_str();
        match &fact.kind {
            FactKind::Reason => table.row("reason", &id, "", text, rest),
            FactKind::Medicine => table.row("medicine", &id, "", text, rest),
            FactKind::Allergy => table.row("allergy", &id, "", text, rest),
            FactKind::NoAllergies => table.row("allergy", &id, text, "none known", rest),
            FactKind::Problem => table.row("problem", &id, "", text, rest),
            FactKind::Measure { value, called, .. } => {
                let value = match value.expose() {
                    FactValue::Number { value, unit } => {
                        rest.unit = unit.clone().unwrap_or_default();
                        number(*value)
                    }
                    FactValue::Choice(coding) => coding.display.clone(),
                    FactValue::Pressure { systolic, diastolic } => {
                        rest.unit = "mm[Hg]".to_owned();
                        format!("{systolic}/{diastolic}")
                    }
                };
                let label = match called {
                    Some(called) => format!("{text} ({called})"),
                    None => text.to_owned(),
                };
                table.row("measurement", &id, &label, &value, rest);
            }
        }
    }
    sentences(&mut table);
    table.text
}

fn sentences(table: &mut Table<'_>) {
    let input = table.input;
    let Some(note) = input.note() else { return };
    let standing = match (input.is_retracted(), input.is_signed()) {
        (true, _) => "entered in error",
        (false, true) => "signed",
        (false, false) => "draft",
    };
    for section in &note.sections {
        for sentence in &section.sentences {
            let author = match sentence.origin {
                SentenceOrigin::Drafted => "drafted",
                SentenceOrigin::Edited => "edited",
                SentenceOrigin::Typed => "typed",
            };
            let certainty = match (standing, input.doubts(sentence)) {
                ("draft", true) => "draft, not in the transcript",
                (standing, _) => standing,
            };
            let utterances = sentence.evidence.iter().map(|index| format!("utterance {index}"));
            let evidence = utterances.chain([author.to_owned()]).collect::<Vec<_>>().join("; ");
            let rest = Rest { code: section.id.clone(), certainty, evidence, ..Rest::default() };
            table.row("sentence", &sentence.id.to_string(), &section.title, sentence.text.expose(), rest);
        }
    }
    if let NoteState::Signed { addenda, .. } = &input.record.note {
        for (at, addendum) in addenda.iter().enumerate() {
            let when = iso(addendum.at, (input.offset_seconds)(addendum.at));
            let rest = Rest { certainty: "signed", ..Rest::default() };
            table.row("addendum", &at.to_string(), &when, addendum.text.expose(), rest);
        }
    }
}

fn flag_source(source: &domain::FlagSource) -> String {
    match source {
        domain::FlagSource::Answer { link_id, .. } => format!("answer {link_id}"),
        domain::FlagSource::Utterance { index, .. } => format!("utterance {index}"),
    }
}

#[derive(Default)]
struct Rest {
    unit: String,
    code: String,
    certainty: &'static str,
    evidence: String,
}

impl Rest {
    fn reported() -> Self {
        Self { certainty: "reported by the patient", ..Self::default() }
    }
}

struct Table<'a> {
    input: &'a ExportInput<'a>,
    text: String,
}

impl Table<'_> {
    fn row(&mut self, kind: &str, id: &str, label: &str, value: &str, rest: Rest) {
        let record = self.input.record;
        let name = record.patient.name.as_ref().map(|name| name.expose().clone()).unwrap_or_default();
        let born =
            record.patient.birth_date.as_ref().map(|date| date.expose().to_string()).unwrap_or_default();
        self.line(&[
            record.id.to_string(),
            iso(record.opened, (self.input.offset_seconds)(record.opened)),
            name,
            born,
            kind.to_owned(),
            id.to_owned(),
            label.to_owned(),
            value.to_owned(),
            rest.unit,
            rest.code,
            rest.certainty.to_owned(),
            rest.evidence,
        ]);
    }

    fn line(&mut self, cells: &[String; 12]) {
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                self.text.push(',');
            }
            self.text.push_str(&csv_cell(cell));
        }
        self.text.push_str("\r\n");
    }
}
