//! HL7 v2.5.1 messages: the note as MDM^T02, measurements and scores as ORU^R01.
//!
//! A file is one batch (chapter 2.10.3): FHS, BHS, the messages, BTS, FTS; a segment a line, ended by a carriage return, UTF-8. Of
//! an encounter that was entered in error the note's cancellation leaves (MDM^T11, without the words) and the observations
//! as wrong (`W`).

mod segment;

use domain::{Fact, FactKind, FactValue, NoteState, Timestamp};

use crate::input::ExportInput;
use crate::moment::{number, stamp};
use segment::{Field, Segment};

/// The encounter as a batch of messages; none where there is neither a note nor a measurement.
pub fn hl7v2(input: &ExportInput<'_>) -> Option<String> {
    let writer = Writer { input };
    let messages: Vec<Vec<Segment>> = [writer.note(), writer.observations()].into_iter().flatten().collect();
    if messages.is_empty() {
        return None;
    }
    let mut text = String::new();
    let count = messages.len().to_string();
    for name in ["FHS", "BHS"] {
        writer.head(name).write(&mut text);
    }
    for segment in messages.iter().flatten() {
        segment.write(&mut text);
    }
    Segment::new("BTS").set(1, Field::text(&count)).write(&mut text);
    Segment::new("FTS").set(1, Field::text("1")).write(&mut text);
    Some(text)
}

/// Which of the two messages, for what must be unique to each.
#[derive(Clone, Copy)]
enum Message {
    Note,
    Observations,
}

struct Writer<'a> {
    input: &'a ExportInput<'a>,
}

