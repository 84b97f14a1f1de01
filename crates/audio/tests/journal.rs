//! The journal: what was heard is there after a crash, on a bad file and on a full disk, and nobody else's key opens it.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use bedside_audio::RATE;
use bedside_audio::journal::{self, JournalReader, JournalWriter};
use domain::{Random, RecordingId};
use proptest::prelude::*;
use seal::{RecordingKey, StreamKey};

struct Counting;

impl Random for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1);
        let next = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        for (n, byte) in bytes.iter_mut().enumerate() {
            *byte = (next >> (8 * (n % 8))) as u8 ^ n as u8;
        }
    }
}

/// The same key in every process.
struct Fixed;

impl Random for Fixed {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(7);
    }
}

fn id(number: u8) -> RecordingId {
    RecordingId::from_bytes([number; 16])
}

fn key(number: u8) -> RecordingKey {
    StreamKey::make(&Fixed).recording_key(id(number))
}

fn writer(folder: &Path, number: u8, channels: usize) -> JournalWriter {
    JournalWriter::create(folder, id(number), key(number), channels, Arc::new(Counting)).unwrap()
}

fn reader(folder: &Path, number: u8) -> JournalReader {
    JournalReader::open(&journal::path(folder, id(number)), id(number), key(number)).unwrap()
}

/// A sound in which every sample says where it stands.
fn ramp(from: u64, count: usize) -> Vec<f32> {
    (0..count).map(|n| ((from + n as u64) % 20_000) as f32 / 20_000.0).collect()
}

fn same(read: &[f32], from: u64) -> bool {
    read.iter().zip(ramp(from, read.len())).all(|(a, b)| (a - b).abs() < 1e-3)
}

#[test]
fn what_was_written_is_read_from_any_place() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = writer(folder.path(), 1, 1);
    let sound = ramp(0, 50_000);
    let mut at = 0;
    for piece in sound.chunks(777) {
        journal.append(at, piece).unwrap();
        at += piece.len() as u64;
    }
    assert_eq!(journal.finish().unwrap(), 50_000);
    let mut journal = reader(folder.path(), 1);
    assert_eq!(journal.length(), 50_000);
    for (start, count) in [(0, 50_000), (3_999, 2), (4_000, 4_000), (49_000, 5_000), (12_345, 20_000)] {
        let read = journal.read(start, count).unwrap();
        assert_eq!(read.len(), count.min(50_000 - start as usize));
        assert!(same(&read, start), "{start}");
    }
    assert!(journal.read(50_000, 10).unwrap().is_empty());
}

#[test]
fn a_gap_on_the_clock_is_silence() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = writer(folder.path(), 1, 1);
    journal.append(0, &[0.5; 6_000]).unwrap();
    journal.append(20_000, &[0.25; 1_000]).unwrap();
    journal.finish().unwrap();
    let mut journal = reader(folder.path(), 1);
    assert_eq!(journal.length(), 21_000);
    let read = journal.read(0, 30_000).unwrap();
    assert!(read[..6_000].iter().all(|sample| (sample - 0.5).abs() < 1e-3));
    assert!(read[6_000..20_000].iter().all(|sample| *sample == 0.0));
    assert!(read[20_000..].iter().all(|sample| (sample - 0.25).abs() < 1e-3));
}

#[test]
fn two_channels_stay_two() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = writer(folder.path(), 1, 2);
    journal.append(0, &[0.5, -0.5].repeat(9_000)).unwrap();
    journal.finish().unwrap();
    let mut journal = reader(folder.path(), 1);
    assert_eq!((journal.channels(), journal.length()), (2, 9_000));
    let read = journal.read(4_500, 2).unwrap();
    assert!((read[0] - 0.5).abs() < 1e-3 && (read[1] + 0.5).abs() < 1e-3 && read.len() == 4);
}

#[test]
fn torn_at_any_byte_it_gives_all_whole_frames() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = writer(folder.path(), 1, 1);
    journal.append(0, &ramp(0, 10_000)).unwrap();
    journal.finish().unwrap();
    let path = journal::path(folder.path(), id(1));
    let whole = std::fs::read(&path).unwrap();
    for length in (32..whole.len()).step_by(211).chain([whole.len() - 1]) {
        std::fs::write(&path, &whole[..length]).unwrap();
        let mut torn = reader(folder.path(), 1);
        let heard = torn.length();
        assert!(heard.is_multiple_of(4_000) && heard < 10_000, "{length}: {heard}");
        assert!(same(&torn.read(0, 10_000).unwrap(), 0));
    }
    std::fs::write(&path, &whole[..31]).unwrap();
    assert!(JournalReader::open(&path, id(1), key(1)).is_err());
}

