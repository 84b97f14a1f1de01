//! The command line.

mod brand;
mod intake;
mod licence;
mod sound;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::{EncounterId, Language};

pub(crate) use self::brand::*;
pub(crate) use self::intake::*;
pub(crate) use self::licence::*;
pub(crate) use self::sound::*;

/// Kiosk intake and visit notes on the clinic's own premises.
#[derive(Parser)]
#[command(name = "bedside", version, propagate_version = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Print results, and errors, as JSON
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) vault: VaultArguments,
}

/// Where the records are, and what opens them.
#[derive(Args)]
pub(crate) struct VaultArguments {
    /// The data folder [default: the user's own]
    #[arg(long, global = true, env = "BEDSIDE_DATA", value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// A file whose first line is the vault's passphrase, for machines without a keyring
    #[arg(long, global = true, env = "BEDSIDE_PASSPHRASE_FILE", value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// A file of the 24 recovery words, where the passphrase is lost
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) recovery_words_file: Option<PathBuf>,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Set up a clinic in the data folder
    Init(InitOptions),
    /// Go through a whole visit, in a throw-away folder, and print what happened
    Demo,
    /// Take an intake from a file of answers; kept as an encounter where there is a clinic
    Intake(IntakeArguments),
    /// Draft a note from a transcript
    Note(NoteOptions),
    /// Turn a sound file into text
    Transcribe(TranscribeOptions),
    /// Turn the microphone into text, as it is spoken
    Listen(ListenOptions),
    /// List microphones and loudspeakers
    Devices,
    /// Record a microphone into a WAV file, which is not encrypted
    Record(RecordOptions),
    /// Say a text aloud, or into a WAV file
    Say(SayOptions),
    /// Find alarm signs in a text
    Redflags(RedflagsOptions),
    /// Understand what patients said to questions
    Understand(UnderstandOptions),
    /// List encounters, or show one
    #[command(subcommand)]
    Encounters(EncountersCommand),
    /// Write an encounter out
    Export(ExportOptions),
    /// Verify the audit trail
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Create, verify or restore a backup
    #[command(subcommand)]
    Backup(BackupCommand),
    /// Accept a vault that was put back, or make new recovery words
    #[command(subcommand)]
    Vault(VaultCommand),
    /// List, fetch, import, verify or remove models
    #[command(subcommand)]
    Models(ModelsCommand),
    /// Make, check, install and revoke licences
    #[command(subcommand)]
    Licence(LicenceCommand),
    /// Report a month's use
    #[command(subcommand)]
    Usage(UsageCommand),
    /// Check, install and remove a clinic's own brand
    #[command(subcommand)]
    Brand(BrandCommand),
    /// Say how this machine and its parts are
    Diagnostics,
    /// Write what whoever supports this machine needs to know, and nothing about a patient
    SupportBundle {
        /// The file
        #[arg(value_name = "FILE")]
        target: PathBuf,
    },
    /// Serve the application to a browser on this machine
    Serve(ServeOptions),
}

