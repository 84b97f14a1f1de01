//! The patients' dice.

use domain::{Answer, AnswerValue, Coding};
use engine::rpc::types::{ChoiceOption, Question, QuestionKind};

use super::words;

/// SplitMix64: the same patients for the same seed.
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below the bound, which is not 0.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap_or_default()
    }

    /// An answer of the question's kind, which may lie outside its limits.
    pub(super) fn answer(&mut self, question: &Question) -> Answer {
        let value = match &question.kind {
            QuestionKind::Display => return Answer::Given(Vec::new()),
            QuestionKind::Boolean => AnswerValue::Boolean(self.below(2) == 0),
            QuestionKind::Choice { options, open } => return self.choice(options, *open, question.repeats),
            QuestionKind::Integer { min, max } => {
                let (min, max) = (min.unwrap_or(0), max.unwrap_or(10));
                let span = usize::try_from(max.saturating_sub(min)).unwrap_or(10).saturating_add(1);
                AnswerValue::Integer(min.saturating_add(i64::try_from(self.below(span)).unwrap_or(0)))
            }
            QuestionKind::Decimal { min, .. } => AnswerValue::Decimal(
                min.unwrap_or(0.0) + f64::from(u8::try_from(self.below(40)).unwrap_or(0)),
            ),
            QuestionKind::Quantity { units } => AnswerValue::Quantity {
                value: f64::from(u8::try_from(self.below(45)).unwrap_or(0)),
                unit: match units.get(self.below(units.len())) {
                    Some(unit) => unit.code.clone(),
                    None => "d".to_owned(),
                },
            },
            QuestionKind::Date => {
                let date = format!("20{:02}-{:02}", self.below(27), 1 + self.below(12));
                match date.parse() {
                    Ok(date) => AnswerValue::Date(date),
                    Err(_) => return Answer::Skipped,
                }
            }
            QuestionKind::String { .. } => AnswerValue::String(self.phrase()),
            QuestionKind::Text { .. } => AnswerValue::Text(self.phrase()),
        };
        Answer::Given(vec![value])
    }

    fn choice(&mut self, options: &[ChoiceOption], open: bool, repeats: bool) -> Answer {
        if open && self.below(5) == 0 {
            return words(&self.phrase());
        }
        let coding = |option: &ChoiceOption| {
            let ChoiceOption { system, code, display, .. } = option.clone();
            AnswerValue::Choice(Coding { system, code, display })
        };
        let first = &options[self.below(options.len())];
        if !repeats || first.exclusive {
            return Answer::Given(vec![coding(first)]);
        }
        let more = options.iter().filter(|option| option.exclusive || self.below(4) != 0);
        let left_out: Vec<&str> = more.map(|option| option.code.as_str()).collect();
        let chosen =
            options.iter().filter(|one| one.code == first.code || !left_out.contains(&one.code.as_str()));
        Answer::Given(chosen.map(coding).collect())
    }

    fn phrase(&mut self) -> String {
        const WORDS: [&str; 12] = [
            "pain",
            "since",
            "Tuesday",
            "metformin 500 mg",
            "my neighbor",
            "ñandú",
            "胸",
            "a little",
            "twice",
            "a day",
            "none",
            "🙂",
        ];
        let count = 1 + self.below(6);
        (0..count).map(|_| WORDS[self.below(WORDS.len())]).collect::<Vec<_>>().join(" ")
    }
}
