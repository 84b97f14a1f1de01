//! Counting, and the table.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Counts over some reasons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Reasons.
    pub items: u32,
    /// Of them sent to the labelled protocol, or to one that is as right.
    pub right: u32,
    /// Of them sent to the general visit instead: more questions than needed, and none missed.
    pub general: u32,
    /// Of them sent to another protocol: the wrong questions.
    pub wrong: u32,
}

impl Tally {
    /// One reason more.
    pub fn count(&mut self, right: bool, general: bool) {
        self.items += 1;
        self.right += u32::from(right);
        self.general += u32::from(!right && general);
        self.wrong += u32::from(!right && !general);
    }

    fn add(&mut self, other: Self) {
        self.items += other.items;
        self.right += other.right;
        self.general += other.general;
        self.wrong += other.wrong;
    }
}

/// The table in Markdown: one line a protocol and language, then one a language, then all.
pub fn table(tallies: &BTreeMap<(String, String), Tally>) -> String {
    let mut text = "| protocol | language | items | right % | to the general visit instead % | wrong % |\n\
                    | --- | --- | ---: | ---: | ---: | ---: |\n"
        .to_owned();
    let (mut by_language, mut all) = (BTreeMap::<&str, Tally>::new(), Tally::default());
    for ((protocol, language), tally) in tallies {
        line(&mut text, protocol, language, *tally);
        by_language.entry(language).or_default().add(*tally);
        all.add(*tally);
    }
    for (language, tally) in by_language {
        line(&mut text, "all", language, tally);
    }
    line(&mut text, "all", "all", all);
    text
}

fn line(text: &mut String, protocol: &str, language: &str, tally: Tally) {
    let percent = |count: u32| 100.0 * f64::from(count) / f64::from(tally.items.max(1));
    let _ = writeln!(
        text,
        "| {protocol} | {language} | {} | {:.1} | {:.1} | {:.1} |",
        tally.items,
        percent(tally.right),
        percent(tally.general),
        percent(tally.wrong),
    );
}

#[cfg(test)]
mod tests {
    use super::{Tally, table};

    #[test]
    fn what_is_neither_right_nor_general_is_wrong() {
        let mut tally = Tally::default();
        for (right, general) in [(true, false), (true, true), (false, true), (false, false)] {
            tally.count(right, general);
        }
        assert_eq!(tally, Tally { items: 4, right: 2, general: 1, wrong: 1 });
        let text = table(&[(("chest".to_owned(), "en".to_owned()), tally)].into());
        assert!(text.ends_with("| all | all | 4 | 50.0 | 25.0 | 25.0 |\n"), "{text}");
    }
}
