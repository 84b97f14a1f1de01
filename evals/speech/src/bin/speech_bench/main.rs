//! How fast recognition is: `cargo xtask bench --speech`, or
//! `cargo run --release -p bedside-evals-speech --bin speech_bench -- [--minutes N] [--models tiny,base]`.
//!
//! Prints Markdown. The speech is a synthesizer's, the models have whisper's shapes and random weights (`shapes`); the starter
//! model is measured where it is. Times on the wall depend on what else the machine does; processor time much less, so
//! ratios are of that.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "prints its figures")]

mod bare;
mod live;
mod load;
mod pipeline;

use std::{
    error::Error,
    path::{Path, PathBuf},
};

use clap::Parser;
use evals_speech::{RATE, shapes::Shape};
use inference::stream::{Stream, StreamOptions};

use pipeline::Workers;

type Outcome<T> = Result<T, Box<dyn Error>>;

#[derive(Parser)]
struct Arguments {
    /// Minutes of sound of the long run; 0 leaves it out.
    #[arg(long, default_value_t = 60)]
    minutes: u64,
    /// How many times faster than life the long run goes.
    #[arg(long, default_value_t = 20)]
    times: u64,
    /// Threads to compute with; the last is for the live figures. More than there are processors free is very slow: they wait
    /// for each other without letting go.
    #[arg(long, value_delimiter = ',', default_value = "1,2")]
    threads: Vec<i32>,
    /// How often the pipeline and whisper.cpp alone take turns.
    #[arg(long, default_value_t = 3)]
    rounds: u32,
    /// The models: starter, and tiny, base and small, quantised to five bits or with `-f16` after the name.
    #[arg(long, value_delimiter = ',', default_value = "starter,tiny,tiny-f16,base,small")]
    models: Vec<String>,
}

/// A model to measure.
pub(crate) struct Model {
    pub(crate) name: String,
    pub(crate) file: PathBuf,
    /// It listens to stretches only, and its encoder may be as short as they are.
    pub(crate) starter: bool,
}

impl Model {
    /// The longest stretch for it.
    pub(crate) fn stream(&self, grow: bool) -> StreamOptions {
        let longest = if self.starter { inference::STRETCH_MS } else { inference::WINDOW_MS };
        StreamOptions { grow, ..StreamOptions::new(1, longest) }
    }
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let arguments = Arguments::parse();
    whisper_rs::install_logging_hooks();
    let folder = tempfile::tempdir()?;
    let models = models(folder.path(), &arguments.models)?;
    let workers = Workers::find()?;
    let usual = workers.usual()?;
    let sentences = sentences()?;
    let sound: Vec<f32> = sentences.iter().flat_map(|sentence| with_pause(sentence)).collect();
    let seconds = sound.len() as f64 / RATE as f64;

