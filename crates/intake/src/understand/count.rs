//! How many: counts, decimals, scales.

use std::sync::LazyLock;

use super::Heard;
use super::amount::{self, Amount};
use super::answer::Value;
use super::asked::Asked;
use super::duration;
use super::filler;
use super::measure;
use super::moment::{down_to, time_of, worst_asked};
use super::number::{self, Form};
use super::people;
use super::said::{Phrases, Tongue, is_any, span, starts};
use super::yesno;
use crate::redflag::words::{Mark, Word};
use crate::unit;

/// What a number must be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Limits {
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
    /// Whether it is a whole number.
    pub(super) whole: bool,
}

/// One number between the limits.
pub(super) fn read(asked: &Asked, words: &[Word], tongue: Tongue, limits: Limits) -> Option<Heard> {
    let counted: Vec<Word> = words.iter().map(|word| times_as_numbers(word, tongue)).collect();
    let words = counted.as_slice();
    if let Some(people) = people::counted(asked, words, tongue) {
        return Some(people);
    }
    let mut all = amount::amounts(words, tongue);
    with_halves(asked, words, &mut all);
    if asked.says(&["cigarettes", "cigarrillos", "cigarros"])
        && !asked.says(&["packs", "packets", "cajetillas", "paquetes"])
        && let Some(packs) = packs(words, &all)
    {
        return Some(packs);
    }
    if !limits.whole {
        all = with_decimals(words, all);
    }
    if asked.scale {
        // "It hurts a lot" holds no one.
        all.retain(|amount| amount.form != Form::Article);
    }
    let scaled: Vec<bool> = (0..all.len()).map(|index| out_of(words, &all[index], index, &all)).collect();
    let mut scaled = scaled.into_iter();
    all.retain(|_| !scaled.next().unwrap_or(false));
    // "Not even a one, more like zero".
    if all.iter().any(|amount| !amount::denied(words, amount)) {
        all.retain(|amount| !amount::denied(words, amount));
    }
    let mut best: Option<(f64, Amount)> = None;
    for amount in &all {
        if pronoun(words, amount) || aged(words, amount, asked) {
            continue;
        }
        let (amount, sure) = weighed(asked, words, tongue, limits, *amount, &all);
        if best.as_ref().is_none_or(|(best, _)| sure > *best + 1e-9) {
            best = Some((sure, amount));
        }
    }
    let Some((mut sure, mut amount)) = best else { return without_number(asked, words, tongue, limits) };
    // "One sixty three", of metres.
    if let Some(max) = limits.max.filter(|max| !limits.whole && *max < 10.0)
        && (100.0..max * 100.0).contains(&amount.low)
        && amount.low == amount.high
        && asked.says(&["metres", "meters", "metros", "tall", "height", "mide", "estatura", "altura"])
    {
        amount.low /= 100.0;
        amount.high = amount.low;
        sure = 0.82;
    }
    if let Some((sum, last)) = summed(asked, words, tongue, &all) {
        (amount.first, amount.last, amount.low, amount.high) = (all[0].first, last, sum, sum);
        sure = 0.76;
        all.clear();
    }
    let others = all
        .iter()
        .filter(|other| other.last < amount.first || other.first > amount.last)
        .filter(|other| {
            other.form != Form::Article
                && !pronoun(words, other)
                && !belongs_elsewhere(words, other, asked, tongue)
        })
        .count();
    let mut covered = vec![false; words.len()];
    (amount.first..=amount.last).for_each(|word| covered[word] = true);
    // "Out of ten".
    let scale =
        number::numbers(words, tongue).into_iter().filter(|number| number.value == 10.0 && asked.scale);
    scale.for_each(|number| (number.first..=number.last).for_each(|word| covered[word] = true));
    for (word, covered) in words.iter().zip(&mut covered) {
        *covered |= asked.mentions(&word.text);
    }
    let left = filler::left_over(words, &covered, tongue);
    let rest = filler::after(left) * filler::hedged(words, tongue) * if others > 0 { 0.8 } else { 1.0 };
    Some(Heard {
        range: amount.range(),
        ..Heard::new(Value::Number(amount.value()), sure * rest, span(words, amount.first, amount.last))
    })
}

