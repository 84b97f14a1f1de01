//! Generating and embedding with small models, through the client, the supervisor, the pipe and llama.cpp.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::{path::Path, time::Duration};

use domain::{Coded, ErrorCode};
use inference::{ChatMessage, ChatRole, Constraint, Error, FinishReason, Prompt};
use serde_json::json;
use support::{ask, client, gguf, limits, model, stories};

const LIST_GRAMMAR: &str = "root ::= item+\nitem ::= \"- \" [a-z]{3,8} \"\\n\"\n";

fn note_schema() -> serde_json::Value {
    json!({
        "type": "object",
        "required": ["sections", "complete"],
        "properties": {
            "complete": {"type": "boolean"},
            "sections": {"type": "array", "minItems": 1, "maxItems": 2, "items": {
                "type": "object",
                "required": ["id", "text", "evidence"],
                "properties": {
                    "id": {"enum": ["subjective", "plan"]},
                    "text": {"type": "string", "maxLength": 12},
                    "evidence": {"type": "array", "items": {"type": "integer", "minimum": 0, "maximum": 12}, "maxItems": 3},
                },
            }},
        },
    })
}

async fn streams_what_it_answers(model: &Path) {
    let client = client(limits());
    let mut pieces = Vec::new();
    let prompt = Prompt { max_tokens: 40, ..ask("Once upon a time") };
    let answer = client.generate(model, prompt.clone(), |piece| pieces.push(piece.to_owned())).await.unwrap();
    assert_eq!(&pieces.concat(), answer.text.expose());
    assert!(answer.tokens <= 40 && answer.prompt_tokens > 3);
    assert!(answer.tokens < 3 || pieces.len() > 1, "it came in one piece");

    let again = client.generate(model, prompt, |_| ()).await.unwrap();
    assert_eq!(again.text, answer.text, "the likeliest answer is the same twice, from a kept beginning too");
}

async fn obeys_a_json_schema(model: &Path) {
    let client = client(limits());
    for seed in 0..8 {
        let temperature = if seed == 0 { 0.0 } else { 1.2 };
        let prompt = Prompt { seed, temperature, max_tokens: 700, ..ask("Write the note.") };
        let room = client.status(model).await.unwrap().model.context;
        match client.generate(model, prompt.constrained(Constraint::Schema(note_schema())), |_| ()).await {
            Ok(answer) => {
                // The grammar was complete, and nothing asserted: the worker still answers below.
                assert_eq!(answer.finish, FinishReason::Complete);
                assert!(answer.json.is_some());
            }
            // A model of random weights may fill its whole context with blanks.
            Err(Error::AnswerInvalid { detail }) => {
                assert!(detail.contains("tokens allowed") && room <= 700, "{detail}, {room}")
            }
            Err(error) => panic!("{error}"),
        }
    }
}

#[tokio::test]
async fn text_comes_in_pieces_and_the_pieces_are_the_text() {
    let (_folder, model) = model();
    streams_what_it_answers(&model).await;
}

#[tokio::test]
async fn an_answer_under_a_schema_is_json_of_that_schema_and_its_end_asserts_nothing() {
    let (_folder, model) = model();
    obeys_a_json_schema(&model).await;
}

#[tokio::test]
async fn the_real_model_streams_and_obeys_a_schema() {
    let Some(model) = stories() else { return };
    streams_what_it_answers(&model).await;
    obeys_a_json_schema(&model).await;
    let client = client(limits());
    let answer = client.generate(&model, Prompt { max_tokens: 60, ..ask("One day") }, |_| ()).await.unwrap();
    assert!(answer.text.expose().split_whitespace().count() > 10, "children's stories have words");
}

#[tokio::test]
async fn a_grammar_that_completes_ends_the_answer_and_not_the_worker() {
    let (_folder, small) = model();
    for model in std::iter::once(small).chain(stories()) {
        let client = client(limits());
        let process = client.status(&model).await.unwrap().process_id;
        for grammar in
            ["root ::= \"{}\"", "root ::= \"{\" \"\\\"a\\\":\" [0-9]+ \"}\"", "root ::= [\\u65e5] | \"é\""]
        {
            for temperature in [0.0, 1.0] {
                let prompt = Prompt { temperature, max_tokens: 60, ..ask("x") };
                let answer = client
                    .generate(&model, prompt.constrained(Constraint::Grammar(grammar.into())), |_| ())
                    .await
                    .unwrap();
                let text = answer.text.expose();
                let whole = answer.finish == FinishReason::Complete;
                assert!(
                    !whole || text == "{}" || text.ends_with('}') || ["日", "é"].contains(&text.as_str()),
                    "{text}"
                );
            }
        }
        assert_eq!(client.status(&model).await.unwrap().process_id, process);
    }
}

