//! Sound cards through cpal: WASAPI, Core Audio, ALSA.

use std::time::Duration;

use cpal::traits::{DeviceTrait as _, HostTrait as _, StreamTrait as _};
use cpal::{FromSample, Sample as _, SampleFormat, SizedSample};

use super::{Ear, Ended, Form, Found, Look, Mouth, Of, Stream};
use crate::{Device, Direction, Error, Loss};

/// How much a card gives or takes at once, in ms, where it can be asked.
const PERIOD_MS: u32 = 20;
/// No sound system takes longer to open a stream.
const PATIENCE: Duration = Duration::from_secs(5);

/// ALSA's plug-ins, which are no devices; some of them write to standard error when they are looked at.
const NO_DEVICES: [&str; 9] = [
    "alsa:null",
    "alsa:jack",
    "alsa:oss",
    "alsa:lavrate",
    "alsa:samplerate",
    "alsa:speex",
    "alsa:upmix",
    "alsa:vdownmix",
    "alsa:usbstream",
];

pub(super) fn devices() -> Result<Vec<Device>, Error> {
    let host = cpal::default_host();
    let mut found = Vec::new();
    for device in host.devices()? {
        for direction in [Direction::Input, Direction::Output] {
            found.extend(about(&host, &device, direction));
        }
    }
    Ok(found)
}

/// What there is to say of a device; nothing where it does not go that way, or does not answer.
fn about(host: &cpal::Host, device: &cpal::Device, direction: Direction) -> Option<Device> {
    let id = device.id().ok()?;
    if NO_DEVICES.iter().any(|prefix| id.to_string().starts_with(prefix)) {
        return None;
    }
    let (config, default) = match direction {
        Direction::Input => (device.default_input_config(), host.default_input_device()),
        Direction::Output => (device.default_output_config(), host.default_output_device()),
    };
    let config = config.ok()?;
    Some(Device {
        name: device.description().map_or_else(|_| id.to_string(), |about| about.name().to_owned()),
        direction,
        is_default: default.and_then(|default| default.id().ok()).as_ref() == Some(&id),
        channels: config.channels(),
        rate: config.sample_rate(),
        id: id.to_string(),
    })
}

fn pick(host: &cpal::Host, id: Option<&str>, direction: Direction) -> Option<cpal::Device> {
    let named = id.and_then(|id| host.device_by_id(&id.parse().ok()?));
    named.or_else(|| match direction {
        Direction::Input => host.default_input_device(),
        Direction::Output => host.default_output_device(),
    })
}

pub(super) fn chosen(id: Option<&str>, direction: Direction) -> Result<Found, Error> {
    let host = cpal::default_host();
    let device = pick(&host, id, direction).ok_or(Error::NoDevice)?;
    let name = device.description().map_or_else(|_| String::new(), |about| about.name().to_owned());
    let about = Device {
        id: device.id().map_or_else(|_| String::new(), |id| id.to_string()),
        name,
        direction,
        is_default: id.is_none(),
        // Known when it is opened.
        channels: 0,
        rate: 0,
    };
    Ok(Found { about, of: Of::Card(device) })
}

pub(super) fn look(open: &str, id: Option<&str>) -> Look {
    let host = cpal::default_host();
    let there = open.parse().ok().and_then(|open| host.device_by_id(&open)).is_some();
    if !there {
        return Look::Gone;
    }
    let now = pick(&host, id, Direction::Input).and_then(|device| device.id().ok());
    if now.is_some_and(|now| now.to_string() != open) { Look::Other } else { Look::Same }
}

pub(super) fn open_input<E: Ear, T>(
    device: &cpal::Device,
    channels: usize,
    ended: &Ended,
    make: impl FnMut(Form) -> (E, T),
) -> Result<(Stream, Form, T), Error> {
    let mut config = device.default_input_config()?;
    if usize::from(config.channels()) < channels {
        config = device
            .supported_input_configs()?
            .filter(|range| usize::from(range.channels()) >= channels)
            .find_map(|range| range.try_with_sample_rate(config.sample_rate()))
            .ok_or(Error::Channels)?;
    }
    open(&config, make, |form, format, ear| {
        macro_rules! by_format {
            ($($format:ident => $sample:ty),*) => {
                match format {
                    $(SampleFormat::$format => input::<$sample, E>(device, form, ear, ended),)*
                    other => Err(unknown(other)),
                }
            };
        }
        by_format!(I8 => i8, I16 => i16, I24 => cpal::I24, I32 => i32, I64 => i64, U8 => u8, U16 => u16,
            U24 => cpal::U24, U32 => u32, U64 => u64, F32 => f32, F64 => f64)
    })
}

