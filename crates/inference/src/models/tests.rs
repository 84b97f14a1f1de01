use std::time::{Duration, Instant};

use domain::{Coded, ErrorCode};

use super::{
    loopback::{Loopback, Reply, answer, bytes_of},
    *,
};

const NAME: &str = "small";

/// Bytes that stand for a model: what they are does not matter to a download.
fn content() -> Vec<u8> {
    (0..200_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).take(300_000).collect()
}

fn digest(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

fn length(bytes: &[u8]) -> Vec<(&'static str, String)> {
    vec![("Content-Length", bytes.len().to_string())]
}

struct Bench {
    folder: tempfile::TempDir,
    models: Models,
}

impl Bench {
    fn new(sources: &[&str], hash: Option<Digest>) -> Self {
        Self::sized(sources, hash, &content().len().to_string())
    }

    fn sized(sources: &[&str], hash: Option<Digest>, bytes: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let sources: Vec<String> = sources.iter().map(|source| format!("\"{source}\"")).collect();
        let hash = hash.map(|hash| hash.to_string()).unwrap_or_default();
        let catalog = Catalog::parse(&format!(
            "[[model]]\nname = \"{NAME}\"\ntitle = \"x\"\npurpose = \"speech\"\nlanguages = [\"en\"]\n\
             file = \"small.bin\"\nbytes = {bytes}\nmemory = 1\nlicence = \"MIT\"\nsha256 = \"{hash}\"\n\
             sources = [{}]\n",
            sources.join(", ")
        ))
        .unwrap();
        // A folder with a name that not every program can stand.
        let models = Models::new(folder.path().join("models é日本"), catalog)
            .with_policy(SourcePolicy { allow_plain_loopback: true, stall: Duration::from_secs(2) });
        Self { folder, models }
    }

    fn fetch(&self) -> Result<ModelStatus, Error> {
        self.models.fetch(NAME, |_| (), &Cancel::default())
    }

    fn part(&self) -> PathBuf {
        self.models.folder().join("small.bin.part")
    }

    fn leave_part(&self, bytes: &[u8]) {
        std::fs::create_dir_all(self.models.folder()).unwrap();
        std::fs::write(self.part(), bytes).unwrap();
    }

    fn detail(&self) -> String {
        let error = self.fetch().unwrap_err();
        assert_eq!(error.code(), ErrorCode::DownloadFailed, "{error}");
        error.to_string()
    }
}

fn range(first: usize, bytes: &[u8], of: usize) -> Vec<(&'static str, String)> {
    vec![
        ("Content-Length", bytes.len().to_string()),
        ("Content-Range", format!("bytes {first}-{}/{of}", first + bytes.len() - 1)),
    ]
}

#[test]
fn a_download_arrives_whole_verified_and_with_progress() {
    let content = content();
    let server = Loopback::start(vec![answer("200 OK", &length(&content), &content)]);
    let bench = Bench::new(&[&server.address], Some(digest(&content)));
    let mut last = Progress { bytes: 0, of: None };
    let model = bench.models.fetch(NAME, |progress| last = progress, &Cancel::default()).unwrap();
    assert!(matches!(model.state, ModelState::Verified { known: true, .. }));
    assert_eq!(last, Progress { bytes: 300_000, of: Some(300_000) });
    assert_eq!(std::fs::read(&model.path).unwrap(), content);
    assert!(!bench.part().exists());
    assert_eq!(bench.models.locate(NAME).unwrap(), model.path);

    bench.fetch().unwrap();
    assert_eq!(server.requests.lock().unwrap().len(), 1, "what is verified is not fetched again");
}

#[test]
fn a_download_goes_on_where_it_stopped() {
    let content = content();
    let server = Loopback::start(vec![answer(
        "206 Partial Content",
        &range(100_000, &content[100_000..], 300_000),
        &content[100_000..],
    )]);
    let bench = Bench::new(&[&server.address], Some(digest(&content)));
    bench.leave_part(&content[..100_000]);
    assert!(matches!(bench.models.status(NAME).unwrap().state, ModelState::Partial { bytes: 100_000 }));
    bench.fetch().unwrap();
    assert!(server.requests.lock().unwrap()[0].contains("range: bytes=100000-"));
}

#[test]
fn a_broken_connection_leaves_a_part_from_which_the_next_try_goes_on() {
    let content = content();
    let server = Loopback::start(vec![
        answer("200 OK", &length(&content), &content[..120_000]),
        answer("206 Partial Content", &range(120_000, &content[120_000..], 300_000), &content[120_000..]),
    ]);
    let bench = Bench::new(&[&server.address], Some(digest(&content)));
    assert!(bench.detail().contains("120000"), "says how far it came");
    assert_eq!(std::fs::metadata(bench.part()).unwrap().len(), 120_000);
    bench.fetch().unwrap();
}

#[test]
fn a_server_without_ranges_starts_over_and_the_old_part_does_not_remain_in_front() {
    let content = content();
    let server = Loopback::start(vec![answer("200 OK", &length(&content), &content)]);
    let bench = Bench::new(&[&server.address], Some(digest(&content)));
    bench.leave_part(&[7; 100_000]);
    bench.fetch().unwrap();
}

#[test]
fn a_part_of_another_place_than_asked_for_is_refused() {
    let content = content();
    let server = Loopback::start(vec![answer(
        "206 Partial Content",
        &range(5, &content[5..], 300_000),
        &content[5..],
    )]);
    let bench = Bench::new(&[&server.address], Some(digest(&content)));
    bench.leave_part(&content[..100_000]);
    assert!(bench.detail().contains("from byte 5 on and not from 100000"));
    assert_eq!(std::fs::read(bench.part()).unwrap(), &content[..100_000], "the good beginning is kept");
}

#[test]
fn a_part_without_saying_which_or_with_two_lengths_is_refused() {
    let content = content();
    let rest = &content[100_000..];
    let unsaid = answer("206 Partial Content", &length(rest), rest);
    let mut two = range(100_000, rest, 300_000);
    two[0].1 = "17".into();
    for reply in [unsaid, answer("206 Partial Content", &two, rest)] {
        let server = Loopback::start(vec![reply]);
        let bench = Bench::new(&[&server.address], Some(digest(&content)));
        bench.leave_part(&content[..100_000]);
        bench.detail();
        assert_eq!(std::fs::metadata(bench.part()).unwrap().len(), 100_000);
    }
}

#[test]
fn a_part_that_is_longer_than_the_model_is_dropped_and_the_model_fetched_anew() {
    let content = content();
    let server = Loopback::start(vec![answer("200 OK", &length(&content), &content)]);
    let bench = Bench::new(&[&server.address], Some(digest(&content)));
    bench.leave_part(&[0; 300_001]);
    bench.fetch().unwrap();
    assert!(!server.requests.lock().unwrap()[0].contains("range:"));
}

#[test]
fn a_whole_part_needs_no_server_and_a_wrong_one_is_dropped() {
    let content = content();
    let bench = Bench::new(&["http://127.0.0.1:1"], Some(digest(&content)));
    bench.leave_part(&content);
    bench.fetch().unwrap();

    let bench = Bench::new(&["http://127.0.0.1:1"], Some(digest(&content)));
    bench.leave_part(&[1; 300_000]);
    assert_eq!(bench.fetch().unwrap_err().code(), ErrorCode::ModelHashMismatch);
    assert!(!bench.part().exists());
}

#[test]
fn a_server_that_has_a_file_of_another_size_is_refused_before_its_body_is_read() {
    let content = content();
    let server = Loopback::start(vec![answer("200 OK", &[("Content-Length", "299999".into())], &content)]);
    let bench = Bench::new(&[&server.address], Some(digest(&content)));
    assert!(bench.detail().contains("299999"));
}

#[test]
fn a_body_without_an_end_is_cut_off_at_the_size_of_the_model() {
    let mut content = content();
    content.extend(std::iter::repeat_n(1, 500_000));
    let server = Loopback::start(vec![answer("200 OK", &[], &content)]);
    let bench = Bench::new(&[&server.address], Some(digest(&content)));
    assert!(bench.detail().contains("more than"));
    assert!(!bench.part().exists());
}

#[test]
fn a_wrong_hash_is_refused_and_named_and_nothing_of_it_stays() {
    let content = content();
    let server = Loopback::start(vec![answer("200 OK", &length(&content), &content)]);
    let bench = Bench::new(&[&server.address], Some(digest(b"another")));
    let error = bench.fetch().unwrap_err();
    assert_eq!(error.code(), ErrorCode::ModelHashMismatch);
    let said = error.to_string();
    assert!(said.contains(&digest(b"another").to_string()) && said.contains(&digest(&content).to_string()));
    assert!(!bench.part().exists() && bench.models.status(NAME).unwrap().state == ModelState::Absent);
}

#[test]
fn the_next_source_is_tried_when_one_fails_or_lies() {
    let content = content();
    let gone = Loopback::start(vec![answer("404 Not Found", &length(b""), b"")]);
    let lies = Loopback::start(vec![answer("200 OK", &length(&[9; 300_000]), &[9; 300_000])]);
    let good = Loopback::start(vec![answer("200 OK", &length(&content), &content)]);
    let bench = Bench::new(&[&gone.address, &lies.address, &good.address], Some(digest(&content)));
    bench.fetch().unwrap();
}

#[test]
fn an_unknown_hash_is_recorded_by_the_first_download_and_held_against_the_file_later() {
    let content = content();
    let server = Loopback::start(vec![answer("200 OK", &length(&content), &content)]);
    let bench = Bench::new(&[&server.address], None);
    let model = bench.fetch().unwrap();
    assert_eq!(model.state, ModelState::Verified { bytes: 300_000, sha256: digest(&content), known: false });

    let mut altered = content.clone();
    altered[1000] ^= 1;
    std::fs::write(&model.path, altered).unwrap();
    assert!(matches!(bench.models.status(NAME).unwrap().state, ModelState::Present { .. }));
    let error = bench.models.verify(NAME, |_| (), &Cancel::default()).unwrap_err();
    assert_eq!(error.code(), ErrorCode::ModelHashMismatch);
    assert!(matches!(bench.models.status(NAME).unwrap().state, ModelState::Bad { .. }));
    assert_eq!(bench.models.locate(NAME).unwrap_err().code(), ErrorCode::ModelInvalid);

    std::fs::write(&model.path, &content).unwrap();
    let healed = bench.models.verify(NAME, |_| (), &Cancel::default()).unwrap();
    assert!(matches!(healed.state, ModelState::Verified { .. }));
}

#[test]
fn redirects_are_followed_on_the_same_scheme_and_to_no_other() {
    let content = content();
    let good = Loopback::start(vec![answer("200 OK", &length(&content), &content)]);
    let to =
        |target: String| answer("302 Found", &[("Location", target), ("Content-Length", "0".into())], b"");
    let follows = Loopback::start(vec![to(format!("{}/file", good.address))]);
    Bench::new(&[&follows.address], Some(digest(&content))).fetch().unwrap();

    for target in ["ftp://127.0.0.1/x", "https://127.0.0.1/x", "file:///etc/passwd"] {
        let away = Loopback::start(vec![to(target.into())]);
        assert!(Bench::new(&[&away.address], None).detail().contains("another kind"), "{target}");
    }
    let circle = Loopback::start(vec![to("/again".into())]);
    assert!(Bench::new(&[&circle.address], None).detail().contains("circles"));
}

#[test]
fn plain_http_is_never_used_to_another_machine() {
    let bench = Bench::new(&["http://example.org/x"], None);
    assert!(bench.detail().contains("https"));
    let strict = Bench::new(&["http://127.0.0.1:1/x"], None);
    let models = strict.models.clone().with_policy(SourcePolicy::default());
    assert!(models.fetch(NAME, |_| (), &Cancel::default()).unwrap_err().to_string().contains("https"));
}

#[test]
fn a_cancel_is_heeded_before_the_answer_and_in_a_body_that_stands_still() {
    let content = content();
    let before = Reply::ThenSilence(Vec::new());
    let within = Reply::ThenSilence(bytes_of("200 OK", &length(&content), &content[..50_000]));
    for (reply, kept) in [(before, 0), (within, 50_000)] {
        let server = Loopback::start(vec![reply]);
        let bench = Bench::new(&[&server.address], Some(digest(&content)));
        let models = bench
            .models
            .clone()
            .with_policy(SourcePolicy { allow_plain_loopback: true, stall: Duration::from_secs(25) });
        let cancel = Cancel::default();
        let stop = cancel.clone();
        std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(400));
            stop.cancel();
        });
        let started = Instant::now();
        let error = models.fetch(NAME, |_| (), &cancel).unwrap_err();
        assert_eq!(error.code(), ErrorCode::Cancelled);
        // Far below the stall limit: it was the cancel, not the limit.
        assert!(started.elapsed() < Duration::from_secs(20));
        assert_eq!(std::fs::metadata(bench.part()).map_or(0, |part| part.len()), kept);
    }
}

