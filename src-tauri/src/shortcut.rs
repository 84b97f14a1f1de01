//! The keys that start and stop a recording whatever program is in front. A patient's window does not listen to them.

use std::sync::{Mutex, PoisonError};

use tauri::ipc::Channel;
use tauri::plugin::TauriPlugin;
use tauri::{App, AppHandle, Manager, State, Wry};
use tauri_plugin_global_shortcut::{GlobalShortcutExt, ShortcutState};

use crate::window::{self, Kiosk};

/// R for recording; Control, or the Command key of a Mac.
const KEYS: &str = "CommandOrControl+Alt+R";

/// The page that is told. There is one page: a new one takes the place of the one before.
#[derive(Default)]
pub(crate) struct Told(Mutex<Option<Channel<()>>>);

pub(crate) fn plugin() -> TauriPlugin<Wry> {
    let pressed = |app: &AppHandle, _: &_, event: tauri_plugin_global_shortcut::ShortcutEvent| {
        if event.state == ShortcutState::Pressed {
            pressed(app);
        }
    };
    tauri_plugin_global_shortcut::Builder::new().with_handler(pressed).build()
}

/// Takes the keys. Where another program has them, or the system gives none away (Wayland), they work in the window alone.
pub(crate) fn take(app: &App) {
    if let Err(error) = app.global_shortcut().register(KEYS) {
        tracing::warn!(%error, "the keys for recording work in the window alone");
    }
}

fn pressed(app: &AppHandle) {
    if app.state::<Kiosk>().is_on() {
        return;
    }
    window::come_forward(app);
    let told = app.state::<Told>();
    if let Some(page) = &*told.0.lock().unwrap_or_else(PoisonError::into_inner) {
        // A page that is gone hears nothing.
        let _ = page.send(());
    }
}

/// Tells the page from now on.
#[tauri::command]
pub(crate) fn follow_shortcut(told: State<'_, Told>, channel: Channel<()>) {
    *told.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(channel);
}
