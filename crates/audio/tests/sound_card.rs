//! Microphones and loudspeakers on a real sound system: PulseAudio, started by the test, with null sinks. Each test runs its
//! other half in a process of its own.
#![cfg(target_os = "linux")]
#![allow(unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use std::time::{Duration, Instant};

use bedside_audio::{Channels, Direction, Heard, Loss, Loudspeaker, MicrophoneOptions, RATE, devices};
use support::*;

const DEFAULT: MicrophoneOptions = MicrophoneOptions { device: None, channels: Channels::One };

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
    let _server = Server::start();
    let file = home().join("clip.wav");
    let clip = gliding(4.0, 44_100, 300.0);
    write_clip(&file, 44_100, &[&clip, &clip]);
    let mut listener = Listener::open(DEFAULT);
    listener.wait_for("ready", is_ready);
    play_into("air", &file);
    listener.listen_for(Duration::from_millis(300));
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
    assert!((15.0..=21.0).contains(&(levels as f64 / seconds)), "{levels} in {seconds}");
}

#[test]
fn two_channels_are_two_microphones() {
    in_its_own_world("world_hears_two");
}

#[test]
#[ignore = "the other half of a test"]
fn world_hears_two() {
    let _server = Server::start();
    let file = home().join("clip.wav");
    let (left, right) = (gliding(2.0, 48_000, 300.0), gliding(2.0, 48_000, 700.0));
    write_clip(&file, 48_000, &[&left, &right]);
    let mut listener = Listener::open(MicrophoneOptions { device: None, channels: Channels::Two });
    listener.wait_for("ready", is_ready);
    play_into("air", &file);
    listener.listen_for(Duration::from_millis(300));
    listener.close();
    let heard = listener.samples(2);
    let of = |channel: usize| heard.iter().skip(channel).step_by(2).copied().collect::<Vec<_>>();
    write_wave(std::path::Path::new("/tmp/audio-w/two.wav"), RATE, &[&of(0), &of(1)]);
    assert!(find(&of(0), &gliding(2.0, RATE, 300.0)).1 > 0.97);
    assert!(find(&of(1), &gliding(2.0, RATE, 700.0)).1 > 0.97);
    assert!(find(&of(0), &gliding(2.0, RATE, 700.0)).1 < 0.6);
}

#[test]
fn a_microphone_that_is_unplugged_is_said_replaced_and_taken_again_when_it_is_back() {
    in_its_own_world("world_unplugs");
}

#[test]
#[ignore = "the other half of a test"]
fn world_unplugs() {
    let _server = Server::start();
    let _air = Hum::into("air");
    let mut module = plug_in("desk");
    let mut hum = Hum::into("desk");
    let began = Instant::now();
    let mut listener = Listener::open(named("pulseaudio:desk.monitor"));
    let ready = listener.wait_for("the chosen one", is_of("desk"));
    for round in 0..2 {
        let unplugged = Instant::now();
        drop(hum);
        unplug(&module);
        let lost = listener.wait_for("loss", |heard| matches!(heard, Heard::Lost(_)));
        let other = listener.wait_for("the default in its place", is_of("Air"));
        let plugged_in = Instant::now();
        module = plug_in("desk");
        hum = Hum::into("desk");
        let back = listener.wait_for("the chosen one again", is_of("desk"));
        eprintln!(
            "round {round}: lost after {:?}, the default after {:?}, back after {:?}",
            lost - unplugged,
            other - unplugged,
            back - plugged_in
        );
    }
    listener.listen_for(Duration::from_millis(500));
    drop(hum);
    let ended = Instant::now();
    listener.close();
    eprintln!("{:?}", listener.notable());
    assert!(listener.notable().iter().all(|heard| match heard {
        Heard::Lost(loss) => matches!(loss, Loss::Unplugged | Loss::NoFrames),
        Heard::Ready { .. } => true,
        _ => false,
    }));
    // The clock is true at the end, through all of that.
    let clock = listener.samples(1).len() as f64 / f64::from(RATE);
    let real = (ended - ready).as_secs_f64();
    eprintln!("clock {clock:.2} s, real {real:.2} s, open after {:?}", ready - began);
    assert!((clock - real).abs() < 0.5, "{clock} {real}");
}

#[test]
fn a_microphone_that_falls_asleep_is_said_to_be_lost_and_the_clock_goes_on() {
    in_its_own_world("world_falls_asleep");
}

