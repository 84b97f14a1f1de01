//! What travels over the RPC boundary, besides the domain's own types.

mod analytics;
mod brand;
mod clinic;
mod compliance;
mod device;
mod encounter;
mod kiosk;
mod licence;
mod note;
mod notice;
mod oversight;
mod protocol;
mod sound;

pub use self::licence::*;
pub use analytics::*;
pub use brand::*;
pub use clinic::*;
pub use compliance::*;
pub use device::*;
pub use encounter::*;
pub use kiosk::*;
pub use note::*;
pub use notice::*;
pub use oversight::*;
pub use protocol::*;
pub use sound::*;
