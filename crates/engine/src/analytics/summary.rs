//! Counting over many encounters.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use domain::{EncounterOrigin, ReasonClosed, Severity, Timestamp};

use super::facts::{Facts, Left};
use crate::rpc::types::{
    Analytics, ChannelFigures, DayFigures, FlagFigures, NamedFigure, OriginFigure, ProtocolFigure,
    QuestionFigures, SeverityFigures, Spread, Stretch,
};

/// Upper ends of the stretches that times of intakes fall into, in seconds.
const INTAKE_S: &[u32] = &[120, 240, 360, 480, 600, 900];
/// The same of the time to an acknowledgement.
const ACKNOWLEDGE_S: &[u32] = &[60, 300, 900, 3600];
/// The same of the time from a draft to its signature.
const SIGN_S: &[u32] = &[60, 300, 900, 3600, 28_800];
/// The same of what was changed of a draft, in percent.
const CHANGED_PERCENT: &[u32] = &[0, 5, 10, 25, 50];

/// The days that are counted over.
pub(crate) struct Period {
    /// Every day, in order (YYYY-MM-DD).
    pub(crate) days: Vec<String>,
    /// The time zone that they are of.
    pub(crate) time_zone: String,
}

/// The figures of a period's encounters. `day_of` says which day a time falls on. What protocols and questions are called
/// is left open.
pub(crate) fn summarise(
    encounters: &[Arc<Facts>],
    period: Period,
    day_of: impl Fn(Timestamp) -> String,
) -> Analytics {
    let mut figures = Analytics {
        from: period.days.first().cloned().unwrap_or_default(),
        until: period.days.last().cloned().unwrap_or_default(),
        time_zone: period.time_zone,
        ..Analytics::default()
    };
    let places: HashMap<&str, usize> =
        period.days.iter().enumerate().map(|(place, day)| (day.as_str(), place)).collect();
    figures.days = period
        .days
        .iter()
        .map(|day| DayFigures { day: day.clone(), channels: ChannelFigures::default() })
        .collect();
    let mut languages = BTreeMap::<&str, u32>::new();
    let mut protocols = BTreeMap::<Option<&str>, u32>::new();
    let mut origins =
        [(EncounterOrigin::Kiosk, 0), (EncounterOrigin::Clinician, 0), (EncounterOrigin::Import, 0)];
    let mut questions = Questions::new();
    for facts in encounters.iter().filter(|facts| !facts.retracted) {
        figures.encounters += 1;
        count_channel(&mut figures.channels, facts);
        if let Some(place) = places.get(day_of(facts.begun).as_str()) {
            count_channel(&mut figures.days[*place].channels, facts);
        }
        *languages.entry(&facts.language).or_default() += 1;
        *protocols.entry(facts.protocol.as_deref()).or_default() += 1;
        for (origin, count) in &mut origins {
            *count += u32::from(*origin == facts.origin);
        }
        count_intake(&mut figures, facts);
        count_questions(&mut questions, facts);
        let voice = &mut figures.voice;
        voice.understood += facts.voice.understood;
        voice.after_asking_back += facts.voice.after_asking_back;
        voice.by_hand += facts.voice.by_hand;
        voice.left_open += facts.voice.left_open;
        figures.notes.signed += u32::from(facts.signed);
        figures.notes.drafts += u32::from(facts.drafted.is_some() && !facts.signed);
    }
    let counted = || encounters.iter().filter(|facts| !facts.retracted);
    figures.origins = origins
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(origin, count)| OriginFigure { origin, count })
        .collect();
    figures.languages =
        languages.into_iter().map(|(name, count)| NamedFigure { name: name.to_owned(), count }).collect();
    figures.languages.sort_by_key(|line| std::cmp::Reverse(line.count));
    figures.protocols = protocols
        .into_iter()
        .map(|(url, count)| ProtocolFigure { url: url.map(str::to_owned), title: None, count })
        .collect();
    figures.protocols.sort_by_key(|line| std::cmp::Reverse(line.count));
    figures.questions = questions.into_values().flat_map(BTreeMap::into_values).collect();
    figures.intake_time =
        spread(counted().filter_map(|facts| facts.intake_ms).map(seconds).collect(), INTAKE_S);
    figures.notes.sign_time =
        spread(counted().filter_map(|facts| facts.sign_ms).map(seconds).collect(), SIGN_S);
    figures.notes.changed = spread(counted().filter_map(|facts| facts.changed).collect(), CHANGED_PERCENT);
    figures.flags = flags(encounters);
    figures
}

