//! Sound files of every kind that people bring, and of kinds that they should not.
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

use std::path::{Path, PathBuf};

use bedside_audio::file::SoundFile;
use bedside_audio::{Error, RATE};
use domain::{Coded as _, ErrorCode};
use proptest::prelude::*;

fn sound(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sounds").join(name)
}

/// All of a file, its channels, and how it ended.
fn read(path: &Path, keep_two: bool) -> Result<(Vec<f32>, usize, Option<Error>), Error> {
    let mut file = SoundFile::open(path, keep_two)?;
    let mut all = Vec::new();
    loop {
        match file.next_piece() {
            Ok(Some(piece)) => {
                assert!(piece.iter().all(|sample| (-1.5..=1.5).contains(sample)));
                all.extend(piece);
            }
            Ok(None) => return Ok((all, file.channels(), None)),
            Err(error) if all.is_empty() => return Err(error),
            Err(error) => return Ok((all, file.channels(), Some(error))),
        }
    }
}

/// How much of a sound is a tone of 440 Hz: 1 is all.
fn of_440(samples: &[f32]) -> f64 {
    let (mut sine, mut cosine, mut power) = (0.0, 0.0, 0.0);
    for (n, sample) in samples.iter().enumerate() {
        let at = std::f64::consts::TAU * 440.0 * n as f64 / f64::from(RATE);
        sine += f64::from(*sample) * at.sin();
        cosine += f64::from(*sample) * at.cos();
        power += f64::from(*sample).powi(2);
    }
    2.0 * (sine.powi(2) + cosine.powi(2)) / (power * samples.len() as f64)
}

fn tone(rate: u32, hz: f64, seconds: f64) -> Vec<f32> {
    (0..(f64::from(rate) * seconds) as usize)
        .map(|n| (0.5 * (std::f64::consts::TAU * hz * n as f64 / f64::from(rate)).sin()) as f32)
        .collect()
}

fn write(path: &Path, rate: u32, channels: u16, bits: u16, float: bool, samples: &[f32]) {
    let sample_format = if float { hound::SampleFormat::Float } else { hound::SampleFormat::Int };
    let form = hound::WavSpec { channels, sample_rate: rate, bits_per_sample: bits, sample_format };
    let mut writer = hound::WavWriter::create(path, form).unwrap();
    for sample in samples {
        for _ in 0..channels {
            if float {
                writer.write_sample(*sample).unwrap();
            } else {
                let full = f64::from((1_u32 << (bits - 1)) - 1);
                writer.write_sample((f64::from(*sample) * full) as i32).unwrap();
            }
        }
    }
    writer.finalize().unwrap();
}

#[test]
fn every_form_of_wav_gives_the_same_tone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tone é日本.wav");
    for rate in [8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 96_000] {
        for (channels, bits, float) in
            [(1, 16, false), (2, 16, false), (2, 8, false), (1, 24, false), (1, 32, false), (6, 32, true)]
        {
            write(&path, rate, channels, bits, float, &tone(rate, 440.0, 1.0));
            let (heard, _, end) = read(&path, false).unwrap();
            assert!(end.is_none() && heard.len().abs_diff(16_000) <= 1, "{rate} Hz: {} samples", heard.len());
            let pure = of_440(&heard[500..15_500]);
            assert!(pure > if bits == 8 { 0.999 } else { 0.9999 }, "{rate} Hz, {channels} x {bits}: {pure}");
            let peak = heard[500..15_500].iter().fold(0.0_f32, |peak, sample| peak.max(*sample));
            assert!((peak - 0.5).abs() < 0.01, "{rate} Hz, {channels} x {bits}: {peak}");
        }
    }
}

#[test]
fn every_kind_of_file_is_read_whole() {
    for name in [
        "tone.mp3",
        "tone.m4a",
        "fragmented.mp4",
        "tone.ogg",
        "tone.flac",
        "mulaw.wav",
        "alaw.wav",
        "ima.wav",
        "ms.wav",
    ] {
        let path = sound(name);
        let said = SoundFile::open(&path, false).unwrap().seconds();
        let (heard, channels, end) = read(&path, true).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(end.is_none(), "{name}: {end:?}");
        let seconds = heard.len() as f64 / f64::from(RATE);
        assert!((1.45..1.62).contains(&seconds), "{name}: {seconds} s");
        assert!(said.is_none_or(|said| (said - seconds).abs() < 0.1), "{name}: {said:?} {seconds}");
        let pure = of_440(&heard[3_000..20_000]);
        assert!(pure > 0.98 && channels == 1, "{name}: {pure}");
    }
}