/// "A litre and a half", "litro y medio": the half belongs to the one.
fn with_halves(asked: &Asked, words: &[Word], all: &mut Vec<Amount>) {
    const HALVES: &[&[&str]] = &[&["and", "a", "half"], &["y", "medio"], &["y", "media"]];
    for at in 0..words.len() {
        let Some(half) = HALVES.iter().find(|half| starts(words, at + 1, half)) else { continue };
        if !(asked.mentions(&words[at].text) || measure::is_unit(words, at)) {
            continue;
        }
        let whole = all.iter().find(|amount| amount.last + 1 == at).copied();
        let (first, low, high) = whole.map_or((at, 1.0, 1.0), |whole| (whole.first, whole.low, whole.high));
        let last = at + half.len();
        all.retain(|amount| amount.last < first || amount.first > last);
        all.push(Amount { first, last, low: low + 0.5, high: high + 0.5, form: Form::Word });
    }
    all.sort_by_key(|amount| amount.first);
}

/// Cigarettes said in packs, of twenty: 20 is what a pack holds in the United States, the European Union and Latin America.
fn packs(words: &[Word], all: &[Amount]) -> Option<Heard> {
    const PACK: &[&str] =
        &["pack", "packs", "packet", "packets", "cajetilla", "cajetillas", "paquete", "paquetes"];
    let pack = (0..words.len()).find(|&at| is_any(words, at, PACK))?;
    let before = all.iter().rev().find(|amount| amount.last < pack && pack - amount.last <= 2);
    let (mut count, first) = before.map_or((1.0, pack), |amount| (amount.value(), amount.first));
    let half = [&["and", "a", "half"][..], &["y", "media"]].iter().any(|half| starts(words, pack + 1, half));
    count += if half { 0.5 } else { 0.0 };
    Some(Heard::new(Value::Number(count * 20.0), 0.7, span(words, first, pack)))
}

/// "Once", "twice": one and two.
fn times_as_numbers(word: &Word, tongue: Tongue) -> Word {
    let number = match (tongue, word.text.as_str()) {
        (Tongue::English, "once") => "one",
        (Tongue::English, "twice") => "two",
        (Tongue::English, "thrice") => "three",
        _ => return word.clone(),
    };
    Word { text: number.to_owned(), ..word.clone() }
}

/// How surely an amount is the answer; in the unit that is asked for.
fn weighed(
    asked: &Asked,
    words: &[Word],
    tongue: Tongue,
    limits: Limits,
    amount: Amount,
    all: &[Amount],
) -> (Amount, f64) {
    let mut amount = amount;
    let mut sure = amount.sure();
    if let Some(said) = duration::unit_after(words, amount.last, tongue) {
        let age = said.code == "a" && asked.says(&["old", "age", "edad", "anos"]);
        match counted_unit(asked) {
            Some(unit) if unit == said.code => {
                amount.last = said.last;
                with_half(words, &mut amount);
            }
            Some(wanted) => match unit::convert(amount.low * said.size, said.code, wanted) {
                Some(low) if low.fract().abs() < 1e-6 && low >= 1.0 => {
                    amount.high = amount.high / amount.low * low;
                    amount.low = low;
                    amount.last = said.last;
                    sure *= 0.95;
                }
                _ => sure *= 0.5,
            },
            None if age => amount.last = said.last,
            None if asked.scale => sure *= 0.3,
            None => sure *= 0.55,
        }
    }
    if amount.form == Form::Article && all.len() > 1 {
        sure *= 0.3;
    }
    let fits =
        |value: f64| limits.min.is_none_or(|min| value >= min) && limits.max.is_none_or(|max| value <= max);
    if !(fits(amount.low) && fits(amount.high)) {
        sure *= 0.35;
    }
    if amount.form == Form::Word && amount.low == 0.5 && limits.whole {
        sure *= 0.6;
    }
    // "A pack": one, of something else.
    if amount.form == Form::Article
        && words
            .get(amount.last + 1)
            .is_some_and(|next| !filler::is_filler(&next.text, tongue) && !asked.mentions(&next.text))
        && !asked.says(&["children", "kids", "hijos"])
    {
        sure *= 0.6;
    }
    // "Fifty-something"; "born in 1950".
    if is_any(words, amount.last + 1, &["something", "ish", "tantos", "pico"])
        || starts(words, amount.last + 1, &["y", "tantos"])
        || starts(words, amount.last + 1, &["y", "pico"])
    {
        sure *= 0.6;
    }
    if asked.says(&["old", "age", "edad"]) && amount.high > 120.0 {
        sure *= 0.3;
    }
    // "Thirty to": the end of a number that was not heard.
    if number::slip(words.last().map_or("", |word| &word.text), tongue).is_some()
        && amount.last + 2 == words.len()
    {
        sure *= 0.6;
    }
    if asked.scale && is_any(words, amount.last + 1, &["times", "veces", "vez", "time"]) {
        sure *= 0.4;
    }
    if asked.scale && worst_asked(asked) {
        let greatest = all.iter().all(|other| other.high <= amount.high);
        return (amount, if greatest { sure } else { sure * 0.5 });
    }
    // "Five times, but I lost one": what is counted is named.
    let counted = is_any(words, amount.last + 1, &["times", "veces"])
        && (asked.contains(" how many times ") || asked.contains(" cuantas veces "));
    if counted {
        return (amount, sure);
    }
    (amount, sure * down_to(words, &amount).unwrap_or_else(|| time_of(words, &amount, all)))
}

