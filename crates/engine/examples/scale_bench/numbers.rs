//! Numbers, names and words by a seed: the same clinic each time it is made.

use std::sync::atomic::{AtomicU64, Ordering};

use bedside_engine::rpc::types::{Question, QuestionKind};
use domain::{Answer, AnswerValue, Coding};

/// What the clinic is made from.
const SEED: u64 = 20_261_201;

/// SplitMix64.
pub(crate) struct Numbers(AtomicU64);

impl domain::Random for Numbers {
    fn fill(&self, bytes: &mut [u8]) {
        for part in bytes.chunks_mut(8) {
            part.copy_from_slice(&self.next().to_le_bytes()[..part.len()]);
        }
    }
}

impl Numbers {
    pub(crate) fn new() -> Self {
        Self(AtomicU64::new(SEED))
    }

    fn next(&self) -> u64 {
        const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
        let mut z = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below the bound, which is not 0.
    pub(crate) fn below(&self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap_or_default()
    }

    pub(crate) fn one<'a, T: ?Sized>(&self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    /// An answer of the question's kind.
    pub(crate) fn answer(&self, question: &Question) -> Answer {
        let value = match &question.kind {
            QuestionKind::Display => return Answer::Given(Vec::new()),
            QuestionKind::Boolean => AnswerValue::Boolean(self.below(3) == 0),
            QuestionKind::Choice { options, .. } => {
                let chosen = &options[self.below(options.len())];
                AnswerValue::Choice(Coding {
                    system: chosen.system.clone(),
                    code: chosen.code.clone(),
                    display: chosen.display.clone(),
                })
            }
            QuestionKind::Integer { min, max } => {
                let (min, max) = (min.unwrap_or(0), max.unwrap_or(10));
                AnswerValue::Integer(min + i64::try_from(self.below(1 + (max - min) as usize)).unwrap_or(0))
            }
            QuestionKind::Decimal { min, .. } => {
                AnswerValue::Decimal(min.unwrap_or(1.0) + self.below(3) as f64)
            }
            QuestionKind::Quantity { units } => AnswerValue::Quantity {
                value: (37 + self.below(2)) as f64,
                unit: units.first().map_or_else(|| "d".to_owned(), |unit| unit.code.clone()),
            },
            QuestionKind::Date | QuestionKind::String { .. } | QuestionKind::Text { .. }
                if question.repeats =>
            {
                AnswerValue::String(format!("{} 10 mg in the morning", self.one(&MEDICINES)))
            }
            QuestionKind::Date => return Answer::Unknown,
            QuestionKind::String { .. } => AnswerValue::String(self.complaint()),
            QuestionKind::Text { .. } => AnswerValue::Text(self.complaint()),
        };
        Answer::Given(vec![value])
    }

    /// What a patient says of it.
    pub(crate) fn complaint(&self) -> String {
        format!(
            "I have had {} for {} {}, and {}",
            self.one(&COMPLAINTS),
            2 + self.below(8),
            self.one(&["days", "weeks"]),
            self.one(&["it is worse at night", "it keeps me from work", "I am tired", "it comes and goes"])
        )
    }

    /// A visit as it is spoken, line by line.
    pub(crate) fn transcript(&self) -> String {
        let (complaint, medicine) = (self.one(&COMPLAINTS), self.one(&MEDICINES));
        let allergy = self.one(&["penicillin", "latex", "peanuts", "nothing that I know of"]);
        let [upper, lower, pulse] = [110 + self.below(50), 65 + self.below(30), 60 + self.below(40)];
        let lines = [
            "[doctor] Good morning, I'm the doctor you'll be seeing today. What brings you in?".to_owned(),
            format!("[patient] I've had {complaint} for about {} days.", 2 + self.below(12)),
            "[doctor] How bad is it, from zero to ten?".to_owned(),
            format!("[patient] About a {}, and it was worse last night.", 2 + self.below(7)),
            "[doctor] Any fever or shortness of breath?".to_owned(),
            "[patient] No, no fever and no shortness of breath.".to_owned(),
            "[doctor] Do you take any medicines?".to_owned(),
            format!("[patient] I take {medicine} {} milligrams in the morning.", 5 * (1 + self.below(10))),
            "[doctor] Are you allergic to anything?".to_owned(),
            format!("[patient] To {allergy}."),
            "[doctor] Do you smoke?".to_owned(),
            format!("[patient] I stopped {} years ago.", 2 + self.below(20)),
            format!("[doctor] Your blood pressure is {upper} over {lower} and your pulse is {pulse}."),
            "[doctor] Your lungs are clear on both sides and I hear no murmur.".to_owned(),
            format!("[doctor] Go on with {medicine}, and come back in {} weeks.", 2 + self.below(6)),
            "[doctor] If the pain gets worse, call us at once.".to_owned(),
        ];
        lines.join("\n")
    }

    /// What is said besides: some words come up often, most seldom.
    pub(crate) fn chat(&self) -> String {
        let words: Vec<_> = (0..8 + self.below(8))
            .map(|_| {
                let uniform = self.below(1 << 20) as f64 / f64::from(1 << 20);
                word((uniform.powi(3) * VOCABULARY as f64) as usize)
            })
            .collect();
        format!("And we spoke of {}.", words.join(" "))
    }

    pub(crate) fn rare(&self) -> String {
        word(VOCABULARY / 2 + self.below(VOCABULARY / 2))
    }
}

const COMPLAINTS: [&str; 10] = [
    "a cough and a sore throat",
    "a headache",
    "pain in my lower back",
    "a rash on my left arm",
    "stomach pain after meals",
    "a swollen knee",
    "trouble sleeping",
    "a runny nose",
    "pain in my right shoulder",
    "a burning feeling when I pass water",
];
const MEDICINES: [&str; 8] = [
    "lisinopril",
    "metformin",
    "amlodipine",
    "atorvastatin",
    "sertraline",
    "omeprazole",
    "levothyroxine",
    "losartan",
];

/// How many made-up words there are.
const VOCABULARY: usize = 8_000;

/// A made-up word: the same for the same number.
fn word(number: usize) -> String {
    const SYLLABLES: [&str; 20] = [
        "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "we",
        "xi", "yo", "zu",
    ];
    [number % 20, number / 20 % 20, number / 400 % 20, (number * 7) % 20]
        .map(|place| SYLLABLES[place])
        .concat()
}

/// The patient of that number.
pub(crate) fn name(number: usize) -> String {
    let capital = |word: String| word[..1].to_uppercase() + &word[1..];
    format!("{} {}", capital(word(number % 400)), capital(word(400 + number)))
}