#[test]
#[ignore = "the other half of a test"]
fn world_falls_asleep() {
    let _server = Server::start();
    let _hum = Hum::into("air");
    let mut listener = Listener::open(DEFAULT);
    let ready = listener.wait_for("ready", is_ready);
    listener.listen_for(Duration::from_millis(500));
    pactl(&["suspend-sink", "air", "1"]);
    listener.wait_for("loss", |heard| *heard == Heard::Lost(Loss::NoFrames));
    listener.listen_for(Duration::from_secs(1));
    pactl(&["suspend-sink", "air", "0"]);
    listener.wait_for("its return", is_ready);
    listener.listen_for(Duration::from_millis(500));
    let ended = Instant::now();
    listener.close();
    let clock = listener.samples(1).len() as f64 / f64::from(RATE);
    let real = (ended - ready).as_secs_f64();
    eprintln!("clock {clock:.2} s, real {real:.2} s");
    assert!((clock - real).abs() < 0.5, "{clock} {real}");
}

#[test]
fn another_default_is_taken_where_none_was_chosen() {
    in_its_own_world("world_changes_the_default");
}

#[test]
#[ignore = "the other half of a test"]
fn world_changes_the_default() {
    let _server = Server::start();
    plug_in("desk");
    let _hum = [Hum::into("air"), Hum::into("desk")];
    let mut listener = Listener::open(DEFAULT);
    listener.wait_for("the default", is_of("Air"));
    pactl(&["set-default-source", "desk.monitor"]);
    listener.wait_for("the new default", is_of("desk"));
    listener.listen_for(Duration::from_secs(1));
    listener.close();
    assert_eq!(listener.notable().len(), 2, "a change is no loss: {:?}", listener.notable());
}

#[test]
fn a_sound_server_that_dies_is_said_and_its_return_too() {
    in_its_own_world("world_loses_its_server");
}

#[test]
#[ignore = "the other half of a test"]
fn world_loses_its_server() {
    let server = Server::start();
    let mut listener = Listener::open(DEFAULT);
    listener.wait_for("ready", is_ready);
    let killed = Instant::now();
    drop(server);
    let lost = listener.wait_for("loss", |heard| matches!(heard, Heard::Lost(_)));
    let _server = Server::start();
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
    let _server = Server::start();
    let file = home().join("clip.wav");
    write_clip(&file, 48_000, &[&gliding(1.0, 48_000, 300.0)]);
    let mut listener = Listener::open(DEFAULT);
    let ready = listener.wait_for("ready", is_ready);
    let silent = listener.wait_for("silence", |heard| *heard == Heard::Lost(Loss::Silent));
    listener.listen_for(Duration::from_secs(7));
    let told = listener.notable().len();
    assert_eq!(told, 2, "silence is told once: {:?}", listener.notable());
    play_into("air", &file);
    listener.wait_for("sound", is_ready);
    listener.close();
    eprintln!("silent after {:?}", silent - ready);
    assert!(
        find(&listener.samples(1), &gliding(1.0, RATE, 300.0)).1 > 0.98,
        "nothing of the sound is missing"
    );
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
    listener.listen_for(Duration::from_secs(2));
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
    let _server = Server::start();
    let module = plug_in("desk");
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
    unplug(&module);
    assert!(!devices().unwrap().contains(&desk));
    plug_in("desk");
    assert!(devices().unwrap().contains(&desk));
}

#[test]
fn a_loudspeaker_plays_to_the_end_and_is_silent_at_once_when_it_is_stopped() {
    in_its_own_world("world_plays");
}

