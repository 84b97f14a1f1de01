//! Screens: whether there is one, and a virtual one for tests.

use std::process::Command;

use crate::project::{Project, on_path};

/// Whether a window could be seen here.
pub(crate) fn is_there() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value: std::ffi::OsString| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// Whether the real application can be driven by tests: Apple's web view has no WebDriver, and Windows' needs one of the
/// Edge version that happens to be installed.
pub(crate) fn can_drive_the_application() -> bool {
    cfg!(target_os = "linux")
}

/// The program on a virtual screen with a session bus of its own, so that neither a person's desktop nor their keyring
/// has part in a test.
pub(crate) fn virtual_screen(project: &Project, program: &Command) -> Result<Command, String> {
    for tool in ["xvfb-run", "dbus-run-session"] {
        if !on_path(tool) {
            return Err(format!("`{tool}` is missing: `cargo xtask setup` installs it"));
        }
    }
    let mut command = project.command("xvfb-run");
    command
        .args([
            "--auto-servernum",
            "--server-args=-screen 0 1280x800x24 -nolisten tcp",
            "dbus-run-session",
            "--",
        ])
        .arg(program.get_program())
        .args(program.get_args())
        // WebKit's GPU process has nothing to draw with here, and its accelerated compositing shows a white window.
        .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
        .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .env("NO_AT_BRIDGE", "1")
        .env("GDK_BACKEND", "x11")
        .env_remove("WAYLAND_DISPLAY");
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    Ok(command)
}
