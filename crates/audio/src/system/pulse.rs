//! A sound server that speaks PulseAudio's protocol: PulseAudio, or PipeWire.

use std::ffi::CString;
use std::sync::mpsc::channel;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures::executor::block_on;
use pulseaudio::protocol::stream::{BufferAttr, StreamFlags};
use pulseaudio::protocol::{self, ChannelMap, ChannelPosition, PulseError, SampleFormat, SampleSpec};
use pulseaudio::{Client, ClientError, PlaybackSource, PlaybackStream, RecordSink, RecordStream};

use super::{Ear, Ended, Form, Mouth};
use crate::{Device, Direction, Error, Loss};

/// What distinguishes our ids of the server's devices from those of cards.
const PREFIX: &str = "pulseaudio:";
/// A server that does not answer for so long is not there.
const PATIENCE: Duration = Duration::from_secs(4);
/// A microphone's sound comes in pieces of so much.
const FRAGMENT_MS: u32 = 20;
/// What the server holds of a loudspeaker's sound, its card's buffer included, and how much it asks for at once. A stop empties
/// it.
const AHEAD_MS: u32 = 120;
const REQUEST_MS: u32 = 20;
const BYTES: u32 = 4;

/// One connection serves the whole program: each costs a thread and a place among the server's clients for good.
static CONNECTION: Mutex<Option<Client>> = Mutex::new(None);

/// A server that answers.
pub(super) struct Server {
    client: Client,
    info: protocol::ServerInfo,
}

/// An open stream, which the server forgets when it is dropped.
pub(crate) enum Stream {
    Record {
        /// Only held.
        _stream: RecordStream,
    },
    Playback(PlaybackStream),
}

/// Whether an id is of a server's device.
pub(super) fn is_of(id: &str) -> bool {
    id.starts_with(PREFIX)
}

impl Server {
    /// The server of this session; `None` where none runs.
    pub(super) fn connect() -> Option<Self> {
        let mut connection = CONNECTION.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = connection.clone()
            && let Ok(info) = ask(&client, async |client| client.server_info().await)
        {
            return Some(Self { client, info });
        }
        *connection = None;
        pulseaudio::socket_path_from_env()?;
        let client = patiently(|| Client::from_env(c"Bedside")).ok()?;
        let info = ask(&client, async |client| client.server_info().await).ok()?;
        *connection = Some(client.clone());
        Some(Self { client, info })
    }

    pub(super) fn devices(&self) -> Result<Vec<Device>, Error> {
        let (sources, sinks) =
            ask(&self.client, async |client| Ok((client.list_sources().await?, client.list_sinks().await?)))?;
        let sources = sources.into_iter().map(|source| Device {
            is_default: self.info.default_source_name.as_ref() == Some(&source.name),
            direction: Direction::Input,
            name: text(source.description.as_ref().unwrap_or(&source.name)),
            channels: source.sample_spec.channels.into(),
            rate: source.sample_spec.sample_rate,
            id: format!("{PREFIX}{}", text(&source.name)),
        });
        let sinks = sinks.into_iter().map(|sink| Device {
            is_default: self.info.default_sink_name.as_ref() == Some(&sink.name),
            direction: Direction::Output,
            name: text(sink.description.as_ref().unwrap_or(&sink.name)),
            channels: sink.sample_spec.channels.into(),
            rate: sink.sample_spec.sample_rate,
            id: format!("{PREFIX}{}", text(&sink.name)),
        });
        Ok(sources.chain(sinks).collect())
    }
}

pub(super) fn open_input<E: Ear, T>(
    device: &Device,
    channels: usize,
    ended: &Ended,
    mut make: impl FnMut(Form) -> (E, T),
) -> Result<(super::Stream, Form, T), Error> {
    let server = Server::connect().ok_or(Error::NoDevice)?;
    // A server gives as many channels as it is asked for, all of them the same if need be.
    if usize::from(device.channels) < channels {
        return Err(Error::Channels);
    }
    let form = Form { rate: device.rate, channels: usize::from(device.channels.clamp(1, 2)) };
    let (ear, other_end) = make(form);
    let params = protocol::RecordStreamParams {
        sample_spec: spec(form),
        channel_map: map(form),
        source_name: Some(name(device)?),
        buffer_attr: BufferAttr {
            max_length: u32::MAX,
            fragment_size: bytes(form, FRAGMENT_MS),
            ..Default::default()
        },
        flags: StreamFlags { adjust_latency: true, ..Default::default() },
        ..Default::default()
    };
    let sink = Sink { ear, _ended: Guard(ended.clone()) };
    let stream = ask(&server.client, async move |client| client.create_record_stream(params, sink).await)?;
    Ok((super::Stream::Pulse(Stream::Record { _stream: stream }), form, other_end))
}

