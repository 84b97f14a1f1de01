//! Speech output: text to samples, so that what is said can be silenced at once and its echo is known.
//!
//! A voice is a program of the system's that turns text into a sound file: `espeak-ng` on Linux (its licence is the GPL, so it
//! is never linked), `say` on macOS, the System.Speech voices through PowerShell on Windows. The text goes in on standard
//! input or in a file of its own, never through a shell.

use std::io::Write as _;
use std::process::{Command, Stdio};
#[cfg(not(any(windows, target_os = "macos")))]
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::Error;

/// No sentence takes longer to turn into sound.
const MOST_TIME: Duration = Duration::from_secs(20);
/// Words a minute at rate 1.
const WORDS_A_MINUTE: f32 = 150.0;

/// A text is not cut before so many bytes of it.
const PIECE: usize = 120;

/// What to say, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Speech {
    /// The text.
    pub text: domain::Phi<String>,
    /// In which language, as a BCP 47 tag.
    pub language: String,
    /// The voice's id; none for the language's usual one.
    pub voice: Option<String>,
    /// How fast: 1 is usual, 0.5 to 2.
    pub rate: f32,
}

/// A voice to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoiceName {
    /// What [`Speech::voice`] takes.
    pub id: String,
    /// Its language, as a BCP 47 tag.
    pub language: String,
    /// What a person calls it.
    pub name: String,
}

/// Samples of one channel.
#[derive(Clone, Debug, PartialEq)]
pub struct Spoken {
    /// -1 to 1.
    pub samples: Vec<f32>,
    /// Samples a second.
    pub rate: u32,
}

/// Something that speaks.
pub trait Voice: Send + Sync {
    /// The voices to choose from.
    ///
    /// # Errors
    /// [`Error::NoVoice`], [`Error::Voice`].
    fn voices(&self) -> Result<Vec<VoiceName>, Error>;

    /// Turns a text into sound. Takes some ten ms; run it where waiting is allowed.
    ///
    /// # Errors
    /// [`Error::NoVoice`], [`Error::Voice`].
    fn speak(&self, speech: &Speech) -> Result<Spoken, Error>;
}

/// A text as pieces to be spoken one after the other, so that a long one begins to sound at once: cut after the end of a
/// sentence, once a piece is of some length. A prompt of one or two sentences stays whole, with its intonation.
pub fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut ended = false;
    for (at, character) in text.char_indices() {
        if ended && character.is_whitespace() && at - from >= PIECE {
            pieces.push(text[from..at].trim());
            from = at;
        }
        ended = matches!(character, '.' | '!' | '?' | '…' | ':' | ';' | '\n');
    }
    pieces.push(text[from..].trim());
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// The voice of this operating system.
pub fn system() -> Box<dyn Voice> {
    #[cfg(target_os = "macos")]
    return Box::new(Say);
    #[cfg(windows)]
    return Box::new(PowerShell);
    #[cfg(not(any(windows, target_os = "macos")))]
    Box::new(Espeak)
}

/// `espeak-ng`.
#[cfg(not(any(windows, target_os = "macos")))]
struct Espeak;

#[cfg(not(any(windows, target_os = "macos")))]
impl Voice for Espeak {
    fn voices(&self) -> Result<Vec<VoiceName>, Error> {
        let listed = run(Command::new("espeak-ng").arg("--voices"), "")?;
        let listed = String::from_utf8_lossy(&listed);
        // Pty Language Age/Gender VoiceName File Other
        Ok(listed
            .lines()
            .skip(1)
            .filter_map(|line| {
                let mut columns = line.split_whitespace().skip(1);
                let (language, _, name) = (columns.next()?, columns.next()?, columns.next()?);
                Some(VoiceName {
                    id: language.to_owned(),
                    language: language.to_owned(),
                    name: name.replace('_', " "),
                })
            })
            .collect())
    }

    fn speak(&self, speech: &Speech) -> Result<Spoken, Error> {
        let voice = self.known(match &speech.voice {
            Some(voice) => voice.clone(),
            None => espeak_voice(&speech.language),
        })?;
        let words = (WORDS_A_MINUTE * speech.rate.clamp(0.5, 2.0)).round();
        let mut command = Command::new("espeak-ng");
        command.args(["-v", &voice, "-s", &words.to_string(), "--stdin", "--stdout"]);
        // Two brackets would begin phonemes.
        let text = speech.text.expose().replace("[[", "[ [");
        wave(&run(&mut command, &text)?)
    }
}

