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

/// The pixels of a PNG, four bytes each, and its side.
fn pixels(bytes: &[u8]) -> (Vec<u8>, u32) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut room = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut room).unwrap();
    assert_eq!((frame.width, frame.color_type), (frame.height, png::ColorType::Rgba));
    (room, frame.width)
}

#[test]
fn a_build_gets_the_name_the_identifier_and_every_icon_drawn_from_the_brands() {
    let place = Place::new();
    let folder = changed(&place, "Acme Intake", "Acme Desk");
    let out = place.path("overlay");
    let answer = place.json(&["brand", "overlay", &folder, "--out", out.to_str().unwrap()]);
    let written: Value =
        serde_json::from_slice(&fs::read(answer["file"].as_str().unwrap()).unwrap()).unwrap();
    assert_eq!(
        (&written["productName"], &written["identifier"]),
        (&"Acme Desk".into(), &"com.acme-healthcare.intake".into())
    );
    let icons: Vec<_> =
        written["bundle"]["icon"].as_array().unwrap().iter().map(|icon| icon.as_str().unwrap()).collect();
    assert_eq!(icons.len(), 5);
    for (icon, side) in icons.iter().zip([32, 128, 256]) {
        let (rgba, found) = pixels(&fs::read(icon).unwrap());
        assert_eq!(found, side, "{icon}");
        // A corner is clear, and the middle of the left edge is the brand's blue.
        assert_eq!(rgba[3], 0, "{icon}");
        let at = usize::try_from((side / 2 * side + side / 16) * 4).unwrap();
        assert_eq!(rgba[at..at + 4], [0x1d, 0x4f, 0xa3, 0xff], "{icon}");
    }
    let icns = icns::IconFamily::read(fs::File::open(icons[3]).unwrap()).unwrap();
    assert_eq!(icns.available_icons().len(), 6);
    let ico = ico::IconDir::read(fs::File::open(icons[4]).unwrap()).unwrap();
    let sides: Vec<_> = ico.entries().iter().map(|entry| entry.width()).collect();
    assert_eq!(sides, [16, 24, 32, 48, 64, 256]);

    let installer = &written["bundle"]["windows"];
    for (picture, width, height) in [
        (&installer["nsis"]["sidebarImage"], 164_u32, 314_u32),
        (&installer["nsis"]["headerImage"], 150, 57),
        (&installer["wix"]["bannerPath"], 493, 58),
        (&installer["wix"]["dialogImagePath"], 493, 312),
    ] {
        let bytes = fs::read(picture.as_str().unwrap()).unwrap();
        assert_eq!(&bytes[..2], b"BM");
        let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
        assert_eq!((number(18), number(22), number(2) as usize), (width, height, bytes.len()));
    }
    let background = written["bundle"]["macOS"]["dmg"]["background"].as_str().unwrap();
    let mut reader =
        png::Decoder::new(std::io::Cursor::new(fs::read(background).unwrap())).read_info().unwrap();
    let frame = reader.next_frame(&mut vec![0; reader.output_buffer_size().unwrap()]).unwrap();
    assert_eq!((frame.width, frame.height), (660, 400));

    let nameless = changed(&place, "identifier", "# identifier");
    let refused = place.refusal(&["brand", "overlay", &nameless, "--out", out.to_str().unwrap()]);
    assert_eq!(refused, "brand.invalid");
}

#[test]
fn an_icon_of_pixels_is_scaled_to_every_size() {
    let place = Place::new();
    let folder = changed(&place, "icon.svg", "icon.png");
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 256, 256);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header().unwrap().write_image_data(&[10, 200, 90].repeat(256 * 256)).unwrap();
    fs::write(place.path("brand").join("icon.png"), bytes).unwrap();
    let out = place.path("overlay");
    place.json(&["brand", "overlay", &folder, "--out", out.to_str().unwrap()]);
    let (rgba, side) = pixels(&fs::read(out.join("icons").join("32x32.png")).unwrap());
    let middle = usize::try_from((side / 2 * side + side / 2) * 4).unwrap();
    assert_eq!(rgba[middle..middle + 4], [10, 200, 90, 255]);
}
