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
    for length in (32..whole.len()).step_by(31).chain([whole.len() - 1]) {
        std::fs::write(&path, &whole[..length]).unwrap();
        let mut torn = reader(folder.path(), 1);
        let heard = torn.length();
        assert!(heard.is_multiple_of(4_000) && heard < 10_000, "{length}: {heard}");
        assert!(same(&torn.read(0, 10_000).unwrap(), 0));
    }
    // A power cut may leave zeros where the last frame should be.
    for length in (32..whole.len()).step_by(997) {
        let mut bytes = whole[..length].to_vec();
        bytes.resize(whole.len() + 9_000, 0);
        std::fs::write(&path, bytes).unwrap();
        let mut torn = reader(folder.path(), 1);
        assert!(torn.length().is_multiple_of(4_000));
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

/// Flips one bit at `at` within each of some frames, and gives the journal.
fn damaged(folder: &Path, frames: &[usize], at: usize) -> JournalReader {
    let mut journal = writer(folder, 1, 1);
    journal.append(0, &ramp(0, 40_000)).unwrap();
    journal.finish().unwrap();
    let path = journal::path(folder, id(1));
    let mut bytes = std::fs::read(&path).unwrap();
    let one = (bytes.len() - 32) / 10;
    for frame in frames {
        bytes[32 + one * frame + at] ^= 0x11;
    }
    std::fs::write(&path, bytes).unwrap();
    reader(folder, 1)
}

#[test]
fn a_frame_whose_length_or_place_is_damaged_costs_nothing_but_itself() {
    // The length, the first sample, the sound.
    for at in [0, 1, 2, 3, 4, 5, 8, 11, 12, 500] {
        for frames in [&[0][..], &[4], &[3, 4], &[2, 7], &[0, 1, 2]] {
            let folder = tempfile::tempdir().unwrap();
            let mut journal = damaged(folder.path(), frames, at);
            assert_eq!(journal.length(), 40_000, "{at} {frames:?}");
            let read = journal.read(0, 40_000).unwrap();
            for frame in 0..10 {
                let sound = &read[frame * 4_000..(frame + 1) * 4_000];
                if frames.contains(&frame) {
                    assert!(sound.iter().all(|sample| *sample == 0.0), "{at} {frames:?} {frame}");
                } else {
                    assert!(same(sound, frame as u64 * 4_000), "{at} {frames:?} {frame}");
                }
            }
            assert_eq!(journal.damaged(), frames.len(), "{at} {frames:?}");
        }
    }
}

#[test]
fn a_clock_that_goes_back_loses_nothing_of_what_follows() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = writer(folder.path(), 1, 1);
    journal.append(0, &ramp(0, 8_000)).unwrap();
    journal.append(4_000, &ramp(8_000, 8_000)).unwrap();
    journal.finish().unwrap();
    let read = reader(folder.path(), 1).read(0, 16_000).unwrap();
    assert!(read.len() == 16_000 && same(&read, 0));
}

/// A file system in memory, until it is dropped. `None` where this user may mount none.
struct Small(std::path::PathBuf);

