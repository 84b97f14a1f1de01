//! The ways out: an encounter as FHIR, PDF, HL7 v2, a table or text; the audit trail as FHIR.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ::intake::{ResponseContext, ResponseStatus};
use branding::{Brand, Drawing, Kind};
use data_encoding::BASE64;
use domain::{
    Coded, EncounterId, EncounterRecord, EncounterStatus, EventBody, ExportFormat, FacilityId, Fact,
    Language, NoteState, PersonId, Who,
};
use export::AnswerLine;
use serde_json::Value;
use store::{AuditFilter, Object};

use super::{lists, sites, view};
use crate::engine::cannot_write;
use crate::host::offset_seconds;
use crate::router::Call;
use crate::rpc::types::{EncounterView, ExportAudit, ExportEncounter, ExportedFile};
use crate::{Engine, Error};

const VERSION: &str = env!("CARGO_PKG_VERSION");

pub(crate) fn encounter(call: &Call<'_>, request: ExportEncounter) -> Result<ExportedFile, Error> {
    let engine = call.engine;
    let _turn = engine.turn();
    let leaving = Leaving::of(engine, engine.encounter(request.encounter)?)?;
    let (extension, media_type, bytes) = leaving.file(request.format)?;
    let event = EventBody::Exported { format: request.format, digest: seal::digest(&bytes) };
    match engine.append(call.actor()?, call.action(), request.encounter, vec![event]) {
        // A vault that cannot be written to keeps nobody from taking a record out of it: the trail hears of it later.
        Err(error) if cannot_write(error.code()) => call.audit(Object::Encounter(request.encounter))?,
        other => drop(other?),
    }
    Ok(exported(format!("encounter-{}.{extension}", request.encounter), media_type, bytes))
}

pub(crate) fn audit_trail(call: &Call<'_>, request: ExportAudit) -> Result<ExportedFile, Error> {
    /// How many entries are read at a time.
    const PAGE: u32 = 1_000;
    let object = request.about.map_or(Object::Vault, Object::Encounter);
    call.audit(object)?;
    let vault = call.engine.vault()?;
    let profile = vault.facility_profile()?.ok_or(Error::Missing)?;
    let names: HashMap<PersonId, String> =
        vault.people()?.into_iter().map(|person| (person.id, person.name)).collect();
    let mut entries = Vec::new();
    let mut before = None;
    loop {
        let page = vault.audit_entries(&AuditFilter {
            object: request.about.map(Object::Encounter),
            since: request.since,
            until: request.until,
            before,
            limit: PAGE,
            ..AuditFilter::default()
        })?;
        let Some(last) = page.last() else { break };
        before = Some(last.sequence);
        entries.extend(page);
    }
    // The vault gives the newest first; a trail is read from its beginning.
    entries.reverse();
    let lines: Vec<_> = entries
        .iter()
        .map(|entry| fhir::AuditLine {
            sequence: entry.sequence,
            at: entry.time.wall,
            device: entry.device,
            actor: entry.actor,
            name: match entry.actor.who {
                Who::Person(person) => names.get(&person).map(String::as_str),
                Who::Device(_) => None,
            },
            action: &entry.action,
            object: entry.object.as_deref(),
            outcome: &entry.outcome,
            digest: entry.digest,
        })
        .collect();
    let bundle = fhir::audit_events(&lines, (profile.id, &profile.name), call.engine.now());
    Ok(exported("audit-trail.json".to_owned(), FHIR, fhir::to_text(&bundle).into_bytes()))
}

const FHIR: &str = "application/fhir+json";

fn exported(file_name: String, media_type: &str, bytes: Vec<u8>) -> ExportedFile {
    let (content, base64) = match String::from_utf8(bytes) {
        Ok(text) => (text, false),
        Err(binary) => (BASE64.encode(binary.as_bytes()), true),
    };
    ExportedFile { file_name, media_type: media_type.to_owned(), content: content.into(), base64 }
}

/// An encounter as a file, for whoever sends it: its extension, its media type and its bytes.
pub(crate) fn file_of(
    engine: &Engine,
    record: EncounterRecord,
    format: ExportFormat,
) -> Result<(&'static str, &'static str, Vec<u8>), Error> {
    Leaving::of(engine, record)?.file(format)
}

/// An encounter, and all that its ways out are made from.
struct Leaving<'e> {
    engine: &'e Engine,
    id: EncounterId,
    view: EncounterView,
    facility: (FacilityId, String),
    site: Option<String>,
    language: Language,
    facts: Vec<Fact>,
    response: Option<Value>,
    titles: BTreeMap<String, String>,
    unsupported: BTreeSet<u32>,
    note_text: Option<String>,
}

impl<'e> Leaving<'e> {
    fn of(engine: &'e Engine, record: EncounterRecord) -> Result<Self, Error> {
        let profile = engine.vault()?.facility_profile()?.ok_or(Error::Missing)?;
        let language = engine.staff_language();
        let intake = view::intake_of(engine, &record);
        let mut facts = intake.as_ref().map_or_else(Vec::new, |intake| intake.facts(&language));
        if let (NoteState::Draft { note, .. } | NoteState::Signed { note, .. }, Some(template)) =
            (&record.note, view::template(engine, &record))
        {
            facts.extend(scribe::vitals(note, &template));
        }
        let facts = lists::in_place_of(facts, &record);
        let response = intake.map(|intake| {
            intake.response(&ResponseContext {
                id: None,
                authored: Some(record.changed),
                subject: None,
                encounter: None,
                language: record.language.clone(),
                status: match record.status {
                    EncounterStatus::Intake | EncounterStatus::Partial => ResponseStatus::InProgress,
                    _ => ResponseStatus::Completed,
                },
            })
        });
        let site = record.site.map(|site| sites::name(engine, site)).transpose()?.flatten();
        let view = view::encounter(engine, record)?;
        Ok(Self {
            site,
            engine,
            id: view.record.id,
            facility: (profile.id, profile.name),
            language,
            facts,
            response,
            titles: view.rules.iter().map(|(rule, text)| (rule.clone(), text.title.clone())).collect(),
            unsupported: view.findings.iter().map(|finding| finding.sentence).collect(),
            note_text: note_text(&view.record),
            view,
        })
    }