#[cfg(not(any(windows, target_os = "macos")))]
impl Espeak {
    /// The voice, if it is one: for a name that it does not know espeak-ng speaks in another, without a word. A variant may
    /// follow a plus sign; a region that it does not know gives way to the language.
    fn known(&self, voice: String) -> Result<String, Error> {
        static VOICES: Mutex<Vec<VoiceName>> = Mutex::new(Vec::new());
        let mut voices = VOICES.lock().unwrap_or_else(PoisonError::into_inner);
        if voices.is_empty() {
            *voices = self.voices()?;
        }
        let (base, _) = voice.split_once('+').unwrap_or((&voice, ""));
        let has = |wanted: &str| voices.iter().any(|voice| voice.id.eq_ignore_ascii_case(wanted));
        if has(base) {
            return Ok(voice);
        }
        let (language, _) = base.split_once('-').unwrap_or((base, ""));
        if base.split('-').skip(1).all(|part| matches!(part.len(), 2..=4)) {
            let usual = espeak_voice(language);
            let of_language = |voice: &&VoiceName| voice.id.split('-').next() == Some(language);
            let other = || voices.iter().find(of_language).map(|voice| voice.id.clone());
            if let Some(voice) = Some(usual).filter(|usual| has(usual)).or_else(other) {
                return Ok(voice);
            }
        }
        Err(Error::Voice { detail: "it has no voice of that name or language".to_owned() })
    }
}

/// The usual voice of a language: espeak-ng names American English by its region, and Spanish of the Americas by a number.
#[cfg(not(any(windows, target_os = "macos")))]
fn espeak_voice(language: &str) -> String {
    match language.to_ascii_lowercase().as_str() {
        "en" => "en-us".to_owned(),
        "es" | "es-us" | "es-mx" => "es-419".to_owned(),
        other => other.to_owned(),
    }
}

/// `say`: it writes to a file only.
#[cfg(target_os = "macos")]
struct Say;

#[cfg(target_os = "macos")]
impl Voice for Say {
    fn voices(&self) -> Result<Vec<VoiceName>, Error> {
        let listed = run(Command::new("say").args(["-v", "?"]), "")?;
        // Name   en_US    # a sentence
        Ok(String::from_utf8_lossy(&listed)
            .lines()
            .filter_map(|line| {
                let (before, _) = line.split_once('#')?;
                let (name, language) = before.trim_end().rsplit_once(char::is_whitespace)?;
                let name = name.trim().to_owned();
                Some(VoiceName { id: name.clone(), language: language.replace('_', "-"), name })
            })
            .collect())
    }

    fn speak(&self, speech: &Speech) -> Result<Spoken, Error> {
        static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
        let number = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let file = std::env::temp_dir().join(format!("bedside-voice-{}-{number}.wav", std::process::id()));
        let mut command = Command::new("say");
        // Left to itself it speaks the system's language, whatever the text's is.
        let language = speech.language.to_ascii_lowercase();
        let of_language = || {
            let voices = self.voices().ok()?;
            let tag = |voice: &VoiceName| voice.language.to_ascii_lowercase();
            let (exact, close) = (
                voices.iter().find(|voice| tag(voice) == language),
                voices.iter().find(|voice| tag(voice).split('-').next() == language.split('-').next()),
            );
            exact.or(close).map(|voice| voice.id.clone())
        };
        if let Some(voice) = speech.voice.clone().or_else(of_language) {
            command.args(["-v", &voice]);
        }
        let words = (WORDS_A_MINUTE * speech.rate.clamp(0.5, 2.0)).round().to_string();
        command.args(["-r", &words, "--data-format=LEI16@22050", "--file-format=WAVE", "-o"]).arg(&file);
        command.args(["-f", "-"]);
        let made = run(&mut command, speech.text.expose());
        let spoken = made.and_then(|_| std::fs::read(&file).map_err(|error| Error::file(&file, error)));
        let _ = std::fs::remove_file(&file);
        wave(&spoken?)
    }
}

