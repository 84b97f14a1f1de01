//! A clinic's own name, colours and pictures: the folder `branding/NAME`, read and checked, and the colours that follow.
//!
//! Nothing here does I/O: a caller hands in what the folder holds ([`File`]). [`Fields`] is what `brand.toml` says, unchecked,
//! so that a form can show it; [`check`] finds everything that is wrong with it, at once. [`Palette::derive`] makes the
//! screens' colours from the two of the brand, for any two, so that text stays readable whatever was chosen.

mod check;
mod colour;
mod drawing;
mod error;
mod fields;
mod installer;
mod overlay;
mod palette;
mod picture;
mod svg;

pub use check::{Brand, File, Support, builtin, check};
pub use colour::Colour;
pub use drawing::{Drawing, Sheet};
pub use error::Error;
pub use fields::Fields;
pub use installer::{Art, arts};
pub use overlay::{Drawn, ICONS, overlay};
pub use palette::{Choice, HighContrast, Pair, Palette, SURFACES, Surface, Verdict};
pub use picture::{Kind, Picture};

/// The name of the file that says everything but the pictures.
pub const FILE: &str = "brand.toml";
/// The most that a file of the folder may hold, in bytes.
pub const MOST_BYTES: usize = 256 << 10;
