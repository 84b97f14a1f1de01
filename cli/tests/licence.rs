//! From the vendor's key to the clinic's usage report, with the real command.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use serde_json::Value;
use support::Place;

const TRANSCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../protocols/examples/visit-transcript.txt");

/// A vendor's key in the place, and what its files are called.
struct Vendor {
    key: String,
    public: String,
}

impl Vendor {
    fn new(place: &Place, name: &str) -> Self {
        let key = place.path(name).to_str().unwrap().to_owned();
        place.json(&["licence", "keygen", "--out", &key]);
        Self { public: format!("{key}.pub"), key }
    }

    fn issue(&self, place: &Place, name: &str, more: &[&str]) -> String {
        let file = place.path(name).to_str().unwrap().to_owned();
        let mut arguments =
            vec!["licence", "issue", "--key", &self.key, "--company", "Acme Healthcare", "--output", &file];
        arguments.extend(more);
        place.json(&arguments);
        file
    }
}

const PROFESSIONAL: &[&str] = &[
    "--tier",
    "professional",
    "--expires",
    "2999-12-31",
    "--max-conversations",
    "2",
    "--phone",
    "+1 555 0100",
];

#[test]
fn a_vendor_issues_and_a_clinic_installs_uses_and_reports() {
    let place = Place::with_clinic();
    let vendor = Vendor::new(&place, "vendor");
    let before = place.json(&["licence", "status"]);
    assert_eq!((&before["standing"], &before["days_left"]), (&Value::from("evaluation"), &Value::from(30)));
    let facility = before["facility"].as_str().unwrap();

    let prices = ["--currency", "EUR", "--price", "1:0.30", "--price", "0.20", "--facility", facility];
    let file = vendor.issue(&place, "acme.licence", &[PROFESSIONAL, &prices].concat());
    let seen = place.json(&["licence", "inspect", &file, "--trust", &vendor.public]);
    assert_eq!(seen["genuine"], true);
    assert_eq!(seen["licence"]["limits"]["conversations_per_month"], 2);
    assert_eq!(seen["licence"]["facility"], facility);

    // Only a build with the vendor's key, or a development build that is told so, takes it.
    assert_eq!(place.refusal(&["licence", "install", &file]), "licence.key-unknown");
    let status = place.json(&["licence", "install", &file, "--trust", &vendor.public]);
    assert_eq!(status["standing"], "licensed");
    assert_eq!(status["tier"], "professional");
    let status = place.json(&["licence", "status"]);
    assert_eq!(status["company"], "Acme Healthcare");

    for opened in 1..=2 {
        place.json(&["note", TRANSCRIPT, "--save"]);
        assert_eq!(place.json(&["licence", "status"])["usage"]["opened"], opened);
    }
    assert_eq!(place.json(&["licence", "status"])["usage"]["level"], "used-up");
    let refused = place.run(&["note", TRANSCRIPT, "--save"]);
    assert_eq!(support::refusal(&refused), "licence.limit-reached");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("+1 555 0100"));
    // What is recorded is read, exported and backed up as ever.
    let rows = place.json(&["encounters", "list"]);
    let id = rows[0]["id"].as_str().unwrap();
    place.json(&["encounters", "show", id]);
    assert!(place.run(&["export", id, "--format", "fhir"]).status.success());
    place.json(&["backup", "create", place.path("backup").to_str().unwrap()]);
    place.json(&["audit", "verify"]);

    let month = place.json(&["licence", "status"])["usage"]["month"].as_str().unwrap().to_owned();
    let report = place.json(&["usage", "report", "--month", &month]);
    assert_eq!(
        (&report["report"]["conversations"], &report["report"]["total"]),
        (&Value::from(2), &Value::from("0.50"))
    );
    let saved = place.path("report.json").to_str().unwrap().to_owned();
    place.json(&["usage", "report", "--month", &month, "--output", &saved]);
    assert_eq!(place.json(&["usage", "verify", &saved, "--facility", facility])["genuine"], true);
    let less =
        std::fs::read_to_string(&saved).unwrap().replace("\"conversations\": 2", "\"conversations\": 1");
    assert_eq!(place.refusal(&["usage", "verify", &place.write("less.json", less)]), "licence.forged");
    let table = place.run(&["usage", "report", "--month", &month, "--format", "csv"]);
    assert_eq!(String::from_utf8(table.stdout).unwrap().lines().count(), 4);

    let list = place.path("revoked").to_str().unwrap().to_owned();
    place.json(&["licence", "revoke", "--key", &vendor.key, "--list", &list, &file, "--reason", "returned"]);
    assert_eq!(place.json(&["licence", "inspect", &list, "--trust", &vendor.public])["genuine"], true);
    assert_eq!(place.json(&["licence", "install", &list])["standing"], "revoked");
    assert_eq!(
        place.refusal(&[
            "licence",
            "install",
            &vendor.issue(
                &place,
                "old",
                &["--tier", "starter", "--expires", "2020-01-01", "--not-before", "2019-01-01"]
            )
        ]),
        "licence.expired"
    );
}

