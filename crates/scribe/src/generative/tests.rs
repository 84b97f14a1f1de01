use domain::UtteranceSource;
use proptest::prelude::*;

use super::*;
use crate::check;

fn visit(turns: &[(Speaker, String)]) -> Vec<Utterance> {
    let utterance = |(index, (speaker, text)): (u32, &(Speaker, String))| Utterance {
        index,
        speaker: *speaker,
        text: text.as_str().into(),
        source: UtteranceSource::Typed,
        start_ms: None,
        end_ms: None,
        confidence: None,
    };
    (0..).zip(turns).map(utterance).collect()
}

fn long_visit(turns: usize) -> Vec<Utterance> {
    let turn = |at: usize| {
        if at.is_multiple_of(2) {
            (Speaker::Clinician, format!("and how is it with number {at} on your list ?"))
        } else {
            (Speaker::Patient, format!("that one has hurt for {at} days and I take nothing for it ."))
        }
    };
    visit(&(0..turns).map(turn).collect::<Vec<_>>())
}

/// A model that quotes the last line of each ask, at so many tokens a byte.
fn quote(ask: &Ask) -> String {
    let line = ask.user.expose().lines().last().unwrap();
    let (index, rest) = line.split_once(' ').unwrap();
    let words = rest.split_once(": ").unwrap().1;
    format!("subjective [{index}] {words}\nend")
}

fn tokens(ask: &Ask, per_byte: f64) -> u32 {
    ((ask.system.len() + ask.user.expose().len()) as f64 * per_byte) as u32 + 20
}

/// Drafts with a model of so much context; the asks that were answered.
fn run(utterances: &[Utterance], context: u32, per_byte: f64) -> Result<(Outcome, Vec<Ask>), Unusable> {
    let mut drafting = Drafting::new(utterances, &Template::soap(), "en", context).unwrap();
    let mut asks = Vec::new();
    let mut tries = 0;
    while let Some(ask) = drafting.ask()? {
        tries += 1;
        assert!(tries < 10_000, "it goes on for ever");
        let prompt_tokens = tokens(&ask, per_byte);
        if prompt_tokens >= context {
            drafting.did_not_fit()?;
            continue;
        }
        let text = quote(&ask);
        let room = (context - prompt_tokens).min(ask.most_tokens);
        let finished = (text.len() as f64 * per_byte) < f64::from(room);
        drafting.answered(Answer {
            text: &text,
            finished,
            prompt_tokens,
            tokens: (text.len() as f64 * per_byte) as u32,
        })?;
        if finished {
            asks.push(ask);
        }
    }
    Ok((drafting.finish("parrot"), asks))
}

#[test]
fn a_visit_that_fits_is_asked_about_once_and_its_draft_points_to_what_was_said() {
    let said = long_visit(8);
    let (outcome, asks) = run(&said, 4096, 0.28).unwrap();
    assert_eq!((asks.len(), asks[0].part, asks[0].parts), (1, 1, 1));
    let Outcome::Draft(note) = outcome else { panic!("no draft") };
    assert_eq!((note.engine, note.model.as_deref()), (DraftEngine::Generative, Some("parrot")));
    assert_eq!(note.sections[0].title, "Subjective");
    assert_eq!(note.sections[0].sentences[0].evidence, [7]);
    assert!(check(&note, &said).is_empty(), "it was quoted");
}

#[test]
fn a_visit_longer_than_the_context_is_read_to_its_last_line_and_no_line_is_left_out() {
    for (context, per_byte) in [(2048, 0.28), (1024, 0.28), (4096, 1.0), (4096, 1.3)] {
        let said = long_visit(400);
        let (outcome, asks) = run(&said, context, per_byte).unwrap();
        assert!(asks.len() > 3, "{context} {per_byte}: {}", asks.len());
        let read: String = asks.iter().map(|ask| ask.user.expose().as_str()).collect();
        for utterance in &said {
            assert!(
                read.contains(utterance.text.expose().as_str()),
                "{context} {per_byte}: {}",
                utterance.index
            );
        }
        for ask in &asks {
            assert!(tokens(ask, per_byte) + 100 < context);
            assert_eq!(ask.system, asks[0].system, "what can be kept of it is the same");
        }
        let Outcome::Draft(note) = outcome else { panic!("no draft") };
        assert_eq!(note.sentences().count(), asks.len());
    }
}

#[test]
fn an_utterance_longer_than_the_context_is_read_whole_in_parts_with_its_own_number() {
    let words: Vec<String> = (0..3_000).map(|at| format!("word{at}")).collect();
    let said = visit(&[(Speaker::Patient, words.join(" "))]);
    let (_, asks) = run(&said, 2048, 0.3).unwrap();
    let read: String = asks.iter().map(|ask| ask.user.expose().as_str()).collect();
    assert!(words.iter().all(|word| read.split_whitespace().any(|other| other == word)));
    assert!(asks.iter().all(|ask| ask.grammar.contains("id ::= \"0\"\n")));
}

