//! From the intake to the paper, in the real application: the visit recorded, taken from a sound file, or pasted; the draft with
//! its evidence, corrected, signed, added to; then a PDF and a FHIR document, saved through the system's own window.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod scene;
mod steps;

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use bedside_e2e::{Application, Outcome, Page, dialog};
use scene::card::write_wav;
use scene::{Scene, spoken};
use serde_json::Value;
use steps::CLINICIAN;

/// What is said in the visit, by words that the starter model knows.
const TALK: &[&str] = &[
    "I have had a headache for three days",
    "about seven out of ten",
    "I take ibuprofen twice a day",
    "no allergies",
];
const PASTED: &str = "\
[doctor] What brings you in today?
[patient] I have had a headache for three days.
[doctor] How bad is it?
[patient] About seven out of ten.
[doctor] Do you take anything for it?
[patient] I take ibuprofen 400 milligrams twice a day.
[doctor] Any allergies?
[patient] No allergies.
[doctor] Let us check your blood pressure, and come back in a week.";
const ADDENDUM: &str = "The patient called: the headache is gone.";

/// The patient's intake, then the clinician on the page of the encounter.
fn intake(application: &Application<'_>) -> Outcome {
    let page = &application.page;
    steps::clinic(application)?;
    page.press("nav-kiosk")?;
    let ticket = steps::intake(application, "Mary Smith", "A headache")?;
    steps::leave_kiosk(page)?;
    page.press(&format!("worklist-open-{ticket}"))?;
    page.find("intake-reason").map(drop)
}

/// From the transcript to the files.
fn to_paper(scene: &Scene, application: &Application<'_>) -> Outcome {
    let page = &application.page;
    page.press("note-draft")?;
    page.find("note-sentence")?;

    // A sentence shows what it rests on, and the transcript lights up there.
    page.press("note-sentence-text")?;
    page.find("note-evidence")?;
    page.wait("the evidence in the transcript", || {
        Ok((!page.all("[data-testid^=utterance-][data-evidence=true]")?.is_empty()).then_some(()))
    })?;
    application.picture("evidence");

    // Corrected: whose words they are is shown, and they are kept.
    page.keys(" Checked.")?;
    page.wait("the sentence to be marked as edited", || {
        Ok((!page.all("[data-testid=note-sentence][data-origin=edited]")?.is_empty()).then_some(()))
    })?;
    page.press("note-sign")?;
    page.find("note-sign-password")?;
    for doubtful in page.all("[data-testid^=note-confirm-]")? {
        page.press(&page.attribute(&doubtful, "data-testid")?)?;
    }
    page.type_into("note-sign-password", CLINICIAN.password())?;
    page.press("note-sign-submit")?;
    let signed = steps::note(page)?;
    assert!(signed.iter().any(|sentence| sentence.contains("Checked.")), "{signed:?}");
    page.press("addendum-open")?;
    page.type_into("addendum-text", ADDENDUM)?;
    page.type_into("addendum-password", CLINICIAN.password())?;
    page.press("addendum-submit")?;
    page.find("addendum")?;
    application.picture("signed-with-addendum");

    let pdf = save(scene, application, "pdf")?;
    let words = printed(&pdf)?;
    for expected in signed.iter().map(String::as_str).chain([ADDENDUM, "Mary Smith", "Riverside Clinic"]) {
        assert!(words.contains(&squeezed(expected)), "{expected:?} is not on the paper: {words}");
    }
    let document = std::fs::read(save(scene, application, "fhir")?).map_err(|error| error.to_string())?;
    let document: Value = serde_json::from_slice(&document).map_err(|error| error.to_string())?;
    assert_eq!((&document["resourceType"], &document["type"]), (&"Bundle".into(), &"document".into()));
    assert_eq!(document["entry"][0]["resource"]["resourceType"], "Composition");
    let text = document.to_string();
    for expected in [ADDENDUM, "Checked."] {
        assert!(text.contains(expected), "{expected:?} is not in the document");
    }
    Ok(())
}

/// Saves the encounter in a format, through the system's own window.
fn save(scene: &Scene, application: &Application<'_>, format: &str) -> Outcome<std::path::PathBuf> {
    let page = &application.page;
    let file = scene.card.folder().join(format!("mary.{format}"));
    page.press("encounter-export")?;
    page.press(&format!("export-format-{format}"))?;
    page.press("encounter-export-save")?;
    dialog::answer_with(&file)?;
    page.wait("the file", || Ok(file.is_file().then_some(())))?;
    page.wait("the window of the ways out to close", || {
        Ok((!page.has("encounter-export-dialog")?).then_some(()))
    })?;
    Ok(file)
}

/// The words on a PDF's pages, without the spaces.
fn printed(pdf: &Path) -> Outcome<String> {
    let output = Command::new("pdftotext").arg(pdf).arg("-").output();
    let output = output.map_err(|error| format!("pdftotext does not start: {error}"))?;
    Ok(squeezed(&String::from_utf8_lossy(&output.stdout)))
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Waits until so many utterances are in the transcript.
fn heard(page: &Page, count: usize) -> Outcome {
    page.wait("the words", || Ok((page.all("[data-testid^=utterance-play-]")?.len() >= count).then_some(())))
}

#[test]
fn a_recorded_visit_becomes_a_signed_note_on_paper_and_in_fhir() -> Outcome {
    let Some(scene) = Scene::set("note-recorded")? else { return Ok(()) };
    let application = scene.desk.start()?;
    let page = &application.page;
    intake(&application)?;
    // By the keys that work whatever is in front.
    dialog::press("ctrl+alt+r")?;
    page.wait("the microphone", || Ok((page.text_of("recorder-time")? != "0:00").then_some(())))?;
    for (place, sentence) in TALK.iter().enumerate() {
        scene.say(sentence)?;
        heard(page, place + 1)?;
    }
    application.picture("recorded");
    dialog::press("ctrl+alt+r")?;
    page.find("record")?;
    to_paper(&scene, &application)?;
    application.close()
}

#[test]
fn a_visit_from_a_sound_file_becomes_a_signed_note_on_paper_and_in_fhir() -> Outcome {
    let Some(scene) = Scene::set("note-imported")? else { return Ok(()) };
    let mut samples = Vec::new();
    for sentence in TALK {
        samples.extend(spoken(sentence)?);
        samples.extend(std::iter::repeat_n(0.0, 16_000));
    }
    let file = scene.card.folder().join("visit.wav");
    write_wav(&file, &samples);
    let application = scene.desk.start()?;
    let page = &application.page;
    intake(&application)?;
    page.press("sound-import-open")?;
    page.press("sound-import-choose")?;
    dialog::answer_with(&file)?;
    application.picture("sound-file");
    page.press("sound-import-submit")?;
    page.wait("everything to be written down", || Ok((!page.has("sound-import-progress")?).then_some(())))?;
    heard(page, TALK.len())?;
    std::thread::sleep(Duration::from_millis(500));
    application.picture("written-down");
    to_paper(&scene, &application)?;
    application.close()
}

#[test]
fn a_pasted_transcript_becomes_a_signed_note_on_paper_and_in_fhir() -> Outcome {
    let Some(scene) = Scene::set("note-pasted")? else { return Ok(()) };
    let application = scene.desk.start()?;
    let page = &application.page;
    intake(&application)?;
    page.type_into("transcript-text", PASTED)?;
    page.press("transcript-add")?;
    page.find("utterance-8")?;
    to_paper(&scene, &application)?;
    application.close()
}