#[tokio::test]
async fn a_grammar_is_obeyed_up_to_the_last_token_allowed() {
    let (_folder, model) = model();
    let prompt = Prompt { max_tokens: 25, ..ask("x") }.constrained(Constraint::Grammar(LIST_GRAMMAR.into()));
    let answer = client(limits()).generate(&model, prompt, |_| ()).await.unwrap();
    let mut lines: Vec<&str> = answer.text.expose().split('\n').collect();
    let last = lines.pop().unwrap();
    assert!(!lines.is_empty());
    assert!(
        lines.iter().all(|line| line.strip_prefix("- ").is_some_and(|word| (3..=8).contains(&word.len()))),
        "{lines:?}"
    );
    assert!("- ".starts_with(last) || last.starts_with("- "));
}

#[tokio::test]
async fn a_wrong_grammar_and_a_wrong_schema_are_said_and_the_worker_lives_on() {
    let (_folder, model) = model();
    let client = client(limits());
    for grammar in ["root ::= <<<", "", "start ::= \"a\"", "root ::= nothing", "root ::= \"a\0\""] {
        let prompt = ask("x").constrained(Constraint::Grammar(grammar.into()));
        let error = client.generate(&model, prompt, |_| ()).await.unwrap_err();
        assert_eq!(error.code(), ErrorCode::GrammarInvalid, "{grammar}: {error}");
    }
    let prompt = ask("x").constrained(Constraint::Schema(json!({"type": "string", "pattern": "^a"})));
    let error = client.generate(&model, prompt, |_| ()).await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::GrammarInvalid);
    client.generate(&model, Prompt { max_tokens: 2, ..ask("x") }, |_| ()).await.unwrap();
}

#[tokio::test]
async fn an_answer_ends_before_a_stop_text_even_across_tokens() {
    let (_folder, model) = model();
    let grammar = Constraint::Grammar("root ::= \"alpha beta gamma\"".into());
    let prompt = Prompt { stop: vec!["a gam".into()], ..ask("x") }.constrained(grammar);
    let mut pieces = String::new();
    let answer = client(limits()).generate(&model, prompt, |piece| pieces.push_str(piece)).await.unwrap();
    assert_eq!((answer.text.expose().as_str(), answer.finish), ("alpha bet", FinishReason::Stop));
    assert_eq!(pieces, "alpha bet");
}

#[tokio::test]
async fn a_character_of_many_tokens_is_streamed_whole() {
    let (_folder, model) = model();
    let grammar = Constraint::Grammar("root ::= \"pain 痛い 🦵 é日本\"".into());
    let mut pieces = Vec::new();
    let answer = client(limits())
        .generate(&model, ask("x").constrained(grammar), |piece| pieces.push(piece.to_owned()))
        .await
        .unwrap();
    assert_eq!(answer.text.expose(), "pain 痛い 🦵 é日本");
    assert!(pieces.iter().all(|piece| !piece.contains('\u{FFFD}')));
}

#[tokio::test]
async fn a_dropped_generation_is_cancelled_and_the_same_worker_takes_the_next() {
    let (_folder, model) = model();
    let client = client(limits());
    let process = client.status(&model).await.unwrap().process_id;
    let (sender, mut first_piece) = tokio::sync::mpsc::unbounded_channel();
    let endless = Constraint::Grammar("root ::= [a-z]*".into());
    let prompt = Prompt { max_tokens: 100_000, ..ask("x") }.constrained(endless);
    tokio::select! {
        result = client.generate(&model, prompt, |_| { let _ = sender.send(()); }) => {
            // A context of 512 tokens can be full before the first piece was looked at.
            assert_eq!(result.unwrap().finish, FinishReason::Length);
        }
        _ = first_piece.recv() => {}
    }
    let next = client.generate(&model, Prompt { max_tokens: 3, ..ask("y") }, |_| ());
    tokio::time::timeout(Duration::from_secs(60), next).await.unwrap().unwrap();
    assert_eq!(client.status(&model).await.unwrap().process_id, process);
}

#[tokio::test]
async fn a_text_that_does_not_fit_is_said_with_numbers_and_an_answer_that_fills_the_rest_ends() {
    let (_folder, model) = model();
    let client = client(limits());
    let error = client.generate(&model, ask(&"z".repeat(600)), |_| ()).await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::ContextFull);
    assert!(error.to_string().contains("512"), "{error}");
    let prompt =
        Prompt { max_tokens: 5_000, ..ask("x") }.constrained(Constraint::Grammar("root ::= [a-z]*".into()));
    let answer = client.generate(&model, prompt, |_| ()).await.unwrap();
    assert!(answer.finish == FinishReason::Complete || answer.tokens + answer.prompt_tokens >= 511);
}

