//! Options that say how often: "two to three times a week", "most days", "monthly or less". What is said is made a rate, and
//! the option whose rates it lies among is meant.

use super::super::amount;
use super::super::number::Form;
use super::super::said::{Phrases, Table, Tongue, is_any, words_of};
use super::Hit;
use crate::questionnaire::ChoiceOption;
use crate::redflag::words::Word;
use std::sync::LazyLock;

/// Days of a month, for rates: 30.
const MONTH: f64 = 30.0;

/// From here to there, in times a month.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Rate {
    low: f64,
    high: f64,
    first: usize,
    last: usize,
    /// Whether it says a number or a stretch of time, and not only "never".
    timed: bool,
}

/// The options that are rates, where at least two are and one of them is timed.
pub(super) fn by_rate(words: &[Word], options: &[ChoiceOption], tongue: Tongue) -> Vec<Hit> {
    let own: Vec<Option<Rate>> = options
        .iter()
        .map(|option| {
            let words = words_of(option.display.original());
            [Tongue::English, Tongue::Spanish].into_iter().find_map(|own| rate(&words, own))
        })
        .collect();
    let known = own.iter().flatten();
    if known.clone().count() < 2 || known.clone().filter(|rate| rate.timed).count() < 2 {
        return Vec::new();
    }
    let Some(said) = rate(words, tongue) else { return Vec::new() };
    let middle = if said.high.is_finite() { f64::midpoint(said.low, said.high) } else { said.low * 1.2 };
    let far = |rate: &Rate| {
        if rate.low - 0.01 <= middle && middle <= rate.high + 0.01 {
            return 0.0;
        }
        let near = if middle < rate.low { rate.low } else { rate.high };
        ((middle + 0.05).ln() - (near + 0.05).ln()).abs()
    };
    let nearest = own
        .iter()
        .enumerate()
        .filter_map(|(option, rate)| rate.as_ref().map(|rate| (option, far(rate), rate.high - rate.low)))
        .min_by(|a, b| a.1.total_cmp(&b.1).then(a.2.total_cmp(&b.2)));
    let Some((option, distance, _)) = nearest.filter(|(_, distance, _)| *distance < 0.9) else {
        return Vec::new();
    };
    let sure = if distance == 0.0 { 0.88 } else { 0.62 };
    vec![Hit { option, first: said.first, last: said.last, sure, denied: false }]
}

const ENGLISH: Table<(f64, f64, bool)> = &[
    (
        (0.0, 0.0, false),
        &[
            "never",
            "not (at all|ever|once)",
            "(i)? (dont|do not|never) (drink|smoke|touch|use|exercise|eat|do|bother) (it|any|the stuff|alcohol|at all)?",
            "(teetotal|teetotaller|none|zero)",
        ],
    ),
    (
        (0.1, 0.4, true),
        &[
            "(only|just)? (at|on|for) (christmas|birthdays|weddings|holidays|parties|special occasions)",
            "(special occasions|once in a blue moon|once or twice a year|rarely|seldom|hardly ever|very rarely|almost never)",
            "(a couple of|a few|several|two|three|couple of) times a year",
            "(yearly|once a year)",
        ],
    ),
    ((1.0, 1.0, true), &["monthly"]),
    (
        (2.1, 2.2, true),
        &[
            "(fortnightly|biweekly)",
            "(every|once a|once every|once in a) fortnight",
            "every (other|second|two) (week|weeks)",
        ],
    ),
    ((4.2, 4.4, true), &["weekly"]),
    ((8.0, 9.0, true), &["(on|at|the)? (weekends|weekend|the weekend|the weekends)", "every weekend"]),
    ((5.5, 7.5, true), &["most weekends"]),
    ((4.0, 13.0, true), &["(several|some|a few|a couple of|few) (days|times|nights)", "once or twice"]),
    ((15.0, 15.0, true), &["every (other|second) (day|night|evening|morning)", "half the (time|days)"]),
    ((16.0, 24.0, true), &["more than half (of)? (the)? (days|time)?"]),
    ((18.0, 25.0, true), &["(most) (days|nights|evenings|mornings|of the days|of the week)"]),
    (
        (24.0, 29.0, true),
        &[
            "nearly all (the)? (days|nights|time)",
            "(nearly|almost|practically|just about|pretty much) (every|each) (single)? (day|night|evening|morning)",
        ],
    ),
    (
        (30.0, 30.0, true),
        &[
            "(daily|everyday|nightly)",
            "(every|each) (single)? (day|night|evening|morning)",
            "(all day|all the time|constantly|day and night)",
        ],
    ),
];

