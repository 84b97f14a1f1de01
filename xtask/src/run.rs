//! `cargo xtask run` and `cargo xtask demo`.

use crate::build::{self, Profile};
use crate::display;
use crate::project::{Outcome, Project, run};
use crate::setup;

/// The application's window; without a display, the demo and the way to the browser.
pub(crate) fn application(project: &Project, arguments: &[&str]) -> Outcome {
    if !display::is_there() {
        println!(
            "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set): showing the demo instead."
        );
        demo(project)?;
        let bedside = project.program(Profile::Debug.folder(), "bedside");
        println!(
            "\nTo open the same screens in a browser, type\n  {} serve\nand open the address that it prints (from another \
             machine, through `ssh -L`).",
            bedside.display()
        );
        return Ok(());
    }
    setup::for_building(project)?;
    build::everything(project, Profile::Debug)?;
    println!("Opening Bedside …");
    run(project.command(project.program(Profile::Debug.folder(), "bedside-desktop")).args(arguments))
}

/// The whole way of a visit, in the terminal.
pub(crate) fn demo(project: &Project) -> Outcome {
    setup::for_the_terminal(project)?;
    build::for_the_terminal(project)?;
    run(project.command(project.program(Profile::Debug.folder(), "bedside")).arg("demo"))
}