fn with_half(words: &[Word], amount: &mut Amount) {
    for phrase in [&["and", "a", "half"][..], &["y", "media"], &["y", "medio"]] {
        if starts(words, amount.last + 1, phrase) {
            amount.low += 0.5;
            amount.high += 0.5;
            amount.last += phrase.len();
        }
    }
}

/// "Ninety-nine five": a decimal, where decimals are asked for.
fn with_decimals(words: &[Word], all: Vec<Amount>) -> Vec<Amount> {
    let mut out: Vec<Amount> = Vec::new();
    for amount in all {
        let digit =
            (1.0..10.0).contains(&amount.low) && amount.low.fract() == 0.0 && amount.low == amount.high;
        if let Some(last) = out.last_mut()
            && digit
            && amount::beside(words, last, &amount)
            && (last.low >= 10.0 || amount.low > last.low + 1.0 || amount.low <= last.low)
            && last.low.fract() == 0.0
            && last.form != Form::Article
        {
            last.low += amount.low / 10.0;
            last.high = last.low;
            last.last = amount.last;
            continue;
        }
        // "Thirty-eight five, thirty-eight six".
        if let Some(before) = out.last_mut()
            && before.low == before.high
            && amount.low == amount.high
            && amount.low > before.low
            && amount.low <= before.low + 1.0
            && before.last + 1 == amount.first
            && amount.form != Form::Article
        {
            before.high = amount.low;
            before.last = amount.last;
            continue;
        }
        out.push(amount);
    }
    // The fraction of the last number may come after the range was made.
    if let [.., before, last] = out.as_mut_slice()
        && before.low.fract() > 0.0
        && last.low > before.low
        && last.low <= before.low + 1.0
        && before.last + 1 == last.first
    {
        before.high = last.high;
        before.last = last.last;
        out.pop();
    }
    out
}

/// Words that make a number no answer: "this one", "no one", "one of".
fn pronoun(words: &[Word], amount: &Amount) -> bool {
    const HEAP: &[&str] = &[
        "lot",
        "load",
        "bunch",
        "ton",
        "heap",
        "monton",
        "chorro",
        "resto",
        "bola",
        "bastante",
        "pila",
        "reguero",
        "barbaridad",
        "chingo",
    ];
    if amount.form == Form::Article && is_any(words, amount.last + 1, HEAP) {
        return true;
    }
    const BEFORE: &[&str] = &[
        "this", "that", "the", "other", "no", "every", "each", "which", "last", "next", "another", "any",
        "some", "good", "bad",
    ];
    if words[amount.first].text != "one" || amount.first != amount.last {
        return false;
    }
    let only = amount.first > 1 && is_any(words, amount.first - 2, &["just", "only"]);
    amount.first > 0 && is_any(words, amount.first - 1, BEFORE) && !only
        || is_any(words, amount.first + 1, &["of"])
}

