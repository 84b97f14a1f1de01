//! The note as a page to print, send or keep: PDF/A-2u, fonts embedded.
//!
//! What stands on it says how far it can be relied on: a draft is called one on every page, what a patient reported is marked as
//! reported, and a sentence of a draft that says more than its evidence is marked.

mod layout;
mod words;

use domain::{DraftEngine, FactKind, FactValue, NoteState, Severity};

use crate::Error;
use crate::input::{ExportInput, Logo};
use crate::moment::{at, number, shown};
use layout::{Block, Document, Style};
use words::Words;

/// The encounter as PDF/A-2u, on Letter paper.
///
/// # Errors
/// [`Error::Pdf`] where the writer refuses, which no text makes it do.
pub fn pdf(input: &ExportInput<'_>) -> Result<Vec<u8>, Error> {
    let words = Words::of(input.language);
    let mut page = Page { input, words, blocks: Vec::new() };
    page.head();
    page.alarms();
    page.note();
    page.lists();
    page.intake();
    let created = at(input.generated, (input.offset_seconds)(input.generated));
    let id = input.record.id.to_string();
    let product = input.letterhead.map_or("Bedside", |letterhead| letterhead.product);
    layout::set(&Document {
        logo: page.logo(),
        blocks: &page.blocks,
        title: words.title,
        language: input.language.primary(),
        author: input.facility.1,
        id: &format!("{id} {}", input.generated.as_millis()),
        created,
        standing: page.standing(),
        foot: &format!(
            "{} · {id} · {} {} · {product} {}",
            input.facility.1,
            words.printed,
            page.when(input.generated),
            input.version
        ),
        page: words.page,
        replaced: words.replaced,
    })
}

struct Page<'a> {
    input: &'a ExportInput<'a>,
    words: &'static Words,
    blocks: Vec<Block>,
}

