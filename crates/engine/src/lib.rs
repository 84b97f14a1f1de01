//! The application: sessions, authorisation, use cases, the RPC router.

pub mod rpc;
