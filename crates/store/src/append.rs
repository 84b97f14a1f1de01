//! The only way into the log.

use domain::{Action, Actor, EventBody, EventHeader, EventId, Stream};
use rusqlite::params;
use seal::StreamKey;

use crate::audit::{AuditWrite, Object, Outcome};
use crate::projection::Projector;
use crate::row::{self, StreamColumn};
use crate::writer::Posting;
use crate::{Error, log};

/// What to append: all of it or nothing, in one transaction, with one audit entry.
#[derive(Clone, Debug)]
pub struct Append {
    /// To which stream. An encounter's first event is `EncounterOpened`.
    pub stream: Stream,
    /// Who acts.
    pub actor: Actor,
    /// What the audit trail calls it.
    pub action: Action,
    /// What happened, in order; at least one event.
    pub events: Vec<EventBody>,
    /// What the stream must be like for this to be recorded.
    pub expected: Expected,
}

impl Append {
    /// One event of the facility's stream, whatever stands there.
    pub fn to_facility(actor: Actor, action: Action, event: EventBody) -> Self {
        Self { stream: Stream::Facility, actor, action, events: vec![event], expected: Expected::Anything }
    }
}

/// What a stream must be like, so that two people's changes do not cross.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Expected {
    /// Anything.
    #[default]
    Anything,
    /// It has exactly so many events.
    Length(u64),
    /// The encounter's note is a draft of this revision; 0 for no note yet.
    NoteRevision(u32),
}

impl Posting<'_> {
    pub(crate) fn append(&mut self, append: &Append) -> Result<Vec<EventHeader>, Error> {
        let key = self.admit(append)?;
        let (epoch, _) = self.keys.current()?;
        let mut headers = Vec::with_capacity(append.events.len());
        let mut projector = Projector::new();
        for body in &append.events {
            let time = self.tick();
            let header = EventHeader {
                id: EventId::make(time.wall, self.random),
                stream: append.stream,
                device: self.device,
                incarnation: self.heads.incarnation,
                sequence: self.heads.log.length,
                predecessor: self.heads.log.digest,
                time,
                actor: append.actor,
                kind: body.kind().to_owned(),
                version: body.version(),
                epoch,
            };
            let (encoded, sealed) = key.seal_event(&header, &seal::encode_event(body)?, self.random)?;
            let digest = seal::digest_event(&encoded, &sealed);
            self.transaction
                .prepare_cached(
                    "INSERT INTO event (incarnation, sequence, id, stream, kind, header, sealed, digest)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                )?
                .execute(params![
                    header.incarnation.as_bytes(),
                    row::signed(header.sequence),
                    header.id.as_bytes(),
                    StreamColumn(header.stream),
                    header.kind,
                    encoded,
                    sealed,
                    digest.0,
                ])?;
            let position = self.transaction.last_insert_rowid();
            self.heads.log.advance(digest);
            projector.apply(&self.transaction, position, &header, body)?;
            self.queue(append.stream, body, header.time.wall)?;
            headers.push(header);
        }
        projector.finish(&self.transaction)?;
        self.audit(&AuditWrite {
            actor: append.actor,
            action: append.action,
            object: Some(object(append)),
            outcome: Outcome::Allowed,
        })?;
        Ok(headers)
    }

    /// Whether the events may follow what the stream holds; the stream's key, new with the stream.
    fn admit(&mut self, append: &Append) -> Result<StreamKey, Error> {
        let wrong = |reason| Err(Error::WrongStream { reason });
        let Some(first) = append.events.first() else { return wrong("there is nothing to record") };
        if append.events.iter().any(|body| !belongs(body, append.stream)) {
            return wrong("an event belongs to another kind of stream");
        }
        self.check_expected(append)?;
        for body in &append.events {
            if let EventBody::PersonCreated { login, .. } = body
                && crate::people::by_login(&self.transaction, login)?.is_some()
            {
                return Err(Error::LoginTaken);
            }
        }
        let opens = |body: &EventBody| matches!(body, EventBody::EncounterOpened { .. });
        if append.events.iter().skip(1).any(opens) {
            return wrong("an encounter is opened once, by its first event");
        }
        match (log::stream_key(&self.transaction, self.keys, append.stream)?, append.stream) {
            (Some(_), Stream::Encounter(_)) if opens(first) => wrong("the encounter is open already"),
            (Some(key), _) => Ok(key),
            (None, Stream::Encounter(_))
                if opens(first) && !log::is_shredded(&self.transaction, append.stream)? =>
            {
                self.make_stream(append.stream)
            }
            (None, Stream::Encounter(_)) => Err(Error::NotFound { what: "encounter" }),
            (None, Stream::Facility) => Err(Error::NotFound { what: "facility key" }),
        }
    }

    fn check_expected(&self, append: &Append) -> Result<(), Error> {
        let met = match append.expected {
            Expected::Anything => true,
            Expected::Length(length) => length == self.stream_length(append.stream)?,
            Expected::NoteRevision(revision) => match append.stream {
                Stream::Facility => false,
                Stream::Encounter(id) => crate::read::encounter_head(&self.transaction, id)?.is_some_and(
                    |(record, _)| match record.note {
                        domain::NoteState::None => revision == 0,
                        domain::NoteState::Draft { revision: current, .. } => revision == current,
                        domain::NoteState::Signed { .. } => false,
                    },
                ),
            },
        };
        if met { Ok(()) } else { Err(Error::Conflict) }
    }

    fn stream_length(&self, stream: Stream) -> Result<u64, Error> {
        Ok(self.transaction.query_row(
            "SELECT count(*) FROM event WHERE stream = ?1",
            [StreamColumn(stream)],
            |row| row::unsigned(row, 0),
        )?)
    }

    /// Makes a stream's key and keeps it, sealed under the facility's.
    pub(crate) fn make_stream(&mut self, stream: Stream) -> Result<StreamKey, Error> {
        let (epoch, facility_key) = self.keys.current()?;
        let key = StreamKey::make(self.random);
        let wrapped = facility_key.wrap(&key, stream, self.random);
        self.transaction
            .prepare_cached("INSERT INTO stream_key (stream, epoch, wrapped) VALUES (?1, ?2, ?3)")?
            .execute(params![StreamColumn(stream), epoch, wrapped.as_bytes()])?;
        Ok(key)
    }
}

