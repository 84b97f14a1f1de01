//! What a person does on each screen.
#![allow(dead_code, reason = "each test file uses a part")]

use bedside_e2e::{Application, Outcome, Page};

/// Somebody who works at the clinic.
#[derive(Clone, Copy)]
pub(crate) struct Person {
    name: &'static str,
    login: &'static str,
    password: &'static str,
}

impl Person {
    pub(crate) const fn password(self) -> &'static str {
        self.password
    }
}

pub(crate) const ADMINISTRATOR: Person =
    Person { name: "Ana Torres", login: "ana", password: "keys-to-the-clinic-7" };
/// The clinician's PIN, where a test gives them one.
pub(crate) const PIN: &str = "480913";
pub(crate) const CLINICIAN: Person =
    Person { name: "Dr Ruth Okafor", login: "ruth", password: "stethoscope-and-tea" };
pub(crate) const PASSPHRASE: &str = "seven lamps along the corridor";

/// First start: the clinic, its administrator, the passphrase, the recovery words; what may be left for later is.
pub(crate) fn set_up(application: &Application<'_>) -> Outcome {
    let page = &application.page;
    page.find("setup-way-new")?;
    application.picture("first-start");
    page.press("setup-next")?;
    page.type_into("setup-clinic-name", "Riverside Clinic")?;
    page.type_into("setup-administrator-name", ADMINISTRATOR.name)?;
    page.type_into("setup-login", ADMINISTRATOR.login)?;
    page.type_into("setup-password", ADMINISTRATOR.password)?;
    page.type_into("setup-password-again", ADMINISTRATOR.password)?;
    page.press("setup-next")?;
    page.type_into("setup-passphrase", PASSPHRASE)?;
    page.type_into("setup-passphrase-again", PASSPHRASE)?;
    page.press("setup-next")?;

    page.find("recovery-word-24")?;
    let words =
        (1..=24).map(|place| page.text_of(&format!("recovery-word-{place}"))).collect::<Outcome<Vec<_>>>()?;
    page.press("setup-next")?;
    for field in 1..=3 {
        let name = format!("setup-confirm-word-{field}");
        page.find(&name)?;
        let place = page.run(&format!(
            "return Number(document.querySelector('[data-testid={name}]').closest('[data-place]').dataset.place)"
        ))?;
        let place = place.as_u64().ok_or("the field does not say which word it asks for")?;
        page.type_into(&name, words[place as usize - 1].trim())?;
    }
    page.press("setup-next")?;
    for stage in ["device", "sound", "models", "licence", "rehearsal", "done"] {
        at_stage(page, stage)?;
        application.picture(&format!("first-start-{stage}"));
        page.press("setup-next")?;
    }
    // Whoever set it up is signed in.
    page.press("sign-out")?;
    page.find("signin-login").map(drop)
}

/// Waits for a screen of the first start.
pub(crate) fn at_stage(page: &Page, stage: &str) -> Outcome {
    let shown = "return document.querySelector('[data-testid=setup-stage]')?.dataset.stage ?? null";
    page.wait(&format!("the first start's screen `{stage}`"), || {
        Ok((page.run(shown)?.as_str() == Some(stage)).then_some(()))
    })
}

pub(crate) fn sign_in(page: &Page, person: Person) -> Outcome {
    page.type_into("signin-login", person.login)?;
    page.type_into("signin-password", person.password)?;
    page.press("signin-submit")?;
    page.find("sign-out").map(drop)
}

pub(crate) fn add_clinician(application: &Application<'_>) -> Outcome {
    let page = &application.page;
    page.press("nav-people")?;
    page.press("people-add")?;
    page.type_into("people-name", CLINICIAN.name)?;
    page.press("people-role-clinician")?;
    page.type_into("people-login", CLINICIAN.login)?;
    page.type_into("people-password", CLINICIAN.password)?;
    page.press("people-submit")?;
    page.find(&format!("person-{}", CLINICIAN.login))?;
    application.picture("people");
    Ok(())
}

/// A new clinic with its clinician signed in.
pub(crate) fn clinic(application: &Application<'_>) -> Outcome {
    let page = &application.page;
    set_up(application)?;
    sign_in(page, ADMINISTRATOR)?;
    add_clinician(application)?;
    page.press("sign-out")?;
    sign_in(page, CLINICIAN)
}