impl Small {
    fn mount(at: &Path, size: &str) -> Option<Self> {
        std::fs::create_dir_all(at).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={size},mode=0700"), "tmpfs"]).arg(at);
        let mounted = cfg!(target_os = "linux") && mount.output().is_ok_and(|output| output.status.success());
        if !mounted {
            eprintln!("skipped: no file system may be mounted here");
        }
        mounted.then(|| Self(at.to_owned()))
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_is_said_and_what_was_heard_meanwhile_is_written_when_there_is_room() {
    use domain::{Coded as _, ErrorCode};
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("disk");
    let Some(_disk) = Small::mount(&place, "300k") else { return };
    let ballast = place.join("ballast");
    std::fs::write(&ballast, vec![7; 200_000]).unwrap();
    let mut journal = writer(&place, 1, 1);
    let (mut at, mut refused) = (0, 0);
    while at < 16_000 * 20 {
        if let Err(error) = journal.append(at, &ramp(at, 1_600)) {
            assert_eq!(error.code(), ErrorCode::DiskFull, "{error}");
            refused += 1;
        }
        at += 1_600;
    }
    assert!(refused > 50 && journal.unwritten() > 16_000 * 10, "{refused} {}", journal.unwritten());
    // What is on the disk is whole, and ends where the disk was full.
    let mut so_far = reader(&place, 1);
    let length = so_far.length();
    assert!(length >= 16_000 && length + journal.unwritten() >= at, "{length}");
    assert!(same(&so_far.read(0, usize::try_from(length).unwrap()).unwrap(), 0));
    std::fs::remove_file(&ballast).unwrap();
    std::process::Command::new("mount").args(["-o", "remount,size=4m"]).arg(&place).status().unwrap();
    journal.append(at, &ramp(at, 1_600)).unwrap();
    assert!(journal.unwritten() < 4_000 && journal.lost() == 0);
    assert_eq!(journal.finish().unwrap(), at + 1_600);
    let mut journal = reader(&place, 1);
    assert_eq!(journal.length(), at + 1_600);
    assert!(same(&journal.read(0, usize::try_from(at).unwrap() + 1_600).unwrap(), 0));
    assert_eq!(journal.damaged(), 0);
}

#[test]
fn a_disk_that_is_full_for_too_long_costs_the_oldest_and_what_follows_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("disk");
    let Some(_disk) = Small::mount(&place, "100k") else { return };
    let mut journal = writer(&place, 1, 1);
    // Eleven minutes, of which ten are kept in memory.
    for second in 0..660 {
        let _ = journal.append(second * 16_000, &ramp(second * 16_000, 16_000));
    }
    let lost = journal.lost();
    assert!((16_000 * 40..16_000 * 61).contains(&lost), "{lost}");
    std::process::Command::new("mount").args(["-o", "remount,size=64m"]).arg(&place).status().unwrap();
    assert_eq!(journal.finish().unwrap(), 660 * 16_000);
    let mut journal = reader(&place, 1);
    assert_eq!((journal.length(), journal.damaged()), (660 * 16_000, 0));
    let begin = 100 * 16_000;
    assert!(same(&journal.read(begin, 560 * 16_000).unwrap(), begin));
}

#[test]
fn another_key_or_another_recordings_name_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = writer(folder.path(), 1, 1);
    journal.append(0, &[0.5; 20_000]).unwrap();
    journal.finish().unwrap();
    let path = journal::path(folder.path(), id(1));
    assert!(JournalReader::open(&path, id(1), key(2)).is_err());
    assert!(JournalReader::open(&path, id(2), key(2)).is_err());
    let bytes = std::fs::read(&path).unwrap();
    let plain: Vec<u8> = 16_383_i16.to_le_bytes().repeat(8);
    assert!(!bytes.windows(plain.len()).any(|window| window == plain));
}

#[test]
fn a_killed_writer_loses_less_than_a_second() {
    let mut most = 0;
    for round in 0..100_u64 {
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_that_writes_until_it_is_killed", "--ignored", "--nocapture"])
            .env("BEDSIDE_JOURNAL", folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap()))
            .map_while(Result::ok)
            .filter_map(|line| line.rsplit(' ').next()?.parse::<u64>().ok());
        // Killed at another moment of its work each time.
        let first = lines.next().unwrap();
        let killer = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_micros(round * 7_919 % 60_000));
            child.kill().unwrap();
            child.wait().unwrap();
        });
        // What the child said it had handed over by then, at 16 samples a ms.
        let told = lines.last().unwrap_or(first);
        killer.join().unwrap();
        let mut journal = reader(folder.path(), 1);
        most = most.max(told.saturating_sub(journal.length()));
        assert!(told.saturating_sub(journal.length()) < u64::from(RATE), "{told} {}", journal.length());
        let heard = usize::try_from(journal.length()).unwrap();
        assert!(same(&journal.read(0, heard).unwrap(), 0));
        assert_eq!(journal.damaged(), 0);
    }
    eprintln!("at most {} ms were missing", most / 16);
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
