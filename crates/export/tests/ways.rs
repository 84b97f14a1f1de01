//! Every shape of encounter in every form, read back.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use bedside_export as export;
use proptest::prelude::*;
use support::{Message, SHAPES, Shape, World, cells};

const WORDS: &str = "Ann \u{201c}Q\u{201d} <b>Ng</b> | 20^mg & ~son's~ C:\\x, \"señal\" ≥ 38 °C";

#[test]
fn the_note_is_an_mdm_message_and_the_measurements_an_oru_message() {
    let world = World::new(Shape::Amended, WORDS);
    let messages = Message::parse_batch(&export::hl7v2(&world.input()).unwrap());
    let kinds: Vec<_> = messages.iter().map(|message| message.field("MSH", 9)).collect();
    assert_eq!(kinds, ["MDM^T02^MDM_T02", "ORU^R01^ORU_R01"]);
    let note = &messages[0];
    assert_eq!(note.names(), ["MSH", "EVN", "PID", "PV1", "TXA", "OBX", "OBX", "OBX"]);
    assert_eq!(note.field("MSH", 12), "2.5.1");
    assert_eq!(note.part("PID", 5, 0), WORDS);
    assert_eq!(note.field("PID", 7), "198105");
    assert_eq!(note.field("TXA", 17), "LA");
    assert_eq!(note.part("TXA", 22, 1), "Dr. O'Hara & <co>");
    let lines = ["SUBJECTIVE", WORDS, "Last line."];
    assert_eq!(note.all("OBX", 5), lines, "an empty line is none");
    assert_eq!(note.all("OBX", 11), ["F"; 3]);

    let measures = &messages[1];
    let rows = measures.all("OBX", 3);
    assert_eq!(rows.len(), 5, "{rows:?}");
    assert_eq!(measures.all("OBX", 2), ["NM", "NM", "CWE", "NM", "NM"]);
    assert_eq!(measures.all("OBX", 5)[0], "38.5");
    assert_eq!(measures.part("OBX", 6, 0), "Cel");
    assert_eq!(measures.part("OBX", 3, 0), "8310-5");
    assert!(measures.all("NTE", 3).iter().any(|comment| comment == "Moderate"));
    assert_eq!(measures.all("OBX", 1), ["1", "2", "3", "4", "5"]);
}

#[test]
fn of_what_was_entered_in_error_only_its_cancellation_leaves() {
    let world = World::new(Shape::Retracted, WORDS);
    let messages = Message::parse_batch(&export::hl7v2(&world.input()).unwrap());
    assert_eq!(messages[0].names(), ["MSH", "EVN", "PID", "PV1", "TXA"]);
    assert_eq!(messages[0].field("MSH", 9), "MDM^T11^MDM_T01");
    assert_eq!(messages[0].field("TXA", 19), "CA");
    assert!(messages[1].all("OBX", 11).iter().all(|status| status == "W"));
}

#[test]
fn a_draft_is_in_progress_and_what_there_is_none_of_makes_no_message() {
    let draft = World::new(Shape::Drafted, WORDS);
    let messages = Message::parse_batch(&export::hl7v2(&draft.input()).unwrap());
    assert_eq!(messages[0].field("TXA", 17), "IP");
    assert!(messages[0].all("OBX", 11).iter().all(|status| status == "P"));
    let bare = World::new(Shape::Bare, WORDS);
    assert_eq!(export::hl7v2(&bare.input()), None);
}

#[test]
fn control_ids_are_short_and_differ_between_messages() {
    let world = World::new(Shape::Amended, WORDS);
    let messages = Message::parse_batch(&export::hl7v2(&world.input()).unwrap());
    let ids: Vec<_> = messages.iter().map(|message| message.field("MSH", 10)).collect();
    assert!(ids.iter().all(|id| (8..=20).contains(&id.len())), "{ids:?}");
    assert_ne!(ids[0], ids[1]);
}

