//! What may leave: figures as a table in which no small count can be read, nor computed from what stands beside it.
//!
//! Counts of 1 to 10 are not shown (the rule of the US Centers for Medicare & Medicaid Services for cells of a table). Each
//! part of the table splits one total into cells and nothing is shown that crosses two splits, so that a hidden cell can
//! only be approached as "the total less the visible ones": whatever is hidden of a split is therefore at least two cells
//! that together count at least 11. Where the small ones alone are less than that, the next smallest are hidden with them.

use domain::{Severity, csv_cell};

use crate::rpc::types::{Analytics, ChannelFigures, DayFigures, Spread};

/// The least count that is shown, besides none at all.
pub(crate) const LEAST_SHOWN: u64 = 11;
/// What stands in place of a count that is not.
const HIDDEN: &str = "suppressed";

/// Which cells of a split are hidden.
pub(crate) fn hidden(counts: &[u64]) -> Vec<bool> {
    let mut hidden: Vec<bool> = counts.iter().map(|count| (1..LEAST_SHOWN).contains(count)).collect();
    let mut order: Vec<usize> = (0..counts.len()).filter(|place| counts[*place] >= LEAST_SHOWN).collect();
    order.sort_by_key(|place| counts[*place]);
    for place in order {
        let together: u64 = counts.iter().zip(&hidden).filter(|(_, hidden)| **hidden).map(|(c, _)| c).sum();
        let cells = hidden.iter().filter(|hidden| **hidden).count();
        if cells == 0 || (cells >= 2 && together >= LEAST_SHOWN) {
            break;
        }
        hidden[place] = true;
    }
    hidden
}

/// What may leave of a period's figures: of all encounters, of those with an answer to a question, and of the others. The
/// last two have no encounter in common, and how many there are of both together is not shown: else what is left out of one
/// would be the total less the other.
pub(crate) struct Leaving<'a> {
    pub(crate) all: &'a Analytics,
    pub(crate) answered: &'a Analytics,
    pub(crate) others: &'a Analytics,
}

/// The figures that may leave, as CSV (RFC 4180).
pub(crate) fn csv(leaving: &Leaving<'_>) -> String {
    let Leaving { all, answered, others } = leaving;
    let mut table = String::from("figure,category,value\r\n");
    row(&mut table, "period", "from", &all.from);
    row(&mut table, "period", "until", &all.until);
    row(&mut table, "period", "time zone", &all.time_zone);
    splits(&mut table, "intakes", answered);
    split(&mut table, "intakes by channel", &channels(&answered.channels));
    let protocols: Vec<_> = answered
        .protocols
        .iter()
        .map(|line| named(line.url.as_deref().unwrap_or("none"), line.count))
        .collect();
    split(&mut table, "intakes by protocol", &protocols);
    split(&mut table, "intakes by end", &ends(answered));
    splits(&mut table, "encounters without an answer", others);
    split(&mut table, "red flags by time to acknowledge (s)", &flags(all));
    let voice = &all.voice;
    let voice = [
        named("understood", voice.understood),
        named("after asking back", voice.after_asking_back),
        named("by hand after asking back", voice.by_hand),
        named("left to staff", voice.left_open),
    ];
    split(&mut table, "spoken answers", &voice);
    quantity(&mut table, "time per intake (s)", &all.intake_time);
    quantity(&mut table, "time to acknowledge (s)", &all.flags.time);
    quantity(&mut table, "draft to signature (s)", &all.notes.sign_time);
    quantity(&mut table, "draft changed before signature (%)", &all.notes.changed);
    table
}

fn named(name: &str, count: u32) -> (String, u64) {
    (name.to_owned(), u64::from(count))
}

/// The splits that every encounter has a place in.
fn splits(table: &mut String, what: &str, figures: &Analytics) {
    let (step, days) = stretches_of_days(&figures.days);
    split(table, &format!("{what} by {step}"), &days);
    let languages: Vec<_> = figures.languages.iter().map(|line| named(&line.name, line.count)).collect();
    split(table, &format!("{what} by language"), &languages);
    let notes = &figures.notes;
    let without = figures.encounters.saturating_sub(notes.drafts + notes.signed);
    let notes = [named("none", without), named("draft", notes.drafts), named("signed", notes.signed)];
    split(table, &format!("{what} by note"), &notes);
}

