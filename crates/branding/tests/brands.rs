//! Folders: what is read, and everything that is wrong with one at once.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

use std::fs;
use std::path::Path;

use bedside_branding::{
    Brand, Colour, Drawing, Drawn, Error, Fields, File, Kind, MOST_BYTES, Picture, arts, builtin, overlay,
};
use proptest::prelude::*;

fn folder(name: &str) -> Vec<File> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../branding").join(name);
    let files =
        fs::read_dir(path).unwrap().map(|entry| entry.unwrap()).filter(|entry| entry.path().is_file());
    files
        .map(|entry| File {
            name: entry.file_name().into_string().unwrap(),
            bytes: fs::read(entry.path()).unwrap(),
        })
        .collect()
}

fn acme() -> Vec<File> {
    folder("acme")
}

fn text(files: &[File]) -> String {
    String::from_utf8(files.iter().find(|file| file.name == "brand.toml").unwrap().bytes.clone()).unwrap()
}

fn with(name: &str, bytes: impl Into<Vec<u8>>) -> Vec<File> {
    let mut files = acme();
    files.retain(|file| file.name != name);
    files.push(File { name: name.to_owned(), bytes: bytes.into() });
    files
}

/// What is wrong with Acme's folder after a change of its `brand.toml`.
fn after(from: &str, to: &str) -> Vec<Error> {
    let before = text(&acme());
    assert!(before.contains(from), "{from}");
    match Brand::read(&with("brand.toml", before.replace(from, to))) {
        Ok(_) => Vec::new(),
        Err(problems) => problems,
    }
}

fn kinds(problems: &[Error]) -> Vec<(&str, &str)> {
    problems.iter().map(|problem| (problem.kind(), problem.key())).collect()
}

/// What is wrong with Acme's folder when an SVG stands in place of its icon.
fn svg(body: &str) -> Vec<Error> {
    match Brand::read(&with("icon.svg", body)) {
        Ok(_) => Vec::new(),
        Err(problems) => problems,
    }
}

#[test]
fn both_brands_of_the_repository_are_fine() {
    let default = builtin().unwrap();
    assert_eq!(default.fields.product, "Bedside");
    let acme = Brand::read(&acme()).unwrap();
    assert_eq!((acme.fields.company.as_str(), acme.fields.ticket_prefix.as_str()), ("Acme Healthcare", "AC"));
    assert_eq!(
        Brand::font_families(&acme.fields.fonts).as_deref(),
        Some("\"Avenir Next\", \"Segoe UI\", \"Noto Sans\"")
    );
    assert_eq!(acme.support().phone, Some("+1 555 0100"));
    assert_eq!(default.support().phone, None);
    assert!(acme.icon.data_url().starts_with("data:image/svg+xml;base64,"));
}

#[test]
fn all_that_is_wrong_is_said_at_once_with_the_key_and_what_to_write() {
    let files = [
        File {
            name: "brand.toml".into(),
            bytes: br##"
                company = 7
                ticket_prefix = "acme"
                identifier = "acme"
                fonts = ["Comic Sans MS"]
                colour = "#ffffff"
                [colours]
                primary = "teal"
                secondary = "#102030"
                [pictures]
                logo = "../logo.svg"
                logo_dark = "none.svg"
                icon = "icon.svg"
                [support]
                email = "nobody"
                phone = "call us"
                [welcome]
                english = "Hello"
            "##
            .to_vec(),
        },
        File { name: "icon.svg".into(), bytes: b"<svg viewBox='0 0 1 1'><script/></svg>".to_vec() },
    ];
    let problems = Brand::read(&files).unwrap_err();
    let found = kinds(&problems);
    for wanted in [
        ("wrong-kind", "company"),
        ("unknown-key", "colour"),
        ("missing", "product"),
        ("prefix", "ticket_prefix"),
        ("identifier", "identifier"),
        ("font", "fonts"),
        ("colour", "colours.primary"),
        ("file-name", "pictures.logo"),
        ("file-missing", "pictures.logo_dark"),
        ("active", "pictures.icon"),
        ("email", "support.email"),
        ("phone", "support.phone"),
        ("language", "welcome"),
    ] {
        assert!(found.contains(&wanted), "{wanted:?} in {found:?}");
    }
    assert_eq!(found.len(), 13, "{found:?}");
    for problem in &problems {
        let said = problem.to_string();
        assert!(said.contains(problem.key()), "{said}");
        assert!(said.contains("write") || said.contains("put") || said.contains("save"), "{said}");
    }
}

