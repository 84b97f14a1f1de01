//! Medicines: name, dose, how often; several at once.

mod known;
mod names;
mod taking;

use std::sync::LazyLock;

use domain::{Amount, MedicineMention, Recognised};

use super::Heard;
use super::answer::{Medicine, Quantity, Value};
use super::correct;
use super::filler;
use super::said::{Phrases, Tongue, cut, is_any, span, starts};
use super::yesno;
use crate::redflag::words::{Mark, Word};
use known::{NO_NAMES, known_at};
use taking::{Dose, Often, Rate};

/// A name in the words.
#[derive(Clone, Debug, PartialEq)]
struct Named {
    first: usize,
    last: usize,
    name: String,
    /// Whether it is a known one, and how nearly.
    sure: f64,
}

/// What people call a medicine by where they do not know its name.
const KINDS: &[&str] = &[
    "(blood pressure|pressure|heart|water|cholesterol|thyroid|diabetes|sugar|sleeping|pain|allergy|stomach|anxiety|arthritis|iron|birth control|nerve|gout|migraine|asthma|antidepressant|seizure|acid|reflux|calcium) (pill|pills|tablet|tablets|medicine|medication|meds|med|tabs)",
    "(blood thinner|blood thinners|painkiller|painkillers|antibiotic|antibiotics|antidepressant|antidepressants|statin|steroid|steroids|inhaler|eye drops|nasal spray|sleeping aid|diuretic|laxative|antihistamine|eyedrops)",
    "(pastilla|pastillas|medicina|tabletas) (de|para|del|para la|para el) (la|el)? (presion|azucar|colesterol|tiroides|corazon|dormir|diabetes|dolor|alergia|estomago)",
];
static KIND_PHRASES: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of(KINDS, ()));

const STOPPED: &[&str] = &[
    "(i)? (used to|stopped|quit|no longer|came off|went off|dont|do not|not|never|wasnt|cant|havent) (take|taking|on|use|using|be on|been on|have|taken|need)?",
    "(i)? was (taking|on|using)",
    "(took|taken) me off (of)?",
    "(instead of|rather than|allergic to|switched from|changed from|except|apart from)",
    "(dejado|deje|antes tomaba|ya no|no) (de)? (tomo|tomar|uso|tomaba|tomando)?",
    "(en lugar de|en vez de|antes tomaba|tomaba|alergic*)",
];
static STOPPED_PHRASES: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of(STOPPED, ()));

const STOPPED_AFTER: &[&str] = &[
    "(but|and|then) (i|they|he|she|we|the doctor|my doctor) (stopped|quit|discontinued)",
    "(but|and)? (i|they|he|she|doctor|my doctor|the doctor)? (stopped|quit|came off|took me off|discontinued) (taking)? (it|that|them|those)",
    "(pero|y)? (ya)? (lo|la)? (deje|me lo quitaron|me la quitaron|suspendi|ya no (lo|la)? tomo)",
    "(but)? not (anymore|any more|any longer|now)",
];
static STOPPED_AFTER_PHRASES: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of(STOPPED_AFTER, ()));

const NONE: &[&str] = &[
    "(none|nothing|nada|ninguno|ninguna|ningun medicamento|ninguna medicina|nil)",
    "no (medicines|medicine|medications|medication|meds|pills|drugs|tablets|prescriptions|inhalers|medicamentos|medicinas|pastillas)",
    "(i)? (dont|do not|am not|havent|have not|didnt|never|not) (really|currently|actually)? (take|taking|taken|on|use|using|have|had|need) (any|anything|nothing|none|a thing|medicine|medicines|medication|pills|it|no)",
    "no (tomo|uso|he tomado|estoy tomando|consumo|me he tomado|tome) (nada|ninguno|ninguna|ningun|medicamentos|medicinas)?",
    "not (any|on any|on anything|taking any|taking anything)",
];
static NONE_PHRASES: LazyLock<Phrases<()>> = LazyLock::new(|| Phrases::of(NONE, ()));

