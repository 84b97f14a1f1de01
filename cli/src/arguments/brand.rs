//! The command lines about brands.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Subcommand)]
pub(crate) enum BrandCommand {
    /// Say everything that is wrong with a brand's folder, or a zip of it; fails unless it is fine
    Check(BrandFolder),
    /// Clinic: give the screens the brand of a folder
    Install(BrandFolder),
    /// Clinic: go back to the default brand
    Remove,
    /// Clinic: what is installed, and why it is not shown where it is not
    Status,
    /// Vendor: write what a build takes from a brand: name, identifier, icons, the installers' pictures
    Overlay(OverlayOptions),
}

#[derive(Args)]
pub(crate) struct BrandFolder {
    /// The folder with brand.toml in it, or a zip of it
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
}

#[derive(Args)]
pub(crate) struct OverlayOptions {
    /// The folder with brand.toml in it, or a zip of it
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Where to write: tauri.brand.json, the icons in icons/, the installers' pictures in installer/
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: PathBuf,
}
