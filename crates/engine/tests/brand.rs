//! A clinic's own brand: who installs it, where it shows, and what stands there where it cannot.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use bedside_engine::rpc::schema::method;
use bedside_engine::rpc::types::*;
use bedside_engine::{Engine, Error};
use data_encoding::BASE64;
use domain::{Coded as _, ErrorCode, ExportFormat, Role};
use support::{Clinic, DAY, Hand, START, options};

/// Acme's folder, as a screen hands it in.
fn acme() -> BrandDraft {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../branding/acme");
    let picture = |name: &str| BrandPicture {
        name: name.to_owned(),
        content: BASE64.encode(&std::fs::read(folder.join(name)).unwrap()),
    };
    BrandDraft {
        toml: Some(std::fs::read_to_string(folder.join("brand.toml")).unwrap()),
        fields: None,
        pictures: ["logo.svg", "logo-dark.svg", "icon.svg"].map(picture).into(),
    }
}

fn current(engine: &Engine) -> BrandShown {
    engine.request::<method::BrandCurrent>(None, &Empty {}).unwrap()
}

fn ticket_of(clinic: &Clinic) -> String {
    let encounter = clinic.take_intake(&clinic.sign_in(Role::Kiosk));
    let desk = clinic.sign_in(Role::FrontDesk);
    let all = ListEncounters { since: None, until: None, site: None };
    let lines = clinic.request::<method::EncountersList>(&desk, &all).unwrap();
    lines.into_iter().find(|line| line.id == encounter).unwrap().ticket
}

#[test]
fn an_installed_brand_shows_before_anybody_signed_in_and_after_a_restart_until_it_is_removed() {
    let clinic = Clinic::new();
    assert!(!current(&clinic.engine).installed);
    assert_eq!(ticket_of(&clinic), "A-1");
    let admin = clinic.sign_in(Role::Administrator);
    let status = clinic.request::<method::BrandInstall>(&admin, &acme()).unwrap();
    assert!(status.installed && status.licensed && status.fallback.is_none());

    let shown = current(&clinic.engine);
    assert_eq!((shown.company.as_str(), shown.product.as_str()), ("Acme Healthcare", "Acme Intake"));
    assert_eq!(shown.colours["--brand-accent"], "#1d4fa3");
    assert!(shown.logo_dark.unwrap().starts_with("data:image/svg+xml;base64,"));
    assert!(shown.fonts.unwrap().contains("\"Segoe UI\""));
    assert_eq!(shown.phone.as_deref(), Some("+1 555 0100"));
    assert_eq!(ticket_of(&clinic), "AC-A2");

    let clinic = clinic.restart();
    assert!(current(&clinic.engine).installed);
    let admin = clinic.sign_in(Role::Administrator);
    let status = clinic.request::<method::BrandStatusOf>(&admin, &Empty {}).unwrap();
    assert_eq!((status.fields.company.as_str(), status.pictures.len()), ("Acme Healthcare", 3));
    let status = clinic.request::<method::BrandRemove>(&admin, &Empty {}).unwrap();
    assert!(!status.installed && status.fallback.is_none());
    let shown = current(&clinic.engine);
    assert_eq!((shown.installed, shown.product.as_str(), shown.colours.len()), (false, "Bedside", 0));
    assert_eq!(ticket_of(&clinic), "A-3");

    let auditor = clinic.sign_in(Role::Auditor);
    let lines = clinic.request::<method::AuditList>(&auditor, &ListAudit::default()).unwrap();
    for action in ["brand.install", "brand.remove"] {
        assert!(lines.iter().any(|line| line.action == action && line.refused.is_none()), "{action}");
    }
}