#[test]
fn a_context_that_not_even_the_instructions_fit_into_is_refused() {
    assert_eq!(run(&long_visit(20), 512, 1.0).unwrap_err(), Unusable::ContextTooSmall);
    assert_eq!(run(&long_visit(20), 64, 0.3).unwrap_err(), Unusable::ContextTooSmall);
}

#[test]
fn an_answer_that_never_ends_is_asked_again_about_less_and_then_given_up() {
    let mut drafting = Drafting::new(&long_visit(60), &Template::soap(), "en", 4096).unwrap();
    let mut sizes = Vec::new();
    let error = loop {
        let ask = match drafting.ask() {
            Ok(ask) => ask.unwrap(),
            Err(error) => break error,
        };
        sizes.push(ask.user.expose().len());
        let prompt_tokens = tokens(&ask, 0.28);
        if let Err(error) = drafting.answered(Answer {
            text: "subjective [0] and so",
            finished: false,
            prompt_tokens,
            tokens: 9,
        }) {
            break error;
        }
    };
    assert_eq!(error, Unusable::Endless);
    assert!(sizes.len() > 3 && sizes.last() < sizes.first());
}

#[test]
fn an_answer_of_another_form_or_about_lines_that_were_not_asked_about_is_refused() {
    for text in [
        "",
        "no",
        "subjective [0] Pain.\n",
        "subjective [0] Pain. end",
        "subjective [] Pain.\nend",
        "subjective [99] Pain.\nend",
        "objections [0] Pain.\nend",
        "subjective 0 Pain.\nend",
        "# Note\nend",
    ] {
        let mut drafting = Drafting::new(&long_visit(8), &Template::soap(), "en", 4096).unwrap();
        let ask = drafting.ask().unwrap().unwrap();
        let answer = Answer { text, finished: true, prompt_tokens: tokens(&ask, 0.28), tokens: 9 };
        assert_eq!(drafting.answered(answer), Err(Unusable::Form), "{text:?}");
    }
}

#[test]
fn sentences_stand_once_in_the_templates_order_and_tidy() {
    let mut drafting = Drafting::new(&long_visit(8), &Template::soap(), "en", 4096).unwrap();
    let ask = drafting.ask().unwrap().unwrap();
    let text = "plan [6]   rest   the knee\nsubjective [1, 0] Pain for 1 day.\nsubjective [1, 3] pain for 1 day\nsubjective [3] ...\nend";
    drafting.answered(Answer { text, finished: true, prompt_tokens: tokens(&ask, 0.28), tokens: 9 }).unwrap();
    assert_eq!(drafting.ask().unwrap(), None);
    let Outcome::Draft(note) = drafting.finish("x") else { panic!("no draft") };
    let all: Vec<_> =
        note.sentences().map(|s| (s.id, s.text.expose().as_str(), s.evidence.clone())).collect();
    assert_eq!(all, [(0, "Pain for 1 day.", vec![0, 1, 3]), (1, "Rest the knee.", vec![6])]);
}

#[test]
fn a_model_that_writes_nothing_gives_no_note() {
    let mut drafting = Drafting::new(&long_visit(8), &Template::soap(), "en", 4096).unwrap();
    let ask = drafting.ask().unwrap().unwrap();
    drafting
        .answered(Answer { text: "end", finished: true, prompt_tokens: tokens(&ask, 0.28), tokens: 9 })
        .unwrap();
    assert_eq!(drafting.finish("x"), Outcome::Refused(Refusal::NotClinical));
}

#[test]
fn what_is_being_written_can_be_read_before_its_end() {
    let drafting = Drafting::new(&long_visit(8), &Template::soap(), "es", 4096).unwrap();
    let lines = drafting.so_far("subjective [1] Pain for 1 day.\nplan [6] rest th");
    let lines: Vec<_> = lines.iter().map(|(heading, words)| (heading.as_str(), words.as_str())).collect();
    assert_eq!(lines, [("Subjetivo", "Pain for 1 day."), ("Plan", "rest th")]);
    assert!(drafting.so_far("subjec").is_empty() && drafting.so_far("subjective [1").is_empty());
}

proptest! {
    #[test]
    fn no_answer_makes_it_panic(text in "(subjective|plan| |\\[|\\]|[0-9]|,|\n|end|\\PC){0,40}") {
        let mut drafting = Drafting::new(&long_visit(8), &Template::soap(), "en", 4096).unwrap();
        let ask = drafting.ask().unwrap().unwrap();
        let _ = drafting.so_far(&text);
        let _ = drafting.answered(Answer { text: &text, finished: true, prompt_tokens: tokens(&ask, 0.28), tokens: 9 });
    }
}
