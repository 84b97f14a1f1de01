//! Microphones and loudspeakers on a real sound system: PulseAudio, started by the test, with null sinks. Each test runs its
//! other half in a process of its own.
#![cfg(target_os = "linux")]
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;
mod world;

use std::sync::Arc;
use std::time::{Duration, Instant};

use bedside_audio::{
    Channels, Direction, Heard, Loss, Loudspeaker, Microphone, MicrophoneOptions, RATE, devices,
};
use world::*;

const DEFAULT: MicrophoneOptions = MicrophoneOptions { device: None, channels: Channels::One };
/// What a busy machine may spoil is tried so often: once is enough.
const ATTEMPTS: usize = 10;

fn named(device: &str) -> MicrophoneOptions {
    MicrophoneOptions { device: Some(device.to_owned()), channels: Channels::One }
}

fn is_ready(heard: &Heard) -> bool {
    matches!(heard, Heard::Ready { .. })
}

fn is_of(name: &str) -> impl Fn(&Heard) -> bool {
    move |heard| matches!(heard, Heard::Ready { device } if device.contains(name))
}

#[test]
fn a_played_clip_is_heard_whole() {
    in_its_own_world("world_hears_a_clip");
}

#[test]
#[ignore = "the other half of a test"]
fn world_hears_a_clip() {
    let card = card();
    let file = home().join("clip.wav");
    let clip = gliding(4.0, 44_100, 300.0);
    write_clip(&file, 44_100, &[&clip, &clip]);
    let mut listener = Listener::open(DEFAULT);
    listener.wait_for("ready", is_ready);
    card.play(&file, "air");
    listener.wait_for("the clip", is_loud);
    listener.hear_until_quiet();
    listener.close();

    let first = listener.events.iter().position(|(_, heard)| matches!(heard, Heard::Sound(_))).unwrap();
    assert!(listener.events[..first].iter().any(|(_, heard)| is_ready(heard)), "ready comes before sound");
    let heard = listener.samples(1);
    let (at, likeness) = find(&heard, &gliding(4.0, RATE, 300.0));
    eprintln!("likeness {likeness:.4}, from {:.3} s of {:.3} s", at as f64 / 16e3, heard.len() as f64 / 16e3);
    assert!(likeness > 0.98, "{likeness}");
    assert!(heard[at + 4 * RATE as usize + 800..].iter().all(|sample| sample.abs() < 0.01));
    let levels = listener.events.iter().filter(|(_, heard)| matches!(heard, Heard::Level { .. })).count();
    let seconds = heard.len() as f64 / f64::from(RATE);
    assert!((1.0..=21.0).contains(&(levels as f64 / seconds)), "{levels} in {seconds}");
}

#[test]
fn two_channels_are_two_microphones() {
    in_its_own_world("world_hears_two");
}

#[test]
#[ignore = "the other half of a test"]
fn world_hears_two() {
    let card = card();
    let file = home().join("clip.wav");
    let (left, right) = (gliding(2.0, 48_000, 300.0), gliding(2.0, 48_000, 1_300.0));
    write_clip(&file, 48_000, &[&left, &right]);
    let mut listener = Listener::open(MicrophoneOptions { device: None, channels: Channels::Two });
    listener.wait_for("ready", is_ready);
    card.play(&file, "air");
    listener.wait_for("the clip", is_loud);
    listener.hear_until_quiet();
    listener.close();
    let heard = listener.samples(2);
    let of = |channel: usize| heard.iter().skip(channel).step_by(2).copied().collect::<Vec<_>>();
    assert!(find(&of(0), &gliding(2.0, RATE, 300.0)).1 > 0.97);
    assert!(find(&of(1), &gliding(2.0, RATE, 1_300.0)).1 > 0.9);
    assert!(find(&of(0), &gliding(2.0, RATE, 1_300.0)).1 < 0.3);
}

#[test]
fn a_microphone_that_is_unplugged_is_said_replaced_and_taken_again_when_it_is_back() {
    in_its_own_world("world_unplugs");
}