#[test]
fn the_table_has_a_row_for_every_answer_list_item_alarm_and_sentence() {
    let world = World::new(Shape::Amended, WORDS);
    let rows = cells(&export::csv(&world.input()));
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    let of = |kind: &str| rows.iter().filter(|row| row[4] == kind).collect::<Vec<_>>();
    assert_eq!(of("answer").len(), 2);
    assert_eq!(of("answer")[0][7], WORDS);
    assert_eq!(of("red flag").len(), 1);
    assert_eq!(of("medicine").len(), 1);
    assert_eq!(of("allergy").len(), 2);
    assert_eq!(of("measurement").len(), 4);
    assert_eq!(of("sentence").len(), 3);
    assert_eq!(of("addendum").len(), 1);
    assert!(of("medicine").iter().all(|row| row[10] == "reported by the patient"));
    assert!(of("sentence").iter().all(|row| row[10] == "signed"));
    let draft = World::new(Shape::Drafted, WORDS);
    let rows = cells(&export::csv(&draft.input()));
    let doubtful = rows.iter().filter(|row| row[10] == "draft, not in the transcript").count();
    assert_eq!(doubtful, 1);
}

#[test]
fn every_sentence_that_leaves_names_utterances_that_there_are() {
    let world = World::new(Shape::Signed, WORDS);
    let rows = cells(&export::csv(&world.input()));
    for row in rows.iter().filter(|row| row[4] == "sentence" && !row[11].contains("typed")) {
        let named: Vec<usize> = row[11]
            .split("; ")
            .filter_map(|part| part.strip_prefix("utterance "))
            .map(|index| index.parse().unwrap())
            .collect();
        assert!(
            !named.is_empty() && named.iter().all(|index| *index < world.record.utterances.len()),
            "{row:?}"
        );
    }
}

#[test]
fn a_page_has_the_words_and_says_what_it_is() {
    for (shape, language, said) in [
        (Shape::Drafted, "en", vec!["DRAFT – not signed", "[!] ", "Identity as stated by the patient"]),
        (
            Shape::Signed,
            "es",
            vec!["Firmado: Dr. O'Hara & <co>", "Medicamentos", "(según el paciente)", "Página 1 de"],
        ),
        (Shape::Amended, "en", vec!["Addendum", "SHA-256 0909", "Alarm signs", "Chest pain (emergency)"]),
        (Shape::Retracted, "es", vec!["REGISTRADA POR ERROR – no usar"]),
    ] {
        let mut world = World::new(shape, WORDS);
        world.language = domain::Language::new(language);
        let bytes = export::pdf(&world.input()).unwrap();
        assert!(bytes.starts_with(b"%PDF-1.7"));
        let xmp = String::from_utf8_lossy(&bytes);
        assert!(
            xmp.contains("pdfaid:part>2<") && xmp.contains("pdfaid:conformance>U<"),
            "it is not PDF/A-2u"
        );
        let Some(text) = support::text_of(&bytes) else {
            eprintln!("skipped: no pdftotext (poppler-utils)");
            return;
        };
        // A line break on the page is a space in the sentence.
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = WORDS.replace('≥', ">=");
        assert!(text.contains(&words), "{text}");
        assert!(text.contains("Clinic on the Hill"));
        for words in said {
            assert!(text.contains(words), "{words}: {text}");
        }
    }
}

#[test]
fn a_long_note_goes_over_several_pages_and_loses_nothing() {
    let mut world = World::new(Shape::Signed, WORDS);
    world.lengthen(400);
    let bytes = export::pdf(&world.input()).unwrap();
    let Some(text) = support::text_of(&bytes) else {
        eprintln!("skipped: no pdftotext (poppler-utils)");
        return;
    };
    for at in 0..400 {
        assert!(text.contains(&format!("Sentence number {at}.")), "{at}");
    }
    assert!(text.contains("Page 1 of 1") && text.matches("Page ").count() > 8, "{text}");
}