/// What the kiosk shows: the kind of step, and which of them.
pub(crate) const SHOWN: &str = "
    const by = (id) => document.querySelector(`[data-testid='${id}']`);
    const consent = document.querySelector(\"[data-testid^='kiosk-consent-'][data-testid$='-yes']\");
    if (by('kiosk-done')) return 'done';
    if (by('kiosk-review')) return 'review';
    if (consent) return 'consent ' + consent.dataset.testid;
    if (by('kiosk-name')) return 'name';
    if (by('kiosk-question')) return 'question ' + by('kiosk-question').dataset.linkId;
    if (by('kiosk-day')) return 'birth';
    return null;";

/// A patient's whole intake; the ticket that they are given.
pub(crate) fn intake(application: &Application<'_>, name: &str, reason: &str) -> Outcome<String> {
    application.page.press("kiosk-begin")?;
    application.page.press("kiosk-start-en")?;
    go_on(application, name, reason)
}

/// Goes through an intake, one step after the other, until the ticket is there. `act` is told the kind of step and which.
pub(crate) fn walk(page: &Page, mut act: impl FnMut(&str, &str) -> Outcome) -> Outcome<String> {
    let mut before = String::new();
    loop {
        let step = page.wait("the next step of the intake", || {
            let shown = page.run(SHOWN)?.as_str().map(str::to_owned);
            Ok(shown.filter(|shown| *shown != before))
        })?;
        let (kind, which) = step.split_once(' ').unwrap_or((&step, ""));
        if kind == "done" {
            return Ok(page.text_of("kiosk-ticket")?.trim().to_owned());
        }
        act(kind, which)?;
        before = step;
    }
}

/// An intake that has begun, to its end; the ticket.
pub(crate) fn go_on(application: &Application<'_>, name: &str, reason: &str) -> Outcome<String> {
    let page = &application.page;
    let ticket = walk(page, |kind, which| match kind {
        "consent" => {
            page.press(which)?;
            page.press("kiosk-next")
        }
        "name" => {
            page.type_into("kiosk-name", name)?;
            page.press("kiosk-next")
        }
        "birth" => {
            page.type_into("kiosk-day", "14")?;
            page.type_into("kiosk-month", "3")?;
            page.type_into("kiosk-year", "1958")?;
            page.press("kiosk-next")
        }
        "question" => answer(application, which, reason),
        "review" => {
            application.picture("review");
            page.press("kiosk-submit")
        }
        other => Err(format!("a step that nobody knows: {other}")),
    })?;
    application.picture("thank-you");
    page.press("kiosk-finish")?;
    page.find("kiosk-welcome")?;
    Ok(ticket)
}

/// Answers a question in some way that its kind allows.
fn answer(application: &Application<'_>, link_id: &str, reason: &str) -> Outcome {
    let page = &application.page;
    if link_id == "reason" {
        page.type_into("kiosk-text", reason)?;
        application.picture("question-in-own-words");
        return page.press("kiosk-next");
    }
    if page.has("kiosk-scale-6")? {
        page.press("kiosk-scale-6")?;
        application.picture("question-with-scale");
        page.press("kiosk-next")
    } else if page.has("kiosk-answer-no")? {
        page.press("kiosk-answer-no")?;
        page.press("kiosk-next")
    } else if page.has("kiosk-skip")? {
        page.press("kiosk-skip")
    } else if page.has("kiosk-unknown")? {
        page.press("kiosk-unknown")
    } else {
        page.press("kiosk-next")
    }
}

/// Staff take the kiosk back.
pub(crate) fn leave_kiosk(page: &Page) -> Outcome {
    page.press("kiosk-staff")?;
    page.type_into("kiosk-staff-login", CLINICIAN.login)?;
    page.type_into("kiosk-staff-password", CLINICIAN.password)?;
    page.press("kiosk-staff-submit")?;
    page.find("worklist").map(drop)
}

/// Whoever is signed in chooses a PIN, and is back where they began.
pub(crate) fn set_pin(page: &Page, person: Person) -> Outcome {
    page.press("nav-account")?;
    page.type_into("account-pin", PIN)?;
    page.type_into("account-pin-again", PIN)?;
    page.type_into("account-pin-password", person.password)?;
    page.press("account-pin-set")?;
    page.wait("the PIN to be set", || {
        let set =
            page.run("return document.querySelector('[data-testid=account-pin-state]')?.dataset.set")?;
        Ok((set.as_str() == Some("true")).then_some(()))
    })?;
    page.press("nav-work-list")
}

/// Staff take the kiosk back with a finger and their PIN.
pub(crate) fn leave_kiosk_by_pin(application: &Application<'_>) -> Outcome {
    let page = &application.page;
    page.touch("kiosk-staff")?;
    page.find("kiosk-staff-pad")?;
    for digit in PIN.chars() {
        page.touch(&format!("kiosk-key-{digit}"))?;
    }
    application.picture("number-pad");
    page.touch("kiosk-staff-pin-submit")?;
    page.find("worklist").map(drop)
}

/// Signs the note that is on the screen.
pub(crate) fn sign_note(page: &Page) -> Outcome {
    page.press("note-sign")?;
    page.find("note-sign-password")?;
    page.type_into("note-sign-password", CLINICIAN.password)?;
    page.press("note-sign-submit")?;
    page.find("note-signature").map(drop)
}

/// The signed note's sentences.
pub(crate) fn note(page: &Page) -> Outcome<Vec<String>> {
    page.find("note-signature")?;
    let sentences = page.all("[data-testid='note-sentence-text']")?;
    sentences.iter().map(|sentence| page.text(sentence)).collect()
}
