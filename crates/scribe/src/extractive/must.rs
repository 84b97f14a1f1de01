//! What a note may never leave out, whatever the weights say: allergies, medicines that the patient takes, what the clinician
//! orders and prescribes, and what the clinician takes to be the matter.

use domain::Speaker;

use super::candidate::{Candidate, Kind};
use super::lexicon::{
    ALLERGIES, DIAGNOSES, DRUG_ENDINGS, DRUGS, MEDICINES, ORDERS_STATED, PATIENT_ALLERGIC, PRESCRIBES,
    REACTIONS, TAKES, TESTS, UNITS, VAGUE, listed,
};

/// Why a sentence must be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Must {
    /// What the patient is allergic to, or that they are not.
    Allergy,
    /// A medicine that the patient takes, or how much of it.
    Medicine,
    /// What the clinician orders, prescribes or refers for.
    Order,
    /// What the clinician takes to be the matter.
    Diagnosis,
}

/// Whether the note must hold this, and why. Questions are no candidates, so that nothing here was only asked.
pub(super) fn must(candidate: &Candidate) -> Option<Must> {
    let words = words(&candidate.text);
    let by_clinician = candidate.speaker == Speaker::Clinician;
    match candidate.kind {
        Kind::Told | Kind::Answered if !by_clinician => {
            let asked = self::words(&candidate.asked);
            let answers = candidate.kind == Kind::Answered;
            let of_allergy =
                ALLERGIES.within(&asked) && (answers || any(&words, REACTIONS) || names_drug(&words));
            if ALLERGIES.within(&words) || of_allergy {
                return Some(Must::Allergy);
            }
            let drug = names_drug(&words) || names_dose(&words);
            let taken = takes(&words) || any(&asked, MEDICINES);
            let of_medicines = answers && any(&asked, MEDICINES) && takes(&asked);
            (drug && taken || of_medicines).then_some(Must::Medicine)
        }
        Kind::Ordered if by_clinician => orders(&words).then_some(Must::Order),
        Kind::Stated if by_clinician && words.first().is_none_or(|first| first != "if") && !asks(&words) => {
            if diagnoses(&words) {
                Some(Must::Diagnosis)
            } else if PATIENT_ALLERGIC.within(&words) {
                Some(Must::Allergy)
            } else if ORDERS_STATED.within(&words) && orders(&words) {
                Some(Must::Order)
            } else {
                (names_dose(&words) && (names_drug(&words) || takes(&words))).then_some(Must::Medicine)
            }
        }
        _ => None,
    }
}

/// Whether words name a test that is ordered: an ECG, an X-ray, blood for a laboratory.
pub(super) fn names_test(words: &[String]) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        let next = words.get(at + 1).map_or("", String::as_str);
        listed(word, TESTS)
            && !(word == "blood" && listed(next, "pressure pressures sugar sugars clot clots flow thinner"))
    })
}

/// Whether the patient takes something: "takes", "is on".
fn takes(words: &[String]) -> bool {
    any(words, TAKES)
        || words.windows(2).any(|pair| {
            pair[1] == "on"
                && listed(&pair[0], "is are am was were been be not you they patient currently still i'm")
        })
}

/// Whether a statement ends or goes over into a question, as recognisers write them.
fn asks(words: &[String]) -> bool {
    words.last().is_some_and(|last| listed(last, "correct right"))
        || words.windows(2).any(|pair| {
            listed(&pair[0], "do does did is are have")
                && listed(&pair[1], "they that it")
                && pair[0] != "that"
        })
}

fn orders(words: &[String]) -> bool {
    const DOES: &str = "do get order obtain check send take repeat draw run schedule request start give continue increase decrease stop \
                        switch add put use ordering starting sending prescribing referring";
    let of = || names_test(words) || names_drug(words) || names_dose(words);
    let sees = || any(words, "see send") && words.iter().any(|word| word.ends_with("ologist"));
    any(words, PRESCRIBES) || (any(words, DOES) && of()) || sees()
}

/// "I think this is likely angina", but not "I think this is a good idea".
fn diagnoses(words: &[String]) -> bool {
    (0..words.len()).any(|at| {
        let rest = &words[at..];
        DIAGNOSES.begins(rest).is_some_and(|length| {
            let said = &rest[length..];
            !said.is_empty() && !said.iter().take(3).any(|word| listed(word, VAGUE))
        })
    })
}

pub(super) fn any(words: &[String], list: &str) -> bool {
    words.iter().any(|word| listed(word, list))
}

/// Whether one of the words is a medicine.
pub(super) fn names_drug(words: &[String]) -> bool {
    words.iter().any(|word| is_medicine(word))
}

/// Whether a word in lower case names a medicine: one of the common ones, or one that ends as the names of a class do.
pub(crate) fn is_medicine(word: &str) -> bool {
    listed(word, DRUGS)
        || (word.len() > 6 && DRUG_ENDINGS.split_ascii_whitespace().any(|ending| word.ends_with(ending)))
}

/// Whether an amount of a medicine is named: a unit that no other measure in a visit has, with a number before it.
fn names_dose(words: &[String]) -> bool {
    const NUMBERS: &str = "one two three four five six seven eight nine ten twelve fifteen twenty twenty-five thirty forty fifty sixty \
                           seventy seventy-five eighty ninety hundred thousand half a";
    words.iter().enumerate().any(|(at, word)| {
        let joined = ["mg", "mcg"].iter().any(|unit| {
            word.strip_suffix(unit).is_some_and(|number| number.ends_with(|c: char| c.is_ascii_digit()))
        });
        let number = at.checked_sub(1).map(|before| &words[before]);
        joined
            || (listed(word, UNITS)
                && number.is_some_and(|number| {
                    listed(number, NUMBERS) || number.starts_with(|c: char| c.is_ascii_digit())
                }))
    })
}

