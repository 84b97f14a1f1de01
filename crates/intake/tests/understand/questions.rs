//! The questions that the sentences answer.

use bedside_intake::Item;
use bedside_intake::understand::question_from_json;
use serde_json::{Value, json};

/// Name, type, whether it repeats, the question in English and in Spanish, options (code and text) or units.
type Asked = (
    &'static str,
    &'static str,
    bool,
    [&'static str; 2],
    &'static [[&'static str; 2]],
    &'static [&'static str],
);

const QUESTIONS: &[Asked] = &[
    ("fever", "boolean", false, ["Have you had a fever?", "¿Ha tenido fiebre?"], &[], &[]),
    ("has-allergies", "boolean", false, ["Do you have any allergies?", "¿Tiene alguna alergia?"], &[], &[]),
    ("smoke", "boolean", false, ["Do you smoke?", "¿Fuma?"], &[], &[]),
    (
        "contact",
        "boolean",
        false,
        [
            "May we call or text you about this visit?",
            "¿Podemos llamarle o enviarle un mensaje sobre esta visita?",
        ],
        &[],
        &[],
    ),
    ("fluids", "boolean", false, ["Can you keep fluids down?", "¿Puede retener líquidos?"], &[], &[]),
    (
        "takes-medicines",
        "boolean",
        false,
        ["Do you take any medicines?", "¿Toma algún medicamento?"],
        &[],
        &[],
    ),
    (
        "chestpain",
        "boolean",
        false,
        ["Do you get chest pain when you walk?", "Do you get chest pain when you walk?"],
        &[],
        &[],
    ),
    (
        "pain",
        "integer",
        false,
        ["How bad is it now, from 0 to 10?", "¿Qué tan fuerte es ahora, de 0 a 10?"],
        &[],
        &[],
    ),
    ("kids", "integer", false, ["How many children do you have?", "¿Cuántos hijos tiene?"], &[], &[]),
    ("age", "integer", false, ["How old are you?", "¿Cuántos años tiene?"], &[], &[]),
    (
        "drinks",
        "integer",
        false,
        [
            "How many alcoholic drinks do you have in a week?",
            "How many alcoholic drinks do you have in a week?",
        ],
        &[],
        &[],
    ),
    ("temp", "decimal", false, ["What was your temperature?", "¿Qué temperatura tuvo?"], &[], &[]),
    ("dob", "date", false, ["What is your date of birth?", "¿Cuál es su fecha de nacimiento?"], &[], &[]),
    ("start", "date", false, ["When did it start?", "¿Cuándo empezó?"], &[], &[]),
    ("due", "date", false, ["When is your next appointment?", "When is your next appointment?"], &[], &[]),
    (
        "onset",
        "quantity",
        false,
        ["How long ago did this start?", "¿Hace cuánto empezó esto?"],
        &[],
        &["h", "d", "wk", "mo", "a"],
    ),
    ("dur", "quantity", false, ["How long does each episode last?", "¿Cuánto dura cada episodio?"], &[], &[]),
    ("weight", "quantity", false, ["How much do you weigh?", "¿Cuánto pesa?"], &[], &["kg", "[lb_av]"]),
    (
        "symptoms",
        "choice",
        true,
        ["Do you have any of these today?", "¿Tiene hoy alguno de estos?"],
        &[
            ["fever", "Fever or chills"],
            ["cough", "Cough"],
            ["breathing", "Trouble breathing"],
            ["chest-pain", "Chest pain or pressure"],
            ["headache", "Headache"],
            ["belly-pain", "Belly pain"],
            ["vomiting", "Vomiting or diarrhea"],
            ["dizzy", "Feeling dizzy"],
            ["rash", "Skin rash"],
            ["none", "None of these"],
        ],
        &[],
    ),
    (
        "course",
        "choice",
        false,
        ["Is it getting better or worse?", "¿Va mejor o peor?"],
        &[
            ["better", "Better"],
            ["same", "About the same"],
            ["worse", "Worse"],
            ["comes-and-goes", "It comes and goes"],
        ],
        &[],
    ),
    (
        "smoking",
        "choice",
        false,
        ["Do you smoke or vape?", "¿Fuma o vapea?"],
        &[["never", "Never"], ["stopped", "I stopped"], ["sometimes", "Sometimes"], ["daily", "Every day"]],
        &[],
    ),
    (
        "history",
        "choice",
        true,
        ["Do you have, or have you had, any of these?", "Do you have, or have you had, any of these?"],
        &[
            ["hbp", "High blood pressure"],
            ["diabetes", "Diabetes"],
            ["heart", "Heart problems"],
            ["lungs", "Asthma or lung problems"],
            ["cancer", "Cancer"],
            ["kidneys", "Kidney problems"],
            ["mental", "Depression or anxiety"],
            ["none", "None of these"],
        ],
        &[],
    ),
    (
        "contact-how",
        "choice",
        false,
        ["How should we reach you?", "How should we reach you?"],
        &[["phone", "By phone"], ["text", "By text message"], ["letter", "By letter"]],
        &[],
    ),
    ("meds", "string", true, ["Which medicines do you take?", "¿Qué medicamentos toma?"], &[], &[]),
    (
        "allergies",
        "text",
        false,
        ["What are you allergic to, and what happens?", "¿A qué es alérgico y qué le pasa?"],
        &[],
        &[],
    ),
    ("phone", "string", false, ["What is your phone number?", "¿Cuál es su número de teléfono?"], &[], &[]),
    ("name", "string", false, ["What is your full name?", "¿Cuál es su nombre completo?"], &[], &[]),
    ("post", "string", false, ["What is your postcode?", "What is your postcode?"], &[], &[]),
    ("reason", "text", false, ["What brings you in today?", "¿Qué le trae hoy?"], &[], &[]),
    (
        "pregnant",
        "choice",
        false,
        ["Are you pregnant, or could you be?", "Are you pregnant, or could you be?"],
        &[
            ["pregnant", "Yes, I am pregnant"],
            ["possibly", "Maybe"],
            ["no", "No"],
            ["na", "This does not apply to me"],
        ],
        &[],
    ),
    ("yn", "boolean", false, ["Does it hurt when you breathe?", "¿Le duele al respirar?"], &[], &[]),
    (
        "phq",
        "choice",
        false,
        ["Feeling down, depressed, or hopeless", "Feeling down, depressed, or hopeless"],
        &[
            ["LA6568-5", "Not at all"],
            ["LA6569-3", "Several days"],
            ["LA6570-1", "More than half the days"],
            ["LA6571-9", "Nearly every day"],
        ],
        &[],
    ),
    (
        "howlong",
        "choice",
        false,
        ["How long have you had this?", "¿Desde hace cuánto?"],
        &[["lt1w", "Less than a week"], ["1-4w", "1 to 4 weeks"], ["gt1m", "More than a month"]],
        &[],
    ),
    (
        "alc",
        "choice",
        false,
        ["How many drinks do you have on a typical day?", "How many drinks do you have on a typical day?"],
        &[["0", "None"], ["1-2", "1 or 2"], ["3-4", "3 or 4"], ["5+", "5 or more"]],
        &[],
    ),
    (
        "genhealth",
        "choice",
        false,
        ["How is your general health?", "How is your general health?"],
        &[["ex", "Excellent"], ["vg", "Very good"], ["g", "Good"], ["f", "Fair"], ["p", "Poor"]],
        &[],
    ),
    (
        "marital",
        "choice",
        false,
        ["What is your marital status?", "What is your marital status?"],
        &[["M", "Married"], ["S", "Single"], ["D", "Divorced"], ["W", "Widowed"]],
        &[],
    ),
    (
        "where",
        "open-choice",
        false,
        ["Where does it hurt?", "Where does it hurt?"],
        &[["head", "Head"], ["back", "Back"], ["leg", "Leg"], ["arm", "Arm"]],
        &[],
    ),
    (
        "sev",
        "choice",
        false,
        ["How bad is it?", "How bad is it?"],
        &[["mild", "Mild"], ["mod", "Moderate"], ["sev", "Severe"]],
        &[],
    ),
    (
        "op",
        "text",
        false,
        ["What operations have you had, and when?", "What operations have you had, and when?"],
        &[],
        &[],
    ),
    (
        "pulse",
        "quantity",
        false,
        ["What was your blood sugar?", "What was your blood sugar?"],
        &[],
        &["mg/dL"],
    ),
    (
        "hours",
        "integer",
        false,
        ["How many hours do you sleep a night?", "How many hours do you sleep a night?"],
        &[],
        &[],
    ),
    ("email", "string", false, ["What is your email address?", "What is your email address?"], &[], &[]),
];

