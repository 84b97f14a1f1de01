//! How much and how often a medicine is taken.

use super::super::amount;
use super::super::answer::Quantity;
use super::super::number::{self, Form};
use super::super::said::{Phrases, Table, Tongue, is_any, starts};
use crate::redflag::words::Word;
use std::sync::LazyLock;

/// What a medicine's dose is in.
const UNITS: &[(&str, &[&str])] = &[
    (
        "mg",
        &[
            "mg",
            "mgs",
            "milligram",
            "milligrams",
            "milligramme",
            "milligrammes",
            "miligramo",
            "miligramos",
            "mig",
            "migs",
            "milagrams",
        ],
    ),
    ("ug", &["mcg", "mcgs", "ug", "microgram", "micrograms", "microgramo", "microgramos", "mics", "mic"]),
    ("g", &["g", "gram", "grams", "gramme", "grammes", "gramo", "gramos"]),
    (
        "mL",
        &[
            "ml",
            "mls",
            "milliliter",
            "milliliters",
            "millilitre",
            "millilitres",
            "mililitro",
            "mililitros",
            "cc",
        ],
    ),
    ("[iU]", &["unit", "units", "iu", "unidad", "unidades", "ui"]),
    ("meq", &["meq", "milliequivalents"]),
    ("%", &["percent"]),
    (
        "{tablet}",
        &[
            "tablet",
            "tablets",
            "pill",
            "pills",
            "tab",
            "tabs",
            "pastilla",
            "pastillas",
            "tableta",
            "tabletas",
            "comprimido",
            "comprimidos",
            "pildora",
            "pildoras",
            "caplet",
            "caplets",
            "gragea",
            "grageas",
        ],
    ),
    ("{capsule}", &["capsule", "capsules", "cap", "caps", "capsula", "capsulas", "softgel", "softgels"]),
    (
        "{puff}",
        &[
            "puff",
            "puffs",
            "inhalation",
            "inhalations",
            "disparo",
            "disparos",
            "inhalacion",
            "inhalaciones",
            "puf",
            "pufs",
            "bocanada",
            "bocanadas",
        ],
    ),
    ("{spray}", &["spray", "sprays", "squirt", "squirts", "atomizacion", "atomizaciones"]),
    ("[drp]", &["drop", "drops", "gota", "gotas"]),
    ("{patch}", &["patch", "patches", "parche", "parches"]),
    ("[tsp_us]", &["teaspoon", "teaspoons", "cucharadita", "cucharaditas"]),
    ("[tbs_us]", &["tablespoon", "tablespoons", "cucharada", "cucharadas"]),
    (
        "{injection}",
        &["shot", "shots", "injection", "injections", "inyeccion", "inyecciones", "ampolleta", "ampolletas"],
    ),
];

/// An amount that was said, and where.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Dose {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) quantity: Quantity,
    /// Whether it counts pieces ("two tablets") rather than how strong each is.
    pub(super) pieces: bool,
}

/// How often, and where it was said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Often {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) rate: Rate,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Rate {
    /// So many times a day.
    PerDay(f64),
    /// When needed.
    AsNeeded,
    /// One of the day's times; several add up.
    Time,
    /// "With meals", three times, unless another time of the day is named.
    Meals,
    /// "This morning": when it was taken, not how often.
    Past,
}