#[test]
fn two_channels_are_kept_or_mixed() {
    let (heard, channels, _) = read(&sound("left.mp4"), true).unwrap();
    assert_eq!(channels, 2);
    let power = |channel: usize| heard.iter().skip(channel).step_by(2).map(|s| s * s).sum::<f32>();
    assert!(power(0) > 1_000.0 * power(1));
    let (mixed, channels, _) = read(&sound("left.mp4"), false).unwrap();
    assert_eq!((channels, mixed.len()), (1, heard.len() / 2));
    assert!(mixed.iter().map(|s| s * s).sum::<f32>() < 0.3 * power(0));
}

#[test]
fn what_16_khz_cannot_hold_does_not_fold_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("high.wav");
    write(&path, 48_000, 1, 16, false, &tone(48_000, 12_000.0, 1.0));
    let (heard, ..) = read(&path, false).unwrap();
    let power = heard[500..15_500].iter().map(|s| s * s).sum::<f32>() / 15_000.0;
    assert!(power < 1e-8, "{power}");
}

#[test]
fn what_is_no_sound_file_is_refused_with_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.wav");
    let of = |path: &Path| {
        let error = read(path, false).map(drop).unwrap_err();
        assert_eq!(error.code(), ErrorCode::AudioInvalid, "{error}");
        error.to_string()
    };
    let of_bytes = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        of(&path)
    };
    assert!(of_bytes(b"").contains("no sound"));
    assert!(of_bytes(b"this is a letter, not a recording").contains("no WAV"));
    assert!(of_bytes(&std::fs::read(sound("tone.m4a")).unwrap()[..200]).contains("cannot be read"));
    assert!(of(&sound("opus.ogg")).contains("Opus"));
    assert!(of(&sound("opus.webm")).contains("WebM"));
    assert!(of(&sound("silent-film.mp4")).contains("no sound"));
    assert!(of(&sound("ac3.mp4")).contains("codec"));
    assert!(of(folder.path()).contains("no file"));
    write(&path, 16_000, 1, 16, false, &[]);
    assert!(of(&path).contains("no sound"));
    let missing = read(&folder.path().join("none.wav"), false).map(drop).unwrap_err();
    assert_eq!(missing.code(), ErrorCode::NotFound);
}

#[test]
fn a_file_that_is_cut_short_gives_what_there_is_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["tone.flac", "tone.m4a", "mulaw.wav", "ima.wav"] {
        let whole = std::fs::read(sound(name)).unwrap();
        let path = folder.path().join(name);
        // The index of an MP4 stands at its end.
        let keep = if name == "tone.m4a" { whole.len() - 10 } else { whole.len() / 2 };
        std::fs::write(&path, &whole[..keep]).unwrap();
        match read(&path, false) {
            Ok((heard, _, Some(Error::CutShort { seconds }))) => {
                let there = heard.len() as f64 / f64::from(RATE);
                assert!((0.3..1.0).contains(&there) && (there - seconds).abs() < 0.05, "{name}: {there}");
            }
            // What is left of so short a file is less than its first part.
            Err(error) if ["tone.m4a", "ima.wav"].contains(&name) => {
                assert_eq!(error.code(), ErrorCode::AudioInvalid)
            }
            other => panic!("{name}: {:?}", other.map(|(heard, _, end)| (heard.len(), end))),
        }
    }
}

#[test]
fn a_wav_file_that_was_written_to_a_pipe_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pipe.wav");
    write(&path, 22_050, 1, 16, false, &tone(22_050, 440.0, 1.0));
    let mut bytes = std::fs::read(&path).unwrap();
    for length in [0xffff_ffff_u32, 0x7fff_f000, 0] {
        bytes[4..8].copy_from_slice(&length.to_le_bytes());
        bytes[40..44].copy_from_slice(&length.to_le_bytes());
        std::fs::write(&path, &bytes).unwrap();
        let (heard, _, end) = read(&path, false).unwrap();
        assert!(end.is_none() && heard.len().abs_diff(16_000) <= 1, "{} {end:?}", heard.len());
        let seconds = SoundFile::open(&path, false).unwrap().seconds().unwrap();
        assert!((seconds - 1.0).abs() < 0.001);
    }
}

