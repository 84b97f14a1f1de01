//! Intakes in the real application, each in one way only: by touch, by the keyboard, in Spanish, and interrupted and gone on with.
//! By voice: `voice.rs`.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod steps;

use bedside_e2e::{Application, Desk, Outcome, Page};
use steps::walk;

const TAB: char = '\u{E004}';
const ENTER: char = '\u{E007}';
const RIGHT: char = '\u{E014}';
const SPACE: char = ' ';

/// The kiosk, ready for a patient.
fn open_kiosk(application: &Application<'_>) -> Outcome {
    steps::clinic(application)?;
    application.page.press("nav-kiosk")?;
    application.page.find("kiosk-welcome").map(drop)
}

/// What staff read of an intake, on the encounter's page.
fn read_by_staff(application: &Application<'_>, ticket: &str) -> Outcome {
    let page = &application.page;
    page.press("kiosk-finish")?;
    page.find("kiosk-welcome")?;
    steps::leave_kiosk(page)?;
    read_answers(page, ticket)
}

fn read_answers(page: &Page, ticket: &str) -> Outcome {
    page.press(&format!("worklist-open-{ticket}"))?;
    page.find("intake-reason").map(drop)
}

/// Types with the keys on the screen.
fn touch_keys(page: &Page, text: &str) -> Outcome {
    for letter in text.chars() {
        let key = if letter == ' ' { "key-space".to_owned() } else { format!("key-{letter}") };
        page.touch(&key)?;
    }
    Ok(())
}

/// One step of an intake with a finger and nothing else.
fn by_touch(application: &Application<'_>, kind: &str, which: &str, reason: &str) -> Outcome {
    let page = &application.page;
    match kind {
        "consent" => page.touch(which)?,
        "name" => {
            touch_keys(page, "maria lopez")?;
            application.picture("name-by-touch");
        }
        "birth" => {
            page.touch("kiosk-day")?;
            for digit in "14031958".chars() {
                page.touch(&format!("kiosk-key-{digit}"))?;
            }
        }
        "review" => {
            application.picture("review-by-touch");
            return page.touch("kiosk-submit");
        }
        _ if which == "reason" => touch_keys(page, reason)?,
        _ if page.has("kiosk-scale-6")? => page.touch("kiosk-scale-6")?,
        _ if page.has("kiosk-answer-no")? => page.touch("kiosk-answer-no")?,
        _ if page.has("kiosk-skip")? => return page.touch("kiosk-skip"),
        _ => {}
    }
    page.touch("kiosk-next")
}

#[test]
fn an_intake_is_done_by_touch_alone() -> Outcome {
    let Some(desk) = Desk::clear("kiosk-touch")? else { return Ok(()) };
    let application = desk.start()?;
    let page = &application.page;
    steps::clinic(&application)?;
    steps::set_pin(page, steps::CLINICIAN)?;
    page.press("nav-kiosk")?;
    page.find("kiosk-welcome")?;
    page.touch("kiosk-begin")?;
    page.touch("kiosk-start-en")?;
    let ticket = walk(page, |kind, which| by_touch(&application, kind, which, "a sore knee"))?;
    page.touch("kiosk-finish")?;
    page.find("kiosk-welcome")?;
    steps::leave_kiosk_by_pin(&application)?;
    read_answers(page, &ticket)?;
    assert_eq!(page.text_of("intake-reason")?.to_lowercase(), "a sore knee");
    assert_eq!(page.text_of("intake-severity")?, "6");
    application.close()
}

#[test]
fn an_intake_in_spanish_is_asked_in_spanish_and_read_by_staff_in_their_language() -> Outcome {
    let Some(desk) = Desk::clear("kiosk-spanish")? else { return Ok(()) };
    let application = desk.start()?;
    let page = &application.page;
    open_kiosk(&application)?;
    page.touch("kiosk-begin")?;
    page.touch("kiosk-start-es")?;
    let mut languages = std::collections::BTreeSet::new();
    let ticket = walk(page, |kind, which| {
        let language = page.run("return document.documentElement.lang")?;
        languages.insert(language.as_str().unwrap_or_default().to_owned());
        if which == "severity" {
            application.picture("spanish-scale");
        }
        by_touch(&application, kind, which, "me duele mucho el pecho")
    })?;
    assert_eq!(languages.into_iter().collect::<Vec<_>>(), ["es"]);
    application.picture("spanish-ticket");
    read_by_staff(&application, &ticket)?;
    let flag = page.text_of("flag")?;
    assert!(flag.contains("Chest pain"), "staff read the alarm in their language: {flag}");
    assert_eq!(page.text_of("intake-reason")?.to_lowercase(), "me duele mucho el pecho");
    application.close()
}

/// Presses a key on an element that the Tab key leads to.
fn press(page: &Page, name: &str, key: char) -> Outcome {
    page.find(name)?;
    let there = format!(
        "const target = document.querySelector(\"[data-testid='{name}']\"); const now = document.activeElement;
         return now !== null && now !== document.body && target !== null && target.contains(now)"
    );
    for _ in 0..60 {
        if page.run(&there)?.as_bool() == Some(true) {
            return page.keys(&key.to_string());
        }
        page.keys(&TAB.to_string())?;
    }
    Err(format!("the Tab key does not lead to {name}"))
}

