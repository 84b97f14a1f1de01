//! `bedside devices`: the microphones and loudspeakers of this machine.

use std::fmt::Write as _;

use audio::{Device, Direction};

use crate::failure::Failure;
use crate::output;

pub(crate) fn run(json: bool) -> Result<(), Failure> {
    let devices = audio::devices()?;
    output::either(json, &devices, || as_text(&devices));
    Ok(())
}

fn as_text(devices: &[Device]) -> String {
    let mut text = String::new();
    for (direction, title) in [(Direction::Input, "Microphones"), (Direction::Output, "Loudspeakers")] {
        let _ = writeln!(text, "{title}");
        let mut none = true;
        for device in devices.iter().filter(|device| device.direction == direction) {
            let mark = if device.is_default { "*" } else { " " };
            let _ = writeln!(
                text,
                "{mark} {}\n    {}, {} Hz, {} channel{}",
                device.id,
                // Sound systems describe a device in several lines.
                device.name.lines().collect::<Vec<_>>().join(", "),
                device.rate,
                device.channels,
                if device.channels == 1 { "" } else { "s" },
            );
            none = false;
        }
        if none {
            let _ = writeln!(text, "  none");
        }
    }
    text + "* the system takes it where none is chosen"
}