/// Whether a known medicine is named.
pub(super) fn names_one(words: &[Word], tongue: Tongue) -> bool {
    (0..words.len()).any(|at| known_at(words, at, tongue).is_some())
}

/// Whether it is said how often something is done.
pub(super) fn says_how_often(words: &[Word], tongue: Tongue) -> bool {
    taking::often(words, tongue).iter().any(|often| often.rate != Rate::Past)
}

/// A list of medicines.
pub(super) fn read(text: &str, words: &[Word], tongue: Tongue) -> Option<Heard> {
    let named = names(text, words, tongue);
    if named.is_empty() {
        return none(words, tongue);
    }
    let around = Around::of(words, tongue, &named);
    let (doses, frequencies, mut taken) = (&around.doses, &around.frequencies, around.taken.clone());
    let stopped = stopped(words, &named);
    let cuts = corrections(words, tongue);
    let mut kept: Vec<(Medicine, &Named, bool)> = Vec::new();
    let mut sure = 0.96_f64;
    let spread = [
        "both",
        "each",
        "all",
        "ambas",
        "ambos",
        "las dos",
        "los dos",
        "todas",
        "todos",
        "cada una",
        "cada uno",
        "all of them",
    ];
    for (index, name) in named.iter().enumerate() {
        let (own, rates) = around.about(words, &named, index);
        if stopped[index] {
            continue;
        }
        let dose = best_dose(&own, &cuts);
        let per_day = rate(&rates, &cuts);
        // "Forty in the morning and twenty at night": not one dose.
        let strengths = |dose: &&&Dose| !dose.pieces || dose.quantity.unit.is_some();
        let mut strong = own.iter().filter(strengths);
        let differ = strong.next().is_some_and(|first| {
            strong.any(|other| other.pieces == first.pieces && other.quantity != first.quantity)
        });
        if differ && cuts.is_empty() {
            sure *= 0.7;
        }
        let unsure =
            own.len() > 2 || dose.as_ref().is_some_and(|dose| dose.unit.is_none() && dose.value > 5000.0);
        if unsure {
            sure *= 0.8;
        }
        sure = sure.min(name.sure);
        let as_needed = rates.iter().any(|often| often.rate == Rate::AsNeeded);
        kept.push((
            Medicine { name: name.name.clone(), dose, per_day: if as_needed { None } else { per_day } },
            name,
            as_needed,
        ));
    }
    // "Lisinopril, sorry, losartan": the one corrected is not taken.
    kept.retain(|(_, name, _)| !cuts.iter().any(|&(first, last)| replaces(words, &named, name, first, last)));
    if let Some(at) = (0..words.len())
        .find(|&at| spread.iter().any(|phrase| starts(words, at, &phrase.split(' ').collect::<Vec<_>>())))
        && let Some(shared) = frequencies.iter().find(|often| {
            often.first > at && !named.iter().any(|name| name.first > at && name.first < often.first)
        })
        && let Some(rate) = rate(&[shared], &[])
    {
        kept.iter_mut()
            .filter(|(_, name, as_needed)| name.last < at && !as_needed)
            .for_each(|(medicine, ..)| medicine.per_day = medicine.per_day.or(Some(rate)));
    }
    if kept.is_empty() {
        return Some(Heard::new(
            Value::Medicines(Vec::new()),
            0.6,
            span(words, named[0].first, named[0].last),
        ));
    }
    doses.iter().for_each(|dose| (dose.first..=dose.last).for_each(|word| taken[word] = true));
    for found in KIND_PHRASES.find(words) {
        (found.first..=found.last).for_each(|word| taken[word] = true);
    }
    let left = filler::left_over(words, &taken, tongue);
    let first = kept.iter().map(|(_, name, _)| name.first).min().unwrap_or_default();
    let last = kept.iter().map(|(_, name, _)| name.last).max().unwrap_or_default();
    let first = doses.iter().map(|dose| dose.first).chain([first]).min().unwrap_or_default();
    let last = doses
        .iter()
        .map(|dose| dose.last)
        .chain(frequencies.iter().map(|often| often.last))
        .chain([last])
        .max()
        .unwrap_or_default();
    let confidence = sure * filler::after(left);
    Some(Heard::new(
        Value::Medicines(kept.into_iter().map(|(medicine, ..)| medicine).collect()),
        confidence,
        span(words, first, last),
    ))
}

