//! The command line of microphones, loudspeakers and the voice.

use std::path::PathBuf;

use clap::Args;
use domain::Language;

use super::language;

#[derive(Args)]
pub(crate) struct RecordOptions {
    /// The WAV file; it is not encrypted
    #[arg(value_name = "WAV")]
    pub(crate) file: PathBuf,
    /// How long, in seconds [default: until it is interrupted with Ctrl-C]
    #[arg(long, value_name = "N", value_parser = seconds)]
    pub(crate) seconds: Option<f64>,
    /// The microphone's id, as `bedside devices` shows it [default: the system's]
    #[arg(long, value_name = "ID")]
    pub(crate) device: Option<String>,
    /// 2 for two speakers with a microphone each
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=2))]
    pub(crate) channels: u8,
}

#[derive(Args)]
pub(crate) struct SayOptions {
    /// The text; - for standard input
    pub(crate) text: String,
    /// Its language
    #[arg(long, default_value = "en", value_parser = language)]
    pub(crate) language: Language,
    /// A voice of the system [default: the language's usual one]
    #[arg(long, value_name = "ID")]
    pub(crate) voice: Option<String>,
    /// How fast: 0.5 to 2
    #[arg(long, default_value_t = 1.0, value_parser = rate)]
    pub(crate) rate: f32,
    /// How loud: 0 to 1
    #[arg(long, default_value_t = 1.0, value_parser = volume)]
    pub(crate) volume: f32,
    /// The loudspeaker's id, as `bedside devices` shows it [default: the system's]
    #[arg(long, value_name = "ID", conflicts_with = "out")]
    pub(crate) device: Option<String>,
    /// Write a WAV file instead of playing
    #[arg(long, value_name = "WAV")]
    pub(crate) out: Option<PathBuf>,
}

/// A length in seconds: a tenth at least, a day at most (a WAV file holds no more than 4 GiB).
fn seconds(text: &str) -> Result<f64, String> {
    within(text, 0.1, 86_400.0)
}

fn rate(text: &str) -> Result<f32, String> {
    within(text, 0.5, 2.0).map(|rate| rate as f32)
}

fn volume(text: &str) -> Result<f32, String> {
    within(text, 0.0, 1.0).map(|volume| volume as f32)
}

fn within(text: &str, least: f64, most: f64) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| (least..=most).contains(number));
    number.ok_or_else(|| format!("say a number from {least} to {most}"))
}
