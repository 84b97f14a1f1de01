//! What figures need of one encounter, folded from its events. Holds no name of a person and no word that anybody said.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use domain::{
    Answer, AnswerSource, DraftEngine, EncounterId, EncounterOrigin, EventBody, EventKind, Note,
    ReasonClosed, Severity, SiteId, Timestamp,
};
use serde::{Deserialize, Serialize};
use store::LoggedEvent;

use crate::rpc::types::VoiceFigures;

/// The kinds of event that are read. Utterances, by far the most, are not among them.
pub(super) const KINDS: &[EventKind] = &[
    EventKind::EncounterOpened,
    EventKind::EncounterSited,
    EventKind::LanguageChosen,
    EventKind::ProtocolChosen,
    EventKind::AnswerAskedBack,
    EventKind::AnswerRecorded,
    EventKind::AnswerUnclear,
    EventKind::RedFlagRaised,
    EventKind::RedFlagAcknowledged,
    EventKind::NoteDrafted,
    EventKind::NoteEdited,
    EventKind::NoteSigned,
    EventKind::EncounterClosed,
    EventKind::IntakeResumed,
    EventKind::EncounterRetracted,
];

/// Which fold it was: kept facts of another are folded again. Counted up wherever [`Facts::of`] comes to say something else.
const FOLD: &str = concat!(env!("CARGO_PKG_VERSION"), "/2");

/// One encounter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Facts {
    /// When it was begun, by the time in its id: the month in which it counts.
    pub(crate) begun: Timestamp,
    /// At which of the clinic's sites.
    pub(crate) site: Option<SiteId>,
    pub(super) origin: EncounterOrigin,
    pub(super) language: Arc<str>,
    /// The questionnaire's URL without version.
    pub(super) protocol: Option<Arc<str>>,
    /// How many answers were given by touch, keyboard and voice.
    pub(super) sources: [u32; 3],
    /// The questions with an answer, by linkId, and whether they were answered or passed over.
    pub(super) questions: BTreeMap<Arc<str>, bool>,
    pub(super) closed: Option<ReasonClosed>,
    /// From the consent to the end of the intake, in ms.
    pub(super) intake_ms: Option<i64>,
    /// Where the patient left the intake.
    pub(crate) left: Option<Left>,
    pub(super) flags: Vec<Flag>,
    pub(super) voice: VoiceFigures,
    pub(super) drafted: Option<Timestamp>,
    /// From the draft to the signature, in ms.
    pub(super) sign_ms: Option<i64>,
    pub(super) signed: bool,
    /// How much of the draft was changed until it was signed, in percent.
    pub(super) changed: Option<u32>,
    pub(super) retracted: bool,
}

/// Where a patient left an intake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Left {
    /// Before the first answer.
    BeforeFirst,
    /// With this question (linkId) on the screen.
    At(Arc<str>),
    /// At the review: every question had its answer.
    AtReview,
}

/// An alarm.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Flag {
    pub(super) severity: Severity,
    /// From the alarm to its acknowledgement, in ms.
    pub(super) acknowledged_ms: Option<i64>,
}

/// Names that many encounters share, kept once.
#[derive(Debug, Default)]
pub(super) struct Names(HashSet<Arc<str>>);

impl Names {
    fn get(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.0.get(name) {
            return Arc::clone(known);
        }
        let new: Arc<str> = name.into();
        self.0.insert(Arc::clone(&new));
        new
    }
}

/// What is known while the events go by.
#[derive(Default)]
struct Passing {
    opened: Timestamp,
    /// Whether the intake was left and gone on with.
    resumed: bool,
    flags: Vec<(domain::FlagId, Timestamp)>,
    /// What was asked back and not answered yet.
    asked_back: Option<(String, AnswerSource)>,
    /// The last spoken answer, and whether it was asked back.
    spoken: Option<(String, bool)>,
    /// The newest draft, where something drafted it.
    draft: Option<Vec<String>>,
    /// The note as it stands.
    note: Option<Vec<String>>,
}

