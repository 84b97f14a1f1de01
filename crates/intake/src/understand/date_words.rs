//! The names of days, months, feasts and times near today.

use domain::Language;

use super::calendar::Feast;
use super::said::Table;

/// The names of the months, in lower case; `None` in languages that are not understood.
pub(crate) fn months(language: &Language) -> Option<[&'static str; 12]> {
    match language.primary() {
        "en" => Some(MONTHS_EN.map(|names| names[0])),
        "es" => Some(MONTHS_ES.map(|names| names[0])),
        _ => None,
    }
}

pub(super) const MONTHS_EN: [&[&str]; 12] = [
    &["january", "jan"],
    &["february", "feb", "febuary"],
    &["march", "mar"],
    &["april", "apr"],
    &["may"],
    &["june", "jun"],
    &["july", "jul"],
    &["august", "aug"],
    &["september", "sept", "sep"],
    &["october", "oct"],
    &["november", "nov"],
    &["december", "dec"],
];

pub(super) const MONTHS_ES: [&[&str]; 12] = [
    &["enero"],
    &["febrero"],
    &["marzo"],
    &["abril"],
    &["mayo"],
    &["junio"],
    &["julio"],
    &["agosto"],
    &["septiembre", "setiembre"],
    &["octubre"],
    &["noviembre"],
    &["diciembre"],
];

/// From Monday.
pub(super) const WEEKDAYS_EN: [&[&str]; 7] = [
    &["monday", "mon", "mondays"],
    &["tuesday", "tue", "tues", "tuesdays"],
    &["wednesday", "wed", "weds", "wednesdays"],
    &["thursday", "thu", "thur", "thurs", "thursdays"],
    &["friday", "fri", "fridays"],
    &["saturday", "saturdays"],
    &["sunday", "sundays"],
];

pub(super) const WEEKDAYS_ES: [&[&str]; 7] =
    [&["lunes"], &["martes"], &["miercoles"], &["jueves"], &["viernes"], &["sabado"], &["domingo"]];

/// A time near today.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Near {
    /// So many days on, how sure.
    Days(i64, f64),
    /// So many months on.
    Months(i32),
    /// So many years on.
    Years(i32),
    /// The Saturday of the last weekend.
    Weekend,
    /// The last weekend or the one before it.
    Feast(Feast),
    /// A season, as its middle month; the year of the last one.
    Season(u8),
}

pub(super) const NEAR_EN: Table<Near> = &[
    (Near::Days(-2, 0.95), &["(the)? day before yesterday", "night before last"]),
    (Near::Days(-1, 0.96), &["yesterday (morning|afternoon|evening|night)?"]),
    (Near::Days(-1, 0.85), &["last (night|evening)", "the night before"]),
    (
        Near::Days(0, 0.96),
        &["today", "(early|late|earlier)? this (morning|afternoon|evening)", "tonight", "earlier today"],
    ),
    (
        Near::Days(0, 0.85),
        &["just now", "right now", "(a few|few|couple|couple of|some) (minutes|hours) ago", "an hour ago"],
    ),
    (Near::Days(2, 0.95), &["(the)? day after tomorrow"]),
    (Near::Days(1, 0.96), &["tomorrow (morning|afternoon|evening|night)?"]),
    (Near::Days(-7, 0.72), &["(some time|sometime)? last week", "the week before"]),
    (Near::Days(-14, 0.72), &["(the)? week before last"]),
    (Near::Days(7, 0.72), &["next week"]),
    (Near::Months(-1), &["last month"]),
    (Near::Months(-2), &["(the)? month before last"]),
    (Near::Months(0), &["this month", "earlier this month"]),
    (Near::Months(1), &["next month"]),
    (Near::Years(-1), &["last year"]),
    (Near::Years(-2), &["(the)? year before last"]),
    (Near::Years(0), &["(earlier|early|late)? this year"]),
    (Near::Years(1), &["next year"]),
    (Near::Weekend, &["(last|this|this past|over the|on the|at the|the|past) weekend"]),
    (Near::Feast(Feast::On(12, 25)), &["(christmas|xmas) (day)?"]),
    (Near::Feast(Feast::On(12, 24)), &["christmas eve"]),
    (Near::Feast(Feast::On(12, 31)), &["new (years|year) eve"]),
    (Near::Feast(Feast::On(1, 1)), &["new (years|year) (day)?"]),
    (Near::Feast(Feast::On(10, 31)), &["halloween"]),
    (Near::Feast(Feast::On(2, 14)), &["valentines (day)?"]),
    (Near::Feast(Feast::On(3, 17)), &["(st|saint) (patricks|paddys) (day)?"]),
    (Near::Feast(Feast::Nth(4, 3, 11)), &["thanksgiving (day)?"]),
    (Near::Feast(Feast::Nth(1, 0, 9)), &["(labor|labour) day"]),
    (Near::Feast(Feast::Nth(-1, 0, 5)), &["memorial day"]),
    (Near::Feast(Feast::Easter), &["easter (sunday)?"]),
    (Near::Season(7), &["(last|this|this past|over the|in the) summer"]),
    (Near::Season(4), &["(last|this|this past|in the) spring"]),
    (Near::Season(10), &["(last|this|this past|in the) (fall|autumn)"]),
    (Near::Season(1), &["(last|this|this past|over the|in the) winter"]),
];