    println!(
        "Processor time for a second of sound with its pauses, in ms; the same stretches through whisper.cpp alone and"
    );
    println!(
        "through voice activity, supervisor, pipe and worker. Both are built for x86-64-v3. Voice activity, which"
    );
    println!("whisper.cpp alone has not, is {:.1} ms of it.\n", voice_activity(&sound) * 1000.0 / seconds);
    println!(
        "| model | threads | whisper.cpp alone | pipeline | ratio | real-time factor | whole encoder | worker's memory |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    let rounds = f64::from(arguments.rounds);
    for model in &models {
        let stretches = stretches(&sound, model);
        for &threads in &arguments.threads {
            let mut alone = 0.0;
            let mut through = pipeline::Cost::default();
            for _ in 0..arguments.rounds {
                alone += bare::cost(model, &stretches, threads, false)?;
                through = through.and(pipeline::cost(&usual, model, &sound, threads).await?);
            }
            let whole = bare::cost(model, &stretches, threads, true)?;
            let per_second = 1000.0 / seconds;
            println!(
                "| {} | {threads} | {:.1} | {:.1} | {:.3} | {:.3} | {:.1} | {} MiB |",
                model.name,
                alone / rounds * per_second,
                through.processor / rounds * per_second,
                through.processor / alone,
                through.wall / rounds / seconds,
                whole * per_second,
                through.memory_kib / 1024
            );
        }
    }

    println!(
        "\nProcessor time of the worker for a second of sound, in ms, one thread, by what it is built for:\n"
    );
    println!("| model | {} |", workers.names().join(" | "));
    println!("| --- |{}", " ---: |".repeat(workers.names().len()));
    for model in &models {
        let mut row = format!("| {} |", model.name);
        for level in workers.all()? {
            let cost = pipeline::cost(&level, model, &sound, 1).await?;
            row += &format!(" {:.1} |", cost.worker * 1000.0 / seconds);
        }
        println!("{row}");
    }

    let threads = usize::try_from(arguments.threads.last().copied().unwrap_or(1))?;
    println!(
        "\nLive, at the speed of life, {threads} thread(s), the fastest build (ms; median and longest):\n"
    );
    println!(
        "| model | end of speech to the final text | of that after the pause that ends it | a word to its first text |"
    );
    println!("| --- | ---: | ---: | ---: |");
    for model in models.iter().filter(|model| model.name != "small") {
        println!("{}", live::row(&workers.best(), model, threads, &sentences).await?);
    }

    if arguments.minutes > 0 {
        let model = models.first().ok_or("no model")?;
        let long = live::Long { minutes: arguments.minutes, times: arguments.times, threads };
        println!("\n{}", live::long(&workers.best(), model, &sound, &long).await?);
    }
    Ok(())
}

fn models(folder: &Path, wanted: &[String]) -> Outcome<Vec<Model>> {
    let mut models = Vec::new();
    for name in wanted {
        if name == "starter" {
            match inference::starter() {
                Some(file) => models.push(Model { name: name.clone(), file, starter: true }),
                None => eprintln!("The starter model is not there."),
            }
            continue;
        }
        let size = name.strip_suffix("-f16").unwrap_or(name);
        let shape = [Shape::TINY, Shape::BASE, Shape::SMALL].into_iter().find(|shape| shape.name == size);
        let shape = shape.ok_or_else(|| format!("no shape is called {name}"))?;
        let shape = Shape { quantised: size == name, ..shape };
        let file = folder.join(format!("{name}.bin"));
        evals_speech::shapes::write(&file, &shape)?;
        models.push(Model { name: name.clone(), file, starter: false });
    }
    Ok(models)
}

/// Sentences of a synthesizer, without the silence around them.
fn sentences() -> Outcome<Vec<Vec<f32>>> {
    const SENTENCES: [&str; 6] = [
        "I have had a headache for three days, and it gets worse in the evening when I lie down.",
        "No, I am not allergic to anything that I know of, but penicillin once gave me a rash.",
        "About seven out of ten, and sometimes nine, when I climb the stairs to my apartment.",
        "I take metformin twice a day, and a small tablet for my blood pressure in the morning.",
        "My mother had a stroke when she was sixty two, and my father is in good health.",
        "It started last Tuesday, after I had been lifting boxes in the garage the whole afternoon.",
    ];
    let voice = audio::voice::system();
    let mut all = Vec::new();
    for text in SENTENCES {
        let speech = audio::voice::Speech {
            text: text.to_owned().into(),
            language: "en".into(),
            voice: None,
            rate: 1.0,
        };
        let spoken = voice.speak(&speech)?;
        let mut resampler = audio::Resampler::new(spoken.rate, 1);
        let mut samples = resampler.push(&spoken.samples);
        samples.extend(resampler.finish());
        let loud = |sample: &f32| sample.abs() > 0.01;
        let end = samples.iter().rposition(loud).unwrap_or(0) + 1;
        let start = samples.iter().position(loud).unwrap_or(0);
        all.push(samples[start..end].to_vec());
    }
    Ok(all)
}

fn with_pause(sentence: &[f32]) -> Vec<f32> {
    let mut sound = vec![0.0; RATE / 2];
    sound.extend_from_slice(sentence);
    sound.extend(vec![0.0; 3 * RATE / 2]);
    sound
}

/// Processor time of finding who speaks when in a sound, in seconds.
#[allow(dead_code, reason = "a figure that the bench does not print yet")]
fn voice_activity(sound: &[f32]) -> f64 {
    const TIMES: u32 = 10;
    let before = load::processor(None);
    for _ in 0..TIMES {
        let mut activity = audio::activity::Activity::new(audio::activity::Tuning::default());
        let turns = activity.push(sound);
        assert!(!turns.is_empty(), "nobody speaks");
    }
    (load::processor(None) - before) / f64::from(TIMES)
}

/// The stretches that the pipeline makes of a sound.
fn stretches(sound: &[f32], model: &Model) -> Vec<Vec<f32>> {
    let mut stream = Stream::new(model.stream(false));
    let mut stretches = Vec::new();
    let mut take = |stream: &mut Stream| {
        while let Some(decode) = stream.next(None) {
            stretches.push(decode.samples);
            stream.give_up();
        }
    };
    for (n, piece) in sound.chunks(RATE).enumerate() {
        stream.push((n * RATE) as u64, piece);
        take(&mut stream);
    }
    stream.finish();
    take(&mut stream);
    stretches
}