impl Facts {
    /// What the events of an encounter say; none where they do not open it.
    pub(super) fn of(id: EncounterId, events: &[LoggedEvent], names: &mut Names) -> Option<Self> {
        let mut events = events.iter();
        let mut passing = Passing::default();
        let mut facts = events.by_ref().find_map(|event| {
            let EventBody::EncounterOpened { origin, language, protocol, .. } = &event.body else {
                return None;
            };
            passing.opened = event.header.time.wall;
            Some(Self {
                begun: begun(id),
                site: None,
                origin: *origin,
                language: names.get(language.primary()),
                protocol: protocol.as_deref().map(|protocol| names.get(without_version(protocol))),
                sources: [0; 3],
                questions: BTreeMap::new(),
                closed: None,
                intake_ms: None,
                left: None,
                flags: Vec::new(),
                voice: VoiceFigures::default(),
                drafted: None,
                sign_ms: None,
                signed: false,
                changed: None,
                retracted: false,
            })
        })?;
        for event in events {
            facts.apply(&event.body, event.header.time.wall, &mut passing, names);
        }
        if facts.closed == Some(ReasonClosed::IntakePartial) && facts.questions.is_empty() {
            facts.left = Some(Left::BeforeFirst);
        }
        Some(facts)
    }

    /// As the vault keeps it.
    pub(super) fn written(&self) -> Option<Vec<u8>> {
        serde_json::to_vec(&(FOLD, self)).ok()
    }

    /// What the vault keeps; none where another version wrote it.
    pub(super) fn read(content: &[u8], names: &mut Names) -> Option<Self> {
        let (fold, facts): (String, Self) = serde_json::from_slice(content).ok()?;
        (fold == FOLD).then(|| Self {
            language: names.get(&facts.language),
            protocol: facts.protocol.as_deref().map(|protocol| names.get(protocol)),
            questions: facts.questions.iter().map(|(id, given)| (names.get(id), *given)).collect(),
            left: match &facts.left {
                Some(Left::At(link_id)) => Some(Left::At(names.get(link_id))),
                other => other.clone(),
            },
            ..facts
        })
    }

    /// Whether the patient answered a question here.
    pub(crate) fn has_answers(&self) -> bool {
        self.sources.iter().any(|count| *count > 0)
    }

    /// Whether where the patient left has still to be found out.
    pub(super) fn needs_left(&self) -> bool {
        self.closed == Some(ReasonClosed::IntakePartial) && self.left.is_none() && !self.retracted
    }

    fn apply(&mut self, body: &EventBody, at: Timestamp, passing: &mut Passing, names: &mut Names) {
        match body {
            EventBody::EncounterSited { site } => self.site = Some(*site),
            EventBody::LanguageChosen { language } => self.language = names.get(language.primary()),
            EventBody::ProtocolChosen { protocol, carried, .. } => {
                self.protocol = Some(names.get(without_version(protocol)));
                self.questions.retain(|link_id, _| carried.contains_key(&**link_id));
                let carried = carried.iter().map(|(link_id, answer)| {
                    (names.get(link_id), matches!(answer.expose(), Answer::Given(_)))
                });
                self.questions.extend(carried);
            }
            EventBody::AnswerAskedBack { link_id, source } => {
                passing.asked_back = Some((link_id.clone(), *source));
            }
            EventBody::AnswerRecorded { link_id, answer, source } => {
                let given = matches!(answer.expose(), Answer::Given(_));
                self.questions.insert(names.get(link_id), given);
                self.answered(link_id, *source, passing);
            }
            EventBody::AnswerUnclear { link_id, source: AnswerSource::Voice, .. } => {
                self.voice.left_open += 1;
                match passing.spoken.take() {
                    Some((spoken, true)) if spoken == *link_id => self.voice.after_asking_back -= 1,
                    Some((spoken, false)) if spoken == *link_id => self.voice.understood -= 1,
                    _ => {}
                }
            }
            EventBody::RedFlagRaised { flag, severity, .. } => {
                passing.flags.push((*flag, at));
                self.flags.push(Flag { severity: *severity, acknowledged_ms: None });
            }
            EventBody::RedFlagAcknowledged { flag } => {
                let place = passing.flags.iter().position(|(known, _)| known == flag);
                if let Some(place) = place
                    && self.flags[place].acknowledged_ms.is_none()
                {
                    self.flags[place].acknowledged_ms = Some(between(passing.flags[place].1, at));
                }
            }
            EventBody::NoteDrafted { note, .. } if !self.signed => {
                self.drafted = Some(at);
                let words = words(note);
                passing.draft = (note.engine != DraftEngine::Typed).then(|| words.clone());
                passing.note = Some(words);
            }
            EventBody::NoteEdited { note } if !self.signed => {
                self.drafted.get_or_insert(at);
                passing.note = Some(words(note));
            }
            EventBody::NoteSigned { .. } if !self.signed => {
                let Some(drafted) = self.drafted else { return };
                self.signed = true;
                self.sign_ms = Some(between(drafted, at));
                self.changed = passing
                    .draft
                    .as_ref()
                    .zip(passing.note.as_ref())
                    .map(|(draft, signed)| changed(draft, signed));
            }
            EventBody::EncounterClosed { reason } if self.closed.is_none() => {
                self.closed = Some(*reason);
                let taken = *reason == ReasonClosed::IntakeCompleted && self.origin == EncounterOrigin::Kiosk;
                if taken && !passing.resumed {
                    self.intake_ms = Some(between(passing.opened, at));
                }
            }
            // Handed back to the patient: it goes on, and how long the pause was says nothing of intakes.
            EventBody::IntakeResumed => {
                self.closed = None;
                passing.resumed = true;
            }
            EventBody::EncounterRetracted { .. } => self.retracted = true,
            _ => {}
        }
    }