const ENGLISH: Table<Rate> = &[
    (
        Rate::Past,
        &[
            "(early|late)? (this|yesterday|last|earlier this) (morning|afternoon|evening|night|week)",
            "(today|yesterday|tonight|already)",
        ],
    ),
    (
        Rate::AsNeeded,
        &[
            "(as|when|if|whenever|only if|only when|just when|only as) (i)? (needed|required|necessary|want|hurt|hurts)",
            "(as|when|if|whenever) (i)? need (it|them|to)?",
            "(when|if|whenever) (i|im|theres|its|my|the|it|things) (get|have|feel|cant|really|am|is|gets|hurts|starts|flares|acts|bothers|itches) ..3",
            "(when|if|whenever) (im|theres|its|my|the|things|i) ..4",
            "(prn|occasionally|sometimes|now and then|every now and then|from time to time|once in a while|here and there|every so often|rarely)",
            "for (the)? (pain|headaches|headache|emergencies|flare ups) (only)?",
            "in the (spring|summer|winter|fall|autumn)",
        ],
    ),
    (
        Rate::PerDay(1.0),
        &[
            "(daily|nightly|qd|everyday)",
            "(once|one|one time|1) (a|per|every|each|in the)? (day|daily|night|morning|evening)",
            "(every|each) (single)? (day|morning|night|evening|afternoon|bedtime)",
            "(a|per) day",
            "first thing ..4",
            "before (i go to)? (bed|bedtime|sleep|breakfast)",
        ],
    ),
    (
        Rate::PerDay(2.0),
        &[
            "(twice|bid|two times|2 times|2x) (a|per|every|each)? (day|daily)?",
            "(every|each)? (morning|mornings) and (night|evening|bedtime|nights|evenings|at night)",
            "(in the)? morning and (again)? (in the|at)? (night|evening|bedtime)",
            "(with|at|before|after)? (breakfast|lunch) and (with|at|before|after)? (dinner|supper|bedtime|tea)",
            "(every|each) (morning|day) and (every)? (night|evening)",
            "(am|a m) and (pm|p m)",
            "day and night",
        ],
    ),
    (
        Rate::PerDay(3.0),
        &[
            "(three times|thrice|tid|3 times|3x) (a|per|every|each)? (day|daily)?",
            "(morning|breakfast) (noon|midday|lunch|afternoon) and (night|evening|dinner|supper)",
        ],
    ),
    (Rate::PerDay(4.0), &["(four times|qid|4 times|4x) (a|per|every|each)? (day|daily)?"]),
    (Rate::PerDay(5.0), &["(five times|5 times) (a|per|every|each)? (day|daily)?"]),
    (
        Rate::PerDay(0.5),
        &[
            "(every|each) (other|second|2nd) (day|night|morning|evening)",
            "alternate days",
            "every two days",
            "every 2 days",
        ],
    ),
    (
        Rate::PerDay(0.14),
        &[
            "(weekly|once (a|per|every|each) week|one time a week|every week|a week|per week|each week)",
            "(every|on|each) (monday|tuesday|wednesday|thursday|friday|saturday|sunday|mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays)",
            "(mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays)",
            "once weekly",
            "every seven days",
        ],
    ),
    (Rate::PerDay(0.29), &["(twice|two times|2 times) (a|per|every|each)? (week|weekly)"]),
    (Rate::PerDay(0.43), &["(three times|thrice|3 times) (a|per|every|each)? (week|weekly)"]),
    (Rate::PerDay(0.57), &["(four times|4 times) (a|per|every|each)? (week|weekly)"]),
    (
        Rate::PerDay(0.07),
        &[
            "(every|each) (two|other|2|second) (weeks|week)",
            "(biweekly|fortnightly)",
            "(once)? every fortnight",
        ],
    ),
    (
        Rate::PerDay(0.03),
        &["(monthly|once (a|per|every) month|every month|a month|every four weeks|each month)"],
    ),
    (Rate::PerDay(0.01), &["every (three|3) months", "quarterly"]),
    (
        Rate::Time,
        &[
            "(in|at|before|with|for|after|around) (the|my)? (morning|mornings|evening|evenings|night|nights|nighttime|bedtime|noon|midday|lunch|lunchtime|breakfast|dinner|supper|bed|afternoon|teatime|tea)",
            "(bedtime|nighttime|mornings|nights|evenings)",
            "when i (wake up|get up|go to bed|go to sleep)",
            "(morning|evening|night|noon|lunch)",
            "at # (am|pm)",
        ],
    ),
    (
        Rate::Meals,
        &[
            "(with|before|after|at) (each|every|my|all)? (meal|meals|food|mealtimes|mealtime|my meals)",
            "(with|after|before) (i)? (eat|eating)",
        ],
    ),
];

