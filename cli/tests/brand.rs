//! Brands on the command line: checked, installed, removed, made part of a build.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::fs;
use std::path::Path;

use serde_json::Value;
use support::{Place, refusal};

const ACME: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../branding/acme");

/// A copy of Acme's folder, with a part of its `brand.toml` replaced.
fn changed(place: &Place, from: &str, to: &str) -> String {
    let folder = place.path("brand");
    fs::create_dir_all(&folder).unwrap();
    for entry in fs::read_dir(ACME).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
        fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
    let text = fs::read_to_string(Path::new(ACME).join("brand.toml")).unwrap();
    assert!(text.contains(from));
    fs::write(folder.join("brand.toml"), text.replace(from, to)).unwrap();
    folder.to_str().unwrap().to_owned()
}

#[test]
fn both_brands_of_the_repository_are_fine_and_say_how_much_contrast_they_have() {
    let place = Place::new();
    for name in ["acme", "default"] {
        let folder = Path::new(ACME).with_file_name(name);
        let checked = place.json(&["brand", "check", folder.to_str().unwrap()]);
        assert_eq!(
            (&checked["fine"], checked["problems"].as_array().unwrap().len()),
            (&Value::from(true), 0)
        );
        assert!(checked["contrast"][0]["ratio"].as_f64().unwrap() >= 4.5);
        assert_eq!(checked["palette"].as_object().unwrap().len(), 10);
    }
}

#[test]
fn a_folder_with_faults_fails_names_each_and_proposes_a_shade_that_passes() {
    let place = Place::new();
    let folder = changed(&place, "#1d4fa3", "#7fb2ff");
    let output = place.run(&["brand", "check", &folder]);
    assert_eq!(refusal(&output), "brand.invalid");
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("colours.primary") && said.contains("1 thing to mend"), "{said}");

    let output = place.run(&["--json", "brand", "check", &folder]);
    assert!(!output.status.success());
    let checked: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(checked["fine"], false);
    let proposed = checked["problems"][0]["proposed"].as_str().unwrap().to_owned();
    assert!(said.contains(&proposed));
    let mended = changed(&place, "#1d4fa3", &proposed);
    assert_eq!(place.json(&["brand", "check", &mended])["fine"], true);

    let faulty = changed(&place, "\"AC\"", "\"acme\"\ncolour = 1");
    let output = place.run(&["brand", "check", &faulty]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("ticket_prefix") && said.contains("colour: there is no such key"), "{said}");
    assert_eq!(place.refusal(&["brand", "check", "/no/such/folder"]), "not-found");
    fs::remove_file(place.path("brand").join("brand.toml")).unwrap();
    assert_eq!(place.refusal(&["brand", "check", &faulty]), "brand.invalid");
}

#[test]
fn a_clinic_installs_a_brand_and_goes_back_to_the_default() {
    let place = Place::with_clinic();
    assert_eq!(place.json(&["brand", "status"])["product"], "Bedside");
    let installed = place.json(&["brand", "install", ACME]);
    assert_eq!(
        (&installed["installed"], &installed["product"]),
        (&Value::from(true), &Value::from("Acme Intake"))
    );
    assert_eq!(place.json(&["brand", "status"])["company"], "Acme Healthcare");
    let faulty = changed(&place, "#8fe3cf", "#101010");
    assert_eq!(place.refusal(&["brand", "install", &faulty]), "brand.invalid");
    assert_eq!(place.json(&["brand", "status"])["product"], "Acme Intake");
    assert_eq!(place.json(&["brand", "remove"])["product"], "Bedside");
}

#[test]
fn a_build_gets_an_overlay_with_icons_only_where_all_of_them_are_there() {
    let place = Place::new();
    let folder = changed(&place, "Acme Intake", "Acme Desk");
    let written = place.json(&["brand", "overlay", &folder]);
    assert_eq!(
        (&written["productName"], &written["identifier"]),
        (&"Acme Desk".into(), &"com.acme-healthcare.intake".into())
    );
    assert!(written["bundle"].get("icon").is_none());

    let icons = place.path("brand").join("icons");
    fs::create_dir(&icons).unwrap();
    for name in ["32x32.png", "128x128.png", "128x128@2x.png", "icon.icns", "icon.ico"] {
        fs::write(icons.join(name), "x").unwrap();
    }
    let file = place.path("overlay.json");
    place.json(&["brand", "overlay", &folder, "--output", file.to_str().unwrap()]);
    let written: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    for icon in written["bundle"]["icon"].as_array().unwrap() {
        assert!(Path::new(icon.as_str().unwrap()).is_file(), "{icon}");
    }
    let nameless = changed(&place, "identifier", "# identifier");
    assert_eq!(place.refusal(&["brand", "overlay", &nameless]), "brand.invalid");
}
