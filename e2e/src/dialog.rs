//! The keyboard of the whole screen, and the system's own windows that ask for a file: WebDriver does not reach into them, keys do.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::Outcome;

/// Waits for the window that asks for a file, types its path and accepts it.
///
/// # Errors
/// There is no such window, it stays, or `xdotool` is missing.
pub fn answer_with(path: &Path) -> Outcome {
    let path = path.to_str().ok_or("the path is no text")?;
    until("the window that asks for a file", Duration::from_secs(20), || open_dialog().map(|_| ()))?;
    // The window completes what is typed while it reads the folder, and may swallow a key over it: then there is no such file, which
    // it says until Return is pressed, and the path is typed again.
    for _ in 0..3 {
        let Some(window) = open_dialog() else { return Ok(()) };
        xdotool(&["windowfocus", "--sync", &window])?;
        // The root's sign opens the field that takes a path, where there is none yet.
        xdotool(&["key", "slash"])?;
        std::thread::sleep(Duration::from_millis(500));
        xdotool(&["key", "--clearmodifiers", "ctrl+a"])?;
        xdotool(&["type", "--delay", "80", path])?;
        std::thread::sleep(Duration::from_millis(500));
        xdotool(&["key", "Return"])?;
        let closed =
            until("the window to close", Duration::from_secs(8), || open_dialog().is_none().then_some(()));
        if closed.is_ok() {
            return Ok(());
        }
        xdotool(&["key", "Return"])?;
        std::thread::sleep(Duration::from_millis(500));
    }
    until("the window to close", Duration::from_secs(2), || open_dialog().is_none().then_some(()))
}

/// Presses keys for the whole screen, wherever the focus is.
///
/// # Errors
/// `xdotool` is missing.
pub fn press(keys: &str) -> Outcome {
    xdotool(&["key", "--clearmodifiers", keys]).map(drop)
}

/// The window that asks for a file, where one is open.
fn open_dialog() -> Option<String> {
    let found = xdotool(&["search", "--onlyvisible", "--name", "^(Save|Open|Select|Choose).*"]).ok()?;
    found.lines().next().map(str::to_owned)
}

fn until<T>(what: &str, patience: Duration, mut look: impl FnMut() -> Option<T>) -> Outcome<T> {
    let began = Instant::now();
    while began.elapsed() < patience {
        if let Some(found) = look() {
            return Ok(found);
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Err(format!("waited {} s for {what}", patience.as_secs()))
}

fn xdotool(words: &[&str]) -> Outcome<String> {
    let output = Command::new("xdotool").args(words).output();
    let output = output.map_err(|error| format!("xdotool does not start: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    Err(format!("xdotool {words:?}: {}", String::from_utf8_lossy(&output.stderr).trim()))
}
