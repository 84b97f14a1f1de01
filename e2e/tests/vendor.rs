//! From the vendor to the clinic: keys, a licence, a brand; the clinic installs both in the real application, takes a patient in
//! under its own name, sees it among its figures, and reports its use.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod steps;

use std::path::Path;
use std::process::Command;

use bedside_e2e::{Desk, Outcome, Page};
use steps::{ADMINISTRATOR, PASSPHRASE};

/// `bedside …` in the desk's folder; what it printed, as JSON.
fn bedside(desk: &Desk, arguments: &[&str]) -> Outcome<serde_json::Value> {
    let output = Command::new(desk.program("bedside"))
        .args(arguments)
        .arg("--json")
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(format!("{arguments:?}: {}", String::from_utf8_lossy(&output.stderr)));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())
}

fn path(file: &Path) -> Outcome<&str> {
    file.to_str().ok_or_else(|| "a path that is no text".into())
}

/// Pastes a licence on its page and waits for what is said to it.
fn install(page: &Page, text: &str) -> Outcome<&'static str> {
    page.type_into("licence-text", text)?;
    page.press("licence-install")?;
    page.first_of(&["licence-installed", "licence-refused"])
}

#[test]
fn a_vendor_sells_and_a_clinic_uses_it_under_its_own_name() -> Outcome {
    let Some(desk) = Desk::clear("vendor")? else { return Ok(()) };

    // The vendor: keys, and a licence for a year.
    let key = desk.file("vendor", "")?;
    std::fs::remove_file(&key).map_err(|error| error.to_string())?;
    bedside(&desk, &["licence", "keygen", "--out", path(&key)?])?;
    let public = format!("{}.pub", path(&key)?);
    let issue = |name: &str, conversations: &str| -> Outcome<std::path::PathBuf> {
        let file = desk.file(name, "")?;
        std::fs::remove_file(&file).map_err(|error| error.to_string())?;
        bedside(
            &desk,
            &[
                "licence",
                "issue",
                "--key",
                path(&key)?,
                "--company",
                "Acme Healthcare",
                "--tier",
                "enterprise",
                "--expires",
                "2999-12-31",
                "--max-conversations",
                conversations,
                "--currency",
                "EUR",
                "--price",
                "0.25",
                "--output",
                path(&file)?,
            ],
        )?;
        Ok(file)
    };
    let first = issue("first.licence", "100")?;
    let more = issue("more.licence", "200")?;
    let genuine = bedside(&desk, &["licence", "inspect", path(&first)?, "--trust", &public])?;
    assert_eq!(genuine["genuine"], true);
    let brand = Path::new(env!("CARGO_MANIFEST_DIR")).join("../branding/acme");
    bedside(&desk, &["brand", "check", path(&brand)?])?;

    // First start, in the evaluation; a key that this build does not know is refused in words.
    let application = desk.start()?;
    let page = &application.page;
    steps::clinic(&application)?;
    page.press("sign-out")?;
    steps::sign_in(page, ADMINISTRATOR)?;
    page.press("nav-licence")?;
    page.find("licence")?;
    application.picture("evaluation");
    let text = std::fs::read_to_string(&first).map_err(|error| error.to_string())?;
    assert_eq!(install(page, &text)?, "licence-refused");
    application.picture("key-not-known");
    application.close()?;

    // The vendor's build would know the key; a development build is told it once.
    let passphrase = desk.file("passphrase", PASSPHRASE)?;
    let data = desk.data();
    let vault = ["--data", path(&data)?, "--passphrase-file", path(&passphrase)?];
    bedside(&desk, &[&["licence", "install", path(&first)?, "--trust", &public][..], &vault].concat())?;
    bedside(&desk, &[&["brand", "install", path(&brand)?][..], &vault].concat())?;

    // On screen: a greater licence, the clinic's own name, a patient.
    let application = desk.start()?;
    let page = &application.page;
    page.type_into("unlock-passphrase", PASSPHRASE)?;
    page.press("unlock-submit")?;
    page.find("signin-login")?;
    application.picture("sign-in-under-the-brand");
    steps::sign_in(page, ADMINISTRATOR)?;
    page.press("nav-licence")?;
    let text = std::fs::read_to_string(&more).map_err(|error| error.to_string())?;
    assert_eq!(install(page, &text)?, "licence-installed");
    page.wait("the new allowance", || Ok(page.text_of("licence")?.contains("200").then_some(())))?;
    application.picture("licensed");
    page.press("sign-out")?;
    steps::sign_in(page, steps::CLINICIAN)?;
    page.press("nav-kiosk")?;
    page.find("kiosk-welcome")?;
    application.picture("kiosk-under-the-brand");
    let ticket = steps::intake(&application, "Mary Smith", "A sore knee")?;
    assert!(ticket.starts_with("AC-"), "the ticket has the brand's prefix: {ticket}");
    steps::leave_kiosk(page)?;
    page.press("sign-out")?;

    // The administrator sees it counted, and the report says what it costs.
    steps::sign_in(page, ADMINISTRATOR)?;
    page.press("nav-figures")?;
    page.wait("the conversation among the figures", || {
        Ok(page.text_of("figures-tile-encounters")?.contains('1').then_some(()))
    })?;
    application.picture("figures");
    page.press("nav-licence")?;
    page.press("licence-usage-tab")?;
    page.wait("the month's use", || Ok(page.text_of("usage")?.contains("0.25").then_some(())))?;
    application.picture("usage");
    application.close()?;
    let status = bedside(&desk, &[&["licence", "status"][..], &vault].concat())?;
    let month = status["usage"]["month"].as_str().ok_or("the status names no month")?.to_owned();
    let signed = bedside(&desk, &[&["usage", "report", "--month", &month][..], &vault].concat())?;
    assert_eq!(signed["report"]["conversations"], 1, "{signed}");
    assert_eq!(signed["report"]["total"], "0.25", "{signed}");
    assert!(signed["signature"].is_string());
    Ok(())
}