/// The doses and frequencies that stand around names.
struct Around {
    frequencies: Vec<Often>,
    doses: Vec<Dose>,
    /// The words that are names or say how often.
    taken: Vec<bool>,
    dose_first: bool,
}

impl Around {
    fn of(words: &[Word], tongue: Tongue, named: &[Named]) -> Self {
        let frequencies = taking::often(words, tongue);
        let mut taken = vec![false; words.len()];
        for often in &frequencies {
            (often.first..=often.last).for_each(|word| taken[word] = true);
        }
        for name in named {
            (name.first..=name.last).for_each(|word| taken[word] = true);
        }
        let doses = taking::doses(words, tongue, &taken);
        let first = named.first().map_or(0, |name| name.first);
        let dose_first = doses.first().is_some_and(|dose| dose.last < first);
        Self { frequencies, doses, taken, dose_first }
    }

    /// What is said of one of the names.
    fn about(&self, words: &[Word], named: &[Named], index: usize) -> (Vec<&Dose>, Vec<&Often>) {
        let name = &named[index];
        let from = if index == 0 { 0 } else { named[index - 1].last + 1 };
        let until = named.get(index + 1).map_or(words.len(), |next| next.first);
        let own = |first, last, dose_first| belongs(words, first, last, name, (from, until), dose_first);
        let doses = self.doses.iter().filter(|dose| own(dose.first, dose.last, self.dose_first)).collect();
        let rates = self.frequencies.iter().filter(|often| own(often.first, often.last, false)).collect();
        (doses, rates)
    }
}

/// How sure a name is at most that is not known.
const UNKNOWN_SURE: f64 = 0.7;

/// Words between a name and what is said of it, in a conversation that goes on to other things.
const NEAR: usize = 8;

/// The medicines that are named in passing. Unlike an answer to "what do you take?", the text speaks of other things too: only
/// what stands near a name is said of it.
pub(super) fn mentioned(text: &str, words: &[Word], tongue: Tongue) -> Vec<MedicineMention> {
    let mut named = names(text, words, tongue);
    // "Last month, forty milligrams": what is not known stands right before its dose.
    named.retain(|name| name.sure > UNKNOWN_SURE || words[name.last].mark == Mark::None);
    let around = Around::of(words, tongue, &named);
    let stopped = stopped(words, &named);
    let cuts = corrections(words, tongue);
    let replaced =
        |name: &Named| cuts.iter().any(|&(first, last)| replaces(words, &named, name, first, last));
    let mut all = Vec::new();
    for (index, name) in named.iter().enumerate().filter(|(_, name)| !replaced(name)) {
        let (mut own, _) = around.about(words, &named, index);
        let until = named.get(index + 1).map_or(words.len(), |next| next.first);
        // "When it hurts" takes in what follows, up to the next name at most.
        let mut rates: Vec<Often> = around
            .frequencies
            .iter()
            .map(|often| Often {
                last: often.last.min(if often.first < until { until - 1 } else { often.last }),
                ..*often
            })
            .filter(|often| {
                let from = if index == 0 { 0 } else { named[index - 1].last + 1 };
                belongs(words, often.first, often.last, name, (from, until), false)
            })
            .collect();
        own.retain(|dose| is_near(words, name, (name.last, dose.first, dose.last)));
        let end = own.iter().map(|dose| dose.last).chain([name.last]).max().unwrap_or(name.last);
        rates
            .retain(|often| often.rate != Rate::Past && is_near(words, name, (end, often.first, often.last)));
        let reach = rates.iter().map(|often| often.last).chain([end]).max().unwrap_or(end);
        let cuts: Vec<_> =
            cuts.iter().filter(|(first, _)| (name.first..=reach).contains(first)).copied().collect();
        let as_needed = rates.iter().any(|often| often.rate == Rate::AsNeeded);
        let after = cuts.last().map_or(0, |&(_, last)| last);
        let said: Vec<String> = rates
            .iter()
            .filter(|often| often.first >= after || rates.iter().all(|often| often.first < after))
            .map(|often| cut(text, span(words, often.first, often.last)))
            .collect();
        all.push(MedicineMention {
            span: span(words, name.first, name.last),
            name: name.name.clone(),
            named: match name.sure {
                sure if sure > 0.95 => Recognised::Exactly,
                sure if sure > UNKNOWN_SURE => Recognised::Nearly,
                _ => Recognised::Unknown,
            },
            dose: best_dose(&own, &cuts).map(|dose| Amount { value: dose.value, unit: dose.unit }),
            often: (!said.is_empty()).then(|| said.join(", ")),
            per_day: if as_needed { None } else { rate(&rates.iter().collect::<Vec<_>>(), &cuts) },
            as_needed,
            not_taken: stopped[index],
        });
    }
    all
}

