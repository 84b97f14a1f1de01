//! Counting, and the table.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Counts over some answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Answers.
    pub items: u32,
    /// Of them understood as labelled, whatever the confidence.
    pub right: u32,
    /// Of them asked back: nothing was understood, or with too little confidence.
    pub asked_back: u32,
    /// Of them neither right nor asked back: what would go into the record wrong.
    pub wrong: u32,
}

impl Tally {
    /// One answer more.
    pub fn count(&mut self, right: bool, asked_back: bool) {
        self.items += 1;
        self.right += u32::from(right);
        self.asked_back += u32::from(asked_back);
        self.wrong += u32::from(!right && !asked_back);
    }

    fn add(&mut self, other: Self) {
        self.items += other.items;
        self.right += other.right;
        self.asked_back += other.asked_back;
        self.wrong += other.wrong;
    }
}

/// The table in Markdown: one line a type and language, then one a language, then all.
pub fn table(tallies: &BTreeMap<(String, String), Tally>) -> String {
    let mut text = "| type | language | items | right % | asked back % | wrong with high confidence % |\n\
                    | --- | --- | ---: | ---: | ---: | ---: |\n"
        .to_owned();
    let (mut by_language, mut all) = (BTreeMap::<&str, Tally>::new(), Tally::default());
    for ((sort, language), tally) in tallies {
        line(&mut text, sort, language, *tally);
        by_language.entry(language).or_default().add(*tally);
        all.add(*tally);
    }
    for (language, tally) in by_language {
        line(&mut text, "all", language, tally);
    }
    line(&mut text, "all", "all", all);
    text
}

fn line(text: &mut String, sort: &str, language: &str, tally: Tally) {
    let percent = |count: u32| 100.0 * f64::from(count) / f64::from(tally.items.max(1));
    let _ = writeln!(
        text,
        "| {sort} | {language} | {} | {:.1} | {:.1} | {:.1} |",
        tally.items,
        percent(tally.right),
        percent(tally.asked_back),
        percent(tally.wrong),
    );
}

#[cfg(test)]
mod tests {
    use super::{Tally, table};

    #[test]
    fn only_what_is_neither_right_nor_asked_back_is_wrong_with_high_confidence() {
        let mut tally = Tally::default();
        for (right, asked_back) in [(true, false), (true, true), (false, true), (false, false)] {
            tally.count(right, asked_back);
        }
        assert_eq!(tally, Tally { items: 4, right: 2, asked_back: 2, wrong: 1 });
        let text = table(&[(("scale".to_owned(), "en".to_owned()), tally)].into());
        assert!(text.ends_with("| scale | en | 4 | 50.0 | 50.0 | 25.0 |\n| all | en | 4 | 50.0 | 50.0 | 25.0 |\n| all | all | 4 | 50.0 | 50.0 | 25.0 |\n"), "{text}");
    }
}