/// Whether a body belongs to a kind of stream. One of an unknown kind belongs wherever it came from.
fn belongs(body: &EventBody, stream: Stream) -> bool {
    match body {
        EventBody::FacilityCreated { .. }
        | EventBody::PersonCreated { .. }
        | EventBody::PasswordChanged { .. }
        | EventBody::PinSet { .. }
        | EventBody::PinRemoved { .. }
        | EventBody::LicenceInstalled { .. }
        | EventBody::RevocationsInstalled { .. }
        | EventBody::QuestionnaireKept { .. }
        | EventBody::ProtocolActivated { .. }
        | EventBody::ProtocolDeactivated { .. }
        | EventBody::SiteAdded { .. }
        | EventBody::SiteRenamed { .. }
        | EventBody::SiteClosed { .. }
        | EventBody::RetentionChanged { .. }
        | EventBody::EncounterDeleted { .. } => stream == Stream::Facility,
        EventBody::Unknown { .. } => true,
        _ => matches!(stream, Stream::Encounter(_)),
    }
}

fn object(append: &Append) -> Object {
    match append.stream {
        Stream::Encounter(id) => Object::Encounter(id),
        Stream::Facility => match append.events.first() {
            Some(
                EventBody::PersonCreated { person, .. }
                | EventBody::PasswordChanged { person, .. }
                | EventBody::PinSet { person, .. }
                | EventBody::PinRemoved { person },
            ) => Object::Person(*person),
            Some(EventBody::EncounterDeleted { encounter, .. }) => Object::Encounter(*encounter),
            _ => Object::Facility,
        },
    }
}
