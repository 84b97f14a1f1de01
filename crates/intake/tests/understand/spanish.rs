//! Spanish sentences, and what they mean.

use super::means;

#[test]
fn yes_and_no_are_understood_with_hedges_negation_and_details() {
    means(
        "es",
        &[
            ("fever", "sí", "true"),
            ("fever", "no", "false"),
            ("fever", "creo que sí", "true"),
            ("fever", "creo que no", "false"),
            ("fever", "para nada", "false"),
            ("fever", "no que yo sepa", "false"),
            ("fever", "un poquito", "true"),
            ("fever", "a veces sí", "true"),
            ("fever", "sí tuve ayer en la noche", "true"),
            ("fever", "nunca", "false"),
            ("fever", "claro que no", "false"),
            ("fever", "pues sí", "true"),
            ("fever", "la verdad no", "false"),
            ("fever", "no, bueno, sí, un poco", "true"),
            ("fever", "no he tenido", "false"),
            ("fever", "no sé", "unknown"),
            ("fever", "no entendí", "repeat"),
            ("fever", "¿cómo?", "repeat"),
            ("fever", "siguiente", "skip"),
            ("fever", "quiero regresar a la anterior", "back"),
            ("fever", "quiero hablar con alguien", "person"),
            ("smoke", "lo dejé hace dos años", "false"),
            ("smoke", "de vez en cuando", "true"),
            ("smoke", "ya no", "false"),
            ("smoke", "dos al día", "true"),
            ("smoke", "jamás", "false"),
            ("has-allergies", "a la penicilina", "true"),
            ("has-allergies", "ninguna", "false"),
            ("has-allergies", "sí, al polvo", "true"),
            ("has-allergies", "que yo sepa no", "false"),
            ("has-allergies", "me salen ronchas con los mariscos", "true"),
            ("contact", "claro", "true"),
            ("contact", "mejor no", "false"),
            ("contact", "no hay problema", "true"),
            ("contact", "sí, está bien", "true"),
            ("yn", "nada más cuando respiro hondo", "true"),
            ("yn", "sí me duele", "true"),
            ("yn", "no me duele", "false"),
            ("fever", "simón", "true"),
            ("fever", "no, para nada", "false"),
            ("fever", "sí, bastante", "true"),
            ("fever", "no me acuerdo", "unknown"),
            ("fever", "mmm no", "false"),
            ("fever", "ándale sí", "true"),
            ("fever", "nada de eso", "false"),
            ("fever", "yo digo que sí", "true"),
            ("fever", "¿me lo repite?", "repeat"),
            ("fever", "no oí bien", "repeat"),
            ("fever", "prefiero no decirlo", "skip"),
            ("fever", "ayúdeme por favor", "person"),
        ],
    );
}

#[test]
fn numbers_and_scales_are_understood_in_words_and_with_slips() {
    means(
        "es",
        &[
            ("pain", "siete u ocho", "7.5"),
            ("pain", "como un seis", "6"),
            ("pain", "entre cuatro y cinco", "4.5"),
            ("pain", "diez", "10"),
            ("pain", "nada", "0"),
            ("pain", "un ocho", "8"),
            ("pain", "cinco de diez", "5"),
            ("kids", "tres", "3"),
            ("kids", "ninguno", "0"),
            ("kids", "dos niñas y un niño", "3"),
            ("age", "tengo ochenta y dos años", "82"),
            ("age", "sesenta y cinco", "65"),
            ("temp", "treinta y ocho y medio", "38.5"),
            ("temp", "treinta y nueve punto dos", "39.2"),
            ("temp", "38,7", "38.7"),
            ("temp", "treinta y siete con ocho", "37.8"),
            ("pain", "nueve", "9"),
            ("pain", "un siete más o menos", "7"),
            ("pain", "de seis a siete", "6.5"),
            ("pain", "no me duele", "0"),
            ("pain", "ahorita un tres, ayer un ocho", "3"),
            ("temp", "treinta y ocho", "38"),
            ("temp", "cuarenta y medio", "40.5"),
            ("kids", "dos, un niño y una niña", "2"),
            ("kids", "uno", "1"),
            ("age", "noventa y tres", "93"),
        ],
    );
}