#[test]
fn chunks_around_the_sound_and_lengths_that_do_not_fit_are_no_matter() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chunks.wav");
    write(&path, 16_000, 1, 16, false, &tone(16_000, 440.0, 1.0));
    let plain = std::fs::read(&path).unwrap();
    let chunk = [b"LIST\x07\0\0\0unknown\0".as_slice(), b"junk\0\0\0\0"].concat();
    let mut bytes = [&plain[..36], &chunk, &plain[36..], &chunk].concat();
    bytes[4..8].copy_from_slice(&17_u32.to_le_bytes());
    std::fs::write(&path, bytes).unwrap();
    let (heard, _, end) = read(&path, false).unwrap();
    assert!(end.is_none() && heard.len() == 16_000, "{} {end:?}", heard.len());
    // A telephone's form without its two last bytes.
    let mulaw = std::fs::read(sound("mulaw.wav")).unwrap();
    assert_eq!(mulaw[16], 18);
    let mut short = [&mulaw[..36], &mulaw[38..]].concat();
    short[16] = 16;
    std::fs::write(&path, short).unwrap();
    assert_eq!(read(&path, false).unwrap().0, read(&sound("mulaw.wav"), false).unwrap().0);
}

#[test]
fn what_is_no_number_and_what_is_too_loud_is_a_sample_still() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("odd.wav");
    let odd = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e30, -1e30, 0.5].repeat(1_000);
    write(&path, 16_000, 1, 32, true, &odd);
    let (heard, ..) = read(&path, false).unwrap();
    assert!(heard.len() == 6_000 && heard.iter().all(|sample| (-1.0..=1.0).contains(sample)));
}

#[test]
fn an_hour_is_read_in_little_memory() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hour.wav");
    write(&path, 8_000, 1, 8, false, &tone(8_000, 440.0, 3_600.0));
    let mut file = SoundFile::open(&path, false).unwrap();
    assert!((file.seconds().unwrap() - 3_600.0).abs() < 0.1);
    let (mut total, mut longest) = (0, 0);
    while let Some(piece) = file.next_piece().unwrap() {
        total += piece.len();
        longest = longest.max(piece.len());
    }
    assert_eq!(total, 3_600 * RATE as usize);
    assert!(longest < 3 * RATE as usize, "{longest}");
}

#[test]
fn real_recordings_are_read() {
    let data = std::env::var_os("BEDSIDE_EVAL_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    let audio = data.join("audio");
    if !audio.is_dir() {
        eprintln!("skipped: no evaluation data");
        return;
    }
    for name in [
        "jfk/jfk.mp3",
        "jfk/jfk.wav",
        "librispeech/1089-134686-0000.flac",
        "azure-samples/whatstheweatherlike-mulaw.wav",
        "azure-samples/katiesteve_mono.wav",
        "medical-dictation/sample-1.mp4",
        "medical-dictation/sample-2.mp4",
    ] {
        let path = audio.join(name);
        let said = SoundFile::open(&path, false).unwrap().seconds();
        let (heard, _, end) = read(&path, false).unwrap();
        let there = heard.len() as f64 / f64::from(RATE);
        let power = (heard.iter().map(|s| s * s).sum::<f32>() / heard.len() as f32).sqrt();
        eprintln!("{name}: {there:.2} s, said {said:?}, loudness {power:.4}, {end:?}");
        assert!(end.is_none() && power > 0.005, "{name}");
        assert!(said.is_none_or(|said| (said - there).abs() < 0.1), "{name}: {said:?} {there}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_damaged_file_is_sound_or_an_error_but_never_a_panic(
        which in 0_usize..9,
        cut in 0.05_f64..1.0,
        flips in proptest::collection::vec((0.0_f64..1.0, any::<u8>()), 0..12),
    ) {
        let names = ["tone.mp3", "tone.m4a", "fragmented.mp4", "tone.ogg", "tone.flac", "mulaw.wav", "alaw.wav", "ima.wav", "ms.wav"];
        let mut bytes = std::fs::read(sound(names[which])).unwrap();
        bytes.truncate((bytes.len() as f64 * cut) as usize);
        for (place, value) in flips {
            let at = ((bytes.len() - 1) as f64 * place * place) as usize;
            bytes[at] = value;
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(names[which]);
        std::fs::write(&path, bytes).unwrap();
        let _ = read(&path, false);
    }

    #[test]
    fn any_bytes_are_sound_or_an_error_but_never_a_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        with_header in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.wav");
        let mut file = if with_header { b"RIFF\xff\xff\0\0WAVEfmt \x10\0\0\0\x01\0".to_vec() } else { Vec::new() };
        file.extend(bytes);
        std::fs::write(&path, file).unwrap();
        let _ = read(&path, false);
    }
}