pub(super) const NEAR_ES: Table<Near> = &[
    (Near::Days(-2, 0.95), &["(antier|anteayer|antes de ayer|antiayer|antes ayer|antes de anoche)"]),
    (Near::Days(-1, 0.96), &["ayer (en|por|a)? (la)? (manana|tarde|noche|mediodia)?"]),
    (Near::Days(-1, 0.85), &["anoche"]),
    (
        Near::Days(0, 0.96),
        &[
            "hoy (en|por)? (la)? (manana|tarde|noche)?",
            "(esta|hoy en la) (manana|tarde|noche|madrugada)",
            "hoy mismo",
        ],
    ),
    (
        Near::Days(0, 0.85),
        &[
            "(ahora|ahorita) (mismo)?",
            "hace (un)? (ratito|momentito|momento)",
            "hace (un|una|unas|pocas|un par de) (minutos|hora|horas)",
        ],
    ),
    (Near::Days(2, 0.95), &["pasado manana"]),
    (Near::Days(1, 0.96), &["manana (en|por)? (la)? (manana|tarde|noche)?"]),
    (Near::Days(-7, 0.72), &["la semana (pasada|anterior)"]),
    (Near::Days(-14, 0.72), &["la semana (antepasada|de antepasada)"]),
    (Near::Days(7, 0.72), &["la (proxima semana|semana que viene|semana proxima|semana entrante)"]),
    (Near::Months(-1), &["el mes (pasado|anterior)", "(del|de) mes pasado"]),
    (Near::Months(-2), &["el mes antepasado"]),
    (Near::Months(0), &["este mes"]),
    (Near::Months(1), &["el (proximo mes|mes que viene|mes proximo|mes entrante)"]),
    (Near::Years(-1), &["(el|del)? ano (pasado|anterior)"]),
    (Near::Years(-2), &["(el|del)? ano antepasado"]),
    (Near::Years(0), &["(a principios de)? este ano"]),
    (Near::Years(1), &["(el|del)? (proximo ano|ano que viene|ano proximo|ano entrante)"]),
    (Near::Weekend, &["(el|este|en el|durante el) (pasado)? fin de semana (pasado)?"]),
    (Near::Feast(Feast::On(12, 25)), &["(la)? (navidad|navidades)"]),
    (Near::Feast(Feast::On(12, 24)), &["(la)? nochebuena"]),
    (Near::Feast(Feast::On(12, 31)), &["(fin de ano|nochevieja|ano viejo)"]),
    (Near::Feast(Feast::On(1, 1)), &["ano nuevo"]),
    (Near::Feast(Feast::On(1, 6)), &["(dia de)? (los)? reyes"]),
    (Near::Feast(Feast::On(11, 2)), &["dia de (los)? muertos"]),
    (Near::Feast(Feast::Easter), &["(semana santa|pascua)"]),
    (Near::Season(7), &["(el|este|en)? verano (pasado)?"]),
    (Near::Season(4), &["(la|esta|en)? primavera (pasada)?"]),
    (Near::Season(10), &["(el|este|en)? otono (pasado)?"]),
    (Near::Season(1), &["(el|este|en)? invierno (pasado)?"]),
];
