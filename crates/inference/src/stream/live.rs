//! From a microphone, by way of the worker, to words.

use std::path::PathBuf;

use tokio::sync::mpsc;
use worker::{Output, Request, TranscribeOptions, frame::floats_to_bytes};

use super::{Decode, Said, Source, Stream, StreamOptions};
use crate::{Error, SpeechClient};

/// How often a complete stretch is tried when the worker dies of it.
const TRIES: u32 = 3;

/// What a live stream is fed with.
#[derive(Debug)]
pub enum Input {
    /// Interleaved samples, and where the first stands on the clock.
    Sound {
        /// Number of the first frame.
        start: u64,
        /// 16 kHz.
        samples: Vec<f32>,
    },
    /// The phrases that are likely from now on.
    Expect(Vec<String>),
    /// Nothing more comes.
    End,
}

/// How to listen.
pub struct Live {
    /// The model's file.
    pub model: PathBuf,
    /// How to transcribe. Stretches and words are asked for by themselves.
    pub transcribe: TranscribeOptions,
    /// How to cut.
    pub stream: StreamOptions,
    /// Where sound that does not fit into memory is read back from.
    pub source: Option<Box<dyn Source>>,
}

/// Listens until the input ends and everything is decoded. Dropping the future stops at once.
///
/// # Errors
/// What is wrong with the model or the worker, when a stretch could not be decoded after some tries. What had been said
/// before has been told.
pub async fn run(
    client: &SpeechClient,
    live: Live,
    mut input: mpsc::UnboundedReceiver<Input>,
    mut on: impl FnMut(Said),
) -> Result<(), Error> {
    let Live { model, mut transcribe, stream, mut source } = live;
    transcribe.stretch = true;
    transcribe.words = true;
    let mut stream = Stream::new(stream);
    let mut tries = 0;
    let mut ended = false;
    loop {
        let job = stream.next(source.as_mut().map(|source| source.as_mut() as &mut dyn Source));
        let Some(Decode { samples, last, .. }) = job else {
            if ended && stream.is_done() {
                return Ok(());
            }
            let Some(first) = input.recv().await else {
                stream.finish();
                ended = true;
                continue;
            };
            take(first, &mut stream, &mut transcribe, &mut ended, &mut on);
            while let Ok(more) = input.try_recv() {
                take(more, &mut stream, &mut transcribe, &mut ended, &mut on);
            }
            continue;
        };
        let mut decoding = Box::pin(decode(client, &model, transcribe.clone(), samples));
        let decoded = loop {
            tokio::select! {
                decoded = &mut decoding => break decoded,
                more = input.recv(), if !ended => match more {
                    Some(more) => take(more, &mut stream, &mut transcribe, &mut ended, &mut on),
                    None => {
                        stream.finish();
                        ended = true;
                    }
                },
            }
        };
        drop(decoding);
        match decoded {
            Ok(segments) => {
                tries = 0;
                stream.done(&segments).into_iter().for_each(&mut on);
            }
            Err(_) if !last => stream.failed(),
            Err(error) => {
                tries += 1;
                if tries >= TRIES {
                    return Err(error);
                }
                stream.failed();
            }
        }
    }
}

fn take(
    input: Input,
    stream: &mut Stream,
    transcribe: &mut TranscribeOptions,
    ended: &mut bool,
    on: &mut impl FnMut(Said),
) {
    match input {
        Input::Sound { start, samples } => stream.push(start, &samples).into_iter().for_each(on),
        Input::Expect(phrases) => transcribe.expect = phrases,
        Input::End => {
            stream.finish();
            *ended = true;
        }
    }
}

async fn decode(
    client: &SpeechClient,
    model: &std::path::Path,
    options: TranscribeOptions,
    samples: Vec<f32>,
) -> Result<Vec<worker::Segment>, Error> {
    if samples.is_empty() {
        return Ok(Vec::new());
    }
    let request = Request::Transcribe(options);
    let (output, _) = client.supervisor.ask(model, request, floats_to_bytes(&samples), |_| ()).await?;
    match output {
        Output::Transcript { segments, .. } => Ok(segments),
        _ => Err(Error::Engine {
            program: "bedside-speech-worker".into(),
            detail: "it answered something else than a transcript".into(),
        }),
    }
}
