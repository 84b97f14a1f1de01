//! The lists beside a note: negation, whose it is, sides, what is said several times. What a medicine is called is read by `intake`; the
//! tests of `engine` take both together.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use bedside_scribe as scribe;
use domain::{ListItem, ListLine, SentenceOrigin, Standing};

/// The lists of a visit, without any medicine's name.
fn lists(said: &str) -> Vec<ListLine> {
    let transcript = scribe::Transcript::parse(said.as_bytes(), None).unwrap();
    scribe::lists(&scribe::Given {
        utterances: transcript.utterances(),
        answers: &[],
        medicines: &|_| Vec::new(),
    })
}

fn problems(said: &str) -> Vec<(String, Standing, Option<String>, Vec<u32>)> {
    let problem = |line: ListLine| match line.item.into_exposed() {
        ListItem::Problem { text, standing, relative, .. } => Some((text, standing, relative, line.evidence)),
        _ => None,
    };
    lists(said).into_iter().filter_map(problem).collect()
}

fn only(said: &str) -> (String, Standing, Option<String>, Vec<u32>) {
    let mut found = problems(said);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

#[test]
fn a_question_and_its_reply_are_one_line_resting_on_both() {
    let (text, standing, _, evidence) = only("[doctor] Any chest pain?\n[patient] No.");
    assert_eq!((text.as_str(), standing, evidence), ("chest pain", Standing::Denied, vec![0, 1]));
    let (_, standing, ..) = only("[doctor] Any dizziness?\n[patient] A little, yes.");
    assert_eq!(standing, Standing::Present);
    assert!(problems("[doctor] Any nausea or vomiting?\n[patient] Yes.").is_empty(), "which of them?");
    assert!(problems("[doctor] Any dizziness?\n[patient] What do you mean?").is_empty());
    let found =
        problems("[doctor] Any fever or cough?\n[patient] No fever. I have had a dry cough since last week.");
    let told: Vec<_> = found.iter().map(|(text, standing, ..)| (text.as_str(), *standing)).collect();
    assert_eq!(told, [("fever", Standing::Denied), ("dry cough", Standing::Present)]);
}

#[test]
fn what_a_relative_has_is_the_relatives() {
    let (text, standing, relative, _) = only("[patient] My mother has diabetes.");
    assert_eq!(
        (text.as_str(), standing, relative.as_deref()),
        ("diabetes", Standing::Family, Some("mother"))
    );
    let both = problems("[patient] My father had a stroke. I have asthma.");
    assert_eq!(both.iter().map(|one| one.1).collect::<Vec<_>>(), [Standing::Family, Standing::Present]);
    let (_, standing, relative, evidence) =
        only("[doctor] Is there any cancer in the family?\n[patient] Yes, my aunt.");
    assert_eq!((standing, relative.as_deref(), evidence), (Standing::Family, Some("aunt"), vec![0, 1]));
}

#[test]
fn a_side_stays_with_its_part_and_other_words_for_the_same_are_one_line() {
    let said = "[patient] I have pain in my left knee.\n[doctor] Tell me more.\n[patient] The left knee hurts on stairs.\n\
                [patient] My right knee hurts too.";
    let found = problems(said);
    assert_eq!(found[0], ("pain in my left knee".into(), Standing::Present, None, vec![0, 2]));
    assert_eq!(found[1], ("right knee hurts".into(), Standing::Present, None, vec![3]));
    assert_eq!(found.len(), 2);
}

#[test]
fn what_is_only_feared_warned_of_or_treated_is_no_problem() {
    for said in [
        "[doctor] If you develop a fever, call us.",
        "[doctor] We want to rule out pneumonia.",
        "[patient] I am worried it could be cancer.",
        "[doctor] This can cause dizziness.",
        "[doctor] Did you get the flu shot?\n[patient] Yes.",
    ] {
        assert_eq!(problems(said), [], "{said}");
    }
}

#[test]
fn no_allergy_is_a_statement_of_its_own_and_never_stands_beside_one() {
    let kinds = |said: &str| -> Vec<String> {
        let shown = |line: ListLine| match line.item.into_exposed() {
            ListItem::NoAllergies { to } => format!("none {to:?}"),
            ListItem::Allergy { substance, reaction, denied } => format!("{substance} {reaction:?} {denied}"),
            other => panic!("{other:?}"),
        };
        lists(said).into_iter().map(shown).collect()
    };
    assert_eq!(kinds("[doctor] Any allergies?\n[patient] No."), ["none Any"]);
    assert_eq!(kinds("[doctor] Any drug allergies?\n[patient] None that I know of."), ["none Medicines"]);
    assert_eq!(kinds("[doctor] Are you allergic to latex?\n[patient] No."), ["latex None true"]);
    assert_eq!(
        kinds(
            "[doctor] Any allergies?\n[patient] No. Well, peanuts give me hives, I am allergic to peanuts."
        ),
        ["peanuts Some(\"hives\") false"]
    );
    assert_eq!(
        kinds(
            "[doctor] Any allergies?\n[patient] Shellfish.\n[doctor] What happens?\n[patient] My lips swell up."
        ),
        ["shellfish Some(\"lips swell up\") false"]
    );
    assert_eq!(kinds("[patient] My sister is allergic to penicillin."), [] as [String; 0]);
}

#[test]
fn a_line_keeps_its_id_and_what_the_clinician_made_of_it_through_another_draft() {
    let said = "[patient] I have a headache and a cough.";
    let mut first = lists(said);
    first[0].dropped = true;
    first.push(ListLine {
        id: 7,
        item: ListItem::Problem {
            text: "gout".into(),
            standing: Standing::Present,
            relative: None,
            code: None,
        }
        .into(),
        evidence: Vec::new(),
        origin: SentenceOrigin::Typed,
        dropped: false,
        ..first[1].clone()
    });
    let again = scribe::carry_over(&first, lists("[patient] I have a cough, a fever and a headache."));
    let of = |text: &str| {
        let holds = |line: &&ListLine| matches!(line.item.expose(), ListItem::Problem { text: known, .. } if known == text);
        again.iter().find(holds).unwrap()
    };
    assert!(of("headache").dropped && of("headache").id == first[0].id);
    assert_eq!(of("cough").id, first[1].id);
    assert_eq!((of("gout").id, of("fever").id), (7, 8));
}