const SPANISH: Table<Rate> = &[
    (
        Rate::Past,
        &["(esta|ayer en la|ayer por la|hoy en la) (manana|tarde|noche)", "(hoy|ayer|anoche|ahorita)"],
    ),
    (
        Rate::AsNeeded,
        &[
            "(cuando|si|solo si|solo cuando|nomas cuando) (lo|la|los|las|me|se|no|tengo|hay|es|esta|haga|hace|necesite|siento|ando|estoy|hace) ..4",
            "(si|cuando) (necesito|necesario|duele|hace falta)",
            "(de vez en cuando|a veces|en caso de|segun (lo)? necesite|por razon necesaria|ocasionalmente|de repente|a demanda|solo para el dolor|para el dolor|rara vez)",
        ],
    ),
    (
        Rate::PerDay(1.0),
        &[
            "(diario|diaria|diariamente|al dia|por dia|a diario|una al dia|cada dia|cada manana|cada noche|cada veinticuatro horas|cada 24 horas|todas las mananas|todas las noches|todos los dias|en ayunas|todas las tardes)",
            "(una vez|1 vez|uno|una) (al|por|cada) (dia|noche)",
            "(antes de|al) (dormir|acostarme|acostarse|dormirme|levantarme|despertar|desayunar|desayuno)",
        ],
    ),
    (
        Rate::PerDay(2.0),
        &[
            "(dos veces|2 veces) (al|por|cada)? (dia)?",
            "(por|en) la (manana|mananas) y (por|en|a)? (la)? (noche|tarde)",
            "(manana|mananas) y (noche|tarde)",
            "cada (doce|12) horas",
            "(con|en|antes del|despues del|con el)? (desayuno|desayunar) y (con|antes de|en)? (la)? (cena|cenar)",
        ],
    ),
    (
        Rate::PerDay(3.0),
        &["(tres veces|3 veces) (al|por|cada)? (dia)?", "cada (ocho|8) horas", "manana tarde y noche"],
    ),
    (Rate::PerDay(4.0), &["(cuatro veces|4 veces) (al|por|cada)? (dia)?", "cada (seis|6) horas"]),
    (Rate::PerDay(6.0), &["cada (cuatro|4) horas"]),
    (
        Rate::PerDay(0.5),
        &[
            "(cada tercer dia|un dia si y (un dia|otro) no|cada dos dias|un dia si un dia no|dias alternos|cada 2 dias)",
        ],
    ),
    (
        Rate::PerDay(0.14),
        &[
            "(semanal|semanalmente|una vez (a la|por) semana|cada semana|a la semana|por semana|cada ocho dias)",
            "(los|cada|el) (lunes|martes|miercoles|jueves|viernes|sabado|sabados|domingo|domingos)",
        ],
    ),
    (Rate::PerDay(0.29), &["(dos|2) veces (a la|por) semana"]),
    (Rate::PerDay(0.43), &["(tres|3) veces (a la|por) semana"]),
    (Rate::PerDay(0.07), &["cada (quince dias|15 dias|dos semanas|quincena)", "quincenal"]),
    (Rate::PerDay(0.03), &["(mensual|una vez al mes|cada mes|al mes|por mes)"]),
    (
        Rate::Time,
        &[
            "(por|en|a|de) (la|las) (manana|mananas|noche|noches|tarde|tardes)",
            "(antes|despues) del (desayuno|almuerzo|mediodia)",
            "(al|a|con|antes de|despues de|en) (el|la)? (mediodia|desayuno|comida|almuerzo|cena|acostarme|dormir|desayunar|cenar|almorzar)",
        ],
    ),
    (
        Rate::Meals,
        &["(con|antes de|despues de) (cada|las|todas las) (comida|comidas|alimentos)", "con los alimentos"],
    ),
];