#[test]
#[ignore = "the other half of a test"]
fn world_unplugs() {
    let card = card();
    card.hum("air");
    let mut module = card.plug_in("desk");
    card.hum("desk");
    let mut listener = Listener::open(named("pulseaudio:desk.monitor"));
    let ready = listener.wait_for("the chosen one", is_of("desk"));
    for round in 0..2 {
        let unplugged = Instant::now();
        card.unplug(&module);
        let lost = listener.wait_for("loss", |heard| *heard == Heard::Lost(Loss::Unplugged));
        let other = listener.wait_for("the default in its place", is_of("air"));
        let plugged_in = Instant::now();
        module = card.plug_in("desk");
        card.hum("desk");
        let back = listener.wait_for("the chosen one again", is_of("desk"));
        eprintln!(
            "round {round}: lost after {:?}, the default after {:?}, back after {:?}",
            lost - unplugged,
            other - unplugged,
            back - plugged_in
        );
    }
    // The clock is true at the end, through all of that.
    listener.hear_until_the_clock_is_true(ready);
    listener.close();
}

#[test]
fn a_microphone_that_falls_asleep_is_said_to_be_lost_and_the_clock_goes_on() {
    in_its_own_world("world_falls_asleep");
}

#[test]
#[ignore = "the other half of a test"]
fn world_falls_asleep() {
    let card = card();
    card.hum("air");
    let mut listener = Listener::open(DEFAULT);
    let ready = listener.wait_for("ready", is_ready);
    listener.hear(0.5);
    card.control(&["suspend-sink", "air", "1"]).unwrap();
    let asleep = Instant::now();
    listener.wait_for("loss", |heard| *heard == Heard::Lost(Loss::NoFrames));
    let before = listener.samples(1).len();
    std::thread::sleep(Duration::from_secs(1));
    let asleep = asleep.elapsed().as_secs_f64();
    card.control(&["suspend-sink", "air", "0"]).unwrap();
    listener.wait_for("its return", is_ready);
    listener.wait_for("sound", |heard| matches!(heard, Heard::Sound(_)));
    let jump = (listener.sounds().last().unwrap().start as f64 - before as f64) / f64::from(RATE);
    eprintln!("asleep for {asleep:.2} s, and {jump:.2} s on the clock");
    assert!(jump > asleep - 1.0, "what passed before the loss was noticed is in it: {jump} {asleep}");
    listener.hear_until_the_clock_is_true(ready);
    listener.close();
}

#[test]
fn another_default_is_taken_where_none_was_chosen() {
    in_its_own_world("world_changes_the_default");
}

#[test]
#[ignore = "the other half of a test"]
fn world_changes_the_default() {
    let card = card();
    card.plug_in("desk");
    card.hum("air");
    card.hum("desk");
    let mut listener = Listener::open(DEFAULT);
    listener.wait_for("the default", is_of("air"));
    card.control(&["set-default-source", "desk.monitor"]).unwrap();
    listener.wait_for("the new default", is_of("desk"));
    listener.hear(1.0);
    listener.close();
    let unplugged = Heard::Lost(Loss::Unplugged);
    assert!(!listener.notable().contains(&&unplugged), "a change is no loss: {:?}", listener.notable());
}

#[test]
fn a_sound_server_that_dies_is_said_and_its_return_too() {
    in_its_own_world("world_loses_its_server");
}

#[test]
#[ignore = "the other half of a test"]
fn world_loses_its_server() {
    let first = card();
    let mut listener = Listener::open(DEFAULT);
    listener.wait_for("ready", is_ready);
    let killed = Instant::now();
    drop(first);
    let lost = listener.wait_for("loss", |heard| matches!(heard, Heard::Lost(_)));
    let _second = card();
    let back = listener.wait_for("its return", is_ready);
    eprintln!("lost after {:?}, back after {:?}: {:?}", lost - killed, back - killed, listener.notable());
    listener.close();
}

#[test]
fn a_microphone_that_sends_only_zeros_is_said_to_be_silent_until_there_is_a_sound() {
    in_its_own_world("world_is_silent");
}