#[derive(Args)]
pub(crate) struct InitOptions {
    /// The clinic's name
    #[arg(long, default_value = "Clinic")]
    pub(crate) clinic: String,
    /// The language of staff screens
    #[arg(long, default_value = "en", value_parser = language)]
    pub(crate) language: Language,
    /// The first administrator's name
    #[arg(long, default_value = "Administrator")]
    pub(crate) administrator: String,
    /// What the administrator types to sign in
    #[arg(long, default_value = "admin")]
    pub(crate) login: String,
    /// A file whose first line is the administrator's password [default: one is made and printed]
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct NoteOptions {
    /// The transcript; a second file for the patient's half of a TextGrid pair; - for standard input
    #[arg(required = true, num_args = 1..=2, value_name = "TRANSCRIPT")]
    pub(crate) transcript: Vec<PathBuf>,
    /// What kind of note: a template's id, or its TOML file
    #[arg(long, value_name = "ID|FILE", default_value = "soap")]
    pub(crate) template: String,
    /// What drafts it
    #[arg(long, value_enum, default_value = "extractive")]
    pub(crate) engine: NoteEngine,
    /// With --engine generative, the language model: its name or its GGUF file
    #[arg(long, value_name = "NAME|FILE", required_if_eq("engine", "generative"))]
    pub(crate) model: Option<String>,
    /// How to print the note
    #[arg(long, value_enum)]
    pub(crate) format: Option<NoteFormat>,
    /// Keep transcript and draft as an encounter
    #[arg(long)]
    pub(crate) save: bool,
    /// The language of the visit, by which alarm signs are looked for
    #[arg(long, default_value = "en", value_parser = language)]
    pub(crate) language: Language,
    /// With --save, who the patient is: a JSON file, {"name": "…", "birth_date"?: "YYYY-MM-DD"}
    #[arg(long, value_name = "FILE", requires = "save")]
    pub(crate) patient: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum NoteEngine {
    /// Sentences of the visit, by rule
    Extractive,
    /// A language model, checked against the transcript
    Generative,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum NoteFormat {
    /// As a clinician would paste it
    Text,
    /// With the evidence of each sentence
    Json,
}

#[derive(Args)]
pub(crate) struct ListenOptions {
    /// The speech model: its name or its file [default: the starter]
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) model: Option<String>,
    /// The language spoken, as whisper names it; multilingual models detect it
    #[arg(long)]
    pub(crate) language: Option<String>,
    /// The microphone's id
    #[arg(long)]
    pub(crate) device: Option<String>,
    /// Listen so long [default: until it is interrupted]
    #[arg(long)]
    pub(crate) seconds: Option<u64>,
}

#[derive(Args)]
pub(crate) struct TranscribeOptions {
    /// A WAV file
    #[arg(required_unless_present = "jsonl", value_name = "WAV")]
    pub(crate) file: Option<PathBuf>,
    /// A model of the catalog, or a model file
    #[arg(long)]
    pub(crate) model: String,
    /// The language spoken
    #[arg(long)]
    pub(crate) language: Option<String>,
    /// Read one path a line from standard input, answer one JSON object a line
    #[arg(long, conflicts_with = "file")]
    pub(crate) jsonl: bool,
}

#[derive(Args)]
pub(crate) struct RedflagsOptions {
    /// The text; - for standard input
    #[arg(required_unless_present = "jsonl")]
    pub(crate) text: Option<String>,
    /// Its language
    #[arg(long, default_value = "en", value_parser = language)]
    pub(crate) language: Language,
    /// Read {"id", "text", "lang"?} a line from standard input, answer {"id", "flags"} a line
    #[arg(long, conflicts_with = "text")]
    pub(crate) jsonl: bool,
}

#[derive(Args)]
pub(crate) struct UnderstandOptions {
    /// Read {"id", "lang", "today", "question", "text"} a line from standard input, answer one JSON object a line
    #[arg(long, required = true)]
    pub(crate) jsonl: bool,
    /// A sentence-embedding model, by name or file: what the parsers are not sure of goes through it as well
    #[arg(long, value_name = "MODEL")]
    pub(crate) embedding: Option<String>,
}

#[derive(Subcommand)]
pub(crate) enum EncountersCommand {
    /// List them, newest first
    List,
    /// Show one
    Show {
        /// Its id
        #[arg(value_parser = encounter)]
        id: EncounterId,
    },
}

#[derive(Args)]
pub(crate) struct ExportOptions {
    /// The encounter's id
    #[arg(value_parser = encounter)]
    pub(crate) id: EncounterId,
    /// As what
    #[arg(long, value_enum, default_value = "fhir")]
    pub(crate) format: ExportFormat,
    /// Where to write it [default: standard output]
    #[arg(long, visible_alias = "out", value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum ExportFormat {
    /// A FHIR R4 document Bundle
    Fhir,
    /// A page to print or to keep (PDF/A)
    Pdf,
    /// HL7 v2.5.1 messages: MDM^T02, ORU^R01
    Hl7v2,
    /// A table: one row an answer, a list item, a sentence
    Csv,
    /// The note as plain text
    Text,
}

#[derive(Subcommand)]
pub(crate) enum AuditCommand {
    /// Check that the trail is whole: every entry follows from the one before
    Verify,
    /// The trail as FHIR AuditEvents, oldest first
    Export {
        /// Only what was done to this encounter
        #[arg(long, value_parser = encounter, value_name = "ID")]
        encounter: Option<EncounterId>,
        /// Where to write it [default: standard output]
        #[arg(long, visible_alias = "out", value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
pub(crate) enum BackupCommand {
    /// Write a backup into a new folder, and verify it
    Create {
        /// The folder; must not exist
        folder: PathBuf,
    },
    /// Check that a backup opens and is whole
    Verify {
        /// The backup's folder
        folder: PathBuf,
    },
    /// Restore a backup into the data folder, which must hold no clinic
    Restore {
        /// The backup's folder
        folder: PathBuf,
    },
}

#[derive(Subcommand)]
pub(crate) enum VaultCommand {
    /// Go on with a vault whose file was put back, which every other command refuses with vault.tampered
    Accept {
        /// Do it; without this, only say what it means
        #[arg(long)]
        yes: bool,
    },
    /// Make 24 new recovery words in place of those there are, and print them, once
    RenewWords,
}

#[derive(Subcommand)]
pub(crate) enum ModelsCommand {
    /// What there is, what it needs, and what is here
    List,
    /// Download a model of the catalog
    Fetch {
        /// Its name in the catalog
        name: String,
    },
    /// Take models from a file, a folder or a USB stick
    Import {
        /// The file or folder
        path: PathBuf,
        /// The model that the file is, where neither its SHA-256 nor its name says so
        #[arg(long)]
        name: Option<String>,
    },
    /// Check the files here against their SHA-256
    Verify {
        /// A model's name [default: all]
        name: Option<String>,
    },
    /// Delete a model's file
    Remove {
        /// Its name in the catalog
        name: String,
    },
}

#[derive(Args)]
pub(crate) struct ServeOptions {
    /// The port on 127.0.0.1; 0 for any free one
    #[arg(long, default_value_t = 7431)]
    pub(crate) port: u16,
    /// The folder of the built user interface [default: beside the program]
    #[arg(long, env = "BEDSIDE_UI", value_name = "DIR")]
    pub(crate) ui: Option<PathBuf>,
}

fn encounter(id: &str) -> Result<EncounterId, &'static str> {
    id.parse().map_err(|_| "an encounter's id is as `encounters list` shows it")
}

/// A language's tag (BCP 47): a language of two letters or more, then what narrows it down.
fn language(tag: &str) -> Result<Language, String> {
    let mut parts = tag.split('-');
    let letters = |part: &str| part.chars().all(|c| c.is_ascii_alphabetic());
    let first = parts.next().is_some_and(|part| (2..=8).contains(&part.len()) && letters(part));
    let rest =
        parts.all(|part| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()));
    if first && rest {
        Ok(Language::new(tag))
    } else {
        Err("say a language's tag, as en or es-MX".to_owned())
    }
}
