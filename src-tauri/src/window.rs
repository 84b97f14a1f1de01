//! The window: the screens and nothing else, and the lock that a kiosk puts on it.

use std::sync::atomic::{AtomicBool, Ordering};

use tauri::webview::NewWindowResponse;
use tauri::{App, AppHandle, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

const LABEL: &str = "main";

/// No menu over the right mouse button (it offers to reload and to go back), no file dropped onto the page, and none of the
/// keys by which some systems' web views load a page anew: it would forget who is signed in.
const PAGE_GUARDS: &str = "\
    for (const name of ['contextmenu', 'dragover', 'drop'])
        window.addEventListener(name, (event) => event.preventDefault());
    window.addEventListener('keydown', (event) => {
        const key = event.key.toLowerCase();
        if (key === 'f5' || key === 'browserrefresh' || ((event.ctrlKey || event.metaKey) && key === 'r'))
            event.preventDefault();
    }, true);";

/// Opens the window.
pub(crate) fn open(app: &App) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Bedside")
        .inner_size(1280.0, 800.0)
        .min_inner_size(800.0, 600.0)
        // Nothing that a page holds is kept on the disk: no cache, no storage.
        .incognito(!is_driven_by_a_test())
        .center()
        .initialization_script(PAGE_GUARDS)
        // The page knows what the brand calls the program.
        .on_document_title_changed(|window, title| {
            let _ = window.set_title(&title);
        })
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    Ok(())
}

/// Whether a WebDriver started this program, which can only reach a web view that is not incognito (wry gives each of those a
/// context of its own). The tests look through what the web view then keeps, so they are the stricter for it.
fn is_driven_by_a_test() -> bool {
    std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some_and(|value| value == "true")
}

/// Whether an address is inside the program: the screens never lead out of it.
fn is_ours(address: &Url) -> bool {
    match address.scheme() {
        "tauri" => address.host_str() == Some("localhost"),
        "http" | "https" => cfg!(windows) && address.host_str() == Some("tauri.localhost"),
        "about" => address.path() == "blank",
        _ => false,
    }
}

/// Shows the window that is there already, to somebody who started the application again.
pub(crate) fn come_forward(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL) {
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}

/// Whether the window is a patient's: then it fills the screen, stays on top and does not close, until somebody of the
/// staff has signed in. It follows what the engine answered, never what the page says.
#[derive(Debug, Default)]
pub(crate) struct Kiosk(AtomicBool);

impl Kiosk {
    /// Whether it is.
    pub(crate) fn is_on(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    /// Hands the window to patients, or takes it back.
    pub(crate) fn set(&self, on: bool, window: &WebviewWindow) {
        self.0.store(on, Ordering::Release);
        let changed = window
            .set_always_on_top(on)
            .and_then(|()| window.set_decorations(!on))
            .and_then(|()| window.set_closable(!on))
            .and_then(|()| window.set_minimizable(!on))
            .and_then(|()| window.set_fullscreen(on));
        if changed.is_err() {
            tracing::warn!(on, "the window manager refused a part of the kiosk's lock");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_never_leads_out_of_the_program() {
        let ours = |address: &str| is_ours(&address.parse().unwrap());
        assert!(ours("tauri://localhost/index.html"));
        for other in [
            "https://example.org/",
            "file:///etc/passwd",
            "tauri://elsewhere/",
            "data:text/html,x",
            "javascript:1",
        ] {
            assert!(!ours(other), "{other}");
        }
        assert_eq!(ours("http://tauri.localhost/"), cfg!(windows));
    }
}