/// Whether what stands from `first` to `last` is near a name, or near `end`, where what was said of it so far ends.
fn is_near(words: &[Word], name: &Named, (end, first, last): (usize, usize, usize)) -> bool {
    if last < name.first {
        return name.first - last <= NEAR / 2 && (last..name.first).all(|word| words[word].mark < Mark::Stop);
    }
    if first <= end {
        return true;
    }
    // One sentence may end between: "I take metformin. Five hundred."
    let stop = (end..first).rev().find(|word| words[*word].mark >= Mark::Stop);
    let stops = (end..first).filter(|word| words[*word].mark >= Mark::Stop).count();
    first - end <= NEAR && stops <= 1 && stop.is_none_or(|stop| first - stop <= NEAR / 2)
}

/// "None", "I don't take any".
fn none(words: &[Word], tongue: Tongue) -> Option<Heard> {
    let empty = |confidence: f64, place: (u32, u32)| {
        Some(Heard::new(Value::Medicines(Vec::new()), confidence, place))
    };
    if let Some(found) = NONE_PHRASES.find(words).first() {
        let covered: Vec<bool> = (0..words.len()).map(|word| found.covers(word)).collect();
        let left = filler::left_over(words, &covered, tongue);
        return empty(0.93 * filler::after(left), span(words, found.first, found.last));
    }
    let denied = yesno::plain(words, tongue)?;
    (!denied.0).then(|| empty(0.85 * denied.1, denied.2)).flatten()
}

/// The names in the words, known ones first, then what stands where a name stands.
fn names(text: &str, words: &[Word], tongue: Tongue) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match known_at(words, at, tongue) {
            Some(named) => {
                at = named.last + 1;
                found.push(named);
            }
            None => at += 1,
        }
    }
    if found.is_empty() {
        found.extend(KIND_PHRASES.find(words).into_iter().map(|kind| Named {
            first: kind.first,
            last: kind.last,
            name: cut(text, span(words, kind.first, kind.last)).to_lowercase(),
            sure: 0.62,
        }));
    }
    found.extend(unknown_names(text, words, tongue, &found));
    found.sort_by_key(|named| named.first);
    // "Insulina Lantus" is one.
    let kinds: Vec<usize> = (0..found.len())
        .filter(|&at| matches!(found[at].name.as_str(), "insulin" | "insulina"))
        .filter(|&at| {
            let after = found.get(at + 1).is_some_and(|next| next.first == found[at].last + 1);
            let before = at > 0 && found[at - 1].last + 1 == found[at].first;
            let joined = |word: usize| words[word].mark == Mark::None;
            after && joined(found[at].last) || before && joined(found[at - 1].last)
        })
        .collect();
    let mut index = 0;
    found.retain(|_| {
        index += 1;
        !kinds.contains(&(index - 1))
    });
    found
}

