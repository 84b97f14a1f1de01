//! What follows from a licence, day by day, and from none.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod support;

use bedside_licence::{
    Act, Counted, Doubt, Entitlement, Fallback, Feature, Judged, Level, Licence, Limits, Month, Revocation,
    Revocations, Situation, Standing, Tiers, UsageReport,
};
use domain::{Coded as _, Timestamp};
use support::*;

fn situation(licence: Option<&Licence>, at: Timestamp) -> Situation<'_> {
    Situation {
        licence,
        revocations: None,
        facility: here(),
        begun: noon("2026-11-01"),
        built: noon("2026-10-01"),
        time: Judged { at, doubt: None },
        opened: 0,
    }
}

fn of(licence: Option<&Licence>, date: &str) -> Entitlement {
    Entitlement::of(&situation(licence, noon(date)), &Tiers::builtin().unwrap())
}

#[test]
fn without_a_licence_everything_is_on_for_thirty_days_and_then_the_starters_limits_hold() {
    let first = of(None, "2026-11-01");
    assert_eq!(first.standing, Standing::Evaluation { days_left: 30 });
    assert!(Feature::ALL.iter().all(|feature| first.has(feature)));
    assert_eq!(first.limits.conversations_per_month, None);
    assert_eq!(of(None, "2026-11-30").standing, Standing::Evaluation { days_left: 1 });
    let after = of(None, "2026-12-01");
    assert_eq!(after.standing, Standing::Fallback { why: Fallback::EvaluationOver });
    assert_eq!(after.limits.conversations_per_month, Some(100));
    assert!(after.has(&Feature::TEXT) && !after.has(&Feature::VOICE));
    assert_eq!(of(None, "2099-01-01"), after);
}

#[test]
fn a_licence_holds_from_its_first_day_to_its_last_and_its_grace_days_after() {
    let licence = licence();
    let standing = |date| of(Some(&licence), date).standing;
    assert_eq!(standing("2026-11-15"), Standing::Evaluation { days_left: 16 });
    for good in ["2026-12-01", "2027-06-01", "2027-12-31"] {
        assert_eq!(standing(good), Standing::Licensed { until: Some(day("2027-12-31")) }, "{good}");
    }
    let grace = Standing::Grace { ended: day("2027-12-31"), until: day("2028-01-14") };
    assert_eq!(standing("2028-01-02"), grace);
    assert_eq!(standing("2028-01-14"), grace);
    assert!(of(Some(&licence), "2028-01-14").has(&Feature::VOICE));
    let ended = of(Some(&licence), "2028-01-16");
    assert_eq!(ended.standing, Standing::Fallback { why: Fallback::Expired { on: day("2027-12-31") } });
    assert_eq!(ended.limits.conversations_per_month, Some(100));
    let endless = Licence { expires: None, ..licence };
    assert_eq!(of(Some(&endless), "2099-01-01").standing, Standing::Licensed { until: None });
}

#[test]
fn the_program_asks_for_features_and_a_tiers_name_grants_nothing() {
    let named = Licence { tier: "enterprise".to_owned(), features: [Feature::TEXT].into(), ..licence() };
    let entitlement = of(Some(&named), "2027-01-01");
    assert!(!entitlement.has(&Feature::WHITE_LABEL));
    let unnamed =
        Licence { tier: "bespoke".to_owned(), features: [Feature::WHITE_LABEL].into(), ..licence() };
    assert!(of(Some(&unnamed), "2027-01-01").has(&Feature::WHITE_LABEL));
}

#[test]
fn a_revoked_licence_and_one_of_another_facility_grant_nothing() {
    let licence = licence();
    let mut list = Revocations::default();
    list.add(Revocation { id: licence.id, on: day("2027-03-01"), reason: None });
    let revoked = |date| {
        let situation = Situation { revocations: Some(&list), ..situation(Some(&licence), noon(date)) };
        Entitlement::of(&situation, &Tiers::builtin().unwrap()).standing
    };
    assert!(matches!(revoked("2027-02-27"), Standing::Licensed { .. }));
    let fallback = Standing::Fallback { why: Fallback::Revoked { on: day("2027-03-01") } };
    assert_eq!(revoked("2027-03-01"), fallback);
    let elsewhere = Licence { facility: Some(bedside_licence::Fingerprint::from_bytes([9; 10])), ..licence };
    let standing = of(Some(&elsewhere), "2027-02-01").standing;
    assert!(matches!(standing, Standing::Fallback { why: Fallback::OtherFacility { .. } }));
}