#[test]
fn the_default_brand_stands_where_there_is_no_clinic_and_where_the_vault_is_locked() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(current(&Engine::start(options(folder.path(), None)).unwrap()).product, "Bedside");
    let clinic = Clinic::new();
    let admin = clinic.sign_in(Role::Administrator);
    clinic.request::<method::BrandInstall>(&admin, &acme()).unwrap();
    let Clinic { engine, data, _folder } = clinic;
    drop(engine);
    let locked = Engine::start(options(&data, None)).unwrap();
    assert_eq!(locked.phase(), Phase::Locked);
    assert!(!current(&locked).installed);
}

#[test]
fn only_administrators_see_change_and_remove_a_brand() {
    let clinic = Clinic::new();
    for role in Role::ALL {
        let token = clinic.sign_in(role);
        let may = role == Role::Administrator;
        let answers = [
            clinic.request::<method::BrandStatusOf>(&token, &Empty {}).err(),
            clinic.request::<method::BrandPreview>(&token, &acme()).err(),
            clinic.request::<method::BrandInstall>(&token, &acme()).err(),
            clinic.request::<method::BrandRemove>(&token, &Empty {}).err(),
        ];
        for answer in answers {
            assert_eq!(answer.is_none(), may, "{}: {answer:?}", role.as_str());
            assert!(answer.is_none_or(|error| matches!(error, Error::Forbidden)));
        }
    }
    assert!(!current(&clinic.engine).installed);
}

#[test]
fn a_preview_says_all_that_is_wrong_and_what_to_take_instead_and_changes_nothing() {
    let clinic = Clinic::new();
    let admin = clinic.sign_in(Role::Administrator);
    let mut draft = acme();
    draft.toml = draft.toml.map(|text| text.replace("#1d4fa3", "#7fb2ff").replace("\"AC\"", "\"acme\""));
    let checked = clinic.request::<method::BrandPreview>(&admin, &draft).unwrap();
    let kinds: Vec<_> = checked.problems.iter().map(|problem| problem.kind.as_str()).collect();
    assert_eq!(kinds, ["prefix", "contrast"]);
    let verdict = &checked.verdicts[0];
    assert!(!verdict.passes && verdict.ratio < 4.5);
    assert_eq!(checked.problems[1].proposed.as_ref(), Some(&verdict.proposed));
    // What it would look like can be read all the same.
    assert_eq!(checked.shown.colours["--brand-accent"], verdict.proposed);
    let refused = clinic.request::<method::BrandInstall>(&admin, &draft).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::BrandInvalid);
    assert!(!current(&clinic.engine).installed);

    let fields = branding::Fields {
        primary: verdict.proposed.clone(),
        ticket_prefix: "AC".to_owned(),
        ..checked.fields
    };
    let form = BrandDraft { toml: None, fields: Some(fields), pictures: draft.pictures };
    assert_eq!(clinic.request::<method::BrandPreview>(&admin, &form).unwrap().problems, []);
    assert!(clinic.request::<method::BrandInstall>(&admin, &form).unwrap().installed);
    assert_eq!(current(&clinic.engine).colours["--brand-accent"], verdict.proposed);
}

#[test]
fn a_picture_that_acts_is_refused_and_one_that_is_not_base_64_is_no_request() {
    let clinic = Clinic::new();
    let admin = clinic.sign_in(Role::Administrator);
    let mut draft = acme();
    draft.pictures[2].content = BASE64.encode(b"<svg viewBox='0 0 9 9' onload='alert(1)'/>");
    let checked = clinic.request::<method::BrandPreview>(&admin, &draft).unwrap();
    assert_eq!(checked.problems[0].kind, "active");
    assert_eq!(checked.shown.icon, None);
    assert!(clinic.request::<method::BrandInstall>(&admin, &draft).is_err());
    draft.pictures[2].content = "no base 64!".to_owned();
    let refused = clinic.request::<method::BrandPreview>(&admin, &draft).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::RequestInvalid);
}

