//! One patient's way through the real application: set-up, intake, visit, note, signature; then the power is cut, and
//! everything is still there.

mod steps;

use bedside_e2e::{Desk, Outcome};
use steps::{CLINICIAN, PASSPHRASE};

/// What the patient types, and what the visit is about. The rare words are looked for in every file afterwards.
const REASON: &str = "Crushing chest pain since this morning. It began while I repotted the zinnias.";
const TRANSCRIPT: &str = "\
[doctor] Good morning. What brings you in today?
[patient] I have had a tight pressure in my chest since early this morning, it began while I repotted the zinnias.
[doctor] Does the pain go anywhere else?
[patient] Yes, it goes into my left arm, and I feel short of breath when I climb the stairs.
[doctor] Do you take any medicines?
[patient] I take lisinopril ten milligrams every morning for my blood pressure.
[doctor] Any allergies?
[patient] I am allergic to penicillin, it gave me a rash.
[doctor] I would like to do an electrocardiogram now and take blood for troponin.";
const RARE_WORDS: &[&str] = &["zinnias", "lisinopril", "electrocardiogram", "Marguerite", "Crushing"];

#[test]
fn a_visit_from_set_up_to_signature_survives_a_power_cut() -> Outcome {
    let Some(desk) = Desk::clear("visit")? else { return Ok(()) };

    let application = desk.start()?;
    let page = &application.page;
    steps::clinic(&application)?;
    page.press("nav-kiosk")?;
    page.find("kiosk-welcome")?;
    application.picture("kiosk-welcome");
    let ticket = steps::intake(&application, "Marguerite Duval", REASON)?;
    steps::leave_kiosk(page)?;

    page.press(&format!("worklist-open-{ticket}"))?;
    page.find("flag")?;
    assert!(page.text_of("intake-reason")?.contains("zinnias"), "the clinician reads what the patient typed");
    application.picture("red-flag-first");
    page.type_into("transcript-text", TRANSCRIPT)?;
    page.press("transcript-add")?;
    page.find("utterance-8")?;
    // Named the wrong way round, and back.
    for expected in ["Patient", "Clinician"] {
        page.press("transcript-swap")?;
        page.wait("the speakers to be swapped", || {
            Ok(page.text_of("utterance-0")?.contains(expected).then_some(()))
        })?;
    }
    page.press("note-draft")?;
    page.find("note-sentence")?;
    application.picture("draft");
    steps::sign_note(page)?;
    application.picture("signed");
    let signed = steps::note(page)?;
    assert!(signed.iter().any(|sentence| sentence.contains("penicillin")), "{signed:?}");

    // The whole time nothing was connected but the test's own driver, which sits on this machine.
    for connection in application.connections()? {
        assert!(connection.is_of_this_machine(), "{connection:?}");
    }
    application.cut_power()?;
    assert_eq!(
        desk.files_with(RARE_WORDS)?,
        Vec::<std::path::PathBuf>::new(),
        "files that hold what was said"
    );

    let application = desk.start()?;
    let page = &application.page;
    page.type_into("unlock-passphrase", PASSPHRASE)?;
    application.picture("locked-after-the-power-cut");
    page.press("unlock-submit")?;
    steps::sign_in(page, CLINICIAN)?;
    page.press(&format!("worklist-open-{ticket}"))?;
    page.find("note-signature")?;
    application.picture("still-there");
    assert_eq!(steps::note(page)?, signed);
    assert!(page.text_of("intake-reason")?.contains("zinnias"));
    application.close()?;
    assert_eq!(
        desk.files_with(RARE_WORDS)?,
        Vec::<std::path::PathBuf>::new(),
        "files that hold what was said"
    );
    Ok(())
}