pub(super) fn open_output<M: Mouth, T>(
    device: &cpal::Device,
    ended: &Ended,
    make: impl FnMut(Form) -> (M, T),
) -> Result<(Stream, Form, T), Error> {
    let config = device.default_output_config()?;
    open(&config, make, |form, format, mouth| {
        macro_rules! by_format {
            ($($format:ident => $sample:ty),*) => {
                match format {
                    $(SampleFormat::$format => output::<$sample, M>(device, form, mouth, ended),)*
                    other => Err(unknown(other)),
                }
            };
        }
        by_format!(I8 => i8, I16 => i16, I24 => cpal::I24, I32 => i32, I64 => i64, U8 => u8, U16 => u16,
            U24 => cpal::U24, U32 => u32, U64 => u64, F32 => f32, F64 => f64)
    })
}

/// Opens a stream with short periods; where the device takes no such wish, as it likes.
fn open<E, T>(
    config: &cpal::SupportedStreamConfig,
    mut make: impl FnMut(Form) -> (E, T),
    mut build: impl FnMut(cpal::StreamConfig, SampleFormat, E) -> Result<cpal::Stream, Error>,
) -> Result<(Stream, Form, T), Error> {
    let form = Form { rate: config.sample_rate(), channels: usize::from(config.channels()).max(1) };
    let mut as_wished = config.config();
    let period = form.rate * PERIOD_MS / 1_000;
    if let cpal::SupportedBufferSize::Range { min, max } = *config.buffer_size()
        && (min..=max).contains(&period)
    {
        as_wished.buffer_size = cpal::BufferSize::Fixed(period);
    }
    for wish in [as_wished, config.config()] {
        let (end, other_end) = make(form);
        let built = build(wish, config.sample_format(), end);
        match built {
            Ok(stream) => {
                stream.play()?;
                return Ok((Stream::Card { _stream: stream }, form, other_end));
            }
            Err(error) if wish.buffer_size == cpal::BufferSize::Default => return Err(error),
            Err(_) => {}
        }
    }
    Err(Error::NoDevice)
}

fn input<S: SizedSample, E: Ear>(
    device: &cpal::Device,
    form: cpal::StreamConfig,
    mut ear: E,
    ended: &Ended,
) -> Result<cpal::Stream, Error>
where
    f32: FromSample<S>,
{
    let hear = move |samples: &[S], _: &_| ear.hear(samples.iter().map(|sample| f32::from_sample(*sample)));
    Ok(device.build_input_stream(form, hear, failed(ended), Some(PATIENCE))?)
}

fn output<S: SizedSample + FromSample<f32>, M: Mouth>(
    device: &cpal::Device,
    form: cpal::StreamConfig,
    mut mouth: M,
    ended: &Ended,
) -> Result<cpal::Stream, Error> {
    let (channels, rate) = (usize::from(form.channels).max(1), f64::from(form.sample_rate.max(1)));
    let speak = move |samples: &mut [S], about: &cpal::OutputCallbackInfo| {
        mouth.begin();
        for frame in samples.chunks_mut(channels) {
            frame.fill(S::from_sample(mouth.sample()));
        }
        let time = about.timestamp();
        let ahead = time.playback.checked_duration_since(time.callback).unwrap_or_default();
        mouth.end(ahead + Duration::from_secs_f64((samples.len() / channels) as f64 / rate));
    };
    Ok(device.build_output_stream(form, speak, failed(ended), Some(PATIENCE))?)
}

/// What the sound system says of a stream's end.
fn failed(ended: &Ended) -> impl FnMut(cpal::Error) + Send + 'static {
    use cpal::ErrorKind as Kind;
    let ended = ended.clone();
    move |error: cpal::Error| match error.kind() {
        Kind::DeviceNotAvailable | Kind::HostUnavailable | Kind::StreamInvalidated => {
            ended.because(Loss::Unplugged);
        }
        Kind::PermissionDenied => ended.because(Loss::Denied),
        Kind::DeviceBusy => ended.because(Loss::Busy),
        Kind::BackendError | Kind::Other => ended.because(Loss::Failed),
        // A rerouted default device, a glitch: the stream goes on, or the watch finds that it does not.
        _ => {}
    }
}

fn unknown(format: SampleFormat) -> Error {
    Error::Sound { detail: format!("the sample format {format} is not known") }
}
