//! What the page may ask: calls of the engine, its notices, and three things that only a window can do.

use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use data_encoding::BASE64;
use domain::ErrorCode;
use engine::Engine;
use engine::rpc::RpcError;
use engine::rpc::types::{Notice, Session};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tauri::async_runtime::{JoinHandle, spawn, spawn_blocking};
use tauri::ipc::Channel;
use tauri::{AppHandle, State, WebviewWindow};
use tauri_plugin_dialog::DialogExt;

use crate::window::Kiosk;

/// What a call answers. A refusal is an answer too; a rejected promise means that the application itself failed.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Reply {
    /// The response.
    Ok(Value),
    /// The code and its parameters.
    Error(RpcError),
}

/// Calls a method of the engine.
#[tauri::command]
pub(crate) async fn rpc(
    engine: State<'_, Arc<Engine>>,
    kiosk: State<'_, Kiosk>,
    watching: State<'_, Watching>,
    window: WebviewWindow,
    method: String,
    params: Value,
    token: Option<String>,
) -> Result<Reply, String> {
    let called = Called::of(&method);
    let engine = Arc::clone(&engine);
    let answer = spawn_blocking(move || engine.call(token.as_deref(), &method, params))
        .await
        .map_err(|_| ErrorCode::Internal.as_str().to_owned())?;
    match answer {
        Ok(response) => {
            match called {
                Called::KioskOpened => {
                    watching.stop();
                    kiosk.set(true, &window);
                }
                Called::KioskClosed => kiosk.set(false, &window),
                // A page that was loaded anew has forgotten its kiosk: whoever may take one down has done so by signing in.
                Called::SignedIn if kiosk.is_on() && may_open_kiosk(&response) => kiosk.set(false, &window),
                Called::SignedOut => watching.stop(),
                Called::SignedIn | Called::Other => {}
            }
            Ok(Reply::Ok(response))
        }
        Err(error) => Ok(Reply::Error(error)),
    }
}

/// What a successful call means for the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Called {
    KioskOpened,
    KioskClosed,
    SignedIn,
    SignedOut,
    Other,
}

impl Called {
    fn of(method: &str) -> Self {
        use engine::rpc::schema::{Method, method as m};
        match method {
            name if name == m::KioskOpen::RULE.name => Self::KioskOpened,
            name if name == m::KioskResume::RULE.name => Self::KioskOpened,
            name if name == m::KioskHandOver::RULE.name => Self::KioskOpened,
            name if name == m::KioskClose::RULE.name => Self::KioskClosed,
            name if name == m::KioskLeave::RULE.name => Self::KioskClosed,
            name if name == m::SessionSignIn::RULE.name => Self::SignedIn,
            name if name == m::SessionSignOut::RULE.name => Self::SignedOut,
            _ => Self::Other,
        }
    }
}

/// Whether a session that just began may put a kiosk on the screen.
fn may_open_kiosk(session: &Value) -> bool {
    serde_json::from_value::<Session>(session.clone())
        .is_ok_and(|session| session.permissions.contains(&domain::Permission::KioskOpen))
}

/// The stream of notices to the page. There is one page, so there is one stream: a new one ends the one before.
#[derive(Debug, Default)]
pub(crate) struct Watching(Mutex<Option<JoinHandle<()>>>);

impl Watching {
    fn begin(&self, stream: impl Future<Output = ()> + Send + 'static) {
        self.exchange(Some(spawn(stream)));
    }

    fn stop(&self) {
        self.exchange(None);
    }

    fn exchange(&self, next: Option<JoinHandle<()>>) {
        let before = std::mem::replace(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner), next);
        if let Some(before) = before {
            before.abort();
        }
    }
}

/// Sends what happens at the clinic, in order, until the person signs out.
#[tauri::command]
pub(crate) async fn watch(
    engine: State<'_, Arc<Engine>>,
    watching: State<'_, Watching>,
    token: String,
    channel: Channel<Notice>,
) -> Result<(), RpcError> {
    let mut watch = engine.watch(&token).map_err(|error| RpcError::of(&error))?;
    watching.begin(async move {
        while let Some(notice) = watch.next().await {
            if channel.send(notice).is_err() {
                return;
            }
        }
    });
    Ok(())
}