/// The names of the questions.
pub(crate) fn names() -> Vec<&'static str> {
    QUESTIONS.iter().map(|question| question.0).collect()
}

/// The question of that name, in the language.
pub(crate) fn question(name: &str, language: &str) -> Item {
    let (_, kind, repeats, texts, options, units) =
        QUESTIONS.iter().find(|question| question.0 == name).unwrap_or_else(|| panic!("no question {name}"));
    let text = texts[usize::from(language == "es")];
    let coding = |[code, display]: &[&str; 2]| json!({ "valueCoding": { "code": code, "display": display } });
    let unit = |code: &&str| {
        let url = "http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption";
        let system = "http://unitsofmeasure.org";
        json!({ "url": url, "valueCoding": { "system": system, "code": code, "display": code } })
    };
    let limit = |name: &str, value: i64| json!({ "url": format!("http://hl7.org/fhir/StructureDefinition/{name}"), "valueInteger": value });
    let mut extensions: Vec<Value> = units.iter().map(unit).collect();
    if text.contains("0 to 10") || text.contains("0 a 10") {
        extensions.extend([limit("minValue", 0), limit("maxValue", 10)]);
    }
    let mut item =
        json!({ "linkId": name, "type": kind, "repeats": repeats, "text": text, "extension": extensions });
    if !options.is_empty() {
        item["answerOption"] = options.iter().map(coding).collect();
    }
    question_from_json(&item).unwrap_or_else(|error| panic!("{name}: {error}"))
}