    fn answered(&mut self, link_id: &str, source: AnswerSource, passing: &mut Passing) {
        let asked_back = passing.asked_back.take().filter(|(asked, _)| asked == link_id);
        let asked_back = asked_back.map(|(_, source)| source) == Some(AnswerSource::Voice);
        passing.spoken = None;
        match source {
            AnswerSource::Touch => self.sources[0] += 1,
            AnswerSource::Typed => self.sources[1] += 1,
            AnswerSource::Voice => self.sources[2] += 1,
            AnswerSource::Imported => {}
        }
        match (source, asked_back) {
            (AnswerSource::Voice, true) => self.voice.after_asking_back += 1,
            (AnswerSource::Voice, false) => self.voice.understood += 1,
            (_, true) => self.voice.by_hand += 1,
            (_, false) => {}
        }
        if source == AnswerSource::Voice {
            passing.spoken = Some((link_id.to_owned(), asked_back));
        }
    }
}

/// When an encounter was begun: the time in its id (UUIDv7).
fn begun(id: EncounterId) -> Timestamp {
    let millis = id.as_bytes()[..6].iter().fold(0, |time, byte| (time << 8) | i64::from(*byte));
    Timestamp::from_millis(millis)
}

fn without_version(canonical: &str) -> &str {
    canonical.split_once('|').map_or(canonical, |(url, _)| url)
}

fn between(from: Timestamp, to: Timestamp) -> i64 {
    to.as_millis().saturating_sub(from.as_millis()).max(0)
}

fn words(note: &Note) -> Vec<String> {
    note.sentences()
        .flat_map(|sentence| sentence.text.expose().split_whitespace())
        .map(str::to_owned)
        .collect()
}

/// How many words were put in, left out or exchanged (Levenshtein's distance), in percent of the longer text, rounded up:
/// 0 says that nothing was.
fn changed(draft: &[String], signed: &[String]) -> u32 {
    let longer = draft.len().max(signed.len());
    if longer == 0 {
        return 0;
    }
    // What both begin and end with costs nothing, and is most of it.
    let same = draft.iter().zip(signed).take_while(|(one, other)| one == other).count();
    let (draft, signed) = (&draft[same..], &signed[same..]);
    let end = draft.iter().rev().zip(signed.iter().rev()).take_while(|(one, other)| one == other).count();
    let (draft, signed) = (&draft[..draft.len() - end], &signed[..signed.len() - end]);
    let distance = strsim::generic_levenshtein(&Words(draft), &Words(signed));
    u32::try_from((distance * 100).div_ceil(longer)).unwrap_or(u32::MAX)
}

/// Words, as `strsim` walks them.
struct Words<'a>(&'a [String]);

impl<'a> IntoIterator for &Words<'a> {
    type Item = &'a String;
    type IntoIter = std::slice::Iter<'a, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

#[cfg(test)]
#[path = "facts_tests.rs"]
pub(super) mod tests;