/// "Since I was fifteen", "desde los quince": an age, where none is asked for.
fn aged(words: &[Word], amount: &Amount, asked: &Asked) -> bool {
    let first = amount.first;
    let was = first >= 2
        && (starts(words, first - 2, &["i", "was"]) || starts(words, first - 2, &["desde", "los"]));
    was && !asked.says(&["age", "old", "edad", "anos"])
}

/// "Out of ten", "de diez": the scale, not the answer.
fn out_of(words: &[Word], amount: &Amount, index: usize, all: &[Amount]) -> bool {
    let first = amount.first;
    let led = |phrase: &[&str]| first >= phrase.len() && starts(words, first - phrase.len(), phrase);
    let follows = |gap: usize| index > 0 && all[index - 1].last + gap + 1 == first;
    led(&["out", "of"])
        || led(&["sobre", "de"])
        || led(&["sobre"]) && follows(1)
        || led(&["over"]) && follows(1)
        || led(&["de"]) && follows(1) && amount.low == 10.0
        || follows(0)
            && amount.low == 10.0
            && words[first - 1].mark == Mark::Comma
            && amount.form == Form::Digits
}

/// The unit of time that a count is in: "how many days".
fn counted_unit(asked: &Asked) -> Option<&'static str> {
    const UNITS: [(&str, &str); 12] = [
        ("minutes", "min"),
        ("hours", "h"),
        ("days", "d"),
        ("weeks", "wk"),
        ("months", "mo"),
        ("years", "a"),
        ("minutos", "min"),
        ("horas", "h"),
        ("dias", "d"),
        ("semanas", "wk"),
        ("meses", "mo"),
        ("anos", "a"),
    ];
    let counts = |name: &str| {
        ["how many", "cuantos", "cuantas", "number of", "in"]
            .iter()
            .any(|head| asked.contains(&format!(" {head} {name} ")))
    };
    UNITS.iter().find(|(name, _)| counts(name)).map(|(_, code)| *code)
}

/// A number that says something else than what is asked: a time of the day, an age, a length of time.
fn belongs_elsewhere(words: &[Word], amount: &Amount, asked: &Asked, tongue: Tongue) -> bool {
    duration::unit_after(words, amount.last, tongue).is_some() && counted_unit(asked).is_none()
        || is_any(words, amount.last + 1, &["oclock", "am", "pm"])
}

/// "Three boys and a girl", "one in the morning and one after lunch": together.
fn summed(asked: &Asked, words: &[Word], tongue: Tongue, all: &[Amount]) -> Option<(f64, usize)> {
    let counted = asked.contains(" how many ")
        || asked.contains(" cuantos ")
        || asked.contains(" cuantas ")
        || asked.contains(" per day ");
    let [left, right] = all else { return None };
    let and = tongue.pick("and", "y");
    let linked = (left.last + 1..right.first).filter(|&word| words[word].text == and).count() == 1
        && !words[left.last + 1..right.first]
            .iter()
            .any(|word| matches!(word.text.as_str(), "but" | "pero" | "or" | "o"));
    let noun = |amount: &Amount| {
        let next = amount.last + 1;
        next < words.len()
            && words[next].text != and
            && duration::unit_after(words, amount.last, tongue).is_none()
    };
    let plain = |amount: &Amount| amount.low == amount.high && amount.low.fract() == 0.0 && amount.low < 20.0;
    let between = left.last + 2 < right.first;
    (counted && !asked.scale && linked && between && noun(left) && noun(right) && plain(left) && plain(right))
        .then_some((left.low + right.low, right.last))
}