pub(super) fn open_output<M: Mouth, T>(
    device: &Device,
    ended: &Ended,
    mut make: impl FnMut(Form) -> (M, T),
) -> Result<(super::Stream, Form, T), Error> {
    let server = Server::connect().ok_or(Error::NoDevice)?;
    // One channel: the server plays it on all that there are.
    let form = Form { rate: device.rate, channels: 1 };
    let (mouth, other_end) = make(form);
    let params = protocol::PlaybackStreamParams {
        sample_spec: spec(form),
        channel_map: map(form),
        sink_name: Some(name(device)?),
        buffer_attr: BufferAttr {
            max_length: u32::MAX,
            target_length: bytes(form, AHEAD_MS),
            pre_buffering: bytes(form, REQUEST_MS),
            minimum_request_length: bytes(form, REQUEST_MS),
            ..Default::default()
        },
        flags: StreamFlags { adjust_latency: true, ..Default::default() },
        ..Default::default()
    };
    let source = Source { mouth, _ended: Guard(ended.clone()) };
    let stream =
        ask(&server.client, async move |client| client.create_playback_stream(params, source).await)?;
    Ok((super::Stream::Pulse(Stream::Playback(stream)), form, other_end))
}

impl Stream {
    /// Forgets what the server holds. Waits until it has: what is played next would be forgotten with it.
    pub(super) fn flush(&self) {
        if let Self::Playback(stream) = self {
            let stream = stream.clone();
            // A server that does not answer is found to be lost in other ways.
            let _ = patiently(move || block_on(stream.flush()));
        }
    }
}

/// Dropped with its stream: by us, when nobody asks any more, or because the server is gone.
struct Guard(Ended);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.because(Loss::Unplugged);
    }
}

struct Sink<E> {
    ear: E,
    _ended: Guard,
}

impl<E: Ear> RecordSink for Sink<E> {
    fn write(&mut self, sound: &[u8]) {
        let sample = |bytes: &[u8]| f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        self.ear.hear(sound.chunks_exact(BYTES as usize).map(sample));
    }
}

struct Source<M> {
    mouth: M,
    _ended: Guard,
}

impl<M: Mouth> PlaybackSource for Source<M> {
    fn poll_read(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
        sound: &mut [u8],
    ) -> std::task::Poll<usize> {
        let mouth = &mut self.mouth;
        mouth.begin();
        for bytes in sound.chunks_exact_mut(BYTES as usize) {
            bytes.copy_from_slice(&mouth.sample().to_le_bytes());
        }
        mouth.end(Duration::from_millis(u64::from(AHEAD_MS)));
        std::task::Poll::Ready(sound.len() / BYTES as usize * BYTES as usize)
    }
}

/// Asks the server, and waits for the answer as long as is reasonable.
fn ask<T: Send + 'static>(
    client: &Client,
    question: impl AsyncFnOnce(&Client) -> Result<T, ClientError> + Send + 'static,
) -> Result<T, Error> {
    let client = client.clone();
    patiently(move || block_on(question(&client)))
}

/// A server that hangs must not hang us: it is waited for on a thread of its own, which is then left behind.
fn patiently<T: Send + 'static>(
    ask: impl FnOnce() -> Result<T, ClientError> + Send + 'static,
) -> Result<T, Error> {
    let (tell, told) = channel();
    std::thread::Builder::new()
        .name("sound-server".into())
        .spawn(move || drop(tell.send(ask())))
        .map_err(|error| Error::Sound { detail: error.to_string() })?;
    let answer = told.recv_timeout(PATIENCE);
    answer.map_err(|_| Error::Sound { detail: "the sound server does not answer".into() })?.map_err(failed)
}

fn failed(error: ClientError) -> Error {
    match error {
        ClientError::ServerUnavailable
        | ClientError::Disconnected
        | ClientError::ServerError(PulseError::NoEntity | PulseError::ConnectionTerminated) => {
            Error::NoDevice
        }
        ClientError::ServerError(PulseError::AccessDenied | PulseError::AuthKey) => Error::Denied,
        ClientError::ServerError(PulseError::Busy) => Error::Busy,
        other => Error::Sound { detail: other.to_string() },
    }
}

fn name(device: &Device) -> Result<CString, Error> {
    let name = device.id.strip_prefix(PREFIX).and_then(|name| CString::new(name).ok());
    name.ok_or(Error::NoDevice)
}

fn text(name: &CString) -> String {
    name.to_string_lossy().into_owned()
}

fn spec(form: Form) -> SampleSpec {
    SampleSpec { format: SampleFormat::Float32Le, channels: form.channels as u8, sample_rate: form.rate }
}

fn map(form: Form) -> ChannelMap {
    let positions: &[_] = match form.channels {
        1 => &[ChannelPosition::Mono],
        _ => &[ChannelPosition::FrontLeft, ChannelPosition::FrontRight],
    };
    ChannelMap::new(positions.iter().copied())
}

fn bytes(form: Form, ms: u32) -> u32 {
    form.rate * ms / 1_000 * form.channels as u32 * BYTES
}