    /// The file's extension, its media type and its bytes.
    fn file(&self, format: ExportFormat) -> Result<(&'static str, &'static str, Vec<u8>), Error> {
        Ok(match format {
            ExportFormat::Fhir => ("json", FHIR, self.fhir()?.into_bytes()),
            ExportFormat::Text => {
                let text = self.note_text.clone().ok_or(Error::NoteEmpty)?;
                ("txt", "text/plain; charset=utf-8", text.into_bytes())
            }
            ExportFormat::Pdf => {
                ("pdf", "application/pdf", self.with_lines(|input| Ok(export::pdf(input)?))?)
            }
            ExportFormat::Hl7v2 => {
                let batch = self.with_lines(|input| export::hl7v2(input).ok_or(Error::NoteEmpty))?;
                ("hl7", "application/hl7-v2; charset=utf-8", batch.into_bytes())
            }
            ExportFormat::Csv => (
                "csv",
                "text/csv; charset=utf-8",
                self.with_lines(|input| Ok(export::csv(input).into_bytes()))?,
            ),
        })
    }

    fn with_lines<T>(
        &self,
        make: impl FnOnce(&export::ExportInput<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let lines: Vec<_> = self
            .view
            .intake
            .iter()
            .map(|line| AnswerLine {
                link_id: &line.link_id,
                question: &line.question,
                answer: line.answer.as_ref().map(|answer| answer.expose().as_str()),
            })
            .collect();
        let brand = self.engine.brand_in_use();
        let contact = brand.brand.contact_line();
        let logo = brand.installed.then(|| LogoPixels::of(&brand.brand)).flatten();
        make(&export::ExportInput {
            record: &self.view.record,
            facility: (self.facility.0, &self.facility.1),
            site: self.site.as_deref(),
            letterhead: brand.installed.then_some(export::Letterhead {
                logo: logo.as_ref().map(LogoPixels::shown),
                company: &brand.brand.fields.company,
                product: &brand.brand.fields.product,
                contact: &contact,
            }),
            people: &self.view.people,
            intake: &lines,
            facts: &self.facts,
            unsupported: &self.unsupported,
            flag_titles: &self.titles,
            note_text: self.note_text.as_deref(),
            language: &self.language,
            offset_seconds: |time| offset_seconds(None, time),
            version: VERSION,
            generated: self.engine.now(),
        })
    }

    fn fhir(&self) -> Result<String, Error> {
        let record = &self.view.record;
        let signed = matches!(record.note, NoteState::Signed { .. });
        // Without its page the document is whole all the same.
        let pdf = signed.then(|| self.with_lines(|input| Ok(export::pdf(input)?))).and_then(|made| {
            made.inspect_err(|error| {
                tracing::error!(code = error.code().as_str(), encounter = %self.id, "no PDF was made");
            })
            .ok()
        });
        let bundle = fhir::export(&fhir::ExportInput {
            record,
            facility: (self.facility.0, &self.facility.1),
            site: self.site.as_deref(),
            people: &self.view.people,
            flag_titles: &self.titles,
            questionnaire_response: self.response.as_ref(),
            facts: &self.facts,
            unsupported: &self.unsupported,
            note_text: self.note_text.as_deref(),
            pdf: pdf.as_deref(),
            version: VERSION,
            generated: self.engine.now(),
        })?;
        Ok(fhir::to_text(&bundle))
    }
}

/// A brand's logo, drawn for a page.
struct LogoPixels {
    pixels: Vec<u8>,
    size: (u32, u32),
}

impl LogoPixels {
    /// None where it cannot be drawn as it is: then the page has the company's name in letters.
    fn of(brand: &Brand) -> Option<Self> {
        let drawing = Drawing::of(Kind::Logo, &brand.logo).inspect_err(warn).ok()?;
        if drawing.lacks_words() {
            return None;
        }
        let size = export::Logo::pixels_for(drawing.size());
        let pixels = drawing.pixels(size.0, size.1).inspect_err(warn).ok()?;
        Some(Self { pixels, size })
    }

    fn shown(&self) -> export::Logo<'_> {
        export::Logo { pixels: &self.pixels, width: self.size.0, height: self.size.1 }
    }
}

fn warn(error: &branding::Error) {
    tracing::warn!(code = error.code().as_str(), "the logo is not on the page");
}

fn note_text(record: &EncounterRecord) -> Option<String> {
    match &record.note {
        NoteState::None => None,
        NoteState::Draft { note, .. } => Some(scribe::render_text(note)),
        NoteState::Signed { note, addenda, .. } => {
            let mut text = scribe::render_text(note);
            for addendum in addenda {
                text.push_str("\nADDENDUM\n");
                text.push_str(addendum.text.expose());
                text.push('\n');
            }
            Some(text)
        }
    }
}