#[test]
fn an_intake_is_done_by_keyboard_alone() -> Outcome {
    let Some(desk) = Desk::clear("kiosk-keyboard")? else { return Ok(()) };
    let application = desk.start()?;
    let page = &application.page;
    open_kiosk(&application)?;
    press(page, "kiosk-begin", ENTER)?;
    press(page, "kiosk-start-en", ENTER)?;
    let ticket = walk(page, |kind, which| match kind {
        "consent" => {
            press(page, which, SPACE)?;
            press(page, "kiosk-next", ENTER)
        }
        "name" => {
            press(page, "kiosk-name", 'A')?;
            page.keys("lma Reyes")?;
            application.picture("name-by-keyboard");
            page.keys(&ENTER.to_string())
        }
        "birth" => {
            press(page, "kiosk-day", '0')?;
            page.keys("2111960")?;
            page.keys(&ENTER.to_string())
        }
        "review" => press(page, "kiosk-submit", ENTER),
        _ if which == "reason" => {
            press(page, "kiosk-text", 'A')?;
            page.keys(" sore knee")?;
            press(page, "kiosk-next", ENTER)
        }
        _ if page.has("kiosk-scale-0")? => {
            press(page, "kiosk-scale-0", SPACE)?;
            page.keys(&RIGHT.to_string().repeat(4))?;
            application.picture("scale-by-keyboard");
            press(page, "kiosk-next", ENTER)
        }
        _ if page.has("kiosk-skip")? => press(page, "kiosk-skip", ENTER),
        _ => press(page, "kiosk-next", ENTER),
    })?;
    press(page, "kiosk-finish", ENTER)?;
    page.find("kiosk-welcome")?;
    steps::leave_kiosk(page)?;
    page.press(&format!("worklist-open-{ticket}"))?;
    assert_eq!(page.text_of("intake-reason")?, "A sore knee");
    assert_eq!(page.text_of("intake-severity")?, "4");
    application.close()
}

#[test]
fn an_intake_that_staff_interrupt_goes_on_where_it_was() -> Outcome {
    let Some(desk) = Desk::clear("kiosk-resumed")? else { return Ok(()) };
    let application = desk.start()?;
    let page = &application.page;
    open_kiosk(&application)?;
    page.press("kiosk-begin")?;
    page.press("kiosk-start-en")?;
    for scope in ["intake", "recording"] {
        page.press(&format!("kiosk-consent-{scope}-yes"))?;
        page.press("kiosk-next")?;
    }
    page.type_into("kiosk-name", "Mary Smith")?;
    page.press("kiosk-next")?;
    for (field, value) in [("kiosk-day", "14"), ("kiosk-month", "3"), ("kiosk-year", "1958")] {
        page.type_into(field, value)?;
    }
    page.press("kiosk-next")?;
    page.type_into("kiosk-text", "A sore knee after a fall")?;
    page.press("kiosk-next")?;
    let question = "return document.querySelector('[data-testid=kiosk-question]')?.dataset.linkId ?? null";
    let stopped_at = page.wait("the question after the reason", || {
        Ok(page.run(question)?.as_str().filter(|link_id| *link_id != "reason").map(str::to_owned))
    })?;
    application.picture("interrupted-here");

    // The patient calls; the power fails before anyone has come.
    page.press("kiosk-person")?;
    page.wait("the call to be taken", || {
        let called =
            page.run("return document.querySelector('[data-testid=kiosk-person]')?.disabled ?? false")?;
        Ok((called.as_bool() == Some(true)).then_some(()))
    })?;
    application.cut_power()?;

    let application = desk.start()?;
    let page = &application.page;
    page.type_into("unlock-passphrase", steps::PASSPHRASE)?;
    page.press("unlock-submit")?;
    steps::sign_in(page, steps::CLINICIAN)?;
    let ticket = page.wait("the intake in the list", || {
        let row = "return document.querySelector('tr[data-status=partial] th')?.innerText ?? null";
        Ok(page.run(row)?.as_str().map(|text| text.trim().to_owned()))
    })?;
    application.picture("partial-in-the-work-list");
    page.press(&format!("worklist-hand-over-{ticket}"))?;
    page.find("worklist-hand-over-go")?;
    application.picture("hand-over");
    page.press("worklist-hand-over-go")?;
    page.find("kiosk-question")?;
    assert_eq!(page.run(question)?.as_str(), Some(stopped_at.as_str()));
    application.picture("resumed-here");
    let second = steps::go_on(&application, "Mary Smith", "A sore knee after a fall")?;
    assert_eq!(second, ticket, "it is the same encounter");
    steps::leave_kiosk(page)?;
    page.press(&format!("worklist-open-{ticket}"))?;
    assert_eq!(page.text_of("intake-reason")?, "A sore knee after a fall");
    application.close()
}
