//! Sound: the kiosk's voice, the recording of a visit, the device's microphone and loudspeaker.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use audio::activity::{Activity, Tuning, Turn};
use audio::{Channels, Direction, Heard, Microphone, MicrophoneOptions, RATE};
use store::Object;

use super::view;
use crate::router::Call;
use crate::rpc::types::{
    Attend, Empty, EncounterOf, EncounterView, ImportSound, IntakeOf, PlaySound, RecordingNow, SayPrompt,
    SetVolume, SoundDevice, SoundSettings, SoundStatus, SoundTried, StartRecording, TrySound,
};
use crate::voice::{self, import, kiosk, recording, settings};
use crate::{Engine, Error};

pub(crate) fn attend(call: &Call<'_>, request: Attend) -> Result<Empty, Error> {
    call.authorise_intake(request.encounter)?;
    let language = patients_language(call, request.encounter)?;
    kiosk::attend(
        call.engine,
        call.token()?,
        request.encounter,
        &language,
        request.step,
        request.asked,
        request.prompt.as_deref(),
    )?;
    Ok(Empty {})
}

pub(crate) fn hush(call: &Call<'_>, request: IntakeOf) -> Result<Empty, Error> {
    call.authorise_intake(request.encounter)?;
    kiosk::hush(call.engine, call.token()?);
    Ok(Empty {})
}

pub(crate) fn say(call: &Call<'_>, request: SayPrompt) -> Result<Empty, Error> {
    call.authorise_intake(request.encounter)?;
    let language = patients_language(call, request.encounter)?;
    voice::say(call.engine, request.prompt.expose(), &language)?;
    Ok(Empty {})
}

pub(crate) fn volume(call: &Call<'_>, request: SetVolume) -> Result<Empty, Error> {
    call.authorise_intake(request.encounter)?;
    call.engine.voice.set_patients_volume(Some(request.volume));
    Ok(Empty {})
}

fn patients_language(call: &Call<'_>, encounter: domain::EncounterId) -> Result<String, Error> {
    let intakes = call.engine.intakes();
    let open = intakes.get(&encounter).ok_or(Error::NotFound { what: "intake" })?;
    Ok(open.language.primary().to_owned())
}

pub(crate) fn leave(call: &Call<'_>, request: IntakeOf) -> Result<Empty, Error> {
    call.authorise_intake(request.encounter)?;
    kiosk::leave(call.engine, call.token()?);
    Ok(Empty {})
}

pub(crate) fn start_recording(call: &Call<'_>, request: StartRecording) -> Result<EncounterView, Error> {
    let StartRecording { encounter, agreed } = request;
    recording::start(call.engine, call.token()?, call.actor()?, call.action(), encounter, agreed)?;
    view::encounter(call.engine, call.engine.encounter(encounter)?)
}

pub(crate) fn stop_recording(call: &Call<'_>, request: EncounterOf) -> Result<EncounterView, Error> {
    let record = recording::stop(call.engine, call.action(), request.encounter)?;
    view::encounter(call.engine, record)
}

pub(crate) fn import_sound(call: &Call<'_>, request: ImportSound) -> Result<EncounterView, Error> {
    import::begin(call.engine, call.token()?, call.actor()?, &request)?;
    view::encounter(call.engine, call.engine.encounter(request.encounter)?)
}

pub(crate) fn stop_import(call: &Call<'_>, request: EncounterOf) -> Result<EncounterView, Error> {
    let record = import::stop(call.engine, request.encounter)?;
    view::encounter(call.engine, record)
}

pub(crate) fn recording_now(call: &Call<'_>, _: Empty) -> Result<RecordingNow, Error> {
    let encounter = call.engine.voice.recording().as_ref().map(|recording| recording.encounter);
    Ok(RecordingNow { encounter })
}

pub(crate) fn play(call: &Call<'_>, request: PlaySound) -> Result<Empty, Error> {
    call.audit(Object::Encounter(request.encounter))?;
    let record = call.engine.encounter(request.encounter)?;
    let samples = recording::sound(call.engine, &record, request.from_ms, request.to_ms)?;
    let loudspeaker = voice::loudspeaker(call.engine, &settings::read(call.engine))?;
    loudspeaker.stop();
    loudspeaker.play(&samples, RATE);
    Ok(Empty {})
}