static OFTEN: LazyLock<[Phrases<Rate>; 2]> =
    LazyLock::new(|| [Phrases::new(&[ENGLISH]), Phrases::new(&[SPANISH])]);

/// Every frequency in the words. "Every six hours", "two or three times a day" and "one a day" are computed.
pub(super) fn often(words: &[Word], tongue: Tongue) -> Vec<Often> {
    let mut out: Vec<Often> = Vec::new();
    for number in number::together(words, &number::numbers(words, tongue)) {
        let number = number::before_times(words, number, tongue).map_or(number, |(_, times)| times);
        let (value, last) = (number.value, number.last);
        let per = |rate: f64, first: usize, last: usize| Often {
            first,
            last,
            rate: Rate::PerDay((rate * 100.0).round() / 100.0),
        };
        let every = number
            .first
            .checked_sub(1)
            .filter(|before| is_any(words, *before, &["every", "each", "cada", "q"]));
        let unit = |names: &[&str]| is_any(words, last + 1, names);
        match every {
            Some(before) if unit(&["hours", "hour", "hrs", "hr", "horas", "hora", "h"]) && value > 0.0 => {
                out.push(per(24.0 / value, before, last + 1))
            }
            Some(before) if unit(&["days", "day", "dias", "dia"]) && value > 0.0 => {
                out.push(per(1.0 / value, before, last + 1))
            }
            Some(before) if unit(&["weeks", "week", "semanas", "semana"]) && value > 0.0 => {
                out.push(per(1.0 / (7.0 * value), before, last + 1))
            }
            Some(before) if unit(&["months", "month", "meses", "mes"]) && value > 0.0 => {
                out.push(per(1.0 / (30.4375 * value), before, last + 1))
            }
            _ => {}
        }
        let times = unit(&["times", "time", "veces", "vez"]);
        let over = |at: usize| {
            let article = is_any(words, at, &["a", "per", "each", "every", "al", "por", "in", "the", "cada"]);
            let at = at
                + usize::from(article)
                + usize::from(starts(words, at, &["a", "la"]) || starts(words, at, &["por", "la"]));
            let days = match words.get(at).map(|word| word.text.as_str()) {
                Some("day" | "daily" | "dia" | "diario" | "diarias" | "diarios") => 1.0,
                Some("week" | "weekly" | "semana") => 7.0,
                Some("month" | "mes") => 30.4375,
                _ => return None,
            };
            Some((
                days,
                at,
                article || matches!(words[at].text.as_str(), "daily" | "weekly" | "diarias" | "diarios"),
            ))
        };
        if times && let Some((days, end, _)) = over(last + 2) {
            out.push(per(value / days, number.first, end));
        } else if !times
            && number.form != Form::Digits
            && value < 7.0
            && value.fract() == 0.0
            // "Amlodipine five every day" is a dose and a day.
            && !is_any(words, last + 1, &["every", "each", "cada"])
            && let Some((days, end, true)) = over(last + 1)
            && number.form != Form::Article
        {
            // "One a day", "two daily": so many times, unless a dose says otherwise.
            out.push(per(value / days, number.first, end));
        }
    }
    for found in tongue.pick(&OFTEN[0], &OFTEN[1]).find(words) {
        if !out.iter().any(|often| often.first <= found.last && found.first <= often.last) {
            out.push(Often { first: found.first, last: found.last, rate: found.means });
        }
    }
    out.sort_by_key(|often| often.first);
    out
}