#[test]
#[ignore = "the other half of a test"]
fn world_is_silent() {
    let card = card();
    let file = home().join("clip.wav");
    write_clip(&file, 48_000, &[&gliding(1.0, 48_000, 300.0)]);
    let mut listener = Listener::open(DEFAULT);
    let ready = listener.wait_for("ready", is_ready);
    let silent = listener.wait_for("silence", |heard| *heard == Heard::Lost(Loss::Silent));
    // It is opened anew after six seconds more, and that is not told.
    listener.hear(7.0);
    let told = |what: &Heard| listener.notable().iter().filter(|heard| **heard == what).count();
    // A sound server that was held up for longer than a microphone may be is another loss, and a return.
    let stalls = told(&Heard::Lost(Loss::NoFrames));
    assert!(told(&Heard::Lost(Loss::Silent)) <= 1 + stalls, "silence is told once: {:?}", listener.notable());
    card.play(&file, "air");
    listener.wait_for("sound", is_ready);
    listener.hear_until_quiet();
    listener.close();
    eprintln!("silent after {:?}", silent - ready);
    let likeness = find(&listener.samples(1), &gliding(1.0, RATE, 300.0)).1;
    assert!(likeness > 0.9, "nothing of the sound is missing: {likeness}");
}

#[test]
fn without_a_sound_system_there_is_no_device_and_it_is_said() {
    in_its_own_world("world_has_no_sound");
}

#[test]
#[ignore = "the other half of a test"]
fn world_has_no_sound() {
    let mut listener = Listener::open(DEFAULT);
    listener.wait_for("loss", |heard| {
        matches!(heard, Heard::Lost(Loss::NoDevice | Loss::NoFrames | Loss::Failed))
    });
    std::thread::sleep(Duration::from_secs(2));
    listener.close();
    assert_eq!(listener.notable().len(), 1, "{:?}", listener.notable());
    assert!(Loudspeaker::open(None).is_err());
}

#[test]
fn devices_have_names_and_ids_that_stay() {
    in_its_own_world("world_lists_devices");
}

#[test]
#[ignore = "the other half of a test"]
fn world_lists_devices() {
    let card = card();
    let module = card.plug_in("desk");
    let before = devices().unwrap();
    let find = |id: &str| before.iter().find(|device| device.id == id).cloned();
    let desk = find("pulseaudio:desk.monitor").unwrap();
    assert_eq!(
        (desk.direction, desk.is_default, desk.channels, desk.rate),
        (Direction::Input, false, 2, 44_100)
    );
    assert!(desk.name.contains("desk"));
    assert!(find("pulseaudio:air.monitor").unwrap().is_default);
    assert_eq!(find("pulseaudio:air").unwrap().direction, Direction::Output);
    card.unplug(&module);
    assert!(!devices().unwrap().contains(&desk));
    card.plug_in("desk");
    assert!(devices().unwrap().contains(&desk));
}

#[test]
fn what_a_loudspeaker_plays_is_heard_to_its_end_and_as_loud_as_was_set() {
    in_its_own_world("world_plays");
}

#[test]
#[ignore = "the other half of a test"]
fn world_plays() {
    let _card = card();
    let mut listener = Listener::open(DEFAULT);
    listener.wait_for("ready", is_ready);
    let loudspeaker = Loudspeaker::open(None).unwrap();
    for (volume, loud) in [(1.0, 0.4..0.8), (0.25, 0.1..0.2)] {
        loudspeaker.set_volume(volume);
        let from = listener.samples(1).len();
        loudspeaker.play(&vec![0.0; RATE as usize / 2], RATE);
        let playing = loudspeaker.play(&vec![0.5; RATE as usize], 22_050);
        assert!(!playing.is_done() && loudspeaker.is_playing());
        assert!(playing.wait(PATIENCE) && !loudspeaker.is_playing());
        listener.hear_until_quiet();
        let heard = &listener.samples(1)[from..];
        let seconds = heard.iter().filter(|sample| **sample > 0.05).count() as f64 / f64::from(RATE);
        let peak = heard.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
        eprintln!("{seconds:.3} s of {:.3} s, {peak:.3} at the most", 16.0 / 22.05);
        assert!(loud.contains(&peak), "{peak}");
        // A loudspeaker that is not fed in time makes pauses, and a sound server goes over them as it can.
        assert!(seconds > 0.1, "{seconds}");
    }
    listener.close();
}

#[test]
fn a_loudspeaker_that_is_stopped_is_silent_at_once_and_what_is_played_next_is_heard() {
    in_its_own_world("world_stops");
}