/// Asks the person where to keep a file, and keeps it there; `false` if they would rather not.
#[tauri::command]
pub(crate) async fn save_file(
    app: AppHandle,
    kiosk: State<'_, Kiosk>,
    file_name: String,
    media_type: String,
    content: String,
    base64: bool,
) -> Result<bool, RpcError> {
    if kiosk.is_on() {
        // A dialog that shows folders is nothing for a waiting room.
        return Err(coded(ErrorCode::Forbidden));
    }
    let content = if base64 {
        BASE64.decode(content.as_bytes()).map_err(|_| coded(ErrorCode::RequestInvalid))?
    } else {
        content.into_bytes()
    };
    let extension = Path::new(&file_name).extension().and_then(OsStr::to_str).unwrap_or("txt").to_owned();
    let chosen = spawn_blocking(move || {
        app.dialog()
            .file()
            .set_file_name(file_name)
            .add_filter(media_type, &[extension.as_str()])
            .blocking_save_file()
    })
    .await
    .map_err(|_| coded(ErrorCode::Internal))?;
    let Some(chosen) = chosen else { return Ok(false) };
    let path = chosen.into_path().map_err(|_| coded(ErrorCode::InputOutput))?;
    spawn_blocking(move || write(&path, &content)).await.map_err(|_| coded(ErrorCode::Internal))??;
    Ok(true)
}

/// What a person is asked to choose.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Picked {
    /// A file.
    File,
    /// A folder.
    Folder,
}

/// Asks the person for a file or a folder that is there; its full path, or none if they would rather not.
#[tauri::command]
pub(crate) async fn pick_path(
    app: AppHandle,
    kiosk: State<'_, Kiosk>,
    what: Picked,
) -> Result<Option<String>, RpcError> {
    if kiosk.is_on() {
        return Err(coded(ErrorCode::Forbidden));
    }
    let chosen = spawn_blocking(move || match what {
        Picked::File => app.dialog().file().blocking_pick_file(),
        Picked::Folder => app.dialog().file().blocking_pick_folder(),
    })
    .await
    .map_err(|_| coded(ErrorCode::Internal))?;
    let Some(chosen) = chosen else { return Ok(None) };
    let path = chosen.into_path().map_err(|_| coded(ErrorCode::InputOutput))?;
    Ok(Some(path.to_string_lossy().into_owned()))
}

fn write(path: &Path, content: &[u8]) -> Result<(), RpcError> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(true).write(true);
    // It is a patient's record: for whoever saved it.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).and_then(|mut file| file.write_all(content)).map_err(|error| {
        coded(match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ErrorCode::DiskFull,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => ErrorCode::FolderReadOnly,
            _ => ErrorCode::InputOutput,
        })
    })
}

fn coded(code: ErrorCode) -> RpcError {
    RpcError { code, parameters: std::collections::BTreeMap::new() }
}

/// Fills the screen, or stops doing so. A kiosk's window stays as it is: `kiosk.close` gives it back.
#[tauri::command]
pub(crate) async fn full_screen(kiosk: State<'_, Kiosk>, window: WebviewWindow, on: bool) -> Result<(), ()> {
    if !kiosk.is_on() {
        window.set_fullscreen(on).map_err(|_| ())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_is_written_as_the_page_reads_it() {
        let ok = serde_json::to_value(Reply::Ok(Value::from(1))).unwrap();
        assert_eq!(ok, serde_json::json!({ "ok": 1 }));
        let error = serde_json::to_value(Reply::Error(coded(ErrorCode::Forbidden))).unwrap();
        assert_eq!(error, serde_json::json!({ "error": { "code": "access.forbidden", "parameters": {} } }));
    }

    #[test]
    fn the_window_follows_the_methods_that_the_schema_has() {
        assert_eq!(Called::of("kiosk.open"), Called::KioskOpened);
        assert_eq!(Called::of("kiosk.resume"), Called::KioskOpened);
        assert_eq!(Called::of("kiosk.hand-over"), Called::KioskOpened);
        assert_eq!(Called::of("kiosk.close"), Called::KioskClosed);
        assert_eq!(Called::of("kiosk.leave"), Called::KioskClosed);
        assert_eq!(Called::of("session.sign-in"), Called::SignedIn);
        assert_eq!(Called::of("session.sign-out"), Called::SignedOut);
        assert_eq!(Called::of("kiosk.openly"), Called::Other);
    }

    #[test]
    fn a_folder_that_takes_no_file_is_said_by_its_code() {
        let folder = tempfile::tempdir().unwrap();
        let missing = write(&folder.path().join("none").join("file"), b"x").unwrap_err();
        assert_eq!(missing.code, ErrorCode::InputOutput);
        write(&folder.path().join("file"), b"x").unwrap();
        assert_eq!(std::fs::read_to_string(folder.path().join("file")).unwrap(), "x");
    }
}