#[test]
fn a_damaged_frame_in_the_middle_is_silence_and_the_rest_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = writer(folder.path(), 1, 1);
    journal.append(0, &[0.5; 20_000]).unwrap();
    journal.finish().unwrap();
    let path = journal::path(folder.path(), id(1));
    let mut bytes = std::fs::read(&path).unwrap();
    let one = (bytes.len() - 32) / 5;
    bytes[32 + one + one / 2] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let read = reader(folder.path(), 1).read(0, 20_000).unwrap();
    assert!(read[..4_000].iter().chain(&read[8_000..]).all(|sample| (sample - 0.5).abs() < 1e-3));
    assert!(read[4_000..8_000].iter().all(|sample| *sample == 0.0));
}

#[test]
fn another_key_or_another_recordings_name_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = writer(folder.path(), 1, 1);
    journal.append(0, &[0.5; 20_000]).unwrap();
    journal.finish().unwrap();
    let path = journal::path(folder.path(), id(1));
    assert_eq!(JournalReader::open(&path, id(1), key(2)).unwrap().length(), 0);
    assert!(JournalReader::open(&path, id(2), key(2)).is_err());
    let bytes = std::fs::read(&path).unwrap();
    let plain: Vec<u8> = 16_383_i16.to_le_bytes().repeat(8);
    assert!(!bytes.windows(plain.len()).any(|window| window == plain));
}

#[test]
fn a_killed_writer_loses_less_than_a_second() {
    for round in 0..25_u64 {
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_that_writes_until_it_is_killed", "--ignored", "--nocapture"])
            .env("BEDSIDE_JOURNAL", folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let output = std::io::BufReader::new(child.stdout.take().unwrap());
        let killer = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(60 + round * 11));
            child.kill().unwrap();
            child.wait().unwrap();
        });
        // What the child said it had handed over by then, at 16 samples a ms.
        let told = std::io::BufRead::lines(output)
            .map_while(Result::ok)
            .filter_map(|line| line.rsplit(' ').next()?.parse::<u64>().ok())
            .last();
        killer.join().unwrap();
        let Some(told) = told else { continue };
        let mut journal = reader(folder.path(), 1);
        assert!(told - journal.length().min(told) < u64::from(RATE), "{told} {}", journal.length());
        let heard = usize::try_from(journal.length()).unwrap();
        assert!(same(&journal.read(0, heard).unwrap(), 0));
    }
}

#[test]
#[ignore = "a child of another test"]
fn child_that_writes_until_it_is_killed() {
    let Some(folder) = std::env::var_os("BEDSIDE_JOURNAL") else { return };
    let mut journal = writer(Path::new(&folder), 1, 1);
    let mut at = 0;
    loop {
        journal.append(at, &ramp(at, 160)).unwrap();
        at += 160;
        let mut out = std::io::stdout().lock();
        writeln!(out, "at {at}").unwrap();
        out.flush().unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_pieces_come_back_whole(pieces in proptest::collection::vec(1_usize..6_000, 1..12)) {
        let folder = tempfile::tempdir().unwrap();
        let mut journal = writer(folder.path(), 1, 1);
        let mut at = 0;
        for piece in pieces {
            journal.append(at, &ramp(at, piece)).unwrap();
            at += piece as u64;
        }
        journal.finish().unwrap();
        let mut journal = reader(folder.path(), 1);
        prop_assert_eq!(journal.length(), at);
        let read = journal.read(0, usize::try_from(at).unwrap()).unwrap();
        prop_assert!(same(&read, 0));
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let folder = tempfile::tempdir().unwrap();
        let path = journal::path(folder.path(), id(1));
        let mut file = Vec::from(*b"BSJ1");
        file.extend([1; 16]);
        file.push(1);
        file.extend([0; 11]);
        file.extend(bytes);
        std::fs::write(&path, file).unwrap();
        let mut journal = JournalReader::open(&path, id(1), key(1)).unwrap();
        prop_assert!(journal.read(0, 1_000).unwrap().is_empty());
    }
}