const SPANISH: Table<(f64, f64, bool)> = &[
    (
        (0.0, 0.0, false),
        &[
            "(nunca|jamas|ninguno|ninguna|nada)",
            "(para|en) (nada|absoluto)",
            "(no|nunca) (bebo|tomo|fumo|uso|hago|consumo|como) (nada|alcohol)?",
            "ningun dia",
            "(abstemio|abstemia)",
        ],
    ),
    (
        (0.1, 0.4, true),
        &[
            "(solo|nomas)? (en) (navidad|navidades|fiestas|bodas|cumpleanos|ocasiones especiales)",
            "(rara vez|raramente|casi nunca|muy de vez en cuando|ocasiones especiales)",
            "(una vez|dos veces|un par de veces|alguna vez|unas veces) al ano",
        ],
    ),
    ((1.0, 1.0, true), &["(mensual|mensualmente|cada mes)"]),
    ((2.1, 2.2, true), &["(quincenal|cada quince dias|cada dos semanas|cada quincena)"]),
    ((4.2, 4.4, true), &["(semanal|semanalmente|cada semana|todas las semanas)"]),
    ((8.0, 9.0, true), &["(los|el|en|cada)? (fines de semana|fin de semana)"]),
    (
        (4.0, 13.0, true),
        &[
            "(varios|algunos|unos|unos cuantos|pocos|un par de) (dias|veces)",
            "(varias|algunas|unas|pocas|un par de) (noches|veces)",
            "una o dos veces",
        ],
    ),
    (
        (15.0, 15.0, true),
        &["(un dia si y otro no|un dia si un dia no|cada dos dias|cada tercer dia|la mitad de los dias)"],
    ),
    ((16.0, 24.0, true), &["mas de la mitad (de los dias)?"]),
    ((18.0, 25.0, true), &["(la mayoria|la mayor parte) (de los dias|del tiempo)?"]),
    (
        (24.0, 29.0, true),
        &["(casi todos los dias|casi todas las noches|casi cada dia|casi a diario|casi siempre)"],
    ),
    (
        (30.0, 30.0, true),
        &[
            "(diario|diariamente|a diario)",
            "(todos los dias|todas las noches|todas las mananas|todas las tardes|cada dia|cada noche|todo el dia|todo el tiempo)",
        ],
    ),
];

static RATES: LazyLock<[Phrases<(f64, f64, bool)>; 2]> =
    LazyLock::new(|| [Phrases::new(&[ENGLISH]), Phrases::new(&[SPANISH])]);

const DAYS: &[&str] = &[
    "monday",
    "mondays",
    "tuesday",
    "tuesdays",
    "wednesday",
    "wednesdays",
    "thursday",
    "thursdays",
    "friday",
    "fridays",
    "saturday",
    "saturdays",
    "sunday",
    "sundays",
    "lunes",
    "martes",
    "miercoles",
    "jueves",
    "viernes",
    "sabado",
    "sabados",
    "domingo",
    "domingos",
];

/// The option that says never.
pub(super) fn never(options: &[ChoiceOption]) -> Option<usize> {
    options.iter().position(|option| {
        let words = words_of(option.display.original());
        [Tongue::English, Tongue::Spanish]
            .into_iter()
            .find_map(|own| rate(&words, own))
            .is_some_and(|rate| rate.high == 0.0)
    })
}

/// How often, as the words say it.
fn rate(words: &[Word], tongue: Tongue) -> Option<Rate> {
    let says = |table: &[&str]| words.iter().any(|word| table.contains(&word.text.as_str()));
    let mut found = counted(words, tongue).or_else(|| of_fortnight(words, tongue)).or_else(|| {
        let every = tongue.pick(&RATES[0], &RATES[1]).every(words);
        let longest = every.into_iter().max_by_key(|found| found.last - found.first)?;
        let (low, high, timed) = longest.means;
        Some(Rate { low, high, first: longest.first, last: longest.last, timed })
    });
    let named: Vec<usize> = (0..words.len()).filter(|&at| DAYS.contains(&words[at].text.as_str())).collect();
    if found.is_none()
        && let (Some(&first), Some(&last)) = (named.first(), named.last())
    {
        #[expect(clippy::cast_precision_loss, reason = "days of a week")]
        let times = named.len() as f64 * MONTH / 7.0;
        found = Some(Rate { low: times, high: times, first, last, timed: true });
    }
    let mut rate = found?;
    let fewer = says(&["less", "fewer", "under", "most", "menos", "maximo"])
        && rate.timed
        && !says(&["days", "nights"]);
    if fewer {
        rate.low = 0.02;
    } else if rate.timed && says(&["more", "over", "least", "plus", "mas"]) && !says(&["half", "mitad"]) {
        rate.high = f64::INFINITY;
    }
    Some(rate)
}

