use std::sync::Arc;

use domain::*;

use super::super::facts::tests::{answer, closed, encounter, note, opened, signed};
use super::super::facts::{Facts, Left};
use super::super::summary::{Period, summarise};
use super::*;

const DAY: i64 = 86_400_000;

fn day_of(time: Timestamp) -> String {
    format!("2027-01-{:02}", time.as_millis() / DAY + 1)
}

fn period() -> Period {
    let days = (1..=3).map(|day| format!("2027-01-{day:02}")).collect();
    Period { days, time_zone: "UTC".to_owned() }
}

fn intake(number: u8, day: i64, language: &str, source: AnswerSource, reason: ReasonClosed) -> Facts {
    let mut facts = encounter(
        number,
        day * DAY,
        vec![
            (0, opened(EncounterOrigin::Kiosk, language)),
            (30, answer("reason", source)),
            (60, closed(reason)),
        ],
    );
    if facts.needs_left() {
        facts.left = Some(Left::At("onset".into()));
    }
    facts
}

/// Thirty intakes and two visits without one, on two days.
fn clinic() -> Vec<Arc<Facts>> {
    use AnswerSource::{Touch, Typed, Voice};
    use ReasonClosed::{IntakeCompleted, IntakePartial};
    let mut all = Vec::new();
    for number in 0..30u8 {
        let source = if number < 12 {
            Touch
        } else if number < 27 {
            Typed
        } else {
            Voice
        };
        let reason = if number % 10 == 0 { IntakePartial } else { IntakeCompleted };
        let language = if number < 28 { "en" } else { "es" };
        all.push(intake(number, i64::from(number / 15), language, source, reason));
    }
    for number in 30..32 {
        let visit = vec![
            (0, opened(EncounterOrigin::Clinician, "en")),
            (10, EventBody::NoteDrafted { note: note("rest for three days"), fallback: None }),
            (70, signed()),
        ];
        all.push(encounter(number, 0, visit));
    }
    let mut retracted = intake(32, 0, "en", Touch, IntakeCompleted);
    retracted.retracted = true;
    all.push(retracted);
    all.into_iter().map(Arc::new).collect()
}

#[test]
fn a_period_is_counted_by_day_channel_language_protocol_and_question() {
    let figures = summarise(&clinic(), period(), day_of);
    assert_eq!((figures.from.as_str(), figures.until.as_str()), ("2027-01-01", "2027-01-03"));
    assert_eq!(figures.encounters, 32);
    assert_eq!(figures.channels, ChannelFigures { touch: 12, typed: 15, voice: 3, none: 2 });
    let by_day: Vec<_> = figures.days.iter().map(|line| line.channels).collect();
    assert_eq!(
        by_day,
        [
            ChannelFigures { touch: 12, typed: 3, voice: 0, none: 2 },
            ChannelFigures { touch: 0, typed: 12, voice: 3, none: 0 },
            ChannelFigures::default(),
        ]
    );
    let languages: Vec<_> = figures.languages.iter().map(|line| (line.name.as_str(), line.count)).collect();
    assert_eq!(languages, [("en", 30), ("es", 2)]);
    let protocols: Vec<_> = figures.protocols.iter().map(|line| (line.url.as_deref(), line.count)).collect();
    assert_eq!(protocols, [(Some("urn:bedside:general"), 30), (None, 2)]);
    assert_eq!((figures.intakes.begun, figures.intakes.completed, figures.intakes.left), (30, 27, 3));
    let questions: Vec<_> =
        figures.questions.iter().map(|line| (line.link_id.as_str(), line.answered, line.left)).collect();
    assert_eq!(questions, [("onset", 0, 3), ("reason", 30, 0)]);
    assert_eq!((figures.intake_time.count, figures.intake_time.median), (27, Some(60)));
    assert_eq!(figures.intake_time.stretches[0].count, 27);
    assert_eq!(figures.voice.understood, 3);
    assert_eq!((figures.notes.signed, figures.notes.sign_time.median), (2, Some(60)));
    assert_eq!(figures.notes.changed.median, Some(0));
}

fn leaving(all: &[Arc<Facts>]) -> String {
    let part = |answered: bool| -> Vec<_> {
        all.iter().filter(|facts| facts.has_answers() == answered).cloned().collect()
    };
    let of = |part: &[Arc<Facts>]| summarise(part, period(), day_of);
    csv(&Leaving { all: &of(all), answered: &of(&part(true)), others: &of(&part(false)) })
}

#[test]
fn no_small_count_leaves_and_none_can_be_computed() {
    let table = leaving(&clinic());
    let cells: Vec<Vec<&str>> = table.lines().map(|line| line.split(',').collect()).collect();
    let value = |figure: &str, category: &str| {
        cells.iter().find(|row| row[0] == figure && row[1] == category).map(|row| row[2])
    };
    assert_eq!(value("intakes by channel", "all"), Some("30"));
    // Three spoken ones are hidden, and the next smallest with them: thirty less two visible cells would be three.
    assert_eq!(value("intakes by channel", "voice"), Some("suppressed"));
    assert_eq!(value("intakes by channel", "touch"), Some("suppressed"));
    assert_eq!(value("intakes by channel", "typed"), Some("15"));
    assert_eq!(value("intakes by language", "es"), Some("suppressed"));
    assert_eq!(value("intakes by language", "en"), Some("suppressed"));
    assert_eq!(value("intakes by day", "2027-01-01"), Some("15"));
    assert_eq!(value("intakes by day", "2027-01-03"), Some("0"));
    assert_eq!(value("intakes by end", "left at urn:bedside:general#onset"), Some("suppressed"));
    assert_eq!(value("intakes by end", "completed"), Some("suppressed"));
    assert_eq!(value("encounters without an answer by note", "all"), Some("suppressed"));
    assert_eq!(value("time per intake (s)", "median"), Some("60"));
    assert_eq!(value("draft to signature (s)", "median"), Some("suppressed"));
    for row in &cells[1..] {
        let small = row[2].parse::<u64>().is_ok_and(|count| (1..LEAST_SHOWN).contains(&count));
        assert!(!small || row[0] == "period", "{row:?}");
    }
    assert!(!table.contains("32"), "the total of both parts would give away what one of them hides: {table}");
}

#[test]
fn whatever_the_counts_are_what_is_hidden_of_a_split_is_two_cells_or_more_that_count_eleven_or_everything() {
    // A linear congruential generator (Knuth's MMIX constants): the same splits on every run.
    let mut state = 11u64;
    let mut below = |bound: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % bound
    };
    for round in 0..20_000 {
        let cells = 1 + below(8);
        let counts: Vec<u64> = (0..cells)
            .map(|_| {
                let most = 1 + below(60);
                below(most)
            })
            .collect();
        let hidden = hidden(&counts);
        let of = |wanted: bool| counts.iter().zip(&hidden).filter(move |(_, hidden)| **hidden == wanted);
        assert!(of(false).all(|(count, _)| *count == 0 || *count >= LEAST_SHOWN), "{round}: {counts:?}");
        let (cells, sum) = (of(true).count(), of(true).map(|(count, _)| count).sum::<u64>());
        let everything = of(false).all(|(count, _)| *count == 0);
        assert!(
            cells == 0 || (cells >= 2 && sum >= LEAST_SHOWN) || everything,
            "{round}: {counts:?} {hidden:?}"
        );
    }
}
