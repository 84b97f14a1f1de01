//! `bedside serve`: the user interface and its RPC over HTTP and WebSocket, on the loopback interface.
//!
//! Only this machine can connect, and only a page that this server served may call: the `Host` and `Origin` of every request
//! must be the server's own (DNS rebinding and other sites' pages are refused). What may be called is the engine's question.

use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::ErrorCode;
use engine::Engine;
use serde::Deserialize;
use serde_json::{Value, json};
use tower_http::services::ServeDir;

use crate::arguments::{ServeOptions, VaultArguments};
use crate::failure::Failure;
use crate::output;

/// The largest request: a transcript of some hours.
const LARGEST_REQUEST: usize = 16 * 1024 * 1024;

/// What the page may load: itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                      connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

#[derive(Clone)]
struct Server {
    engine: Arc<Engine>,
    port: u16,
}

/// A call, as the page sends it.
#[derive(Deserialize)]
struct Call {
    method: String,
    #[serde(default)]
    params: Value,
}

/// The first message of a page that watches.
#[derive(Deserialize)]
struct Greeting {
    token: String,
}

pub(crate) fn run(vault: &VaultArguments, options: &ServeOptions) -> Result<(), Failure> {
    let ui = ui_folder(options)?;
    let engine = vault.engine()?;
    engine.keep_tending();
    engine.keep_sending();
    let runtime = tokio::runtime::Runtime::new().map_err(|error| internal(&error))?;
    runtime.block_on(serve(engine, ui, options.port))
}

async fn serve(engine: Arc<Engine>, ui: PathBuf, port: u16) -> Result<(), Failure> {
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|error| {
        Failure::new(ErrorCode::InputOutput, format!("port {port} of 127.0.0.1 cannot be used: {error}"))
    })?;
    let port = listener.local_addr().map_err(|error| internal(&error))?.port();
    output::json(&json!({ "url": format!("http://127.0.0.1:{port}") }));
    let server = Server { engine, port };
    let router = Router::new()
        .route("/rpc", post(rpc))
        .route("/watch", get(watch))
        .fallback_service(ServeDir::new(ui))
        .layer(DefaultBodyLimit::max(LARGEST_REQUEST))
        .layer(middleware::from_fn_with_state(server.clone(), guard))
        .with_state(server);
    axum::serve(listener, router).with_graceful_shutdown(stopped()).await.map_err(|error| internal(&error))
}

/// Refuses what does not come from this server's own page, and says what the page may do.
async fn guard(State(server): State<Server>, request: Request, next: Next) -> Response {
    if !own(request.headers(), server.port) {
        return (StatusCode::FORBIDDEN, "not from this server's page").into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    response
}

fn own(headers: &HeaderMap, port: u16) -> bool {
    let hosts = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let Some(host) = host.filter(|host| hosts.iter().any(|own| own == host)) else { return false };
    // A browser sends an origin with every POST and WebSocket; a request without one comes from no page.
    headers.get(header::ORIGIN).is_none_or(|origin| origin.as_bytes() == format!("http://{host}").as_bytes())
}

async fn rpc(State(server): State<Server>, headers: HeaderMap, body: Bytes) -> Response {
    let Ok(Call { method, params }) = serde_json::from_slice(&body) else {
        return (StatusCode::BAD_REQUEST, "expected {\"method\", \"params\"}").into_response();
    };
    let token = bearer(&headers);
    // Calls block on the disk and on Argon2id.
    let answered =
        tokio::task::spawn_blocking(move || server.engine.call(token.as_deref(), &method, params)).await;
    match answered {
        Ok(Ok(value)) => axum::Json(json!({ "ok": value })).into_response(),
        Ok(Err(error)) => axum::Json(json!({ "error": error })).into_response(),
        Err(_) => {
            let error = json!({ "code": ErrorCode::Internal, "parameters": {} });
            axum::Json(json!({ "error": error })).into_response()
        }
    }
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").map(str::to_owned)
}

async fn watch(State(server): State<Server>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(move |socket| tell(server.engine, socket))
}

async fn tell(engine: Arc<Engine>, mut socket: WebSocket) {
    let Some(Ok(Message::Text(greeting))) = socket.recv().await else { return };
    let Ok(Greeting { token }) = serde_json::from_str(greeting.as_str()) else { return };
    let Ok(mut watch) = engine.watch(&token) else { return };
    loop {
        tokio::select! {
            notice = watch.next() => {
                // Somebody who signed out watches no longer.
                let Some(notice) = notice.filter(|_| engine.is_signed_in(&token)) else { return };
                let Ok(text) = serde_json::to_string(&notice) else { return };
                if socket.send(Message::Text(text.into())).await.is_err() {
                    return;
                }
            }
            message = socket.recv() => {
                if !matches!(message, Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Text(_)))) {
                    return;
                }
            }
        }
    }
}

/// The built user interface: where it was said to be, beside the program, or in the checkout that the program was built in.
fn ui_folder(options: &ServeOptions) -> Result<PathBuf, Failure> {
    let program = std::env::current_exe().unwrap_or_default();
    let beside = program.parent().map(|folder| folder.join("ui"));
    let checkout = program.ancestors().nth(3).map(|root| root.join("ui").join("dist"));
    let places = [options.ui.clone(), beside, checkout];
    places.into_iter().flatten().find(|folder| folder.join("index.html").is_file()).ok_or_else(|| {
        Failure::new(
            ErrorCode::NotFound,
            "the user interface is not built; `cargo xtask build` builds it, or say --ui DIR",
        )
    })
}

/// The end that a person (Ctrl+C) or the system (SIGTERM) asks for: the vault is closed in good order.
async fn stopped() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let ended = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let ended = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = ended => {}
    }
}

fn internal(error: &std::io::Error) -> Failure {
    Failure::new(ErrorCode::InputOutput, error.to_string())
}