#[test]
fn dates_are_as_exact_as_they_were_said() {
    means(
        "es",
        &[
            ("dob", "tres de mayo del ochenta y uno", r#""1981-05-03""#),
            ("dob", "el doce de marzo de mil novecientos cincuenta", r#""1950-03-12""#),
            ("dob", "12/03/1950", r#""1950-03-12""#),
            ("dob", "primero de enero de dos mil dos", r#""2002-01-01""#),
            ("dob", "nací el 5 de julio de 1960", r#""1960-07-05""#),
            ("start", "hace tres semanas", r#""2026-11-02""#),
            ("start", "ayer", r#""2026-11-22""#),
            ("start", "antier", r#""2026-11-21""#),
            ("start", "el martes pasado", r#""2026-11-17""#),
            ("start", "hace dos meses", r#""2026-09""#),
            ("start", "en marzo", r#""2026-03""#),
            ("start", "el año pasado", r#""2025""#),
            ("start", "hace como una semana", r#""2026-11-16""#),
            ("start", "el lunes", r#""2026-11-16""#),
            ("start", "hoy en la mañana", r#""2026-11-23""#),
            ("start", "hace un año", r#""2025""#),
            ("start", "el quince de octubre", r#""2026-10-15""#),
            ("start", "desde el jueves", r#""2026-11-19""#),
            ("start", "anoche", r#""2026-11-22""#),
            ("dob", "veinte de noviembre del cuarenta y cinco", r#""1945-11-20""#),
            ("dob", "5 de febrero de 1971", r#""1971-02-05""#),
            ("dob", "siete del ocho del sesenta y dos", r#""1962-08-07""#),
            ("dob", "mil novecientos cincuenta y seis", r#""1956""#),
            ("start", "hace quince días", r#""2026-11-08""#),
            ("start", "en navidad", r#""2025-12-25""#),
            ("start", "el viernes en la noche", r#""2026-11-20""#),
            ("start", "hace dos años", r#""2024""#),
            ("start", "la semana pasada", r#""2026-11-16""#),
            ("start", "a principios de octubre", r#""2026-10""#),
        ],
    );
}

#[test]
fn durations_and_quantities_have_their_unit() {
    means(
        "es",
        &[
            ("onset", "hace tres semanas", r#"{"value": 3, "unit": "wk"}"#),
            ("onset", "dos o tres días", r#"{"value": 2.5, "unit": "d"}"#),
            ("onset", "desde ayer", r#"{"value": 1, "unit": "d"}"#),
            ("onset", "como un mes", r#"{"value": 1, "unit": "mo"}"#),
            ("onset", "un par de días", r#"{"value": 2, "unit": "d"}"#),
            ("onset", "mes y medio", r#"{"value": 1.5, "unit": "mo"}"#),
            ("onset", "una semana", r#"{"value": 1, "unit": "wk"}"#),
            ("onset", "desde el lunes", r#"{"value": 7, "unit": "d"}"#),
            ("onset", "llevo cinco días así", r#"{"value": 5, "unit": "d"}"#),
            ("onset", "dos semanas, perdón, tres semanas", r#"{"value": 3, "unit": "wk"}"#),
            ("onset", "media hora", r#"{"value": 30, "unit": "min"}"#),
            ("onset", "unos cuantos días", r#"{"value": 3, "unit": "d"}"#),
            ("weight", "ochenta kilos", r#"{"value": 80, "unit": "kg"}"#),
            ("weight", "ciento sesenta libras", r#"{"value": 160, "unit": "[lb_av]"}"#),
            ("onset", "hace como dos meses", r#"{"value": 2, "unit": "mo"}"#),
            ("onset", "año y medio", r#"{"value": 1.5, "unit": "a"}"#),
            ("onset", "desde el martes", r#"{"value": 6, "unit": "d"}"#),
            ("onset", "quince días", r#"{"value": 15, "unit": "d"}"#),
            ("onset", "tres o cuatro horas", r#"{"value": 3.5, "unit": "h"}"#),
            ("onset", "más de un año", r#"{"value": 1, "unit": "a"}"#),
            ("onset", "desde hace una semana", r#"{"value": 1, "unit": "wk"}"#),
            ("onset", "ya va para tres meses", r#"{"value": 3, "unit": "mo"}"#),
            ("weight", "setenta y dos kilos y medio", r#"{"value": 72.5, "unit": "kg"}"#),
        ],
    );
}

#[test]
fn options_are_understood_by_words_meaning_and_place() {
    means(
        "es",
        &[
            ("symptoms", "tos y fiebre", r#"["fever", "cough"]"#),
            ("symptoms", "me duele la cabeza", r#"["headache"]"#),
            ("symptoms", "ninguno de esos", r#"["none"]"#),
            ("symptoms", "no puedo respirar bien", r#"["breathing"]"#),
            ("symptoms", "vómito y diarrea", r#"["vomiting"]"#),
            ("symptoms", "me duele el pecho", r#"["chest-pain"]"#),
            ("symptoms", "tos pero no fiebre", r#"["cough"]"#),
            ("symptoms", "mareo", r#"["dizzy"]"#),
            ("symptoms", "la segunda", r#"["cough"]"#),
            ("course", "peor", r#"["worse"]"#),
            ("course", "igual", r#"["same"]"#),
            ("course", "va mejorando", r#"["better"]"#),
            ("course", "va y viene", r#"["comes-and-goes"]"#),
            ("smoking", "nunca he fumado", r#"["never"]"#),
            ("smoking", "todos los días", r#"["daily"]"#),
            ("smoking", "lo dejé", r#"["stopped"]"#),
            ("symptoms", "me duele la panza y tengo diarrea", r#"["belly-pain", "vomiting"]"#),
            ("symptoms", "ronchas en los brazos", r#"["rash"]"#),
            ("symptoms", "no, nada", r#"["none"]"#),
            ("symptoms", "me falta el aire", r#"["breathing"]"#),
            ("symptoms", "calentura y escalofríos", r#"["fever"]"#),
        ],
    );
}

#[test]
fn medicines_have_the_dose_and_frequency_that_were_said() {
    means(
        "es",
        &[
            (
                "meds",
                "metformina quinientos miligramos dos veces al día",
                r#"[{"name": "metformina", "dose": {"value": 500, "unit": "mg"}, "per_day": 2}]"#,
            ),
            ("meds", "losartán cincuenta", r#"[{"name": "losartán", "dose": {"value": 50}}]"#),
            ("meds", "paracetamol cuando me duele la cabeza", r#"[{"name": "paracetamol"}]"#),
            ("meds", "ninguno", "[]"),
            ("meds", "omeprazol en ayunas", r#"[{"name": "omeprazol", "per_day": 1}]"#),
            (
                "meds",
                "insulina veinte unidades en la noche",
                r#"[{"name": "insulina", "dose": {"value": 20, "unit": "[iU]"}, "per_day": 1}]"#,
            ),
            ("meds", "no tomo ninguna", "[]"),
            (
                "meds",
                "losartan de cincuenta miligramos una vez al día y metformina de ochocientos cincuenta dos veces al día",
                r#"[{"name": "losartán", "dose": {"value": 50, "unit": "mg"}, "per_day": 1}, {"name": "metformina", "dose": {"value": 850}, "per_day": 2}]"#,
            ),
            ("meds", "paracetamol si me duele", r#"[{"name": "paracetamol"}]"#),
            (
                "meds",
                "dos pastillas de ibuprofeno cada ocho horas",
                r#"[{"name": "ibuprofeno", "dose": {"value": 2, "unit": "{tablet}"}, "per_day": 3}]"#,
            ),
            (
                "meds",
                "clonazepam medio miligramo en la noche",
                r#"[{"name": "clonazepam", "dose": {"value": 0.5, "unit": "mg"}, "per_day": 1}]"#,
            ),
            ("meds", "no, ninguna medicina", "[]"),
            (
                "meds",
                "amlodipino y atorvastatina, los dos en la noche",
                r#"[{"name": "amlodipino", "per_day": 1}, {"name": "atorvastatina", "per_day": 1}]"#,
            ),
        ],
    );
}

#[test]
fn contacts_names_and_free_words_are_as_they_are_written() {
    means(
        "es",
        &[
            ("phone", "cinco cinco cinco uno dos tres cuatro cinco seis siete", r#""5551234567""#),
            ("name", "me llamo ana maría gonzález", r#""Ana María González""#),
            ("name", "soy pedro ramirez", r#""Pedro Ramirez""#),
            ("reason", "este, me duele la garganta", r#""me duele la garganta""#),
            ("reason", "vengo por una receta", r#""vengo por una receta""#),
            ("name", "mi nombre es Juan de la Cruz", r#""Juan de la Cruz""#),
            (
                "phone",
                "es el cinco cinco, doce, treinta y cuatro, cincuenta y seis, setenta y ocho",
                r#""5512345678""#,
            ),
            ("reason", "pues me caí y me lastimé la muñeca", r#""me caí y me lastimé la muñeca""#),
        ],
    );
}
