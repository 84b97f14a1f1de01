//! The application: sessions, authorisation, use cases, the RPC router.
//!
//! A host (the desktop application, `bedside serve`) holds one [`Engine`] and hands it calls: a session's token, a method's
//! name, its parameters. The way of a call, from the screen to the event:
//!
//! 1. [`rpc::schema`] declares the method: request, response, the one access rule.
//! 2. `router` finds the session and refuses who may not.
//! 3. `use_cases` asks the pure crates (`intake`, `scribe`, `fhir`) what follows, and appends it to the store.
//! 4. The store makes it durable; `notices` tells the screens that watch.
//!
//! Calls block (on the disk, on Argon2id): a host runs them on a thread for blocking work.

mod analytics;
mod attempts;
mod brand;
mod depot;
mod destinations;
mod device;
mod diagnostics;
mod drafting;
mod endpoint;
mod engine;
mod entitlement;
mod error;
mod first_start;
mod flows;
pub mod host;
mod kept;
mod logoff;
mod nearness;
mod notices;
mod pins;
pub mod protocols;
mod rehearsal;
mod retention;
mod router;
pub mod rpc;
mod sessions;
mod support;
pub mod templates;
mod use_cases;
mod voice;

pub use engine::{Engine, EngineOptions};
pub use error::Error;
pub use notices::Watch;
