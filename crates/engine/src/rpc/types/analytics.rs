//! Figures over many encounters: counts and times. No name, no clinical text.

use domain::{EncounterOrigin, Severity, SiteId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which days to read figures of.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ReadAnalytics {
    /// The first day (YYYY-MM-DD).
    pub from: String,
    /// The last day.
    pub until: String,
    /// At this site; none for all.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub site: Option<SiteId>,
}

/// The figures of a period. Encounters that were retracted are left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Analytics {
    /// The first day (YYYY-MM-DD).
    pub from: String,
    /// The last day.
    pub until: String,
    /// The time zone that days are of.
    pub time_zone: String,
    /// Encounters begun in it.
    pub encounters: u32,
    /// A line for each day of the period, those without encounters too.
    pub days: Vec<DayFigures>,
    /// By where they began.
    pub origins: Vec<OriginFigure>,
    /// By how most of the answers were given.
    pub channels: ChannelFigures,
    /// By the conversation's language (BCP 47), the most frequent first.
    pub languages: Vec<NamedFigure>,
    /// By what the patient was asked, the most frequent first.
    pub protocols: Vec<ProtocolFigure>,
    /// What became of the intakes.
    pub intakes: IntakeFigures,
    /// Each question that was reached, in the order of its protocol.
    pub questions: Vec<QuestionFigures>,
    /// From the consent to the last answer, in seconds, of completed intakes.
    pub intake_time: Spread,
    /// Alarms.
    pub flags: FlagFigures,
    /// What was understood of what patients said.
    pub voice: VoiceFigures,
    /// Notes.
    pub notes: NoteFigures,
}

/// Encounters by how most of their answers were given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChannelFigures {
    /// On the screen's buttons.
    pub touch: u32,
    /// On a keyboard.
    pub typed: u32,
    /// By voice.
    pub voice: u32,
    /// Without answers: opened by staff, imported, or left before the first answer.
    pub none: u32,
}

/// A day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DayFigures {
    /// Which (YYYY-MM-DD).
    pub day: String,
    /// Its encounters.
    pub channels: ChannelFigures,
}

/// Encounters that began at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OriginFigure {
    /// Where.
    pub origin: EncounterOrigin,
    /// How many.
    pub count: u32,
}

/// How many of something that has a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NamedFigure {
    /// The name.
    pub name: String,
    /// How many.
    pub count: u32,
}

/// Encounters of one protocol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProtocolFigure {
    /// Its canonical URL without version; none for encounters without questions.
    pub url: Option<String>,
    /// What it is called in the staff's language, where it is known here.
    pub title: Option<String>,
    /// How many.
    pub count: u32,
}

/// What became of the intakes that patients began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct IntakeFigures {
    /// How many were begun.
    pub begun: u32,
    /// Handed in.
    pub completed: u32,
    /// Ended before the end.
    pub left: u32,
    /// Of those, before the first answer.
    pub left_before_first: u32,
    /// Of those, at the review, with every question answered.
    pub left_at_review: u32,
    /// Still going on.
    pub open: u32,
}

/// What became of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QuestionFigures {
    /// The protocol's canonical URL without version.
    pub protocol: String,
    /// The questionnaire item's linkId.
    pub link_id: String,
    /// Its text in the staff's language, where it is known here.
    pub text: Option<String>,
    /// Answered.
    pub answered: u32,
    /// Passed over, or not known.
    pub passed: u32,
    /// On the screen when the patient left.
    pub left: u32,
}

/// How a quantity is spread: its middle, its upper end, and how many fell into each stretch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Spread {
    /// How many there are.
    pub count: u32,
    /// Half are at most this; none where there are none.
    pub median: Option<u32>,
    /// Nine in ten are at most this.
    pub ninetieth: Option<u32>,
    /// From low to high.
    pub stretches: Vec<Stretch>,
}

/// A stretch of a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Stretch {
    /// Up to and with this; none for all above.
    pub up_to: Option<u32>,
    /// How many.
    pub count: u32,
}

/// Alarms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FlagFigures {
    /// By how urgent they are.
    pub severities: Vec<SeverityFigures>,
    /// From the alarm to its acknowledgement, in seconds.
    pub time: Spread,
}

/// Alarms that are equally urgent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SeverityFigures {
    /// How urgent.
    pub severity: Severity,
    /// How many were raised.
    pub raised: u32,
    /// Of those, how many nobody acknowledged yet.
    pub open: u32,
    /// From the alarm to its acknowledgement, in seconds.
    pub time: Spread,
}

/// What became of answers that patients gave by voice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VoiceFigures {
    /// Understood at once.
    pub understood: u32,
    /// Asked back, then understood.
    pub after_asking_back: u32,
    /// Asked back, then given by hand.
    pub by_hand: u32,
    /// Left to staff.
    pub left_open: u32,
}

/// Notes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NoteFigures {
    /// Encounters whose note is a draft.
    pub drafts: u32,
    /// Encounters whose note is signed.
    pub signed: u32,
    /// From the draft to the signature, in seconds.
    pub sign_time: Spread,
    /// How much of a drafted note was changed before it was signed: the words that were put in, left out or exchanged, in
    /// percent of the words of the longer one of the two (Levenshtein's distance over words).
    pub changed: Spread,
}
