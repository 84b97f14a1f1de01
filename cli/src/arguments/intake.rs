//! `bedside intake`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use domain::Language;

use super::language;

/// Takes an intake, or does one of the things that go with it.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct IntakeArguments {
    #[command(subcommand)]
    pub(crate) command: Option<IntakeCommand>,
    #[command(flatten)]
    pub(crate) take: IntakeOptions,
}

#[derive(Subcommand)]
pub(crate) enum IntakeCommand {
    /// Say which protocol the reason for a visit picks, and the words that it rests on
    Route(RouteOptions),
    /// List the protocols, and the files of a folder that cannot be used
    Protocols(ProtocolsOptions),
    /// Take random patients through the kiosk of a throw-away clinic, and say how long they waited for each question
    Simulate(SimulateOptions),
}

#[derive(Args)]
pub(crate) struct SimulateOptions {
    /// How many patients
    #[arg(long, default_value_t = 1_000, value_name = "N")]
    pub(crate) count: u64,
    /// Which patients: the same number gives the same ones
    #[arg(long, default_value_t = 1, value_name = "S")]
    pub(crate) seed: u64,
}

#[derive(Args)]
pub(crate) struct IntakeOptions {
    /// A protocol's name, or the file of a FHIR R4 Questionnaire
    #[arg(long, default_value = "general-visit")]
    pub(crate) protocol: String,
    /// A clinic's own folder of protocols, on top of what is built in
    #[arg(long, value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// A JSON file: linkId to value, list of values, {"skipped": true} or {"unknown": true}
    // Required, but for the commands of its own that `intake` has.
    #[arg(long, value_name = "FILE", required = true)]
    pub(crate) answers: Option<PathBuf>,
    /// The language of the questions
    #[arg(long, default_value = "en", value_parser = language)]
    pub(crate) language: Language,
    /// Who the patient is: a JSON file, {"name": "…", "birth_date"?: "YYYY", "YYYY-MM" or "YYYY-MM-DD"}
    #[arg(long, value_name = "FILE")]
    pub(crate) patient: Option<PathBuf>,
    /// Keep nothing, even where there is a clinic
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Args)]
pub(crate) struct RouteOptions {
    /// Why the patient came, in their own words; - for standard input
    pub(crate) text: String,
    /// Its language
    #[arg(long, visible_alias = "language", default_value = "en", value_parser = language)]
    pub(crate) lang: Language,
    /// A clinic's own folder of protocols, on top of what is built in
    #[arg(long, value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct ProtocolsOptions {
    /// A clinic's own folder of protocols, on top of what is built in
    #[arg(long, value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
}
