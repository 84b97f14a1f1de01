//! An endpoint that takes each file in a request of its own.
//!
//! TLS is verified, redirects are not followed (a record and a token would go where nobody said), and what the server writes
//! into its answer is not read: it may quote the record.

use std::time::Duration;

use domain::{ErrorCode, Timestamp};
use ureq::config::ConfigBuilder;
use ureq::http::header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER};
use ureq::http::{HeaderMap, StatusCode, Uri};
use ureq::typestate::AgentScope;

use super::carry::{NotTaken, Parcel, format_name};
use super::retry::Ended;

/// How long a server is waited for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    pub(crate) connect: Duration,
    /// From the beginning to the answer.
    pub(crate) whole: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { connect: Duration::from_secs(15), whole: Duration::from_secs(90) }
    }
}

impl Patience {
    /// For somebody who stands before the screen.
    pub(crate) const TEST: Self = Self { connect: Duration::from_secs(10), whole: Duration::from_secs(20) };
}

/// The longest address.
const MOST_ADDRESS: usize = 2_000;

/// An address that may be used: `https`, or `http` to this machine; with a host, and without a name or a password in it, which
/// would be seen wherever the address is.
pub(crate) fn usable(address: &str) -> Option<Uri> {
    if address.len() > MOST_ADDRESS || address.contains('#') {
        return None;
    }
    let uri: Uri = address.parse().ok()?;
    let host = uri.host().filter(|host| !host.is_empty())?;
    if uri.authority()?.as_str().contains('@') {
        return None;
    }
    match uri.scheme_str()? {
        "https" => Some(uri),
        "http" if is_loopback(host) => Some(uri),
        _ => None,
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// The server that an address leads to: scheme, host and port.
pub(crate) fn server_of(address: &str) -> Option<(String, String, Option<u16>)> {
    let uri = usable(address)?;
    Some((uri.scheme_str()?.to_owned(), uri.host()?.to_lowercase(), uri.port_u16()))
}

/// Whether it can stand in a header: the characters of a bearer token (RFC 6750, 2.1), and those that tokens have besides.
pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.len() <= 8_192 && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// How an address that is usable is spoken to: no redirect is followed, and a refusal is an answer.
pub(crate) fn configured(uri: &Uri, connect: Duration) -> ConfigBuilder<AgentScope> {
    let plain = uri.scheme_str() == Some("http");
    let config = ureq::Agent::config_builder()
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .https_only(!plain)
        .timeout_connect(Some(connect))
        .user_agent(concat!("Bedside/", env!("CARGO_PKG_VERSION")));
    // What goes to this machine goes past no other.
    if plain { config.proxy(None) } else { config }
}

pub(crate) fn post(
    address: &str,
    token: Option<&str>,
    parcel: &Parcel,
    patience: Patience,
    now: Timestamp,
) -> Result<(), NotTaken> {
    let never = |code| NotTaken { code, status: None, ended: Ended::Never };
    let uri = usable(address).ok_or_else(|| never(ErrorCode::DestinationAddressInvalid))?;
    let config = configured(&uri, patience.connect).timeout_global(Some(patience.whole));
    let agent: ureq::Agent = config.build().into();
    let id = parcel.delivery.to_string();
    let mut request = agent
        .post(uri)
        .header(CONTENT_TYPE, parcel.media_type)
        .header("Idempotency-Key", &id)
        .header("Bedside-Delivery", &id);
    request = match &parcel.of {
        Some(of) => request
            .header("Bedside-Encounter", of.encounter.to_string())
            .header("Bedside-Format", format_name(of.format))
            .header("Bedside-Cause", &of.cause),
        None => request.header("Bedside-Test", "true"),
    };
    if let Some(token) = token {
        request = request.header(AUTHORIZATION, format!("Bearer {token}"));
    }
    let answer = request.send(&parcel.bytes[..]).map_err(|error| of_connection(&error))?;
    of_answer(answer.status(), answer.headers(), now)
}

/// What an answer means.
fn of_answer(status: StatusCode, headers: &HeaderMap, now: Timestamp) -> Result<(), NotTaken> {
    if status.is_success() {
        return Ok(());
    }
    let later = Ended::NotNow { asked: asked(headers, now) };
    let (code, ended) = match status.as_u16() {
        408 | 425 | 429 | 500..=599 => (ErrorCode::DestinationUnavailable, later),
        401 | 403 => (ErrorCode::DestinationCredentials, Ended::Never),
        300..=399 => (ErrorCode::DestinationRedirected, Ended::Never),
        _ => (ErrorCode::DestinationRefused, Ended::Never),
    };
    Err(NotTaken { code, status: Some(status.as_u16()), ended })
}

/// How long the server asks to be left alone for, in ms: a number of seconds or a time (RFC 9110, 10.2.3).
fn asked(headers: &HeaderMap, now: Timestamp) -> Option<i64> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u32>() {
        return Some(i64::from(seconds) * 1_000);
    }
    let then = jiff::fmt::rfc2822::parse(text).ok()?.timestamp().as_millisecond();
    Some(then.saturating_sub(now.as_millis()).max(0))
}

/// What a connection that came to nothing means. All of it may mend: a certificate is renewed, a name comes back.
fn of_connection(error: &ureq::Error) -> NotTaken {
    NotTaken::now(match error {
        ureq::Error::Timeout(_) => ErrorCode::DestinationTimeout,
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => ErrorCode::DestinationCertificate,
        ureq::Error::Io(error) if is_tls(error) => ErrorCode::DestinationCertificate,
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => {
            ErrorCode::DestinationTimeout
        }
        _ => ErrorCode::DestinationUnreachable,
    })
}

/// The system's error of a connection may hold the one of TLS.
fn is_tls(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::InvalidData
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_https_or_of_this_machine_and_holds_no_password() {
        for good in [
            "https://records.example/inbox",
            "https://records.example:8443/fhir?site=2",
            "http://127.0.0.1:8080/inbox",
            "http://localhost/inbox",
            "http://[::1]:9000/",
        ] {
            assert!(usable(good).is_some(), "{good}");
        }
        for bad in [
            "http://records.example/inbox",
            "http://127.0.0.1.example/inbox",
            "http://localhost@records.example/",
            "https://ada:secret@records.example/",
            "https:///inbox",
            "https://records.example/#inbox",
            "ftp://records.example/",
            "file:///etc/passwd",
            "records.example/inbox",
            "",
        ] {
            assert!(usable(bad).is_none(), "{bad}");
        }
        assert!(usable(&format!("https://records.example/{}", "a".repeat(MOST_ADDRESS))).is_none());
    }

    #[test]
    fn another_port_or_scheme_is_another_server_and_another_path_is_not() {
        let server = |address: &str| server_of(address).unwrap();
        assert_eq!(server("https://a.example/one"), server("https://A.example/two?x=1"));
        assert_ne!(server("https://a.example/one"), server("https://a.example:8443/one"));
        assert_ne!(server("https://localhost/"), server("http://localhost/"));
    }

    #[test]
    fn a_time_that_the_server_names_is_counted_from_now() {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, "Thu, 01 Jan 1970 00:02:00 GMT".parse().unwrap());
        assert_eq!(asked(&headers, Timestamp::from_millis(20_000)), Some(100_000));
        assert_eq!(asked(&headers, Timestamp::from_millis(500_000)), Some(0));
        headers.insert(RETRY_AFTER, "90".parse().unwrap());
        assert_eq!(asked(&headers, Timestamp::from_millis(0)), Some(90_000));
        headers.insert(RETRY_AFTER, "soon".parse().unwrap());
        assert_eq!(asked(&headers, Timestamp::from_millis(0)), None);
    }
}