/// System.Speech, which every Windows has.
#[cfg(windows)]
struct PowerShell;

#[cfg(windows)]
const SPEAK: &str = "Add-Type -AssemblyName System.Speech; \
    [Console]::InputEncoding = [Text.Encoding]::UTF8; \
    $s = New-Object System.Speech.Synthesis.SpeechSynthesizer; \
    if ($env:BEDSIDE_VOICE) { $s.SelectVoice($env:BEDSIDE_VOICE) } \
    else { $s.SelectVoiceByHints('NotSet', 'NotSet', 0, [Globalization.CultureInfo]::GetCultureInfo($env:BEDSIDE_LANGUAGE)) }; \
    $s.Rate = [int]$env:BEDSIDE_RATE; $m = New-Object IO.MemoryStream; $s.SetOutputToWaveStream($m); \
    $s.Speak([Console]::In.ReadToEnd()); $s.Dispose(); \
    $o = [Console]::OpenStandardOutput(); $m.WriteTo($o); $o.Flush()";

#[cfg(windows)]
impl Voice for PowerShell {
    fn voices(&self) -> Result<Vec<VoiceName>, Error> {
        let list = "Add-Type -AssemblyName System.Speech; \
            (New-Object System.Speech.Synthesis.SpeechSynthesizer).GetInstalledVoices() | \
            ForEach-Object { $_.VoiceInfo.Name + \"`t\" + $_.VoiceInfo.Culture.Name }";
        let listed =
            run(Command::new("powershell").args(["-NoProfile", "-NonInteractive", "-Command", list]), "")?;
        Ok(String::from_utf8_lossy(&listed)
            .lines()
            .filter_map(|line| line.trim_end().split_once('\t'))
            .map(|(name, language)| VoiceName {
                id: name.to_owned(),
                language: language.to_owned(),
                name: name.to_owned(),
            })
            .collect())
    }

    fn speak(&self, speech: &Speech) -> Result<Spoken, Error> {
        let mut command = Command::new("powershell");
        command.args(["-NoProfile", "-NonInteractive", "-Command", SPEAK]);
        command.env("BEDSIDE_LANGUAGE", &speech.language);
        command.env("BEDSIDE_VOICE", speech.voice.as_deref().unwrap_or_default());
        // -10 to 10; 3 is about a third faster.
        command.env("BEDSIDE_RATE", ((speech.rate.clamp(0.5, 2.0).log2() * 7.0).round()).to_string());
        wave(&run(&mut command, speech.text.expose())?)
    }
}

/// Runs a program with the text on its standard input, and gives what it wrote. Nothing of the text gets into an error.
fn run(command: &mut Command, text: &str) -> Result<Vec<u8>, Error> {
    let failed = |detail: &str| Error::Voice { detail: detail.to_owned() };
    #[cfg(windows)]
    {
        // No console window in front of the kiosk.
        const CREATE_NO_WINDOW: u32 = 0x0800_0000;
        std::os::windows::process::CommandExt::creation_flags(command, CREATE_NO_WINDOW);
    }
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(
            |error| {
                if error.kind() == std::io::ErrorKind::NotFound {
                    Error::NoVoice
                } else {
                    failed("it does not start")
                }
            },
        )?;
    let (Some(mut input), Some(mut output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(failed("it has no pipes"));
    };
    let text = text.replace('\0', " ");
    let writing = std::thread::spawn(move || drop(input.write_all(text.as_bytes())));
    let reading = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut output, &mut bytes).map(|_| bytes)
    });
    let until = Instant::now() + MOST_TIME;
    let ended = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status.success(),
            Ok(None) if Instant::now() < until => std::thread::sleep(Duration::from_millis(5)),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                break false;
            }
        }
    };
    let _ = writing.join();
    let bytes = reading.join();
    match (ended, bytes) {
        (true, Ok(Ok(bytes))) => Ok(bytes),
        _ => Err(failed("it did not end well, or took too long")),
    }
}