#[test]
fn a_file_that_is_not_toml_is_named_by_its_line() {
    let problems = Brand::read(&with("brand.toml", "company = \"Acme\"\nproduct = Acme\n")).unwrap_err();
    assert!(matches!(problems.as_slice(), [Error::Toml { line: 2, .. }]), "{problems:?}");
    assert!(matches!(Brand::read(&[]).unwrap_err().as_slice(), [Error::NoFile]));
    let latin = with("brand.toml", vec![0xff, 0xfe]);
    assert!(matches!(Brand::read(&latin).unwrap_err().as_slice(), [Error::Toml { .. }]));
}

#[test]
fn a_colour_that_cannot_be_read_is_refused_with_the_nearest_shade_and_that_one_is_taken() {
    let problems = after("#1d4fa3", "#6fa8ff");
    let [Error::Contrast { key, proposed, ratio, needed, .. }] = problems.as_slice() else {
        panic!("{problems:?}")
    };
    assert_eq!((key.as_str(), *needed), ("colours.primary", 4.5));
    assert!(*ratio < 4.5);
    assert!(problems[0].to_string().contains(&proposed.to_string()));
    assert_eq!(after("#1d4fa3", &proposed.to_string()), []);

    let problems = after("#8fe3cf", "#2b3a67");
    let [Error::Contrast { key, proposed, needed, .. }] = problems.as_slice() else { panic!("{problems:?}") };
    assert_eq!((key.as_str(), *needed), ("colours.secondary", 3.0));
    assert_eq!(after("#8fe3cf", &proposed.to_string()), []);
}

#[test]
fn texts_that_are_too_long_or_that_could_mislead_are_refused() {
    assert_eq!(kinds(&after("Acme Intake", &"x".repeat(31))), [("too-long", "product")]);
    assert_eq!(kinds(&after("Acme Intake", "Acme\\u202e Intake")), [("control", "product")]);
    assert_eq!(kinds(&after("Good to see you.", "Good\\nbye")), [("control", "welcome.en")]);
    for wrong in ["a", "com.acme.app", "com..acme", "com.1acme", "com.ac me"] {
        assert_eq!(
            kinds(&after("com.acme-healthcare.intake", wrong)),
            [("identifier", "identifier")],
            "{wrong}"
        );
    }
    for wrong in ["Ac", "ACME", "A1"] {
        assert_eq!(kinds(&after("\"AC\"", &format!("{wrong:?}"))), [("prefix", "ticket_prefix")], "{wrong}");
    }
}

#[test]
fn what_an_svg_could_do_beside_drawing_is_refused() {
    for (what, body) in [
        ("a script", "<script>alert(1)</script>"),
        ("a script of another namespace", "<x:script xmlns:x='http://www.w3.org/2000/svg'/>"),
        ("an event", "<rect onload='alert(1)'/>"),
        ("an event in capitals", "<rect ONCLICK='alert(1)'/>"),
        ("an event in an animation", "<animate onbegin='alert(1)'/>"),
        ("a page inside", "<foreignObject/>"),
        ("a link", "<a href='https://example.org'><rect/></a>"),
        ("a picture from elsewhere", "<image href='https://example.org/x.png'/>"),
        ("a part of another file", "<use href='https://example.org/x.svg#a'/>"),
        (
            "the same by xlink",
            "<use xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='//example.org/x.svg#a'/>",
        ),
        ("an address in disguise", "<use href='&#x6a;avascript:alert(1)'/>"),
        ("a paint from elsewhere", "<rect fill='url(https://example.org/x#a)'/>"),
        ("a paint in a style", "<rect style='fill:url( \"https://example.org/x\")'/>"),
        ("a style sheet from elsewhere", "<style>@import 'https://example.org/x.css';</style>"),
        ("a style with an address", "<style><![CDATA[rect{fill:url(//example.org)}]]></style>"),
        ("a style with an escape", "<style>rect{fill:u\\72l(//example.org)}</style>"),
        ("a style with a comment", "<style>rect{fill:ur/**/l(//example.org)}</style>"),
        ("a style with an entity", "<style>rect{fill:&#117;rl(//example.org)}</style>"),
        ("an animation of an address", "<set attributeName='href' to='https://example.org'/>"),
        ("a base", "<g xml:base='https://example.org/'/>"),
    ] {
        let problems = svg(&format!("<svg viewBox='0 0 9 9'>{body}</svg>"));
        assert!(
            !problems.is_empty() && problems.iter().all(|problem| problem.kind() == "active"),
            "{what}: {problems:?}"
        );
    }
    let doctype = "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg viewBox='0 0 9 9'/>";
    assert_eq!(kinds(&svg(doctype)), [("active", "pictures.icon")]);
    let sheet = "<?xml-stylesheet href='https://example.org/x.css'?><svg viewBox='0 0 9 9'/>";
    assert_eq!(kinds(&svg(sheet)), [("active", "pictures.icon")]);
}

