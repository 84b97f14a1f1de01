//! Years: in full, in two digits, as last year's.

use super::super::duration;
use super::super::number::{self, Form};
use super::super::said::{is_any, joined, starts};
use super::Way;
use super::seek::Seeker;

impl Seeker<'_> {
    /// The century that a year of two digits is in.
    pub(super) fn century(&self, year: i32) -> i32 {
        let now = self.today.year();
        let this = now - now.rem_euclid(100) + year;
        match self.way {
            Way::Future => this,
            Way::Past | Way::Birth if this > now => this - 100,
            Way::Past | Way::Birth => this,
        }
    }

    /// A year from one place on, after "of", "in", "del": the year, its last word, and whether it was said in full.
    pub(super) fn year_at(&self, at: usize) -> Option<(i32, usize, bool)> {
        let mut at = at;
        for _ in 0..3 {
            if is_any(self.words, at, &["of", "in", "the", "year", "de", "del", "ano", "back", "el"]) {
                at += 1;
            }
        }
        let word = self.words.get(at)?;
        if word.text.bytes().all(|byte| byte.is_ascii_digit()) {
            let value: i32 = word.text.parse().ok()?;
            return match word.text.len() {
                4 if (1880..=2100).contains(&value) => Some((value, at, true)),
                2 if !self.measured(at) => Some((self.century(value), at, false)),
                _ => None,
            };
        }
        #[expect(clippy::cast_possible_truncation, reason = "years are small")]
        let whole = |at: usize| {
            let number = number::number_at(self.words, at, self.tongue)?;
            let fits = number.value.fract() == 0.0
                && number.value < 3000.0
                && number.form != Form::Vague
                && number.form != Form::Article;
            fits.then_some((number.value as i32, number.last, number.form))
        };
        let (value, last, form) = whole(at)?;
        if (1880..=2100).contains(&value) {
            return Some((value, last, true));
        }
        let next = || {
            let (mut next, mut after, next_form) = whole(last + 1).filter(|_| joined(self.words, last))?;
            if next_form == Form::Oh {
                (next, after, _) = whole(after + 1).filter(|(value, ..)| *value < 10)?;
            } else if next < 10 {
                return None;
            }
            (next < 100).then_some((next, after))
        };
        match value {
            18..=20 => {
                if let Some((more, last)) = next() {
                    return Some((value * 100 + more, last, true));
                }
            }
            0 if form == Form::Oh => {
                let (unit, last, _) = whole(last + 1).filter(|(value, ..)| *value < 10)?;
                return Some((self.century(unit), last, false));
            }
            _ => {}
        }
        ((10..100).contains(&value) && !self.measured(last)).then(|| (self.century(value), last, false))
    }

    /// "… of last year", "… del año pasado".
    pub(super) fn near_year(&self, at: usize) -> Option<(i32, usize, bool)> {
        const PHRASES: [(&[&str], i32); 14] = [
            (&["of", "last", "year"], -1),
            (&["last", "year"], -1),
            (&["of", "this", "year"], 0),
            (&["this", "year"], 0),
            (&["of", "next", "year"], 1),
            (&["next", "year"], 1),
            (&["del", "ano", "pasado"], -1),
            (&["el", "ano", "pasado"], -1),
            (&["ano", "pasado"], -1),
            (&["pasado"], 0),
            (&["de", "este", "ano"], 0),
            (&["este", "ano"], 0),
            (&["del", "proximo", "ano"], 1),
            (&["del", "ano", "que", "viene"], 1),
        ];
        let (phrase, years) =
            PHRASES.iter().find(|(phrase, _)| starts(self.words, at, phrase) && phrase.len() > 1)?;
        Some((self.today.year() + years, at + phrase.len() - 1, true))
    }

    /// Whether a unit follows: "twenty years" is no year.
    pub(super) fn measured(&self, last: usize) -> bool {
        duration::unit_after(self.words, last, self.tongue).is_some()
            || is_any(self.words, last + 1, &["percent", "oclock", "am", "pm", "times", "veces"])
    }
}