/// The samples of a WAV file of one channel and 16 bits, whose lengths may lie: a program that writes to a pipe does not know
/// them yet.
fn wave(bytes: &[u8]) -> Result<Spoken, Error> {
    let wrong = || Error::Voice { detail: "it gave no sound".to_owned() };
    let mut rate = 0;
    let mut at = 12;
    while let Some(head) = bytes.get(at..at + 8) {
        let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        let content = &bytes[at + 8..];
        match &head[..4] {
            b"fmt " => {
                let form = content.get(..16).ok_or_else(wrong)?;
                if form[..4] != [1, 0, 1, 0] || form[14] != 16 {
                    return Err(wrong());
                }
                rate = u32::from_le_bytes([form[4], form[5], form[6], form[7]]);
            }
            b"data" if rate > 0 => {
                let content = &content[..length.min(content.len())];
                let samples = content
                    .chunks_exact(2)
                    .map(|pair| f32::from(i16::from_le_bytes([pair[0], pair[1]])) / 32_768.0)
                    .collect();
                return Ok(Spoken { samples, rate });
            }
            _ => {}
        }
        at += 8 + length + length % 2;
    }
    Err(wrong())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn say(text: &str) -> Result<Spoken, Error> {
        let speech = Speech { text: text.to_owned().into(), language: "en".into(), voice: None, rate: 1.0 };
        system().speak(&speech)
    }

    #[test]
    fn a_sentence_becomes_sound_and_a_longer_one_more_of_it() {
        let short = say("Hello.").unwrap();
        let long = say("How bad is it now, from zero to ten? Take your time.").unwrap();
        assert!(short.rate >= 16_000 && short.samples.len() > short.rate as usize / 4);
        assert!(long.samples.len() > 2 * short.samples.len());
        assert!(long.samples.iter().any(|sample| sample.abs() > 0.1));
    }

    #[test]
    fn text_that_looks_like_an_option_or_markup_is_only_said() {
        for text in ["-v whisper", "--help", "$(touch x)", "<speak>hi</speak>", "; rm", "\0"] {
            assert!(say(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn brackets_are_text_and_no_phonemes() {
        let (phonemes, text) = (say("[[a]]").unwrap(), say("[ [a]]").unwrap());
        assert_eq!(phonemes.samples.len(), text.samples.len());
    }

    #[test]
    fn a_voice_or_a_language_that_there_is_not_is_said_and_not_replaced() {
        let say = |language: &str, voice: Option<&str>| {
            let voice = voice.map(str::to_owned);
            let speech = Speech { text: "hi".to_owned().into(), language: language.into(), voice, rate: 1.0 };
            system().speak(&speech).map(drop)
        };
        for (language, voice) in [("xx", None), ("en", Some("no-such-voice")), ("en", Some("../../x"))] {
            assert!(matches!(say(language, voice), Err(Error::Voice { .. })), "{language} {voice:?}");
        }
        for (language, voice) in [("en-AU", None), ("es", None), ("fr", None), ("en", Some("en-gb+f3"))] {
            assert!(say(language, voice).is_ok(), "{language} {voice:?}");
        }
    }

    #[test]
    fn a_long_text_is_cut_where_sentences_end_and_a_short_one_is_not() {
        let short = "What brings you in today? Use your own words.";
        assert_eq!(pieces(short), [short]);
        let sentence = "This is a sentence of some length, as they are in leaflets. ";
        let long = sentence.repeat(7);
        let cut = pieces(&long);
        assert!(cut.len() > 1 && cut.iter().all(|piece| piece.ends_with('.')), "{cut:?}");
        assert_eq!(cut.join(" "), long.trim());
        assert!(pieces("  \n ").is_empty());
        assert_eq!(pieces(&"á".repeat(400)).len(), 1);
    }

    #[test]
    fn there_are_voices_for_english_and_spanish() {
        let voices = system().voices().unwrap();
        for language in ["en-us", "es-419"] {
            assert!(voices.iter().any(|voice| voice.language == language), "{language}");
        }
    }

    #[test]
    fn what_is_no_wave_file_is_refused() {
        for bytes in [&b""[..], b"RIFF", b"RIFF....WAVEfmt \x10\0\0\0\x01\0\x02\0", &[0; 64]] {
            assert!(wave(bytes).is_err());
        }
    }
}