/// How the names of medicines end.
const ENDINGS: &[&str] = &[
    "in", "ol", "ide", "ine", "one", "pril", "tan", "ate", "cin", "zole", "pam", "lam", "mab", "nib", "vir",
    "tide", "gliptin", "flozin", "statin", "ex", "ax", "ix", "ra", "or", "ina", "ida", "ona", "ato", "il",
];

/// Names that are not known: what stands before a dose, or in a list and sounds like one. Never sure.
fn unknown_names(text: &str, words: &[Word], tongue: Tongue, known: &[Named]) -> Vec<Named> {
    let mut taken = vec![false; words.len()];
    taking::often(words, tongue)
        .iter()
        .for_each(|often| (often.first..=often.last).for_each(|word| taken[word] = true));
    let doses = taking::doses(words, tongue, &taken);
    known.iter().for_each(|name| (name.first..=name.last).for_each(|word| taken[word] = true));
    doses.iter().for_each(|dose| (dose.first..=dose.last).for_each(|word| taken[word] = true));
    let kinds = KIND_PHRASES.find(words);
    let candidate = |at: usize| {
        let word = words[at].text.as_str();
        !taken[at]
            && word.len() > 4
            && !filler::is_filler(word, tongue)
            && !NO_NAMES.contains(&word)
            && word.bytes().all(|byte| byte.is_ascii_alphabetic())
            && !kinds.iter().any(|kind| kind.covers(at))
    };
    let after_name = |at: usize| {
        at > 0 && words[at - 1].mark == Mark::None && known.iter().any(|name| name.last + 1 == at)
    };
    let dosed = |at: usize| doses.iter().any(|dose| dose.first == at + 1 && dose.quantity.unit.is_some());
    let listed = |at: usize| {
        let before = at == 0
            || is_any(words, at - 1, &["and", "y", "the", "la", "el", "plus", "take", "tomo"])
            || words[at - 1].mark >= Mark::Comma;
        let after =
            at + 1 == words.len() || is_any(words, at + 1, &["and", "y"]) || words[at].mark >= Mark::Comma;
        !known.is_empty() && before && after && ENDINGS.iter().any(|ending| words[at].text.ends_with(ending))
    };
    (0..words.len())
        .filter(|&at| candidate(at) && !after_name(at) && (dosed(at) || listed(at)))
        .map(|at| Named {
            first: at,
            last: at,
            name: cut(text, span(words, at, at)).to_lowercase(),
            sure: 0.6,
        })
        .collect()
}

/// Whether a dose or frequency is about this name: what follows it, up to the next; before it what leads to it with "of", or
/// everything where the doses come first.
fn belongs(
    words: &[Word],
    first: usize,
    last: usize,
    name: &Named,
    (from, until): (usize, usize),
    dose_first: bool,
) -> bool {
    if first > name.last && last < until {
        let to_next = until < words.len() && leads_to(words, last, until, dose_first);
        return !to_next;
    }
    last < name.first && first >= from && (from == 0 || leads_to(words, last, name.first, dose_first))
}

/// Whether only "of" or, where doses come first, nothing stands between a dose and the name after it.
fn leads_to(words: &[Word], last: usize, name: usize, dose_first: bool) -> bool {
    const BETWEEN: &[&str] = &["of", "the", "my", "de", "la", "el", "extra", "strength", "baby"];
    let near = words[last].mark == Mark::None
        && last < name
        && name - last <= 4
        && (last + 1..name).all(|word| is_any(words, word, BETWEEN) && words[word].mark == Mark::None);
    near && (dose_first || (last + 1..name).any(|word| is_any(words, word, &["of", "de"])))
}

