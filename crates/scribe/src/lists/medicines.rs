//! The medicines of a visit: what is taken, what is not, and what the clinician begins, changes or stops.

use domain::{Amount, ListItem, MedicineMention, MedicineReader, MedicineState, Recognised, Speaker};

use super::Found;
use super::allergies::ALLERGY;
use super::speech::{Sentence, Visit, Words};
use crate::check::negation::Reply;

/// Also what a laboratory measures: a medicine only where it is plainly taken.
const MEASURED: &str = "iron|calcium|potassium|magnesium|zinc|testosterone|estrogen|progesterone|insulin|folate|folic acid|vitamin d|vitamin b12|\
                        vitamins|nicotine|lithium|glucose|antacid|hierro|calcio|potasio|magnesio|insulina|creatine|collagen";

const TAKES: &str = "take|takes|taking|use|uses|using|on|inject|injecting|tomo|toma|tomando|uso|usa";
const TRIED: &str = "took|taken|tried|trying|used|given|gave|gives|had|prescribed|put me on|tomé|tome|probé";
const STOPPED: &str = "stopped|quit|used to|no longer|came off|went off|anymore|any more|took me off|taken off|ran out of|off of|discontinued|was on|was \
                       taking|not now|dejé|deje|ya no|antes tomaba|tomaba|took it away";
const INSTEAD: &str = "instead of|rather than|except|apart from|allergic|allergy|allergies|en vez de|en lugar de|alérgico|alérgica|alergia";

const UNCERTAIN: &str = "if|could|might|may|maybe|perhaps|consider|considering|thinking about|think about|unless|option|options|alternative|\
                         alternatives|instead of|rather than|depending|versus|side effect|side effects|interact|interacts|interaction|avoid|quizás|tal vez|podría";
const STOPS: &str = "stop|stopping|discontinue|discontinuing|hold|come off|off of|don't take|do not take|no more|quit|suspender|suspenda|deje de|dejar de";
const CHANGES: &str = "increase|increasing|decrease|decreasing|raise|lower|reduce|reducing|bump|change|changing|switch|switching|adjust|double|up your|go \
                       up on|cut back|cut down|titrate|aumentar|subir|bajar|cambiar|reducir";
const STARTS: &str = "start|starting|prescribe|prescribing|give you|giving you|put you on|putting you on|order|write you|send in|sending in|call in|\
                      prescription|add|adding|try|recommend|begin|initiate|want you to take|like you to take|you to use|you can take|can use|should \
                      take|need to take|you'll take|you will take|you take|take some|go ahead and take|empezar|iniciar|recetar|le voy a dar|voy a recetar";
const CONTINUES: &str =
    "continue|continuing|keep|keep taking|stay on|keep on|carry on|refill|refills|continuar|siga";
const STATES: &str = "you're on|you are on|you take|taking|takes|currently on|you've been on|been on|has been taking|on|using|usted toma|está tomando";

const ASKS_MEDICINES: &str = "medicine|medicines|medication|medications|meds|pills|drugs|supplements|prescriptions|vitamins|inhalers|taking anything|take \
                              anything|taken anything|medicamentos|medicinas|medicamento|medicina|anything for it|anything else|their names|names of|which one|which ones|what kind of pills|over the counter|take for|\
                              taking for|what are you taking|what do you take";
const ASKS_DOSE: &str =
    "dose|strength|dosage|how much|how many|what strength|milligrams|mg|dosis|cuánto|cuánta";
const ASKS_OFTEN: &str =
    "how often|how many times|once|twice|times a day|every day|daily|cada cuánto|cuántas veces";
const CORRECTS: &str =
    "no wait|wait|sorry|actually|i mean|i meant|correction|make that|my mistake|perdón|quise decir|es decir";

/// What is made of a mention.
struct Verdict {
    state: Option<MedicineState>,
    says: Speaker,
    reply: Option<u32>,
}