#[test]
fn what_only_draws_is_taken() {
    let drawn = "<?xml version='1.0' encoding='UTF-8'?><!-- drawn by hand -->\
        <svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='64px' height='64px'>\
        <style>.a{fill:#fff}</style><defs><linearGradient id='g'><stop offset='0' stop-color='#fff'/></linearGradient>\
        <g id='p'><path d='M0 0h9'/></g></defs><use xlink:href='#p'/><rect fill='url(#g)' class='a'/><text>A &amp; B</text></svg>";
    assert_eq!(svg(drawn), []);
}

#[test]
fn a_file_that_is_no_picture_or_of_a_poor_shape_is_refused() {
    assert_eq!(kinds(&svg("not a picture")), [("picture", "pictures.icon")]);
    assert_eq!(kinds(&svg("<svg viewBox='0 0 9 9'>")), [("picture", "pictures.icon")]);
    assert_eq!(kinds(&svg("<html/>")), [("picture", "pictures.icon")]);
    assert_eq!(kinds(&svg("<svg/>")), [("picture", "pictures.icon")]);
    assert_eq!(kinds(&svg("<svg viewBox='0 0 9 5'/>")), [("size", "pictures.icon")]);
    let long = Brand::read(&with("logo.svg", "<svg viewBox='0 0 900 9'/>")).unwrap_err();
    assert_eq!(kinds(&long), [("size", "pictures.logo")]);
    let large = Brand::read(&with("logo.svg", vec![b' '; MOST_BYTES + 1])).unwrap_err();
    assert_eq!(kinds(&large), [("file-too-large", "pictures.logo")]);
}

/// A PNG of one colour.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header().unwrap().write_image_data(&vec![200; (width * height) as usize]).unwrap();
    bytes
}

#[test]
fn a_png_is_read_to_its_end_and_measured() {
    let icon = |bytes: Vec<u8>| {
        let mut files = with("brand.toml", text(&acme()).replace("icon.svg", "icon.png"));
        files.push(File { name: "icon.png".into(), bytes });
        Brand::read(&files)
    };
    assert_eq!(icon(png(256, 256)).unwrap().icon.media_type(), "image/png");
    assert_eq!(kinds(&icon(png(64, 64)).unwrap_err()), [("size", "pictures.icon")]);
    assert_eq!(kinds(&icon(png(256, 128)).unwrap_err()), [("size", "pictures.icon")]);
    let whole = png(256, 256);
    assert_eq!(kinds(&icon(whole[..whole.len() / 2].to_vec()).unwrap_err()), [("picture", "pictures.icon")]);
    assert_eq!(
        kinds(&icon(b"<svg viewBox='0 0 9 9'/>".to_vec()).unwrap_err()),
        [("picture", "pictures.icon")]
    );
}

#[test]
fn a_build_takes_the_name_the_identifier_and_icons_where_they_are() {
    let brand = Brand::read(&acme()).unwrap();
    let drawn = Drawn { icons: "icons/acme", installer: "art/acme" };
    let with_icons = overlay(&brand, Some(drawn)).unwrap();
    assert_eq!(with_icons["productName"], "Acme Intake");
    assert_eq!(with_icons["identifier"], "com.acme-healthcare.intake");
    assert_eq!(with_icons["bundle"]["publisher"], "Acme Healthcare");
    assert_eq!(with_icons["bundle"]["icon"][0], "icons/acme/32x32.png");
    let windows = &with_icons["bundle"]["windows"];
    assert_eq!(windows["wix"]["bannerPath"], "art/acme/wix-banner.bmp");
    assert_eq!(windows["nsis"]["sidebarImage"], "art/acme/nsis-sidebar.bmp");
    assert_eq!(with_icons["bundle"]["macOS"]["dmg"]["background"], "art/acme/dmg-background.png");
    assert!(overlay(&brand, None).unwrap()["bundle"].get("icon").is_none());
    let mut nameless = brand;
    nameless.fields.identifier.clear();
    assert!(matches!(overlay(&nameless, None), Err(Error::Missing { .. })));
    // Every key that the overlay replaces is one of the configuration that it lies over.
    let base: serde_json::Value =
        serde_json::from_str(include_str!("../../../src-tauri/tauri.conf.json")).unwrap();
    assert!(
        base["productName"].is_string()
            && base["identifier"].is_string()
            && base["bundle"]["icon"].is_array()
    );
}