#[test]
fn a_server_that_falls_silent_is_given_up() {
    let server = Loopback::start(vec![Reply::ThenSilence(bytes_of("200 OK", &[], b"beginning"))]);
    let bench = Bench::new(&[&server.address], None);
    bench.detail();
}

#[test]
fn a_file_is_imported_by_its_name_from_a_folder_and_a_wrong_one_is_left_out_and_named() {
    // Import looks at the structure, so that this content must be a model: the smallest GGUF.
    let model = tiny_gguf();
    let bench = Bench::sized(&["https://example.org"], Some(digest(&model)), &model.len().to_string());
    let stick = bench.folder.path().join("stick");
    std::fs::create_dir_all(stick.join("deeper")).unwrap();
    std::fs::write(stick.join("deeper/SMALL.BIN"), &model).unwrap();
    std::fs::write(stick.join("notes.txt"), b"not a model").unwrap();
    let imported = bench.models.import(&stick, None, |_| (), &Cancel::default()).unwrap();
    assert_eq!(imported.models.len(), 1);
    assert!(matches!(imported.models[0].state, ModelState::Verified { known: true, .. }));

    bench.models.remove(NAME).unwrap();
    assert_eq!(bench.models.status(NAME).unwrap().state, ModelState::Absent);
    let mut altered = model.clone();
    *altered.last_mut().unwrap() ^= 1;
    std::fs::write(stick.join("deeper/SMALL.BIN"), &altered).unwrap();
    let imported = bench.models.import(&stick, None, |_| (), &Cancel::default()).unwrap();
    assert!(imported.models.is_empty() && imported.left_out[0].1.contains("SHA-256"));
    let single = bench.models.import(&stick.join("deeper/SMALL.BIN"), None, |_| (), &Cancel::default());
    assert_eq!(single.unwrap_err().code(), ErrorCode::ModelHashMismatch);
    assert_eq!(bench.models.status(NAME).unwrap().state, ModelState::Absent);
}