/// The medicines, in the order in which they were named.
pub(super) fn medicines(visit: &Visit<'_>, read: MedicineReader<'_>) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    let mut last: Option<Spoken> = None;
    for utterance in visit.utterances {
        let mentions = read(utterance.text.expose());
        let mut named = false;
        for mention in &mentions {
            let Some((at, sentence)) =
                visit.of_utterance(utterance.index).find(|(_, one)| one.covered(mention.span).is_some())
            else {
                continue;
            };
            named = true;
            let verdict = verdict(visit, at, sentence, mention);
            if verdict.is_some() || (sentence.asks && sentence.by_clinician()) {
                let until = verdict.as_ref().and_then(|verdict| verdict.reply).unwrap_or(utterance.index);
                let open = verdict.is_none();
                let unit = mention.dose.as_ref().map(|dose| dose.unit.clone());
                last = Some(Spoken { name: mention.name.clone(), utterance: until, open, unit });
            }
            let Some(verdict) = verdict else { continue };
            let mut evidence = vec![utterance.index];
            evidence.extend(verdict.reply);
            all.push(Found::said(item(mention, verdict.state), verdict.says, &evidence));
        }
        if named {
            continue;
        }
        let Some(spoken) = last.as_mut().filter(|spoken| utterance.index - spoken.utterance <= 2) else {
            continue;
        };
        if let Some(more) = follow_up(visit, utterance.index, spoken, read) {
            // The question that named it and was not answered by yes or no.
            let asked = spoken.open.then_some(spoken.utterance);
            let evidence: Vec<u32> = asked.into_iter().chain([utterance.index]).collect();
            spoken.utterance = utterance.index;
            spoken.open = false;
            all.push(Found::said(more, utterance.speaker, &evidence));
        }
    }
    all
}

/// The medicine of which was spoken last.
struct Spoken {
    name: String,
    /// Where.
    utterance: u32,
    /// Whether it was only asked about so far.
    open: bool,
    /// The unit of the dose that was named, where one was.
    unit: Option<Option<String>>,
}

/// A mention as a line of its own.
pub(super) fn item(mention: &MedicineMention, state: Option<MedicineState>) -> ListItem {
    ListItem::Medicine {
        name: mention.name.clone(),
        dose: mention.dose.clone(),
        often: mention.often.clone(),
        per_day: mention.per_day,
        as_needed: mention.as_needed,
        state,
        earlier: Vec::new(),
    }
}

/// What an utterance without a name adds to the medicine of which was just spoken: "five hundred milligrams, twice a day."
fn follow_up(visit: &Visit<'_>, index: u32, spoken: &Spoken, read: MedicineReader<'_>) -> Option<ListItem> {
    let said = visit.utterances.get(index as usize)?.text.expose();
    let asked = visit.answers(index);
    if visit.of_utterance(index).any(|(_, sentence)| sentence.asks) {
        return None;
    }
    let name = &spoken.name;
    let asks = |phrases: &str| asked.iter().any(|question| question.all().hold(phrases));
    let corrects =
        visit.of_utterance(index).next().is_some_and(|(_, first)| first.words(0, 4).hold(CORRECTS));
    let mention = read(&format!("{name} {said}")).into_iter().next()?;
    let strength = mention.dose.as_ref().is_some_and(|dose| dose.unit.is_some());
    let dose =
        mention.dose.clone().filter(|_| strength || spoken.unit.is_some() || asks(ASKS_DOSE) || corrects);
    let often = dose.is_some() || asks(ASKS_OFTEN);
    if dose.is_none() && !(often && (mention.often.is_some() || mention.as_needed)) {
        return None;
    }
    let unit = spoken.unit.clone().flatten();
    let dose = dose.map(|dose| Amount { unit: dose.unit.or(unit), ..dose });
    // "I've been on seventy five": what it was before what was just said.
    let before = visit
        .of_utterance(index)
        .any(|(_, sentence)| sentence.all().hold("been on|was on|was taking|used to"));
    if before && !spoken.open {
        let about = MedicineMention { dose: None, often: None, per_day: None, as_needed: false, ..mention };
        let ListItem::Medicine { name, often, per_day, as_needed, state, .. } = item(&about, None) else {
            return None;
        };
        let earlier = dose.into_iter().collect();
        return Some(ListItem::Medicine { name, dose: None, often, per_day, as_needed, state, earlier });
    }
    let about = MedicineMention { dose, ..mention };
    let state = spoken.open.then_some(MedicineState::Taking);
    let item = item(&about, state);
    Some(match item {
        ListItem::Medicine { name, dose, state, earlier, .. } if !often => {
            ListItem::Medicine { name, dose, often: None, per_day: None, as_needed: false, state, earlier }
        }
        item => item,
    })
}