#[tokio::test]
async fn the_models_own_chat_template_is_used_and_words_in_a_message_are_no_control_tokens() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("chat.gguf");
    // llama.cpp recognises a template by what is in it.
    let template = "{% for m in messages %}{{'<|im_start|>' + m['role'] + '\n' + m['content'] + '<|im_end|>' + '\n'}}{% endfor %}";
    gguf::write_with(&model, 512, &[("tokenizer.chat_template", template)]);
    let client = client(limits());
    assert_eq!(client.status(&model).await.unwrap().model.chat_template, Some(true));

    let tokens_of = async |text: &str| {
        let prompt = Prompt { max_tokens: 1, ..ask(text) };
        client.generate(&model, prompt, |_| ()).await.unwrap().prompt_tokens
    };
    // As a control token `</s>` would be one; as words it is four characters.
    let (plain, hostile) = (tokens_of("abcd").await, tokens_of("</s>").await);
    assert_eq!(plain, hostile);

    let chat = vec![
        ChatMessage { role: ChatRole::System, content: "Be brief.".into() },
        ChatMessage { role: ChatRole::User, content: "Hello".into() },
        ChatMessage { role: ChatRole::Assistant, content: "Yes?".into() },
        ChatMessage { role: ChatRole::User, content: "It hurts.".into() },
    ];
    client.generate(&model, Prompt { max_tokens: 2, ..Prompt::new(chat) }, |_| ()).await.unwrap();
    let nothing = client.generate(&model, Prompt { max_tokens: 2, ..Prompt::new(Vec::new()) }, |_| ()).await;
    assert!(nothing.is_ok() || matches!(nothing, Err(Error::Request { .. })));
}

#[tokio::test]
async fn embeddings_have_length_one_and_like_texts_lie_close() {
    let (_folder, small) = model();
    for model in std::iter::once(small).chain(stories()) {
        let client = client(limits());
        let texts: Vec<String> = (0..70).map(|n| format!("knee pain {}", n % 2)).collect();
        let vectors = client.embed(&model, texts).await.unwrap();
        assert_eq!((vectors.len(), vectors[0].len()), (70, 64));
        let product = |a: &[f32], b: &[f32]| -> f32 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
        assert!(vectors.iter().all(|vector| (product(vector, vector) - 1.0).abs() < 1e-3));
        assert!(product(&vectors[0], &vectors[2]) > 0.999);
        assert!(product(&vectors[0], &vectors[1]) < 0.999_99);
        assert!(client.embed(&model, Vec::new()).await.unwrap().is_empty());
        let error = client.embed(&model, vec!["z ".repeat(3_000)]).await.unwrap_err();
        assert_eq!(error.code(), ErrorCode::ContextFull);
        client.generate(&model, Prompt { max_tokens: 2, ..ask("x") }, |_| ()).await.unwrap();
    }
}

/// Needs the file that `models/minilm` makes.
#[tokio::test]
async fn minilm_gives_the_published_vectors() {
    let Some(model) = std::env::var_os("BEDSIDE_EMBEDDING_MODEL") else {
        eprintln!("skipped: BEDSIDE_EMBEDDING_MODEL does not name a file (models/minilm/README.md)");
        return;
    };
    let texts = ["I have a headache.", "my head hurts", "My foot hurts!"].map(str::to_owned).to_vec();
    let vectors = client(limits()).embed(Path::new(&model), texts).await.unwrap();
    // `python convert.py --vectors`, by numpy in 32 bits; the file's weights have 8.
    let beginnings = [
        [-0.0915, -0.0327, -0.0319, 0.0418],
        [-0.0261, -0.0562, -0.0129, 0.0011],
        [-0.0643, -0.0632, 0.0463, 0.0195],
    ];
    for (vector, beginning) in vectors.iter().zip(beginnings) {
        for (number, published) in vector.iter().zip(beginning) {
            assert!((number - published).abs() < 0.01, "{number} for {published}");
        }
    }
    let cosine = |one: usize, other: usize| -> f32 {
        vectors[one].iter().zip(&vectors[other]).map(|(one, other)| one * other).sum()
    };
    for (found, published) in [(cosine(0, 1), 0.670), (cosine(0, 2), 0.439), (cosine(1, 2), 0.556)] {
        assert!((found - published).abs() < 0.02, "{found} for {published}");
    }
}
