//! The desktop application: a window around the engine.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

mod arguments;
mod commands;
mod log;
mod shortcut;
mod window;

use std::process::ExitCode;

use engine::Engine;
use tauri::Manager;

use arguments::Arguments;
use commands::Watching;
use window::Kiosk;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            complain(&why);
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let arguments = Arguments::read(std::env::args_os().skip(1), |name| std::env::var_os(name))?;
    let _log = log::start(&arguments.data);
    let started = std::time::Instant::now();
    let passphrase = arguments.passphrase()?;
    let engine = Engine::start(engine::host::system_options(arguments.data, passphrase))
        .map_err(|error| format!("Bedside does not start: {error}"))?;
    tracing::info!(elapsed_ms = started.elapsed().as_millis(), "the engine started");
    engine.keep_tending();
    engine.keep_sending();

    tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _, _| window::come_forward(app)))
        .plugin(tauri_plugin_dialog::init())
        .plugin(shortcut::plugin())
        .manage(engine)
        .manage(Kiosk::default())
        .manage(Watching::default())
        .manage(shortcut::Told::default())
        .invoke_handler(tauri::generate_handler![
            commands::rpc,
            commands::watch,
            commands::save_file,
            commands::pick_path,
            commands::full_screen,
            shortcut::follow_shortcut
        ])
        .setup(|app| {
            shortcut::take(app);
            Ok(window::open(app)?)
        })
        .on_window_event(|window, event| {
            if let tauri::WindowEvent::CloseRequested { api, .. } = event
                && window.state::<Kiosk>().is_on()
            {
                api.prevent_close();
            }
        })
        .run(tauri::generate_context!())
        .map_err(|error| format!("The window does not open: {error}"))
}

#[allow(clippy::print_stderr, reason = "there is no window yet to say it in")]
fn complain(why: &str) {
    eprintln!("{why}");
}
