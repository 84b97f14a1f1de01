//! A real sound card's interface: what is played is heard whole, what is unplugged is said and found again, and what is stopped
//! falls silent.
#![cfg(target_os = "linux")]
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use bedside_audio::{Channels, Heard, Loss, Loudspeaker, Microphone, MicrophoneOptions, RATE, devices};
use support::{SoundCard, write_wav};

/// Runs a test of this file again in a process that finds the card: the sound system reads its address once.
fn with_card(test: &str) {
    if std::env::var_os("BEDSIDE_SOUND_CARD").is_some() {
        return;
    }
    let Some(card) = SoundCard::start() else { return };
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--ignored", "--nocapture"])
        .env("BEDSIDE_SOUND_CARD", card.folder())
        .env("PULSE_SERVER", card.server())
        .env("HOME", card.folder())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    eprintln!("{told}");
    assert!(output.status.success(), "{}\n{told}", String::from_utf8_lossy(&output.stdout));
}

fn pactl(arguments: &[&str]) -> String {
    let output = Command::new("pactl").args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn listen() -> (Microphone, Receiver<Heard>) {
    let (tell, told) = channel();
    let options = MicrophoneOptions { device: None, channels: Channels::One };
    let microphone = Microphone::open(options, move |heard| drop(tell.send(heard))).unwrap();
    (microphone, told)
}

/// What is told until it is this.
fn until(told: &Receiver<Heard>, what: impl Fn(&Heard) -> bool) -> Vec<Heard> {
    let end = Instant::now() + Duration::from_secs(20);
    let mut all = Vec::new();
    loop {
        let heard =
            told.recv_timeout(end.saturating_duration_since(Instant::now())).expect("nothing more is told");
        let done = what(&heard);
        all.push(heard);
        if done {
            return all;
        }
    }
}

fn tone(seconds: f32) -> Vec<f32> {
    (0..(seconds * RATE as f32) as usize)
        .map(|n| 0.4 * (n as f32 * 1_000.0 / RATE as f32 * std::f32::consts::TAU).sin())
        .collect()
}

#[test]
fn a_clip_that_is_played_is_heard_whole() {
    with_card("child_hears_a_clip");
}

#[test]
#[ignore = "a child of another test"]
fn child_hears_a_clip() {
    let Some(folder) = std::env::var_os("BEDSIDE_SOUND_CARD") else { return };
    assert!(devices().unwrap().iter().any(|device| device.is_default));
    let (microphone, told) = listen();
    until(&told, |heard| matches!(heard, Heard::Ready { .. }));
    let file = std::path::Path::new(&folder).join("tone.wav");
    write_wav(&file, &tone(2.0));
    let played = Command::new("paplay").arg("--device=patient").arg(&file).status().unwrap();
    assert!(played.success());
    std::thread::sleep(Duration::from_millis(400));
    drop(microphone);
    let mut next = None;
    let mut loud = 0;
    while let Ok(heard) = told.try_recv() {
        if let Heard::Sound(sound) = heard {
            assert!(next.is_none_or(|next| next == sound.start), "the clock jumps");
            next = Some(sound.start + sound.samples.len() as u64);
            loud += sound.samples.iter().filter(|sample| sample.abs() > 0.01).count();
        }
    }
    // A tone of 0.4 is above 0.01 for 98 % of the time.
    let seconds = loud as f32 / RATE as f32;
    // On a busy machine PulseAudio itself skips some of it.
    assert!((1.5..2.05).contains(&seconds), "{seconds} s of 2 were heard");
}

#[test]
fn a_microphone_that_is_unplugged_is_said_to_be_lost_and_found_again() {
    with_card("child_loses_the_microphone");
}

#[test]
#[ignore = "a child of another test"]
fn child_loses_the_microphone() {
    if std::env::var_os("BEDSIDE_SOUND_CARD").is_none() {
        return;
    }
    let (microphone, told) = listen();
    until(&told, |heard| matches!(heard, Heard::Ready { .. }));
    pactl(&["suspend-sink", "patient", "1"]);
    let lost = until(&told, |heard| matches!(heard, Heard::Lost(_)));
    assert!(matches!(lost.last(), Some(Heard::Lost(Loss::NoFrames | Loss::Unplugged))), "{:?}", lost.last());
    let before = lost.iter().rev().find_map(|heard| match heard {
        Heard::Sound(sound) => Some(sound.start + sound.samples.len() as u64),
        _ => None,
    });
    std::thread::sleep(Duration::from_secs(1));
    pactl(&["suspend-sink", "patient", "0"]);
    let back = until(&told, |heard| matches!(heard, Heard::Sound(_)));
    assert!(back.iter().any(|heard| matches!(heard, Heard::Ready { .. })));
    let Some(Heard::Sound(sound)) = back.last() else { panic!() };
    // The clock went on: at least the second that was waited, and what it took to notice.
    assert!(sound.start - before.unwrap() > u64::from(RATE), "{} {before:?}", sound.start);
    drop(microphone);
}

#[test]
fn a_loudspeaker_falls_silent_when_it_is_stopped() {
    with_card("child_silences_the_loudspeaker");
}

#[test]
#[ignore = "a child of another test"]
fn child_silences_the_loudspeaker() {
    if std::env::var_os("BEDSIDE_SOUND_CARD").is_none() {
        return;
    }
    pactl(&["set-default-source", "room.monitor"]);
    let (microphone, told) = listen();
    until(&told, |heard| matches!(heard, Heard::Ready { .. }));
    let loudspeaker = Loudspeaker::open(None).unwrap();
    let playing = loudspeaker.play(&tone(10.0), RATE);
    let loud = |heard: &Heard| matches!(heard, Heard::Sound(sound) if sound.samples.iter().any(|sample| sample.abs() > 0.1));
    until(&told, loud);
    std::thread::sleep(Duration::from_millis(500));
    assert!(loudspeaker.is_playing() && !playing.is_done());
    let stopped = Instant::now();
    loudspeaker.stop();
    assert!(playing.is_done());
    let quiet_for = std::cell::Cell::new(0_usize);
    let heard = until(&told, |heard| {
        if let Heard::Sound(sound) = heard {
            for sample in &sound.samples {
                quiet_for.set(if sample.abs() < 0.01 { quiet_for.get() + 1 } else { 0 });
            }
        }
        quiet_for.get() > RATE as usize / 5
    });
    drop(heard);
    // The virtual card's own buffers are part of this, on both ways.
    let silent_after = stopped.elapsed().saturating_sub(Duration::from_millis(200));
    eprintln!("silent {} ms after the stop", silent_after.as_millis());
    assert!(silent_after < Duration::from_millis(1_500));
    let again = loudspeaker.play(&tone(0.3), RATE);
    until(&told, loud);
    assert!(again.wait(Duration::from_secs(5)));
    drop(microphone);
}