#[test]
fn without_the_feature_none_is_installed_and_an_installed_one_gives_way_to_the_default() {
    let clock = Arc::new(Hand(AtomicI64::new(START)));
    let clinic = Clinic::by(Arc::<Hand>::clone(&clock));
    let admin = clinic.sign_in(Role::Administrator);
    clinic.request::<method::BrandInstall>(&admin, &acme()).unwrap();
    // The evaluation is over, and with it what only some licences include.
    clock.0.store(START + 30 * DAY, Ordering::SeqCst);
    assert_eq!(current(&clinic.engine).product, "Bedside");
    assert_eq!(ticket_of(&clinic), "A-1");
    let admin = clinic.sign_in(Role::Administrator);
    let status = clinic.request::<method::BrandStatusOf>(&admin, &Empty {}).unwrap();
    assert_eq!((status.licensed, status.installed), (false, true));
    assert_eq!(status.fallback, Some(BrandFallback::NotLicensed));
    // What was made stays there to be shown again, and can be looked at and removed meanwhile.
    assert_eq!(status.fields.company, "Acme Healthcare");
    assert!(clinic.request::<method::BrandPreview>(&admin, &acme()).is_ok());
    let refused = clinic.request::<method::BrandInstall>(&admin, &acme()).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::LicenceFeatureMissing);
    assert!(!clinic.request::<method::BrandRemove>(&admin, &Empty {}).unwrap().installed);
}

#[test]
fn a_damaged_brand_gives_way_to_the_default_and_the_administrator_is_told() {
    let clinic = Clinic::new();
    let admin = clinic.sign_in(Role::Administrator);
    clinic.request::<method::BrandInstall>(&admin, &acme()).unwrap();
    let mut clinic = clinic;
    for damaged in [&b"{\"fields\""[..], b"{\"fields\":{},\"pictures\":[]}", b"\xff"] {
        clinic.engine.vault().unwrap().remember("brand", damaged.to_vec()).unwrap();
        clinic = clinic.restart();
        assert!(!current(&clinic.engine).installed);
        let admin = clinic.sign_in(Role::Administrator);
        let status = clinic.request::<method::BrandStatusOf>(&admin, &Empty {}).unwrap();
        assert_eq!((status.installed, status.fallback), (true, Some(BrandFallback::Damaged)));
    }
    let admin = clinic.sign_in(Role::Administrator);
    assert!(clinic.request::<method::BrandInstall>(&admin, &acme()).unwrap().fallback.is_none());
    assert!(current(&clinic.engine).installed);
}

/// Whether the page of a visit has a picture on it.
fn has_picture(clinic: &Clinic) -> bool {
    let clinician = clinic.sign_in(Role::Clinician);
    let encounter = clinic.drafted(&clinician).record.id;
    let request = ExportEncounter { encounter, format: ExportFormat::Pdf };
    let page = clinic.request::<method::EncountersExport>(&clinician, &request).unwrap();
    let bytes = BASE64.decode(page.content.expose().as_bytes()).unwrap();
    bytes.windows(17).any(|window| window == b"/BitsPerComponent")
}

#[test]
fn the_logo_is_on_printed_notes_where_the_brand_is_shown_and_can_be_drawn() {
    let clock = Arc::new(Hand(AtomicI64::new(START)));
    let clinic = Clinic::by(Arc::<Hand>::clone(&clock));
    let admin = clinic.sign_in(Role::Administrator);
    assert!(!has_picture(&clinic));
    clinic.request::<method::BrandInstall>(&admin, &acme()).unwrap();
    assert!(has_picture(&clinic));

    // The words of this one are no outlines: they would be missing.
    let mut worded = acme();
    worded.pictures[0].content = BASE64
        .encode(b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 10'><text y='9'>A</text></svg>");
    clinic.request::<method::BrandInstall>(&admin, &worded).unwrap();
    assert!(!has_picture(&clinic));

    clinic.request::<method::BrandInstall>(&admin, &acme()).unwrap();
    clock.0.store(START + 30 * DAY, Ordering::SeqCst);
    assert!(!has_picture(&clinic), "the licence does not include it any more");
}