/// How most of the answers were given. Where two are even, the rarer one of them counts: voice before keyboard before touch.
fn count_channel(channels: &mut ChannelFigures, facts: &Facts) {
    let [touch, typed, voice] = facts.sources;
    let most = touch.max(typed).max(voice);
    let count = match most {
        0 => &mut channels.none,
        _ if voice == most => &mut channels.voice,
        _ if typed == most => &mut channels.typed,
        _ => &mut channels.touch,
    };
    *count += 1;
}

fn count_intake(figures: &mut Analytics, facts: &Facts) {
    // What a file says was not taken here.
    if facts.origin != EncounterOrigin::Kiosk {
        return;
    }
    let intakes = &mut figures.intakes;
    intakes.begun += 1;
    match facts.closed {
        None => intakes.open += 1,
        Some(ReasonClosed::IntakePartial) => {
            intakes.left += 1;
            intakes.left_before_first += u32::from(facts.left == Some(Left::BeforeFirst));
            intakes.left_at_review += u32::from(facts.left == Some(Left::AtReview));
        }
        Some(ReasonClosed::IntakeCompleted | ReasonClosed::VisitCompleted) => intakes.completed += 1,
    }
}

/// By protocol, then by linkId.
type Questions<'f> = BTreeMap<&'f str, BTreeMap<&'f str, QuestionFigures>>;

fn count_questions<'f>(questions: &mut Questions<'f>, facts: &'f Facts) {
    let Some(protocol) = facts.protocol.as_deref().filter(|_| facts.origin == EncounterOrigin::Kiosk) else {
        return;
    };
    let of_protocol = questions.entry(protocol).or_default();
    let mut line = |link_id: &'f str, count: fn(&mut QuestionFigures)| {
        count(of_protocol.entry(link_id).or_insert_with(|| QuestionFigures {
            protocol: protocol.to_owned(),
            link_id: link_id.to_owned(),
            text: None,
            answered: 0,
            passed: 0,
            left: 0,
        }));
    };
    for (link_id, given) in &facts.questions {
        if *given {
            line(link_id, |figures| figures.answered += 1);
        } else {
            line(link_id, |figures| figures.passed += 1);
        }
    }
    if let Some(Left::At(link_id)) = &facts.left {
        line(link_id, |figures| figures.left += 1);
    }
}

fn flags(encounters: &[Arc<Facts>]) -> FlagFigures {
    let all = || encounters.iter().filter(|facts| !facts.retracted).flat_map(|facts| &facts.flags);
    let of = |severity: Severity| {
        let flags = || all().filter(move |flag| flag.severity == severity);
        let open = flags().filter(|flag| flag.acknowledged_ms.is_none()).count();
        let times = flags().filter_map(|flag| flag.acknowledged_ms).map(seconds).collect();
        SeverityFigures {
            severity,
            raised: number(flags().count()),
            open: number(open),
            time: spread(times, ACKNOWLEDGE_S),
        }
    };
    let times = all().filter_map(|flag| flag.acknowledged_ms).map(seconds).collect();
    FlagFigures {
        severities: vec![of(Severity::Emergency), of(Severity::Urgent)],
        time: spread(times, ACKNOWLEDGE_S),
    }
}

/// Median and ninetieth percentile (nearest rank), and how many fell into each stretch.
fn spread(mut values: Vec<u32>, ends: &[u32]) -> Spread {
    values.sort_unstable();
    let rank = |percent: usize| {
        let place = (values.len() * percent).div_ceil(100).checked_sub(1)?;
        values.get(place).copied()
    };
    let mut from = 0;
    let mut stretches = Vec::with_capacity(ends.len() + 1);
    for end in ends {
        let until = values.partition_point(|value| value <= end);
        stretches.push(Stretch { up_to: Some(*end), count: number(until - from) });
        from = until;
    }
    stretches.push(Stretch { up_to: None, count: number(values.len() - from) });
    Spread { count: number(values.len()), median: rank(50), ninetieth: rank(90), stretches }
}

fn seconds(ms: i64) -> u32 {
    u32::try_from(ms / 1000).unwrap_or(u32::MAX)
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