/// Every dose in the words, outside what says how often.
pub(super) fn doses(words: &[Word], tongue: Tongue, taken: &[bool]) -> Vec<Dose> {
    let mut out = Vec::new();
    let mut point = leading_points(words, tongue);
    let mut said = amount::amounts(words, tongue);
    said.retain(|amount| !point.iter().any(|own| own.first <= amount.last && amount.first <= own.last));
    said.append(&mut point);
    // "Five hundred two times a day".
    for number in number::together(words, &number::numbers(words, tongue)) {
        if let Some((dose, _)) = number::before_times(words, number, tongue) {
            said.retain(|amount| amount.first != number.first);
            said.push(dose.into());
        }
    }
    said.sort_by_key(|amount| amount.first);
    for amount in said {
        let over_rate = (amount.first..=amount.last).all(|word| taken[word]);
        let unit = unit_after(words, amount.last);
        if over_rate && unit.is_none() {
            continue;
        }
        let half_of = amount.form == Form::Word && amount.low == 0.5;
        if let Some((code, last)) = unit {
            let named = number_of_name(words, amount.first);
            if !named {
                let pieces = code.starts_with('{') || code == "[drp]";
                out.push(Dose {
                    first: amount.first,
                    last,
                    quantity: Quantity { value: amount.value(), unit: Some(code.to_owned()) },
                    pieces,
                });
            }
            continue;
        }
        let ordinary = matches!(amount.form, Form::Digits | Form::Word) && amount.low > 0.0 && !half_of;
        let both = amount.first > 0 && is_any(words, amount.first - 1, &["los", "las"]) && amount.low == 2.0;
        if both {
            continue;
        }
        let elsewhere = is_any(
            words,
            amount.last + 1,
            &[
                "times",
                "time",
                "a",
                "per",
                "hours",
                "veces",
                "vez",
                "al",
                "por",
                "days",
                "weeks",
                "months",
                "years",
                "dias",
                "semanas",
                "meses",
                "anos",
                "of",
                "de",
                "different",
                "others",
                "other",
                "medicines",
                "oclock",
                "am",
                "pm",
                "minutes",
            ],
        );
        // "A hundred of losartan".
        let of = is_any(words, amount.last + 1, &["of", "de"]) && amount.low >= 5.0;
        let counted = of || is_any(words, amount.last + 1, &["a", "al", "por", "per"]);
        let ordinary = ordinary || of && amount.form == Form::Article;
        if ordinary && (!elsewhere || counted && amount.low > 6.0) && !number_of_name(words, amount.first) {
            out.push(Dose {
                first: amount.first,
                last: amount.last,
                quantity: Quantity { value: amount.value(), unit: None },
                pieces: amount.low < 5.0,
            });
        }
    }
    out
}

/// "Point four", ".4".
fn leading_points(words: &[Word], tongue: Tongue) -> Vec<amount::Amount> {
    let mut out = Vec::new();
    for at in 0..words.len() {
        let led = is_any(words, at, &["point", "punto"])
            && (at == 0 || !number::numbers(&words[..at], tongue).iter().any(|number| number.last + 1 == at));
        if led && let Some((value, last)) = number::decimals(words, at + 1, tongue) {
            out.push(amount::Amount { first: at, last, low: value, high: value, form: Form::Word });
        }
    }
    out
}

fn unit_after(words: &[Word], last: usize) -> Option<(&'static str, usize)> {
    let mut at = last + 1;
    while is_any(words, at, &["of", "a", "de", "and"]) && at < last + 2 {
        at += 1;
    }
    if starts(words, at, &["international", "units"]) || starts(words, at, &["unidades", "internacionales"]) {
        return Some(("[iU]", at + 1));
    }
    let text = words.get(at)?.text.as_str();
    UNITS.iter().find(|(_, names)| names.contains(&text)).map(|(code, _)| (*code, at))
}

/// Whether the number belongs to a name: "vitamin B twelve", "omega three".
fn number_of_name(words: &[Word], first: usize) -> bool {
    first > 0 && is_any(words, first - 1, &["b", "omega", "type", "tipo", "q"])
}