/// What becomes of a mention; none where nothing of the patient is said by it.
fn verdict(
    visit: &Visit<'_>,
    at: usize,
    sentence: &Sentence<'_>,
    mention: &MedicineMention,
) -> Option<Verdict> {
    let (first, last) = sentence.covered(mention.span)?;
    let of_relative =
        || visit.answers(sentence.utterance).iter().any(|asked| asked.names_relative().is_some());
    if sentence.relative(first).is_some()
        || (sentence.of_another() && !sentence.by_clinician() && of_relative())
    {
        return None;
    }
    let before = sentence.words(first.saturating_sub(12), first);
    let near = sentence.words(first.saturating_sub(6), first);
    let after = sentence.words(last + 1, last + 9);
    let said = mention.dose.is_some() || mention.often.is_some() || mention.as_needed;
    let takes = before.hold(TAKES);
    let firm = match mention.named {
        Recognised::Exactly if !measured(&mention.name) => true,
        Recognised::Exactly | Recognised::Nearly => {
            said || [TAKES, STARTS, STOPS, CONTINUES].iter().any(|phrases| near.hold(phrases))
        }
        Recognised::Unknown => near.hold(TAKES) || near.hold(STARTS) || mention.dose.is_some(),
    };
    if !firm || near.hold(INSTEAD) {
        return None;
    }
    if sentence.by_clinician() && !sentence.asks {
        return by_clinician(&before, &near, &after, mention, sentence, first);
    }
    if sentence.asks {
        let replied = visit.replied(at)?;
        let about_taking =
            takes || before.hold("taking|still|take|use|tried") || after.hold("still|now|every day|daily");
        let bare = sentence.text.tokens.len() <= 5;
        let single = (about_taking || bare) && !before.hold(UNCERTAIN) && sentence.by_clinician();
        let stopped = |(_, reply): (usize, &Sentence<'_>)| reply.all().hold(STOPPED);
        let state = match replied.reply {
            Reply::Yes => MedicineState::Taking,
            Reply::No if visit.of_utterance(replied.utterance).any(stopped) => MedicineState::Stopped,
            Reply::No => MedicineState::NotTaking,
            Reply::Open => return None,
        };
        return single.then_some(Verdict {
            state: Some(state),
            says: replied.speaker,
            reply: Some(replied.utterance),
        });
    }
    by_patient(visit, sentence, mention, (first, last), &before, &near, &after)
}

fn by_patient(
    visit: &Visit<'_>,
    sentence: &Sentence<'_>,
    mention: &MedicineMention,
    (first, last): (usize, usize),
    before: &Words,
    near: &Words,
    after: &Words,
) -> Option<Verdict> {
    let line = |state: Option<MedicineState>| Some(Verdict { state, says: sentence.speaker, reply: None });
    let about = sentence.words(first.saturating_sub(7), last + 8);
    const GIVEN_UP: &str = "off of it|off it|stopped it|stopped taking|quit it|don't take it|not taking it|came off it|it ran out";
    let given_up = sentence.words(last + 1, last + 16).hold(GIVEN_UP);
    if mention.not_taken || given_up || near.hold(STOPPED) || after.hold("anymore|any more|no longer") {
        let stopped = given_up || about.hold(STOPPED) || after.hold("stopped|quit|lo dejé|la dejé");
        return line(Some(if stopped { MedicineState::Stopped } else { MedicineState::NotTaking }));
    }
    match sentence.denied(first) {
        Some(true) if before.hold(TAKES) || before.hold(TRIED) => {
            return line(Some(MedicineState::NotTaking));
        }
        Some(true) => return None,
        _ => {}
    }
    if near.hold("if|would|should i|can i|could i|wonder") {
        return None;
    }
    let past = near.hold(TRIED) && !near.hold("am taking|i'm taking|been taking|i take");
    if before.hold(TAKES) && !past {
        return line(Some(MedicineState::Taking));
    }
    let questions = visit.answers(sentence.utterance);
    let asked = questions.iter().any(|question| {
        question.all().hold(ASKS_MEDICINES)
            && question.names_relative().is_none()
            && (!question.text.has(ALLERGY) || question.all().hold("taking for|take for"))
    });
    if past {
        return line(None);
    }
    let regular = mention.often.is_some() || mention.as_needed;
    if asked || regular {
        return line(Some(MedicineState::Taking));
    }
    mention.dose.is_some().then_some(Verdict { state: None, says: sentence.speaker, reply: None })
}

fn by_clinician(
    before: &Words,
    near: &Words,
    after: &Words,
    mention: &MedicineMention,
    sentence: &Sentence<'_>,
    first: usize,
) -> Option<Verdict> {
    let line =
        |state: MedicineState| Some(Verdict { state: Some(state), says: Speaker::Clinician, reply: None });
    if before.hold(UNCERTAIN) && !near.hold(CHANGES) {
        return None;
    }
    if near.hold(STOPS) || after.hold("can be stopped|is stopped") {
        return line(MedicineState::Stopped);
    }
    if sentence.denied(first) == Some(true) {
        return None;
    }
    if near.hold(CHANGES) {
        let beside = sentence.words(first.saturating_sub(2), first);
        let switches = near.hold("switch|switching|change|changing|cambiar");
        return line(match (switches, beside.hold("from|de"), beside.hold("to|a")) {
            (true, true, _) => MedicineState::Stopped,
            (true, false, true) => MedicineState::Started,
            _ => MedicineState::Changed,
        });
    }
    if near.hold(CONTINUES) {
        return line(MedicineState::Taking);
    }
    if near.hold("were prescribed|been prescribed|was prescribed") {
        return line(MedicineState::Taking);
    }
    if before.hold(STARTS) || before.hold("i've prescribed|i prescribed|i have prescribed") {
        return line(MedicineState::Started);
    }
    if before.hold("tried|you took|has taken|have taken|was given|were given|been given") {
        return Some(Verdict { state: None, says: Speaker::Clinician, reply: None });
    }
    let ordered = first == 0 && mention.dose.is_some();
    if near.hold(STATES) || before.hold("you're on|you are on|you take|you've been on|currently on") {
        return line(MedicineState::Taking);
    }
    if near.hold("take|use") {
        return line(MedicineState::Started);
    }
    ordered.then_some(Verdict { state: None, says: Speaker::Clinician, reply: None })
}

fn measured(name: &str) -> bool {
    MEASURED.split('|').any(|one| one.trim() == name)
}

/// The state after another was said. What is taken and begun again is changed.
pub(super) fn follows(before: Option<MedicineState>, later: MedicineState) -> MedicineState {
    match (before, later) {
        (Some(MedicineState::Taking | MedicineState::Changed), MedicineState::Started) => {
            MedicineState::Changed
        }
        (Some(MedicineState::Started | MedicineState::Changed), MedicineState::Taking) => {
            before.unwrap_or(later)
        }
        _ => later,
    }
}

/// The later dose counts; a different one that was said before is kept as such.
pub(super) fn replace_dose(dose: &mut Option<Amount>, earlier: &mut Vec<Amount>, later: Option<Amount>) {
    let Some(mut later) = later else { return };
    if let Some(before) = dose.take() {
        // "No wait, ten": of the same unit.
        later.unit = later.unit.or_else(|| before.unit.clone());
        let only_unit = before.unit.is_none() && before.value.to_bits() == later.value.to_bits();
        if before != later && !only_unit {
            keep_earlier(earlier, before);
        }
    }
    earlier.retain(|one| *one != later);
    *dose = Some(later);
}

pub(super) fn keep_earlier(earlier: &mut Vec<Amount>, amount: Amount) {
    if !earlier.contains(&amount) {
        earlier.push(amount);
    }
}