/// Of several doses what each is: what was corrected last, else how strong it is, else how many pieces.
fn best_dose(own: &[&Dose], cuts: &[(usize, usize)]) -> Option<Quantity> {
    let corrected = cuts.last().and_then(|&(_, last)| own.iter().rev().find(|dose| dose.first > last));
    if let Some(dose) = corrected {
        let before = own.iter().rev().find(|other| other.last < dose.first && other.quantity.unit.is_some());
        let unit =
            dose.quantity.unit.clone().or_else(|| before.and_then(|before| before.quantity.unit.clone()));
        return Some(Quantity { value: dose.quantity.value, unit });
    }
    let strength = own.iter().find(|dose| !dose.pieces && dose.quantity.unit.is_some());
    let bare = own.iter().find(|dose| dose.quantity.unit.is_none() && dose.quantity.value >= 5.0);
    strength.or(bare).or_else(|| own.first()).map(|dose| dose.quantity.clone())
}

/// How often altogether.
fn rate(rates: &[&Often], cuts: &[(usize, usize)]) -> Option<f64> {
    let after = cuts.last().map_or(0, |&(_, last)| last);
    let corrected: Vec<&&Often> = rates.iter().filter(|often| often.first >= after).collect();
    let rates: Vec<&&Often> = if corrected.is_empty() { rates.iter().collect() } else { corrected };
    let stated = rates.iter().find_map(|often| match often.rate {
        Rate::PerDay(rate) => Some((rate, often.first)),
        _ => None,
    });
    let times = rates.iter().filter(|often| often.rate == Rate::Time).count();
    let meals = rates.iter().any(|often| often.rate == Rate::Meals);
    #[expect(clippy::cast_precision_loss, reason = "times of a day")]
    match stated {
        Some((rate, _)) => Some(rate),
        None if times > 0 => Some(times as f64),
        None if meals => Some(3.0),
        None => None,
    }
}

/// Which of the names are said not to be taken.
fn stopped(words: &[Word], named: &[Named]) -> Vec<bool> {
    let before = STOPPED_PHRASES.find(words);
    let after = STOPPED_AFTER_PHRASES.find(words);
    named
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let previous = index.checked_sub(1).map_or(0, |previous| named[previous].last + 1);
            let clear = |from: usize, to: usize| {
                (from..to).all(|word| {
                    words[word].mark < Mark::Stop
                        && !is_any(
                            words,
                            word,
                            &[
                                "but", "pero", "now", "ahora", "just", "only", "except", "if", "unless",
                                "when", "cuando", "si",
                            ],
                        )
                })
            };
            let said_before = before.iter().any(|found| {
                found.last < name.first
                    && found.first >= previous
                    && name.first - found.last <= 4
                    && clear(found.last, name.first)
                    && words[found.first].mark < Mark::Comma
            });
            let next = named.get(index + 1).map_or(words.len(), |next| next.first);
            let said_after = after
                .iter()
                .any(|found| found.first > name.last && found.first < next && found.first - name.last <= 6);
            said_before || said_after
        })
        .collect()
}

/// Where the patient corrects what was said.
fn corrections(words: &[Word], tongue: Tongue) -> Vec<(usize, usize)> {
    correct::cues(words, tongue)
}

/// Whether a correction between this name and the next puts the next in its place.
fn replaces(words: &[Word], named: &[Named], name: &Named, first: usize, last: usize) -> bool {
    let Some(next) = named.iter().find(|other| other.first > name.last) else { return false };
    let right_after = first > name.last && last < next.first && next.first - last <= 3;
    let near = first - name.last.min(first) <= 4;
    right_after && near && (last + 1..next.first).all(|word| words[word].mark < Mark::Stop)
}