const NONE: &[&str] = &[
    "(none|nothing|zero|nil|zilch|nowt|nadita|nada|ninguno|ninguna|ningun|nunca|never|nobody|nadie)",
    "no (pain|dolor|discomfort|trouble|kids|children|hijos|problem|problems|falls|times|molestia|drinks|cigarettes|siblings)",
    "(not|no) ..2 (at all|para nada)",
    "(not|no) (any|bad|para nada)",
    "(no)? me duele nada",
    "no (tengo|siento|hay) (ningun|nada de|mucho)? (dolor|molestia|molestias)",
    "sin (dolor|molestias)",
    "(dont|do not|havent|not) (have|got|had|feel|feeling|in)? (any)? (pain|discomfort)",
    "(doesnt|does not|isnt|not) (hurt|hurting|any pain)",
    "no (me)? duele",
];
static NONES: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of(NONE, ()));

const GREATEST: &[&str] = &[
    "(the)? worst (pain|ever|possible|imaginable|its|it|ive|i) ..6",
    "(as bad as|as high as) ..5",
    "off the (chart|charts|scale)",
    "(the)? (maximum|max|highest|most|top)",
    "(lo|el) (peor|maximo|mas alto|mas fuerte) ..5",
    "(through the roof|couldnt be worse|unimaginable)",
];
static GREATESTS: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of(GREATEST, ()));

const ALONE: &[&str] = &[
    "(just|only) (me|myself)",
    "(solo|nomas|nada mas)? yo (solo|sola)?",
    "(i live)? (alone|by myself)",
    "(vivo)? (solo|sola)",
];
static ALONES: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of(ALONE, ()));

const EVERY_DAY: &[&str] = &[
    "(every|each) (single)? day",
    "(daily|everyday)",
    "(todos los dias|diario|a diario|cada dia)",
    "(all|the whole) week",
    "toda la semana",
];
static EVERY_DAYS: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of(EVERY_DAY, ()));

/// "None", "the worst I ever had", "just me", "this is my second", "I don't drink".
fn without_number(asked: &Asked, words: &[Word], tongue: Tongue, limits: Limits) -> Option<Heard> {
    let heard = |value: f64, sure: f64, first: usize, last: usize| {
        let fits = limits.min.is_none_or(|min| value >= min) && limits.max.is_none_or(|max| value <= max);
        let covered: Vec<bool> = (0..words.len())
            .map(|word| (first..=last).contains(&word) || asked.mentions(&words[word].text))
            .collect();
        let left = filler::left_over(words, &covered, tongue);
        let sure = sure * filler::after(left) * if fits { 1.0 } else { 0.4 };
        Some(Heard::new(Value::Number(value), sure, span(words, first, last)))
    };
    let people = asked.says(&["people", "personas", "live", "viven", "household"]);
    if people && let Some(found) = ALONES.find(words).first() {
        return heard(1.0, 0.85, found.first, found.last);
    }
    let weekly = asked.contains(" days a week ")
        || asked.contains(" days per week ")
        || asked.contains(" dias a la semana ")
        || asked.contains(" dias por semana ");
    if weekly && let Some(found) = EVERY_DAYS.find(words).first() {
        return heard(7.0, 0.9, found.first, found.last);
    }
    if asked.scale
        && let (Some(found), Some(max)) = (GREATESTS.find(words).first(), limits.max)
    {
        return heard(max, 0.72, found.first, found.last);
    }
    if let Some(found) = NONES.find(words).first() {
        return heard(0.0, 0.88, found.first, found.last);
    }
    let counted = asked.contains(" how many ")
        || asked.contains(" cuant")
        || asked.contains(" number of ")
        || asked.contains(" per day ");
    if !asked.scale && counted {
        if let Some((false, sure, place)) = yesno::plain(words, tongue) {
            let first = words.iter().position(|word| word.start == place.0).unwrap_or_default();
            let last = words.iter().position(|word| word.end == place.1).unwrap_or(first);
            return heard(0.0, sure * 0.88, first, last);
        }
        let ordinal = (0..words.len())
            .find_map(|at| number::ordinal_at(words, at, tongue).map(|(value, last)| (value, at, last)));
        if let Some((value, first, last)) = ordinal {
            return heard(f64::from(value), 0.72, first, last);
        }
    }
    None
}