impl Writer<'_> {
    fn time(&self, at: Timestamp) -> Field {
        Field::text(&stamp(at, (self.input.offset_seconds)(at)))
    }

    fn application(&self) -> Field {
        Field::text("BEDSIDE")
    }

    /// HD: name, and the id as a UUID.
    fn facility(&self) -> Field {
        let (id, name) = self.input.facility;
        Field::parts([name, &id.to_string(), "UUID"])
    }

    /// FHS and BHS have the same fields: delimiters, application, facility, time.
    fn head(&self, name: &'static str) -> Segment {
        Segment::new(name)
            .set(3, self.application())
            .set(4, self.facility())
            .set(7, self.time(self.input.generated))
            .set(11, Field::text(&self.control('B')))
    }

    /// At most 20 characters, and another for each export and message: the end of the encounter's id, the time in base 36,
    /// the kind.
    fn control(&self, kind: char) -> String {
        let id = self.input.record.id.to_string();
        let mut millis = self.input.generated.as_millis().unsigned_abs();
        let mut digits = Vec::new();
        while millis > 0 {
            digits.push(char::from_digit((millis % 36) as u32, 36).unwrap_or('0'));
            millis /= 36;
        }
        let time: String = digits.into_iter().rev().collect();
        let room = 19_usize.saturating_sub(time.len()).min(12);
        format!("{}{time}{kind}", &id[id.len() - room..]).to_uppercase()
    }

    fn msh(&self, event: [&str; 3], message: Message) -> Segment {
        let kind = match message {
            Message::Note => 'M',
            Message::Observations => 'O',
        };
        Segment::new("MSH")
            .set(3, self.application())
            .set(4, self.facility())
            .set(7, self.time(self.input.generated))
            .set(9, Field::parts(event))
            .set(10, Field::text(&self.control(kind)))
            .set(11, Field::text("P"))
            .set(12, Field::text("2.5.1"))
            .set(15, Field::text("NE"))
            .set(16, Field::text("NE"))
            .set(18, Field::text("UNICODE UTF-8"))
            .set(19, Field::text(self.input.record.language.primary()))
    }

    /// The patient. The name is known as it was said, undivided: it stands as the family name of a display name.
    fn pid(&self) -> Segment {
        let patient = &self.input.record.patient;
        let name = match &patient.name {
            Some(name) => Field::parts([name.expose().as_str(), "", "", "", "", "", "D"]),
            None => Field::parts(["", "", "", "", "", "", "U"]),
        };
        let born = patient.birth_date.as_ref();
        let born = born.map(|date| date.expose().as_str().replace('-', "")).unwrap_or_default();
        let mut id = self.identifier(&patient.id.to_string(), "PI");
        if let Some(number) = &patient.record_number {
            // Whose number it is, is not known here: the clinic's, in its other records.
            id = id.and(Field::parts([number.expose().as_str(), "", "", "", "MR"]));
        }
        Segment::new("PID").set(1, Field::text("1")).set(3, id).set(5, name).set(7, Field::text(&born))
    }

    /// CX: the id, assigned by the facility, of that kind (table 0203).
    fn identifier(&self, id: &str, kind: &str) -> Field {
        let (facility, _) = self.input.facility;
        let uuid = facility.to_string();
        Field::of([
            vec![id.to_owned()],
            vec![],
            vec![],
            vec!["BEDSIDE".to_owned(), uuid, "UUID".to_owned()],
            vec![kind.to_owned()],
        ])
    }

    fn pv1(&self) -> Segment {
        let record = self.input.record;
        let mut pv1 = Segment::new("PV1")
            .set(1, Field::text("1"))
            .set(2, Field::text("O"))
            .set(19, self.identifier(&record.id.to_string(), "VN"))
            .set(44, self.time(record.opened));
        if let Some(signer) = self.signer() {
            pv1 = pv1.set(7, signer);
        }
        pv1
    }

    /// XCN of whoever signed.
    fn signer(&self) -> Option<Field> {
        let NoteState::Signed { signature, .. } = &self.input.record.note else { return None };
        let (id, name) = (signature.by.to_string(), self.input.name_of(signature.by));
        Some(Field::parts([&id, &name, "", "", "", "", "", "", "", "D"]))
    }

    fn note(&self) -> Option<Vec<Segment>> {
        let input = self.input;
        let text = input.note_text.filter(|_| input.record.note != NoteState::None)?;
        let retracted = input.is_retracted();
        let event = if retracted { ["MDM", "T11", "MDM_T01"] } else { ["MDM", "T02", "MDM_T02"] };
        let evn = Segment::new("EVN").set(2, self.time(input.generated));
        let mut segments =
            vec![self.msh(event, Message::Note), evn, self.pid(), self.pv1(), self.txa(retracted)];
        if !retracted {
            let status = if input.is_signed() { "F" } else { "P" };
            for (at, line) in (1..).zip(text.lines().filter(|line| !line.trim().is_empty())) {
                segments.push(
                    Segment::new("OBX")
                        .set(1, Field::text(&format!("{at}")))
                        .set(2, Field::text("TX"))
                        .set(3, Field::parts(["11506-3", "Progress note", "LN"]))
                        .set(4, Field::text(&format!("{at}")))
                        .set(5, Field::text(line))
                        .set(11, Field::text(status)),
                );
            }
        }
        Some(segments)
    }

    fn txa(&self, retracted: bool) -> Segment {
        let record = self.input.record;
        let mut txa = Segment::new("TXA")
            .set(1, Field::text("1"))
            .set(2, Field::text("PN"))
            .set(3, Field::text("TX"))
            .set(4, self.time(record.opened))
            .set(6, self.time(record.changed))
            .set(12, Field::parts([format!("{}-note", record.id).as_str(), "BEDSIDE"]))
            .set(17, Field::text(if self.input.is_signed() { "LA" } else { "IP" }))
            .set(19, Field::text(if retracted { "CA" } else { "AV" }));
        if let (Some(signer), NoteState::Signed { signature, .. }) = (self.signer(), &record.note) {
            let (id, name) = (signature.by.to_string(), self.input.name_of(signature.by));
            let when = stamp(signature.at, (self.input.offset_seconds)(signature.at));
            let ppn = [&id, &name, "", "", "", "", "", "", "", "D", "", "", "", "", &when];
            txa = txa.set(5, signer.clone()).set(9, signer).set(22, Field::parts(ppn));
        }
        txa
    }

    fn observations(&self) -> Option<Vec<Segment>> {
        let record = self.input.record;
        let measured: Vec<&Fact> =
            self.input.standing().filter(|fact| matches!(fact.kind, FactKind::Measure { .. })).collect();
        let mut rows = Vec::new();
        let mut place = 0_u32;
        for fact in measured {
            rows.extend(self.observation(fact, &mut place));
        }
        if rows.is_empty() {
            return None;
        }
        let obr = Segment::new("OBR")
            .set(1, Field::text("1"))
            .set(3, Field::parts([format!("{}-measures", record.id).as_str(), "BEDSIDE"]))
            .set(4, Field::parts(["measurements", "Measurements and scores of the visit", "L"]))
            .set(7, self.time(record.opened))
            .set(22, self.time(record.changed))
            .set(25, Field::text("F"));
        let msh = self.msh(["ORU", "R01", "ORU_R01"], Message::Observations);
        let mut segments = vec![msh, self.pid(), self.pv1(), obr];
        segments.extend(rows);
        Some(segments)
    }

    /// OBX, and NTE for what it is called and how far it can be relied on. A blood pressure is two.
    fn observation(&self, fact: &Fact, place: &mut u32) -> Vec<Segment> {
        let FactKind::Measure { value, called, .. } = &fact.kind else { return Vec::new() };
        let code = fact.code.as_ref().map_or_else(
            || Field::parts(["", fact.text.expose().as_str()]),
            |code| Field::parts([code.code.as_str(), &code.display, system(code.system.as_deref())]),
        );
        let ucum = |unit: &str| Field::parts([unit, unit, "UCUM"]);
        let rows = match value.expose() {
            FactValue::Number { value, .. } if !value.is_finite() => return Vec::new(),
            FactValue::Number { value, unit } => {
                vec![("NM", code, Field::text(&number(*value)), unit.as_deref().map(ucum))]
            }
            FactValue::Choice(coding) => {
                let parts = [coding.code.as_str(), &coding.display, system(coding.system.as_deref())];
                vec![("CWE", code, Field::parts(parts), None)]
            }
            FactValue::Pressure { systolic, diastolic } => [
                ("8480-6", "Systolic blood pressure", systolic),
                ("8462-4", "Diastolic blood pressure", diastolic),
            ]
            .map(|(code, display, value)| {
                let value = Field::text(&value.to_string());
                ("NM", Field::parts([code, display, "LN"]), value, Some(ucum("mm[Hg]")))
            })
            .into(),
        };
        let status = if self.input.is_retracted() { "W" } else { "F" };
        let mut segments = Vec::new();
        for (kind, code, value, unit) in rows {
            *place += 1;
            let mut obx = Segment::new("OBX")
                .set(1, Field::text(&place.to_string()))
                .set(2, Field::text(kind))
                .set(3, code)
                .set(5, value)
                .set(11, Field::text(status))
                .set(14, self.time(self.input.record.opened));
            if let Some(unit) = unit {
                obx = obx.set(6, unit);
            }
            segments.push(obx);
            let reported =
                fact.is_reported().then_some("Reported by the patient; not confirmed by a clinician.");
            for (at, comment) in (1..).zip(called.as_deref().into_iter().chain(reported)) {
                segments.push(
                    Segment::new("NTE")
                        .set(1, Field::text(&format!("{at}")))
                        .set(2, Field::text("L"))
                        .set(3, Field::text(comment)),
                );
            }
        }
        segments
    }
}

/// Table 0396: what HL7 v2 calls a code system.
fn system(uri: Option<&str>) -> &str {
    match uri {
        Some("http://loinc.org") => "LN",
        Some("http://snomed.info/sct") => "SCT",
        _ => "L",
    }
}