pub(crate) fn silence(call: &Call<'_>, _: Empty) -> Result<Empty, Error> {
    voice::loudspeaker(call.engine, &settings::read(call.engine))?.stop();
    Ok(Empty {})
}

pub(crate) fn status(call: &Call<'_>, _: Empty) -> Result<SoundStatus, Error> {
    Ok(shown(call.engine))
}

pub(crate) fn configure(call: &Call<'_>, request: SoundSettings) -> Result<SoundStatus, Error> {
    call.audit(Object::Facility)?;
    settings::write(call.engine, request)?;
    Ok(shown(call.engine))
}

fn shown(engine: &Engine) -> SoundStatus {
    // A machine without a sound system has none of either; that is no fault of the question.
    let devices = audio::devices().unwrap_or_default();
    let of = |direction| {
        let mine = devices.iter().filter(move |device| device.direction == direction);
        mine.map(|device| SoundDevice {
            id: device.id.clone(),
            name: device.name.clone(),
            is_default: device.is_default,
        })
        .collect()
    };
    let model = voice::model(engine, engine.staff_language().primary());
    SoundStatus {
        settings: settings::read(engine),
        microphones: of(Direction::Input),
        loudspeakers: of(Direction::Output),
        models: voice::models(engine),
        only_answers: model.as_ref().is_some_and(|model| model.name == inference::STARTER),
        model: model.map(|model| model.name),
        voice: audio::voice::system().voices().is_ok_and(|voices| !voices.is_empty()),
    }
}

/// Listens for some seconds and plays back what was heard: the check of somebody who sets the device up. Nothing of it is
/// kept.
pub(crate) fn try_microphone(call: &Call<'_>, request: TrySound) -> Result<SoundTried, Error> {
    let engine = call.engine;
    if engine.voice.recording().is_some() {
        return Err(Error::RecordingBusy);
    }
    let device = settings::read(engine).microphone;
    let (tell, told) = mpsc::channel();
    let microphone = Microphone::open(MicrophoneOptions { device, channels: Channels::One }, move |heard| {
        let _ = tell.send(heard);
    })?;
    let until = Instant::now() + Duration::from_secs(u64::from(request.seconds.clamp(1, 10)));
    let (mut samples, mut peak, mut loss, mut speech) = (Vec::new(), 0.0_f32, None, false);
    let mut activity = Activity::new(Tuning::default());
    while let Ok(heard) = told.recv_timeout(until.saturating_duration_since(Instant::now())) {
        match heard {
            Heard::Sound(sound) => {
                speech |= activity.push(&sound.samples).iter().any(|turn| matches!(turn, Turn::Began { .. }));
                samples.extend(sound.samples);
            }
            Heard::Level { peak: now, .. } => {
                peak = peak.max(now);
                engine.notices.to(call.token()?, crate::rpc::types::Notice::VoiceLevel { peak: now });
            }
            Heard::Lost(lost) => loss = Some(recording::loss_shown(lost)),
            Heard::Ready { .. } => loss = None,
            Heard::Overrun { .. } => {}
        }
    }
    drop(microphone);
    if !samples.is_empty() {
        let loudspeaker = voice::loudspeaker(engine, &settings::read(engine))?;
        loudspeaker.stop();
        loudspeaker.play(&samples, RATE);
    }
    Ok(SoundTried { peak, speech, loss })
}

/// Says a sentence, so that loudness and speed can be judged.
pub(crate) fn try_loudspeaker(call: &Call<'_>, _: Empty) -> Result<Empty, Error> {
    let language = call.engine.staff_language();
    let sentence = match language.primary() {
        "es" => "Así suena la voz de este equipo. ¿Se oye bien?",
        _ => "This is how this device sounds. Can you hear it well?",
    };
    voice::say(call.engine, sentence, language.primary())?;
    Ok(Empty {})
}