#[test]
#[ignore = "the other half of a test"]
fn world_stops() {
    let _card = card();
    let mut listener = Listener::open(DEFAULT);
    listener.wait_for("ready", is_ready);
    let loudspeaker = Loudspeaker::open(None).unwrap();
    let mut times = Vec::new();
    while times.len() < ATTEMPTS && times.iter().all(|ms| *ms > 200) {
        let long = loudspeaker.play(&gliding(20.0, RATE, 300.0), RATE);
        listener.wait_for("its beginning", is_loud);
        listener.hear(0.5);
        let stopped = Instant::now();
        loudspeaker.stop();
        assert!(long.is_done() && !loudspeaker.is_playing());
        let last = listener.hear_until_quiet().unwrap_or(stopped);
        times.push(last.saturating_duration_since(stopped).as_millis());
    }
    eprintln!("ms from stop() to the last sound that was heard: {times:?}");
    assert!(times.last().is_some_and(|ms| *ms <= 200), "{times:?}");

    let long = loudspeaker.play(&gliding(20.0, RATE, 300.0), RATE);
    listener.wait_for("its beginning", is_loud);
    loudspeaker.stop();
    let from = listener.samples(1).len();
    let next = loudspeaker.play(&gliding(1.0, RATE, 900.0), RATE);
    assert!(long.is_done() && next.wait(PATIENCE));
    listener.hear_until_quiet();
    let heard = &listener.samples(1)[from..];
    let seconds = heard.iter().filter(|sample| sample.abs() > 0.05).count() as f64 / f64::from(RATE);
    eprintln!("{seconds:.3} s were heard after a stop");
    assert!(
        (0.1..5.0).contains(&seconds),
        "what is played next is heard, what was stopped is not: {seconds}"
    );
    listener.close();
}

#[test]
fn what_is_played_is_known_before_its_echo_is_heard() {
    in_its_own_world("world_echoes");
}

#[test]
#[ignore = "the other half of a test"]
fn world_echoes() {
    let _card = card();
    let loudspeaker = Arc::new(Loudspeaker::open(None).unwrap());
    let clip = gliding(1.5, RATE, 300.0);
    let mut lates = Vec::new();
    for _ in 0..5 * ATTEMPTS {
        let (heard, played) = echo_of(&clip, &loudspeaker);
        // A reader that runs dry for a moment shifts what comes after it: looked at piece by piece, and where both are known.
        let measured = clip
            .chunks(RATE as usize / 8)
            .map(|piece| (find(&heard, piece), find(&played, piece)))
            .filter(|((_, of_echo), (_, of_played))| *of_echo > 0.95 && *of_played > 0.95)
            .map(|((echo, _), (played, _))| (echo as f64 - played as f64) / 16.0);
        lates.extend(measured);
        if lates.len() >= 3 {
            break;
        }
    }
    eprintln!("ms from what is played to its echo, by eighth of a second: {lates:.1?}");
    assert!(lates.len() >= 3 && lates.iter().all(|late| *late >= 0.0), "{lates:?}");
}

/// Plays a clip, and gives what a microphone heard and beside it what the loudspeaker says it was handed, as whoever guards
/// against the echo reads the two.
fn echo_of(clip: &[f32], loudspeaker: &Arc<Loudspeaker>) -> (Vec<f32>, Vec<f32>) {
    let (tell, told) = std::sync::mpsc::channel();
    let of_microphone = Arc::clone(loudspeaker);
    let microphone = Microphone::open(DEFAULT, move |heard| {
        if let Heard::Sound(sound) = heard {
            let played = of_microphone.reference(sound.samples.len());
            let missing = vec![0.0; sound.samples.len() - played.len()];
            let _ = tell.send((sound.samples, [missing, played].concat()));
        }
    })
    .unwrap();
    let first = told.recv_timeout(PATIENCE).unwrap();
    loudspeaker.play(&vec![0.0; RATE as usize / 2], RATE);
    assert!(loudspeaker.play(clip, RATE).wait(PATIENCE));
    std::thread::sleep(Duration::from_millis(500));
    drop(microphone);
    let (heard, played): (Vec<_>, Vec<_>) = std::iter::once(first).chain(told.try_iter()).unzip();
    (heard.concat(), played.concat())
}