#[test]
#[ignore = "the other half of a test"]
fn world_plays() {
    let _server = Server::start();
    let mut listener = Listener::open(DEFAULT);
    listener.wait_for("ready", is_ready);
    let loudspeaker = Loudspeaker::open(None).unwrap();

    let clip = gliding(1.5, 22_050, 300.0);
    loudspeaker.play(&vec![0.0; RATE as usize / 2], RATE);
    let first = loudspeaker.play(&clip, 22_050);
    let second = loudspeaker.play(&gliding(1.5, 22_050, 900.0), 22_050);
    assert!(!first.is_done() && loudspeaker.is_playing());
    assert!(second.wait(Duration::from_secs(20)) && first.is_done() && !loudspeaker.is_playing());
    listener.listen_for(Duration::from_millis(200));
    let heard = listener.samples(1);
    let both = [gliding(1.5, RATE, 300.0), gliding(1.5, RATE, 900.0)].concat();
    let (at, likeness) = find(&heard, &both);
    eprintln!("likeness {likeness:.4} from {:.3} s", at as f64 / 16e3);
    assert!(likeness > 0.97, "{likeness}");

    // Stopped in the middle: silence, and nothing of it is heard in what is played next.
    let mut times = Vec::new();
    for _ in 0..10 {
        let long = loudspeaker.play(&gliding(5.0, RATE, 300.0), RATE);
        listener.listen_for(Duration::from_millis(600));
        let stopped = Instant::now();
        loudspeaker.stop();
        assert!(long.is_done() && !loudspeaker.is_playing());
        listener.listen_for(Duration::from_millis(500));
        let is_loud = |heard: &Heard| matches!(heard, Heard::Sound(sound) if sound.samples.iter().any(|s| s.abs() > 0.05));
        let last = listener.events.iter().rfind(|(_, heard)| is_loud(heard)).unwrap().0;
        times.push(last.saturating_duration_since(stopped).as_millis());
    }
    times.sort_unstable();
    eprintln!("ms from stop() to the last loud samples at the microphone: {times:?}");
    assert!(times[times.len() / 2] <= 200, "{times:?}");

    let long = loudspeaker.play(&gliding(5.0, RATE, 300.0), RATE);
    listener.listen_for(Duration::from_millis(500));
    loudspeaker.stop();
    let at = listener.samples(1).len();
    let next = loudspeaker.play(&gliding(1.0, RATE, 1_200.0), RATE);
    assert!(long.is_done() && !next.is_done());
    assert!(next.wait(Duration::from_secs(20)));
    listener.listen_for(Duration::from_millis(200));
    let (place, likeness) = find(&listener.samples(1)[at..], &gliding(1.0, RATE, 1_200.0));
    eprintln!("after a stop: likeness {likeness:.4} from {:.3} s", place as f64 / 16e3);
    assert!(likeness > 0.97, "what is played after a stop is heard whole: {likeness}");

    loudspeaker.set_volume(0.25);
    let at = listener.samples(1).len();
    loudspeaker.play(&vec![0.8; RATE as usize / 2], RATE).wait(Duration::from_secs(20));
    listener.listen_for(Duration::from_millis(200));
    let peak = listener.samples(1)[at..].iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
    assert!((0.15..0.3).contains(&peak), "{peak}");
    listener.close();
}

#[test]
fn what_is_played_is_known_before_its_echo_is_heard() {
    in_its_own_world("world_echoes");
}

#[test]
#[ignore = "the other half of a test"]
fn world_echoes() {
    let _server = Server::start();
    let loudspeaker = std::sync::Arc::new(Loudspeaker::open(None).unwrap());
    let (tell, told) = std::sync::mpsc::channel();
    let of_microphone = std::sync::Arc::clone(&loudspeaker);
    let microphone = bedside_audio::Microphone::open(DEFAULT, move |heard| {
        if let Heard::Sound(sound) = heard {
            // As whoever guards against the echo does it.
            let mut played = of_microphone.reference(sound.samples.len());
            played.resize(sound.samples.len(), 0.0);
            let _ = tell.send((sound.samples, played));
        }
    })
    .unwrap();
    std::thread::sleep(Duration::from_millis(300));
    loudspeaker.play(&vec![0.0; RATE as usize / 2], RATE);
    loudspeaker.play(&gliding(3.0, RATE, 300.0), RATE).wait(Duration::from_secs(20));
    std::thread::sleep(Duration::from_millis(500));
    drop(microphone);
    let (heard, played): (Vec<_>, Vec<_>) = told.try_iter().unzip();
    let (heard, played) = (heard.concat(), played.concat());
    let clip = gliding(3.0, RATE, 300.0);
    let ((of_echo, like_echo), (of_played, like_played)) = (find(&heard, &clip), find(&played, &clip));
    let late = (of_echo as f64 - of_played as f64) / 16.0;
    eprintln!("the echo is {late:.1} ms late; likeness {like_echo:.3} {like_played:.3}");
    // A reader that runs dry for a moment shifts what comes after it: looked at piece by piece.
    let pieces: Vec<_> = clip.chunks(RATE as usize / 2).map(|piece| find(&played, piece).1).collect();
    eprintln!("{pieces:.3?}");
    assert!(pieces.iter().filter(|likeness| **likeness > 0.95).count() >= 4, "{pieces:?}");
    assert!((0.0..500.0).contains(&late), "{late}");
}
