//! As a person waits for it, and for an hour.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use evals_speech::RATE;
use inference::{
    WorkerPrograms,
    stream::{Input, Live, Said, StreamOptions, run},
};
use tokio::sync::mpsc;

use crate::{Model, Outcome, load, pipeline, with_pause};

/// A stretch that grows is decoded again when so much is new (`inference::stream`).
const AGAIN: f64 = 0.7;

/// Sends a sound, over and over up to a length in samples, at so many times the speed of life, a tenth of a second at a time.
fn play(
    sound: Vec<f32>,
    length: usize,
    times: u64,
    feed: mpsc::UnboundedSender<Input>,
) -> std::thread::JoinHandle<()> {
    std::thread::spawn(move || {
        let began = Instant::now();
        for n in 0..length / (RATE / 10) {
            let start = n * (RATE / 10);
            let samples: Vec<f32> = (start..start + RATE / 10).map(|at| sound[at % sound.len()]).collect();
            // A microphone gives a tenth of a second when it is over.
            let due = Duration::from_millis(100 * (n as u64 + 1)) / u32::try_from(times).unwrap_or(1);
            std::thread::sleep(due.saturating_sub(began.elapsed()));
            if feed.send(Input::Sound { start: start as u64, samples }).is_err() {
                return;
            }
        }
        let _ = feed.send(Input::End);
    })
}

/// A line of the table: the times until text is there.
pub(crate) async fn row(
    programs: &WorkerPrograms,
    model: &Model,
    threads: usize,
    sentences: &[Vec<f32>],
) -> Outcome<String> {
    let (client, _) = pipeline::client(programs, model, threads).await?;
    // The starter hears answers at the kiosk.
    let stream =
        if model.starter { StreamOptions::for_answers(inference::STRETCH_MS) } else { model.stream(true) };
    let pause = f64::from(stream.tuning.pause_ms);
    let (mut finals, mut words) = (Vec::new(), Vec::new());
    for sentence in sentences {
        let sound = with_pause(sentence);
        let spoken_ms = 500.0 + sentence.len() as f64 * 1000.0 / RATE as f64;
        let (feed, input) = mpsc::unbounded_channel();
        let began = Instant::now();
        let length = sound.len();
        let player = play(sound, length, 1, feed);
        let now = || began.elapsed().as_secs_f64();
        let mut texts = Vec::new();
        let mut start = 0.0;
        run(&client, Live { stream, ..pipeline::listening(model, true) }, input, |said| match said {
            Said::Began { at_ms, .. } => start = at_ms as f64 / 1000.0,
            Said::Tentative { .. } => texts.push(now()),
            Said::Closed(_) => finals.push(now() * 1000.0 - spoken_ms),
            Said::Behind { .. } | Said::CaughtUp => {}
        })
        .await?;
        player.join().map_err(|_| "the player failed")?;
        words.extend(lags(start, &texts).into_iter().map(|seconds| seconds * 1000.0));
    }
    let after: Vec<f64> = finals.iter().map(|ms| ms - pause).collect();
    Ok(format!("| {} | {} | {} | {} |", model.name, both(&finals), both(&after), both(&words)))
}

/// For each text but the first, how long before it the pass before it began: so long a word waits at worst for its first
/// text. A pass begins when the one before is done and enough is new.
fn lags(start: f64, texts: &[f64]) -> Vec<f64> {
    let mut began = start + AGAIN;
    let mut lags = Vec::new();
    for pair in texts.windows(2) {
        lags.push(pair[1] - began);
        began = (began + AGAIN).max(pair[0]);
    }
    lags
}

fn both(values: &[f64]) -> String {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.last() {
        Some(longest) => format!("{:.0} / {longest:.0}", sorted[sorted.len() / 2]),
        None => "-".to_owned(),
    }
}

/// How long a long run is.
pub(crate) struct Long {
    pub(crate) minutes: u64,
    /// Times the speed of life.
    pub(crate) times: u64,
    pub(crate) threads: usize,
}

/// A long run: whether memory grows and whether it falls behind.
pub(crate) async fn long(
    programs: &WorkerPrograms,
    model: &Model,
    sound: &[f32],
    how: &Long,
) -> Outcome<String> {
    let Long { minutes, times, threads } = *how;
    let (client, worker) = pipeline::client(programs, model, threads).await?;
    let (feed, input) = mpsc::unbounded_channel();
    let length = usize::try_from(minutes)? * 60 * RATE;
    let seen: Arc<Mutex<Vec<(f64, f64)>>> = Arc::default();
    let began = Instant::now();
    let watch = {
        let seen = Arc::clone(&seen);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_millis(60_000 / times)).await;
                let minute = began.elapsed().as_secs_f64() * times as f64 / 60.0;
                let kib = load::memory(None, "VmRSS") + load::memory(Some(worker), "VmRSS");
                seen.lock().unwrap_or_else(PoisonError::into_inner).push((minute, kib as f64 / 1024.0));
            }
        })
    };
    let player = play(sound.to_vec(), length, times, feed);
    let (mut stretches, mut behind, mut furthest) = (0, 0, 0);
    run(&client, pipeline::listening(model, true), input, |said| match said {
        Said::Closed(_) => stretches += 1,
        Said::Behind { ms } => {
            behind += 1;
            furthest = furthest.max(ms);
        }
        _ => {}
    })
    .await?;
    let late = began.elapsed().as_secs_f64() - minutes as f64 * 60.0 / times as f64;
    watch.abort();
    player.join().map_err(|_| "the player failed")?;
    let seen = seen.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let settled: Vec<(f64, f64)> =
        seen.iter().copied().filter(|(minute, _)| *minute > minutes as f64 / 6.0).collect();
    let (least, most) =
        settled.iter().fold((f64::MAX, 0.0_f64), |(least, most), (_, mib)| (least.min(*mib), most.max(*mib)));
    Ok(format!(
        "{minutes} minutes of sound, {times} times faster than life, `{}`: {stretches} stretches; both processes together \
         {least:.0} to {most:.0} MiB after the first sixth, slope {:+.3} MiB a minute of sound; {behind} times behind (at most \
         {furthest} ms of sound); the last text {:.1} s after the last sound.",
        model.name,
        slope(&settled),
        late
    ))
}

/// Of the straight line with the least squares.
fn slope(points: &[(f64, f64)]) -> f64 {
    let count = points.len().max(1) as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let spread: f64 = points.iter().map(|point| (point.0 - x).powi(2)).sum();
    let together: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    if spread > 0.0 { together / spread } else { 0.0 }
}
