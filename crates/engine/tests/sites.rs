//! Several sites of one clinic: who names them, what is of them, and what a licence has to do with it.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use bedside_engine::rpc::schema::method;
use bedside_engine::rpc::types::*;
use domain::{Coded as _, EncounterId, ErrorCode, ExportFormat, Language, Role, SiteId};
use support::Clinic;

fn add(clinic: &Clinic, admin: &str, name: &str) -> Result<SiteId, bedside_engine::Error> {
    let sites = clinic.request::<method::SitesAdd>(admin, &AddSite { name: name.into() })?;
    Ok(sites.sites.iter().find(|site| site.name == name && !site.closed).unwrap().id)
}

fn place(clinic: &Clinic, admin: &str, site: Option<SiteId>) -> Sites {
    clinic.request::<method::SitesPlace>(admin, &PlaceDevice { site }).unwrap()
}

fn open(clinic: &Clinic, token: &str, name: &str) -> EncounterId {
    let open = OpenEncounter::of(name, Language::english());
    clinic.request::<method::EncountersOpen>(token, &open).unwrap().record.id
}

fn listed(clinic: &Clinic, token: &str, site: Option<SiteId>) -> Vec<EncounterId> {
    let all = ListEncounters { since: None, until: None, site };
    let lines = clinic.request::<method::EncountersList>(token, &all).unwrap();
    lines.into_iter().map(|line| line.id).collect()
}

#[test]
fn what_is_opened_on_a_device_is_of_the_site_at_which_it_stands() {
    let clinic = Clinic::new();
    let admin = clinic.sign_in(Role::Administrator);
    let clinician = clinic.sign_in(Role::Clinician);
    let before = open(&clinic, &clinician, "Ida Holm");
    let north = add(&clinic, &admin, "North").unwrap();
    let south = add(&clinic, &admin, "South").unwrap();
    place(&clinic, &admin, Some(north));
    let of_staff = open(&clinic, &clinician, "Jan Berg");
    let kiosk = clinic.sign_in(Role::Kiosk);
    let of_kiosk = clinic.take_intake(&kiosk);
    place(&clinic, &admin, Some(south));
    let elsewhere = open(&clinic, &clinician, "Kari Lund");

    let mut at_north = listed(&clinic, &clinician, Some(north));
    at_north.sort();
    let mut expected = vec![of_staff, of_kiosk];
    expected.sort();
    assert_eq!(at_north, expected);
    assert_eq!(listed(&clinic, &clinician, Some(south)), [elsewhere]);
    assert_eq!(listed(&clinic, &clinician, None).len(), 4);
    let vault = clinic.engine.vault().unwrap();
    assert_eq!(vault.encounter(before).unwrap().unwrap().site, None);
    assert_eq!(vault.encounter(of_kiosk).unwrap().unwrap().site, Some(north));
    // The projections say the same when they are made again.
    assert!(!vault.rebuild_projections().unwrap().changed);

    let period = |site| ReadAnalytics { from: "2020-01-01".into(), until: "2029-12-31".into(), site };
    let count = |site| clinic.request::<method::AnalyticsRead>(&admin, &period(site)).unwrap().encounters;
    assert_eq!((count(None), count(Some(north)), count(Some(south))), (4, 2, 1));
    let export = ExportEncounter { encounter: of_staff, format: ExportFormat::Fhir };
    let file = clinic.request::<method::EncountersExport>(&clinician, &export).unwrap();
    let bundle: serde_json::Value = serde_json::from_str(file.content.expose()).unwrap();
    let mut resources = bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]);
    let visit = resources.find(|resource| resource["resourceType"] == "Encounter").unwrap();
    assert_eq!(visit["location"][0]["location"]["display"], "North");
}

#[test]
fn a_closed_site_keeps_its_name_and_its_visits_and_takes_nothing_more() {
    let clinic = Clinic::new();
    let admin = clinic.sign_in(Role::Administrator);
    let clinician = clinic.sign_in(Role::Clinician);
    let north = add(&clinic, &admin, "North").unwrap();
    assert_eq!(add(&clinic, &admin, " north ").unwrap_err().code(), ErrorCode::NameTaken);
    place(&clinic, &admin, Some(north));
    let there = open(&clinic, &clinician, "Jan Berg");
    let rename = RenameSite { site: north, name: "Harbour".into() };
    clinic.request::<method::SitesRename>(&admin, &rename).unwrap();
    let sites = clinic.request::<method::SitesClose>(&admin, &SiteOf { site: north }).unwrap();
    assert_eq!(sites.sites, [Site { id: north, name: "Harbour".into(), closed: true }]);
    assert_eq!(sites.here, None, "the device stands nowhere");
    open(&clinic, &clinician, "Kari Lund");
    assert_eq!(listed(&clinic, &clinician, Some(north)), [there]);
    for refused in [
        clinic.request::<method::SitesClose>(&admin, &SiteOf { site: north }).unwrap_err(),
        clinic.request::<method::SitesRename>(&admin, &rename).unwrap_err(),
        clinic.request::<method::SitesPlace>(&admin, &PlaceDevice { site: Some(north) }).unwrap_err(),
    ] {
        assert_eq!(refused.code(), ErrorCode::NotFound);
    }
    // Its name is free again.
    add(&clinic, &admin, "Harbour").unwrap();
}

#[test]
fn everybody_reads_the_sites_and_an_administrator_alone_changes_them() {
    let clinic = Clinic::new();
    let admin = clinic.sign_in(Role::Administrator);
    let north = add(&clinic, &admin, "North").unwrap();
    for role in [Role::FrontDesk, Role::Clinician, Role::Auditor, Role::Kiosk] {
        let token = clinic.sign_in(role);
        let sites = clinic.request::<method::SitesList>(&token, &Empty {}).unwrap();
        assert_eq!(sites.sites.len(), 1, "{role:?}");
        assert_eq!(add(&clinic, &token, "South").unwrap_err().code(), ErrorCode::Forbidden, "{role:?}");
        let place = PlaceDevice { site: Some(north) };
        let refused = clinic.request::<method::SitesPlace>(&token, &place).unwrap_err();
        assert_eq!(refused.code(), ErrorCode::Forbidden, "{role:?}");
    }
}

#[test]
fn a_second_site_needs_a_licence_that_has_several() {
    let clock = std::sync::Arc::new(support::Hand(std::sync::atomic::AtomicI64::new(support::START)));
    let clinic = Clinic::by(std::sync::Arc::<support::Hand>::clone(&clock));
    let admin = clinic.sign_in(Role::Administrator);
    add(&clinic, &admin, "North").unwrap();
    add(&clinic, &admin, "South").unwrap();
    // The evaluation is over: what is there stays, and nothing is added.
    clock.0.fetch_add(31 * support::DAY, std::sync::atomic::Ordering::Relaxed);
    let admin = clinic.sign_in(Role::Administrator);
    let refused = add(&clinic, &admin, "East").unwrap_err();
    assert_eq!(refused.code(), ErrorCode::LicenceFeatureMissing);
    let sites = clinic.request::<method::SitesList>(&admin, &Empty {}).unwrap().sites;
    assert_eq!(sites.len(), 2);
    for site in sites {
        clinic.request::<method::SitesClose>(&admin, &SiteOf { site: site.id }).unwrap();
    }
    // One is no several.
    add(&clinic, &admin, "East").unwrap();
}
