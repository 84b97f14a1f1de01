//! What travels over the RPC boundary, besides the domain's own types.

mod analytics;
mod brand;
mod clinic;
mod compliance;
mod device;
mod diagnostics;
mod encounter;
mod first_start;
mod flows;
mod kiosk;
mod licence;
mod models;
mod note;
mod notice;
mod oversight;
mod protocol;
mod retention;
mod sound;

pub use self::licence::*;
pub use analytics::*;
pub use brand::*;
pub use clinic::*;
pub use compliance::*;
pub use device::*;
pub use diagnostics::*;
pub use encounter::*;
pub use first_start::*;
pub use flows::*;
pub use kiosk::*;
pub use models::*;
pub use note::*;
pub use notice::*;
pub use oversight::*;
pub use protocol::*;
pub use retention::*;
pub use sound::*;