#[test]
fn a_renamed_file_is_known_by_its_hash_and_an_own_model_by_its_name() {
    let model = tiny_gguf();
    let bench = Bench::sized(&["https://example.org"], Some(digest(&model)), &model.len().to_string());
    let file = bench.folder.path().join("download (3).gguf");
    std::fs::write(&file, &model).unwrap();
    let imported = bench.models.import(&file, None, |_| (), &Cancel::default()).unwrap();
    assert_eq!(imported.models[0].name, NAME);

    let mut own = model.clone();
    *own.last_mut().unwrap() ^= 1;
    let file = bench.folder.path().join("clinic-own.gguf");
    std::fs::write(&file, &own).unwrap();
    let imported = bench.models.import(&file, None, |_| (), &Cancel::default()).unwrap();
    assert_eq!(
        (imported.models[0].name.as_str(), imported.models[0].purpose),
        ("clinic-own", Purpose::Language)
    );
    assert!(bench.models.list().unwrap().iter().any(|model| model.name == "clinic-own"));
    bench.models.locate("clinic-own").unwrap();
}

#[test]
fn an_own_model_is_listed_for_what_its_architecture_is_good_for() {
    let bench = Bench::new(&[], None);
    std::fs::create_dir_all(bench.models.folder()).unwrap();
    let writes = tiny_gguf();
    let architecture = writes.windows(5).position(|bytes| bytes == b"llama").unwrap();
    // "xbert" has the letters of "llama" in number, so that the lengths still hold.
    let mut embeds = writes.clone();
    embeds[architecture..architecture + 5].copy_from_slice(b"xbert");
    for (name, bytes) in [("writes.gguf", &writes), ("embeds.gguf", &embeds)] {
        std::fs::write(bench.models.folder().join(name), bytes).unwrap();
    }
    let purpose = |name: &str| bench.models.status(name).unwrap().purpose;
    assert_eq!((purpose("writes"), purpose("embeds")), (Purpose::Language, Purpose::Embedding));
}