/// "Three or four days", of the two weeks that questionnaires such as the PHQ-9 ask about.
fn of_fortnight(words: &[Word], tongue: Tongue) -> Option<Rate> {
    let amount = amount::amounts(words, tongue).into_iter().find(|amount| {
        amount.form != Form::Article
            && amount.high <= 14.0
            && is_any(words, amount.last + 1, &["days", "nights", "dias", "noches"])
    })?;
    let times = MONTH / 14.0;
    let (low, high) = (amount.low * times, amount.high * times);
    Some(Rate { low, high, first: amount.first, last: amount.last + 1, timed: true })
}

/// "Three times a week", "two or three nights a week", "once every other month".
fn counted(words: &[Word], tongue: Tongue) -> Option<Rate> {
    const PER: &[&str] = &["a", "per", "each", "every", "al", "la", "por", "cada", "in"];
    let months = |unit: &str| match unit {
        "day" | "daily" | "dia" => Some(MONTH),
        "week" | "weekly" | "semana" => Some(MONTH / 7.0),
        "fortnight" | "quincena" => Some(MONTH / 14.0),
        "month" | "monthly" | "mes" => Some(1.0),
        "year" | "yearly" | "ano" => Some(1.0 / 12.0),
        _ => None,
    };
    let (unit, per) = (1..words.len()).find_map(|at| {
        let scale = months(&words[at].text)?;
        let leads = is_any(words, at - 1, PER) || words[at].text.ends_with("ly");
        let other =
            is_any(words, at - 1, &["other", "second"]) && at > 1 && is_any(words, at - 2, &["every"]);
        (leads || other).then_some((at, if other { scale / 2.0 } else { scale }))
    })?;
    let before = &words[..unit];
    let times = |at: usize| {
        is_any(
            words,
            at,
            &[
                "times", "time", "nights", "days", "evenings", "mornings", "drinks", "weekends", "veces",
                "vez", "dias", "noches", "night", "day", "evening",
            ],
        )
    };
    let near = |last: usize| unit - last <= 5;
    let said = amount::amounts(before, tongue)
        .into_iter()
        .rev()
        .find(|amount| near(amount.last) && (amount.form != Form::Article || times(amount.last + 1)))
        .map(|amount| (amount.low, amount.high, amount.first));
    let worded = || {
        (0..before.len()).rev().filter(|at| near(*at)).find_map(|at| {
            Some(match before[at].text.as_str() {
                "once" => (1.0, 1.0, at),
                "twice" => (2.0, 2.0, at),
                "couple" | "par" => (2.0, 2.0, at),
                "few" | "several" | "varias" | "unas" => (3.0, 4.0, at),
                "most" | "mayoria" => (5.0, 6.0, at),
                _ => return None,
            })
        })
    };
    // "Nearly every day" is in the table.
    let daily = is_any(words, unit, &["day", "daily", "dia"]);
    let alone =
        || (!daily && is_any(words, unit - 1, &["every", "each", "cada"])).then_some((1.0, 1.0, unit - 1));
    let (low, high, first) = said.or_else(worded).or_else(alone)?;
    Some(Rate { low: low * per, high: high * per, first, last: unit, timed: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(text: &str, tongue: Tongue) -> Option<(f64, f64)> {
        rate(&words_of(text), tongue)
            .map(|rate| ((rate.low * 10.0).round() / 10.0, (rate.high * 10.0).round() / 10.0))
    }

    #[test]
    fn what_is_said_is_made_times_a_month() {
        for (text, expected) in [
            ("never", (0.0, 0.0)),
            ("every night with dinner", (30.0, 30.0)),
            ("nearly every day", (24.0, 29.0)),
            ("two or three nights a week", (8.6, 12.9)),
            ("once a week", (4.3, 4.3)),
            ("a couple of times a year", (0.2, 0.2)),
            ("once every other week", (2.1, 2.1)),
            ("Friday and Saturday", (8.6, 8.6)),
            ("monthly or less", (0.0, 1.0)),
            ("four or more times a week", (17.1, f64::INFINITY)),
        ] {
            assert_eq!(times(text, Tongue::English), Some(expected), "{text}");
        }
        assert_eq!(times("dos veces a la semana", Tongue::Spanish), Some((8.6, 8.6)));
        assert_eq!(times("my knee hurts", Tongue::English), None);
    }
}