#[test]
fn what_cannot_be_installed_is_refused_each_with_its_own_code_and_next_step() {
    let licence = licence();
    let other = bedside_licence::Fingerprint::from_bytes([9; 10]);
    let refusals = [
        licence.check_installable(other, noon("2026-12-24")).unwrap_err(),
        licence.check_installable(here(), noon("2026-11-28")).unwrap_err(),
        licence.check_installable(here(), noon("2028-01-20")).unwrap_err(),
        licence.check_installable(here(), noon("2027-03-02")).unwrap_err(),
    ];
    let codes: Vec<_> = refusals.iter().map(|error| error.code().as_str()).collect();
    assert_eq!(
        codes,
        ["licence.other-facility", "licence.not-yet", "licence.expired", "licence.file-expired"]
    );
    for refusal in &refusals {
        let text = refusal.to_string();
        assert!(text.contains(": ask your vendor") || text.contains(": install it then"), "{text}");
    }
    assert_eq!(licence.check_installable(here(), noon("2026-12-24")), Ok(()));
}

#[test]
fn new_conversations_alone_are_refused_and_only_above_the_allowance() {
    let licence =
        Licence { limits: Limits { conversations_per_month: Some(100), devices: None }, ..licence() };
    let with = |opened| {
        let situation = Situation { opened, ..situation(Some(&licence), noon("2027-01-01")) };
        Entitlement::of(&situation, &Tiers::builtin().unwrap())
    };
    for (opened, level) in [(79, Level::Fine), (80, Level::Near80), (95, Level::Near95), (109, Level::Over)] {
        assert_eq!(with(opened).level, level);
        assert_eq!(with(opened).permits(Act::OpenEncounter), Ok(()));
    }
    let full = with(110);
    for act in Act::ALL {
        assert_eq!(full.permits(act).is_err(), act == Act::OpenEncounter, "{act:?}");
    }
    let refusal = full.permits(Act::OpenEncounter).unwrap_err();
    assert_eq!(refusal.code().as_str(), "licence.limit-reached");
    assert!(refusal.to_string().contains("+1 555 0100"), "{refusal}");
}

#[test]
fn a_version_built_after_the_updates_ended_is_told_and_nothing_else_changes() {
    let licence = licence();
    let newer = Situation { built: noon("2028-01-03"), ..situation(Some(&licence), noon("2027-06-01")) };
    let entitlement = Entitlement::of(&newer, &Tiers::builtin().unwrap());
    assert!(!entitlement.version_included && of(Some(&licence), "2027-06-01").version_included);
    assert_eq!(entitlement.features, of(Some(&licence), "2027-06-01").features);
}

#[test]
fn a_usage_report_adds_up_and_a_changed_one_does_not_verify() {
    let licence = licence();
    let month: Month = "2026-12".parse().unwrap();
    let chicago = |_: Timestamp| -6 * 3600;
    let counted = Counted {
        month,
        time_zone: "America/Chicago".to_owned(),
        bounds: month.bounds(&chicago),
        conversations: 1_234,
    };
    let time = Judged { at: noon("2027-01-02"), doubt: None };
    let report = UsageReport::of(counted, Some(&licence), Some(10_000), here(), time).unwrap();
    assert!(report.complete && !report.clock_suspect);
    let signed = report.clone().sign(&key(100)).unwrap();
    signed.verify().unwrap();
    let table = signed.to_csv();
    let lines: Vec<_> = table.lines().collect();
    assert_eq!(lines.len(), 4);
    assert!(lines[1].ends_with(",1,1000,0.30,300.00,USD,"), "{}", lines[1]);
    assert!(lines[2].ends_with(",1001,234,0.20,46.80,USD,"), "{}", lines[2]);
    assert!(lines[3].contains(",1234,,346.80,USD,"), "{}", lines[3]);

    let json = serde_json::to_string(&signed).unwrap();
    let read = |json: &str| serde_json::from_str::<bedside_licence::SignedUsage>(json).unwrap();
    read(&json).verify().unwrap();
    let less = json.replace("\"conversations\":1234", "\"conversations\":1233");
    assert_ne!(less, json);
    assert_eq!(read(&less).verify().unwrap_err().code().as_str(), "licence.forged");
    // Another facility's key signs well and is not this facility's.
    let foreign = report.sign(&key(101)).unwrap();
    assert!(foreign.verify().is_err());
    let suspect = Judged { at: time.at, doubt: Some(Doubt::SetBack) };
    let counted =
        Counted { month, time_zone: "UTC".to_owned(), bounds: month.bounds(&|_| 0), conversations: 5 };
    let unpriced = UsageReport::of(counted, None, None, here(), suspect).unwrap();
    assert!(unpriced.clock_suspect && unpriced.total.is_none());
}