#[test]
fn what_the_font_lacks_is_marked_and_said() {
    let world = World::new(Shape::Signed, "咳 since Monday");
    let bytes = export::pdf(&world.input()).unwrap();
    let Some(text) = support::text_of(&bytes) else {
        eprintln!("skipped: no pdftotext (poppler-utils)");
        return;
    };
    assert!(text.contains("\u{fffd} since Monday") && text.contains("stands for a character"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_words_come_back_out_of_a_message(words in any::<String>(), shape in 0..SHAPES.len()) {
        let world = World::new(SHAPES[shape], &words);
        let Some(batch) = export::hl7v2(&world.input()) else { return Ok(()) };
        let messages = Message::parse_batch(&batch);
        let seen = support::as_in_a_message(&words);
        for message in &messages {
            if SHAPES[shape] >= Shape::Intake {
                prop_assert_eq!(message.part("PID", 5, 0), seen.clone());
            }
        }
    }

    #[test]
    fn any_words_come_back_out_of_a_table(words in any::<String>()) {
        let world = World::new(Shape::Amended, &words);
        let rows = cells(&export::csv(&world.input()));
        let answer = rows.iter().find(|row| row[4] == "answer").unwrap();
        let written = answer[7].strip_prefix('\'').filter(|_| !words.starts_with('\'')).unwrap_or(&answer[7]);
        prop_assert_eq!(written, &words);
    }

    #[test]
    fn the_same_encounter_gives_the_same_bytes(words in any::<String>(), shape in 0..SHAPES.len()) {
        let (one, two) = (World::new(SHAPES[shape], &words), World::new(SHAPES[shape], &words));
        prop_assert_eq!(export::hl7v2(&one.input()), export::hl7v2(&two.input()));
        prop_assert_eq!(export::csv(&one.input()), export::csv(&two.input()));
        prop_assert_eq!(export::pdf(&one.input()).unwrap(), export::pdf(&two.input()).unwrap());
    }
}

#[test]
fn a_brand_puts_its_company_its_contact_and_its_products_name_on_the_page() {
    let world = World::new(Shape::Signed, WORDS);
    let letterhead = export::Letterhead {
        logo: None,
        company: "Acme Healthcare",
        product: "Acme Intake",
        contact: "+1 555 0100 · support@acme-healthcare.example",
    };
    let branded = export::ExportInput { letterhead: Some(letterhead), ..world.input() };
    let (plain, branded) = (export::pdf(&world.input()).unwrap(), export::pdf(&branded).unwrap());
    let (Some(plain), Some(branded)) = (support::text_of(&plain), support::text_of(&branded)) else {
        eprintln!("skipped: no pdftotext (poppler-utils)");
        return;
    };
    assert!(plain.contains("Bedside 0.1.0") && !plain.contains("Acme"));
    for said in [
        "Acme Healthcare",
        "+1 555 0100 · support@acme-healthcare.example",
        "Acme Intake 0.1.0",
        "Clinic on the Hill",
    ] {
        assert!(branded.contains(said), "{said}");
    }
    assert!(!branded.contains("Bedside"));
}

/// Whether the file holds these bytes.
fn holds(bytes: &[u8], wanted: &str) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted.as_bytes())
}

#[test]
fn a_logo_stands_on_the_first_page_and_what_is_not_whole_on_none() {
    let mut world = World::new(Shape::Signed, WORDS);
    world.lengthen(200);
    let (width, height) = export::Logo::pixels_for((400.0, 100.0));
    assert_eq!((width, height), (704, 176));
    assert_eq!(export::Logo::pixels_for((64.0, 64.0)), (176, 176));
    let pixels = [20, 90, 160, 255].repeat((width * height) as usize);
    let page = |logo| {
        let letterhead =
            export::Letterhead { logo, company: "Acme Healthcare", product: "Acme Intake", contact: "" };
        export::pdf(&export::ExportInput { letterhead: Some(letterhead), ..world.input() }).unwrap()
    };
    let shown = page(Some(export::Logo { pixels: &pixels, width, height }));
    let named = page(None);
    let broken = page(Some(export::Logo { pixels: &pixels[4..], width, height }));
    assert_eq!(named, broken, "the name stands in");
    let images = |bytes: &[u8]| bytes.windows(17).filter(|window| *window == b"/BitsPerComponent").count();
    assert_eq!((images(&shown), images(&named)), (1, 0));
    assert!(holds(&shown, "pdfaid:part>2<") && holds(&shown, "pdfaid:conformance>U<"));
    assert_eq!(shown, page(Some(export::Logo { pixels: &pixels, width, height })));
    assert!(shown.len() < named.len() + 20_000, "{} and {}", shown.len(), named.len());
    let Some(text) = support::text_of(&shown) else {
        eprintln!("skipped: no pdftotext (poppler-utils)");
        return;
    };
    assert!(text.contains("Acme Healthcare"), "the name can be found and read out all the same");
}