#[test]
fn what_is_no_model_is_not_imported_and_what_is_not_there_is_named() {
    let bench = Bench::new(&["https://example.org"], None);
    let file = bench.folder.path().join("letter.gguf");
    for (bytes, reason) in
        [(&b""[..], "neither"), (b"Dear colleague", "neither"), (&tiny_gguf()[..100], "cut short")]
    {
        std::fs::write(&file, bytes).unwrap();
        let error = bench.models.import(&file, None, |_| (), &Cancel::default()).unwrap_err();
        assert_eq!(error.code(), ErrorCode::ModelInvalid);
        assert!(error.to_string().contains(reason), "{error}");
    }
    let missing = bench.models.import(&bench.folder.path().join("none"), None, |_| (), &Cancel::default());
    assert_eq!(missing.unwrap_err().code(), ErrorCode::ModelMissing);
    assert_eq!(bench.models.locate("no-such").unwrap_err().code(), ErrorCode::ModelUnknown);
    assert_eq!(bench.models.locate(NAME).unwrap_err().code(), ErrorCode::ModelMissing);
    assert_eq!(bench.models.locate("./no/such.bin").unwrap_err().code(), ErrorCode::ModelMissing);
}

/// A GGUF with one tensor of 32 numbers.
fn tiny_gguf() -> Vec<u8> {
    let text = |text: &str| [&(text.len() as u64).to_le_bytes()[..], text.as_bytes()].concat();
    let mut file = b"GGUF".to_vec();
    file.extend(3_u32.to_le_bytes());
    file.extend(1_u64.to_le_bytes());
    file.extend(1_u64.to_le_bytes());
    file.extend(text("general.architecture"));
    file.extend(8_u32.to_le_bytes());
    file.extend(text("llama"));
    file.extend(text("w"));
    file.extend(1_u32.to_le_bytes());
    file.extend(32_u64.to_le_bytes());
    file.extend(0_u32.to_le_bytes());
    file.extend(0_u64.to_le_bytes());
    file.resize(file.len().next_multiple_of(32), 0);
    file.extend([0; 128]);
    file
}