/// One total and the cells that it splits into.
fn split(table: &mut String, figure: &str, cells: &[(String, u64)]) {
    let counts: Vec<u64> = cells.iter().map(|(_, count)| *count).collect();
    let hidden = hidden(&counts);
    let total: u64 = counts.iter().sum();
    let shown = |count: u64, hidden: bool| if hidden { HIDDEN.to_owned() } else { count.to_string() };
    row(table, figure, "all", &shown(total, (1..LEAST_SHOWN).contains(&total)));
    for ((category, count), hidden) in cells.iter().zip(hidden) {
        row(table, figure, category, &shown(*count, hidden));
    }
}

/// Middle and upper end, without the count: it may be a cell of a split that is hidden.
fn quantity(table: &mut String, figure: &str, spread: &Spread) {
    let few = u64::from(spread.count) < LEAST_SHOWN;
    for (category, value) in [("median", spread.median), ("90th percentile", spread.ninetieth)] {
        let shown = match value {
            Some(_) if few => HIDDEN.to_owned(),
            Some(value) => value.to_string(),
            None => String::new(),
        };
        row(table, figure, category, &shown);
    }
}

fn channels(channels: &ChannelFigures) -> [(String, u64); 4] {
    let ChannelFigures { touch, typed, voice, none } = *channels;
    [named("touch", touch), named("typed", typed), named("voice", voice), named("none", none)]
}

/// Where the intakes ended.
fn ends(figures: &Analytics) -> Vec<(String, u64)> {
    let intakes = &figures.intakes;
    let mut cells = vec![
        named("completed", intakes.completed),
        named("open", intakes.open),
        named("left at the review", intakes.left_at_review),
    ];
    let mut placed = intakes.left_at_review;
    for question in figures.questions.iter().filter(|question| question.left > 0) {
        placed += question.left;
        cells.push(named(&format!("left at {}#{}", question.protocol, question.link_id), question.left));
    }
    cells.push(named("left elsewhere", intakes.left.saturating_sub(placed)));
    cells
}

fn flags(figures: &Analytics) -> Vec<(String, u64)> {
    let mut cells = Vec::new();
    for line in &figures.flags.severities {
        let severity = match line.severity {
            Severity::Emergency => "emergency",
            Severity::Urgent => "urgent",
        };
        for stretch in &line.time.stretches {
            let up_to = stretch.up_to.map_or_else(|| "longer".to_owned(), |end| format!("up to {end}"));
            cells.push((format!("{severity}: {up_to}"), u64::from(stretch.count)));
        }
        cells.push((format!("{severity}: not yet"), u64::from(line.open)));
    }
    cells
}

/// Days; or months, where days hold counts too small to be shown. One of both: months less days would tell.
fn stretches_of_days(days: &[DayFigures]) -> (&'static str, Vec<(String, u64)>) {
    let by = |length: usize| {
        let mut cells: Vec<(String, u64)> = Vec::new();
        for line in days {
            let name = &line.day[..length.min(line.day.len())];
            let count = channels(&line.channels).iter().map(|(_, count)| count).sum::<u64>();
            match cells.last_mut() {
                Some((last, sum)) if last == name => *sum += count,
                _ => cells.push((name.to_owned(), count)),
            }
        }
        cells
    };
    let (by_day, by_month) = (by("YYYY-MM-DD".len()), by("YYYY-MM".len()));
    if by_day.iter().any(|(_, count)| (1..LEAST_SHOWN).contains(count)) {
        ("month", by_month)
    } else {
        ("day", by_day)
    }
}

fn row(table: &mut String, figure: &str, category: &str, value: &str) {
    let cells = [figure, category, value].map(csv_cell);
    table.push_str(&cells.join(","));
    table.push_str("\r\n");
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