#[test]
fn installers_get_pictures_of_the_sizes_that_they_ask_for_with_the_logo_on_its_ground() {
    for brand in [Brand::read(&acme()).unwrap(), builtin().unwrap()] {
        let arts = arts(&brand).unwrap();
        let sizes: Vec<_> = arts.iter().map(|art| (art.name, art.width, art.height)).collect();
        assert_eq!(
            sizes,
            [
                ("nsis-header.bmp", 150, 57),
                ("nsis-sidebar.bmp", 164, 314),
                ("wix-banner.bmp", 493, 58),
                ("wix-dialog.bmp", 493, 312),
                ("dmg-background.png", 660, 400),
            ]
        );
        for art in &arts {
            let pixels: Vec<_> = art.pixels.chunks_exact(4).collect();
            assert_eq!(pixels.len() as u32, art.width * art.height, "{}", art.name);
            assert!(pixels.iter().all(|pixel| pixel[3] == 255), "{}", art.name);
            let ground = pixels[(art.width * 20 + 2) as usize];
            let drawn = pixels.iter().filter(|pixel| **pixel != ground).count();
            assert!(drawn > 300, "{} has a logo: {drawn}", art.name);
        }
        let [red, green, blue] = brand.palette.accent.channels();
        let side = arts.iter().find(|art| art.name == "nsis-sidebar.bmp").unwrap();
        assert_eq!(side.pixels[..4], [red, green, blue, 255]);
        assert_eq!(arts, self::arts(&brand).unwrap(), "the same each time");
    }
}

#[test]
fn a_drawing_has_the_pictures_shape_and_says_where_it_lacks_words() {
    let svg = |text: &str| Picture::check(Kind::Logo, "logo.svg", text.as_bytes()).unwrap();
    let of = |text: &str| Drawing::of(Kind::Logo, &svg(text)).unwrap();
    let square = of(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 10'><rect width='20' height='10' fill='#123456'/></svg>",
    );
    assert_eq!((square.size(), square.lacks_words()), ((40.0, 10.0), false));
    let pixels = square.pixels(8, 2).unwrap();
    assert_eq!((&pixels[..4], pixels[7 * 4 + 3]), (&[0x12, 0x34, 0x56, 255][..], 0));
    assert!(square.pixels(0, 2).is_err() && square.pixels(5000, 2).is_err());
    let named =
        of("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 10'><text y='9'>Acme</text></svg>");
    assert!(named.lacks_words());
    assert_eq!(Colour::rgb(1, 2, 3).channels(), [1, 2, 3]);
}

fn words() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[ -~áñ¿]{0,20}").unwrap()
}

proptest! {
    #[test]
    fn what_a_form_writes_reads_back_as_the_same(
        company in words(), product in words(), phone in words(), welcome in words(),
        fonts in proptest::collection::vec(words(), 0..3),
    ) {
        let mut fields = Fields { company, product, phone, fonts, ..Fields::default() };
        if !welcome.is_empty() {
            fields.welcome.insert("en".to_owned(), welcome);
        }
        let (read, problems) = Fields::from_toml(&fields.to_toml());
        prop_assert!(problems.is_empty(), "{problems:?}");
        prop_assert_eq!(read, fields);
    }

    #[test]
    fn no_text_makes_reading_panic(text in ".{0,200}", picture in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Fields::from_toml(&text);
        let _ = Brand::read(&with("icon.svg", picture.clone()));
        let _ = svg(&format!("<svg viewBox='0 0 9 9'>{text}</svg>"));
        let _ = bedside_branding::Picture::check(bedside_branding::Kind::Icon, "x.png", &picture);
    }
}