pub(super) fn words(text: &str) -> Vec<String> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|word| !word.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extractive::Weights;
    use domain::{Utterance, UtteranceSource};

    fn utterances(turns: &[(Speaker, &str)]) -> Vec<Utterance> {
        turns
            .iter()
            .zip(0..)
            .map(|(&(speaker, text), index)| Utterance {
                index,
                speaker,
                text: text.into(),
                source: UtteranceSource::Typed,
                start_ms: None,
                end_ms: None,
                confidence: None,
            })
            .collect()
    }

    /// With weights that keep nothing.
    fn kept(turns: &[(Speaker, &str)]) -> Vec<(String, String)> {
        let Ok(nothing) = Weights::parse("threshold\t100\n") else { panic!("weights") };
        let note = crate::extractive::draft(&utterances(turns), &crate::Template::soap(), "en", &nothing);
        let lines = note.sections.iter().flat_map(|section| {
            section.sentences.iter().map(|sentence| (section.id.clone(), sentence.text.expose().clone()))
        });
        lines.collect()
    }

    #[test]
    fn an_allergy_a_medicine_an_order_and_a_diagnosis_are_kept_whatever_the_weights_say() {
        for (speaker, said, section, written) in [
            (
                Speaker::Patient,
                "I am allergic to penicillin, it gave me a rash.",
                "subjective",
                "The patient is allergic to penicillin, it gave them a rash.",
            ),
            (
                Speaker::Patient,
                "I take lisinopril ten milligrams every morning.",
                "subjective",
                "They take lisinopril ten milligrams every morning.",
            ),
            (
                Speaker::Clinician,
                "I would like to do an electrocardiogram now and take blood for troponin.",
                "plan",
                "Do an electrocardiogram now and take blood for troponin.",
            ),
            (
                Speaker::Clinician,
                "We will do an ECG now and check your troponin.",
                "plan",
                "Do an ECG now and check the troponin.",
            ),
            (
                Speaker::Patient,
                "I've been on metformin since May.",
                "subjective",
                "The patient has been on metformin since May.",
            ),
            (
                Speaker::Clinician,
                "I think you have a little contusion.",
                "assessment",
                "I think the patient has a little contusion.",
            ),
            (Speaker::Clinician, "We will check your troponin.", "plan", "Check the troponin."),
            (Speaker::Clinician, "I'm going to prescribe amoxicillin.", "plan", "Prescribe amoxicillin."),
            (
                Speaker::Clinician,
                "I am referring you to physiotherapy.",
                "plan",
                "I am referring the patient to physiotherapy.",
            ),
            (
                Speaker::Clinician,
                "I think this is likely angina, because it comes on when you climb the stairs.",
                "assessment",
                "I think this is likely angina, because it comes on when they climb the stairs.",
            ),
        ] {
            assert_eq!(kept(&[(speaker, said)]), [(section.to_owned(), written.to_owned())], "{said}");
        }
    }

    #[test]
    fn what_is_only_asked_or_said_by_somebody_else_or_vague_need_not_be_kept() {
        for (speaker, said) in [
            (Speaker::Clinician, "Are you allergic to penicillin?"),
            (Speaker::Clinician, "Shall I prescribe amoxicillin?"),
            (Speaker::Patient, "I will order an ECG from the catalogue, he said."),
            (Speaker::Patient, "I think this is angina."),
            (Speaker::Clinician, "I think this is a good idea."),
            (Speaker::Clinician, "Let's look at your x-ray."),
            (Speaker::Clinician, "You have an allergy to penicillin, correct?"),
            (Speaker::Clinician, "Let me do a quick physical exam and check your blood pressure."),
            (Speaker::Clinician, "If it gets worse we would do an ECG."),
        ] {
            assert!(kept(&[(speaker, said)]).is_empty(), "{said}");
        }
    }

    #[test]
    fn what_must_be_kept_stands_once_and_in_the_order_of_the_visit() {
        let note = kept(&[
            (Speaker::Patient, "I take metformin."),
            (Speaker::Patient, "I am allergic to penicillin."),
            (Speaker::Clinician, "I will order an MRI."),
            (Speaker::Patient, "I take metformin 500 mg twice a day."),
            (Speaker::Clinician, "So we'll order an MRI of your knee."),
            (Speaker::Patient, "I am not allergic to latex."),
            (Speaker::Patient, "I am allergic to latex."),
        ]);
        let texts: Vec<_> = note.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "The patient is allergic to penicillin.",
                "They take metformin 500 mg twice a day.",
                "The patient is not allergic to latex.",
                "The patient is allergic to latex.",
                "Order an MRI of the knee.",
            ]
        );
    }

    #[test]
    fn the_answer_to_a_question_about_medicines_or_allergies_is_kept_with_its_reaction() {
        let note =
            kept(&[(Speaker::Clinician, "Are you on any medication?"), (Speaker::Patient, "Just Seroxat.")]);
        assert_eq!(note.len(), 1);
        assert!(note[0].1.ends_with("Just Seroxat."), "{note:?}");
        let note = kept(&[
            (Speaker::Clinician, "Are you allergic to anything?"),
            (Speaker::Patient, "Penicillin. I came out in hives as a child."),
        ]);
        let texts: Vec<_> = note.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["Allergic to: Penicillin.", "The patient came out in hives as a child."]);
    }
}