#[test]
fn only_a_genuine_file_is_inspected_with_success() {
    let place = Place::new();
    let (vendor, other) = (Vendor::new(&place, "vendor"), Vendor::new(&place, "other"));
    let file = vendor.issue(&place, "file", PROFESSIONAL);
    let text = std::fs::read_to_string(&file).unwrap();
    let inspect = |file: &str, public: &str| place.refusal(&["licence", "inspect", file, "--trust", public]);
    assert_eq!(inspect(&file, &other.public), "licence.key-unknown");
    assert_eq!(place.refusal(&["licence", "inspect", &file]), "licence.key-unknown");
    let lower = place.write("lower", text.to_lowercase());
    assert_eq!(inspect(&lower, &vendor.public), "licence.mistyped");
    place.json(&["licence", "inspect", &lower, "--trust", &vendor.public, "--retyped"]);
    let cut: String = text.lines().take(9).map(|line| format!("{line}\n")).collect();
    let cut = place.write("cut", cut);
    assert_eq!(inspect(&cut, &vendor.public), "licence.unreadable");
    let bytes = place.write("bytes", [0xFFu8; 300]);
    assert_eq!(inspect(&bytes, &vendor.public), "licence.unreadable");
    assert_eq!(inspect(&place.write("empty", ""), &vendor.public), "licence.unreadable");
    assert_eq!(inspect(&file, &file), "vendor-key.invalid");
    assert_eq!(inspect("/nowhere/at/all", &vendor.public), "not-found");
}

#[test]
fn a_signing_key_is_its_owners_alone_never_overwritten_and_sealed_where_a_passphrase_is_given() {
    let place = Place::new();
    let vendor = Vendor::new(&place, "vendor");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &str| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&vendor.key), 0o600);
    }
    assert_eq!(place.refusal(&["licence", "keygen", "--out", &vendor.key]), "target.exists");
    let sealed = place.path("sealed").to_str().unwrap().to_owned();
    let right = place.path("passphrase").to_str().unwrap().to_owned();
    place.json(&["licence", "keygen", "--out", &sealed, "--key-passphrase-file", &right]);
    assert!(!std::fs::read_to_string(&sealed).unwrap().contains("seed"));
    let issue = |more: &[&str]| {
        let arguments = [
            "licence",
            "issue",
            "--key",
            &sealed,
            "--company",
            "Acme",
            "--tier",
            "starter",
            "--expires",
            "never",
        ];
        place.run(&[&arguments, more].concat())
    };
    assert_eq!(support::refusal(&issue(&[])), "vendor-key.locked");
    let wrong = place.write("wrong", "not the passphrase at all\n");
    assert_eq!(support::refusal(&issue(&["--key-passphrase-file", &wrong])), "vendor-key.locked");
    assert!(issue(&["--key-passphrase-file", &right]).status.success());
    let unknown = issue(&["--key-passphrase-file", &right, "--time-zone", "Mars/Olympus"]);
    assert_eq!(support::refusal(&unknown), "request.invalid");
    let short = place.write("short", "short\n");
    assert_eq!(
        place.refusal(&["licence", "keygen", "--out", "x", "--key-passphrase-file", &short]),
        "passphrase.too-short"
    );
    assert!(!std::path::Path::new("x").exists());
}