impl Page<'_> {
    fn put(&mut self, style: Style, text: impl Into<String>) {
        self.blocks.push(Block { style, text: text.into() });
    }

    fn when(&self, time: domain::Timestamp) -> String {
        shown(time, (self.input.offset_seconds)(time))
    }

    fn logo(&self) -> Option<Logo<'_>> {
        self.input.letterhead.and_then(|letterhead| letterhead.logo).filter(|logo| logo.is_whole())
    }

    /// What must not be overlooked on any page.
    fn standing(&self) -> Option<&'static str> {
        if self.input.is_retracted() {
            Some(self.words.retracted)
        } else if !self.input.is_signed() {
            Some(self.words.draft)
        } else {
            None
        }
    }

    fn head(&mut self) {
        let (record, words) = (self.input.record, self.words);
        if let Some(letterhead) = self.input.letterhead {
            let named = if self.logo().is_some() { Style::Small } else { Style::Strong };
            self.put(named, letterhead.company);
            if !letterhead.contact.is_empty() {
                self.put(Style::Small, letterhead.contact);
            }
        }
        self.put(
            Style::Small,
            match self.input.site {
                Some(site) => format!("{} · {site}", self.input.facility.1),
                None => self.input.facility.1.to_owned(),
            },
        );
        self.put(Style::Title, words.title);
        let patient = &record.patient;
        let name = patient.name.as_ref().map_or(words.no_name, |name| name.expose().as_str());
        self.put(Style::Strong, name.to_owned());
        if let Some(born) = &patient.birth_date {
            self.put(Style::Body, format!("{}: {}", words.born, born.expose()));
        }
        if let Some(number) = &patient.record_number {
            self.put(Style::Body, format!("{}: {}", words.record_number, number.expose()));
        }
        let checked = if patient.verified { words.verified } else { words.unverified };
        self.put(Style::Body, checked);
        self.put(Style::Body, format!("{}: {} · {}", words.visit, self.when(record.opened), record.ticket));
    }

    fn alarms(&mut self) {
        if self.input.record.flags.is_empty() {
            return;
        }
        self.put(Style::Heading, self.words.alarms);
        for flag in &self.input.record.flags {
            let severity = match flag.severity {
                Severity::Urgent => self.words.urgent,
                Severity::Emergency => self.words.emergency,
            };
            let seen = match flag.acknowledged {
                Some((_, time)) => format!("{} {}", self.words.acknowledged, self.when(time)),
                None => self.words.not_acknowledged.to_owned(),
            };
            let title = self.input.flag_title(&flag.rule);
            self.put(Style::Body, format!("{title} ({severity}), {}; {seen}", self.when(flag.raised)));
        }
    }

    fn note(&mut self) {
        let (input, words) = (self.input, self.words);
        let Some(note) = input.note() else { return };
        let mut doubtful = false;
        for section in note.sections.iter().filter(|section| !section.sentences.is_empty()) {
            self.put(Style::Heading, section.title.clone());
            for sentence in &section.sentences {
                let doubt = !input.is_signed() && input.doubts(sentence);
                doubtful |= doubt;
                let mark = if doubt { "[!] " } else { "" };
                self.put(Style::Body, format!("{mark}{}", sentence.text.expose()));
            }
        }
        if doubtful {
            self.put(Style::Small, words.doubtful);
        }
        let drafter = match note.engine {
            DraftEngine::Extractive => words.by_rule,
            DraftEngine::Generative => words.by_model,
            DraftEngine::Typed => words.by_hand,
        };
        if let NoteState::Signed { signature, addenda, .. } = &input.record.note {
            for addendum in addenda {
                self.put(Style::Heading, words.addendum);
                self.put(Style::Body, addendum.text.expose().clone());
                let by = input.name_of(addendum.by);
                self.put(Style::Small, format!("{} {by}, {}", words.signed, self.when(addendum.at)));
            }
            let by = input.name_of(signature.by);
            self.put(Style::Gap, "");
            self.put(Style::Strong, format!("{} {by}, {}", words.signed, self.when(signature.at)));
            self.put(Style::Small, format!("SHA-256 {}", signature.digest));
        }
        self.put(Style::Small, drafter);
    }

    fn lists(&mut self) {
        let words = self.words;
        type Holds = fn(&FactKind) -> bool;
        let kinds: [(&str, Holds); 4] = [
            (words.problems, |kind| matches!(kind, FactKind::Problem)),
            (words.allergies, |kind| matches!(kind, FactKind::Allergy | FactKind::NoAllergies)),
            (words.medicines, |kind| matches!(kind, FactKind::Medicine)),
            (words.measurements, |kind| matches!(kind, FactKind::Measure { .. })),
        ];
        for (heading, of) in kinds {
            let facts: Vec<_> = self.input.standing().filter(|fact| of(&fact.kind)).collect();
            if facts.is_empty() {
                continue;
            }
            self.put(Style::Heading, heading);
            for fact in facts {
                let text = match &fact.kind {
                    FactKind::NoAllergies => match fact.code.as_ref().map(|code| code.code.as_str()) {
                        Some("409137002") => words.no_medicine_allergies.to_owned(),
                        Some("429625007") => words.no_food_allergies.to_owned(),
                        _ => words.no_allergies.to_owned(),
                    },
                    FactKind::Measure { value, called, .. } => {
                        let amount = amount(value.expose());
                        let called = called.as_ref().map(|called| format!(" ({called})")).unwrap_or_default();
                        format!("{}: {amount}{called}", fact.text.expose())
                    }
                    _ => fact.text.expose().clone(),
                };
                let reported = if fact.is_reported() { words.reported } else { "" };
                self.put(Style::Body, format!("{text}{reported}"));
            }
        }
    }

    fn intake(&mut self) {
        if self.input.intake.is_empty() {
            return;
        }
        self.put(Style::Heading, self.words.intake);
        for line in self.input.intake {
            self.put(Style::Small, line.question);
            self.put(Style::Body, line.answer.unwrap_or(self.words.no_answer));
        }
    }
}

fn amount(value: &FactValue) -> String {
    match value {
        FactValue::Number { value, unit } => {
            // UCUM's codes are for programs; these are the ones whose sign people write.
            let unit = match unit.as_deref() {
                Some("Cel") => " °C",
                Some("[degF]") => " °F",
                Some(unit) if !unit.starts_with('{') => return format!("{} {unit}", number(*value)),
                _ => "",
            };
            format!("{}{unit}", number(*value))
        }
        FactValue::Choice(coding) => coding.display.clone(),
        FactValue::Pressure { systolic, diastolic } => format!("{systolic}/{diastolic} mmHg"),
    }
}
