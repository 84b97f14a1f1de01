//! System packages: each is probed for first, so that a second set-up takes no time and asks for no password.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::project::{Outcome, find_on_path, on_path, run, succeeds};

/// How to see whether something is there.
enum Probe {
    /// A program of one of these names is on the PATH.
    Program(&'static [&'static str]),
    /// pkg-config knows this library.
    Library(&'static str),
    /// Something else that can be looked at.
    Look(fn() -> bool),
}

/// What something is needed for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Compiling the workers and the command.
    Native,
    /// Compiling the desktop application.
    Desktop,
    /// The browser's and the real application's tests.
    Tests,
}

/// Something that does not come from crates.io or npm.
struct Need {
    purpose: Purpose,
    probe: Probe,
    apt: &'static [&'static str],
    dnf: &'static [&'static str],
}

const LINUX: &[Need] = &[
    Need {
        purpose: Purpose::Native,
        probe: Probe::Program(&["c++", "g++"]),
        apt: &["build-essential"],
        dnf: &["gcc", "gcc-c++", "make"],
    },
    Need { purpose: Purpose::Native, probe: Probe::Program(&["make"]), apt: &["make"], dnf: &["make"] },
    Need { purpose: Purpose::Native, probe: Probe::Program(&["cmake"]), apt: &["cmake"], dnf: &["cmake"] },
    Need { purpose: Purpose::Native, probe: Probe::Program(&["clang"]), apt: &["clang"], dnf: &["clang"] },
    Need {
        // bindgen, for the bindings to ggml and SQLCipher
        purpose: Purpose::Native,
        probe: Probe::Look(libclang_is_there),
        apt: &["libclang-dev"],
        dnf: &["clang-devel"],
    },
    Need {
        purpose: Purpose::Native,
        probe: Probe::Program(&["pkg-config", "pkgconf"]),
        apt: &["pkg-config"],
        dnf: &["pkgconf-pkg-config"],
    },
    // OpenSSL's own build, inside SQLCipher's
    Need {
        purpose: Purpose::Native,
        probe: Probe::Program(&["perl"]),
        apt: &["perl"],
        dnf: &["perl-interpreter", "perl-FindBin", "perl-IPC-Cmd", "perl-File-Compare", "perl-File-Copy"],
    },
    Need {
        // microphones and loudspeakers
        purpose: Purpose::Native,
        probe: Probe::Library("alsa"),
        apt: &["libasound2-dev"],
        dnf: &["alsa-lib-devel"],
    },
    Need {
        // the voice: a program of its own
        purpose: Purpose::Native,
        probe: Probe::Program(&["espeak-ng"]),
        apt: &["espeak-ng"],
        dnf: &["espeak-ng"],
    },
    Need {
        purpose: Purpose::Desktop,
        probe: Probe::Library("webkit2gtk-4.1"),
        apt: &["libwebkit2gtk-4.1-dev"],
        dnf: &["webkit2gtk4.1-devel"],
    },
    Need {
        purpose: Purpose::Tests,
        probe: Probe::Program(&["WebKitWebDriver"]),
        apt: &["webkit2gtk-driver"],
        dnf: &["/usr/bin/WebKitWebDriver"],
    },
    Need {
        purpose: Purpose::Tests,
        probe: Probe::Program(&["Xvfb"]),
        apt: &["xvfb"],
        dnf: &["xorg-x11-server-Xvfb"],
    },
    Need {
        purpose: Purpose::Tests,
        probe: Probe::Program(&["dbus-run-session"]),
        apt: &["dbus", "dbus-x11"],
        dnf: &["dbus-daemon"],
    },
    Need {
        // pictures of the virtual screen
        purpose: Purpose::Tests,
        probe: Probe::Program(&["import"]),
        apt: &["imagemagick"],
        dnf: &["ImageMagick"],
    },
    Need {
        // a keyboard for the system's own windows
        purpose: Purpose::Tests,
        probe: Probe::Program(&["xdotool"]),
        apt: &["xdotool"],
        dnf: &["xdotool"],
    },
    Need {
        // a sound card that nobody hears
        purpose: Purpose::Tests,
        probe: Probe::Program(&["pulseaudio"]),
        apt: &["pulseaudio"],
        dnf: &["pulseaudio"],
    },
    Need {
        purpose: Purpose::Tests,
        probe: Probe::Program(&["pactl"]),
        apt: &["pulseaudio-utils"],
        dnf: &["pulseaudio-utils"],
    },
    Need {
        // what a PDF says
        purpose: Purpose::Tests,
        probe: Probe::Program(&["pdftotext"]),
        apt: &["poppler-utils"],
        dnf: &["poppler-utils"],
    },
    Need { purpose: Purpose::Tests, probe: Probe::Program(BROWSERS), apt: &["chromium"], dnf: &["chromium"] },
    Need {
        purpose: Purpose::Tests,
        probe: Probe::Look(a_font_is_there),
        apt: &["fonts-dejavu-core"],
        dnf: &["dejavu-sans-fonts"],
    },
];

/// Browsers that Playwright can drive, by the names under which Linux has them.
const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// A browser for Playwright: the one that `CHROMIUM_PATH` names, or one that is installed.
pub(crate) fn browser() -> Option<PathBuf> {
    const USUAL_PLACES: &[&str] = &[
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
        "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
    ];
    let named = std::env::var_os("CHROMIUM_PATH").filter(|path| !path.is_empty()).map(PathBuf::from);
    named
        .or_else(|| BROWSERS.iter().find_map(|name| find_on_path(name)))
        .or_else(|| USUAL_PLACES.iter().map(PathBuf::from).find(|place| place.is_file()))
}

/// Installs what is missing for these purposes.
pub(crate) fn install(purposes: &[Purpose]) -> Outcome {
    match std::env::consts::OS {
        "linux" => install_on_linux(purposes),
        "macos" => install_on_macos(),
        "windows" => look_on_windows(),
        other => {
            println!(
                "{other}: no list of packages for this system; install cmake, clang, pkg-config and perl by hand."
            );
            Ok(())
        }
    }
}

fn install_on_linux(purposes: &[Purpose]) -> Outcome {
    let missing: Vec<&Need> =
        LINUX.iter().filter(|need| purposes.contains(&need.purpose) && !need.probe.finds()).collect();
    if missing.is_empty() {
        println!("System packages: all there.");
        return Ok(());
    }
    let apt = names(&missing, |need| need.apt);
    let dnf = names(&missing, |need| need.dnf);
    if on_path("apt-get") {
        println!("System packages, by apt: {}", apt.join(" "));
        // Package lists are refreshed only when those that are there do not serve.
        let install = || {
            let mut command = as_root("apt-get")?;
            command.env("DEBIAN_FRONTEND", "noninteractive");
            command.args(["install", "-y", "--no-install-recommends"]).args(&apt);
            run(&mut command)
        };
        install()
            .or_else(|_| {
                run(as_root("apt-get")?.arg("update"))?;
                install()
            })
            .map_err(|why| {
                format!("{why}\nInstall by hand, then try again:\n  sudo apt-get install {}", apt.join(" "))
            })
    } else if on_path("dnf") {
        println!("System packages, by dnf: {}", dnf.join(" "));
        run(as_root("dnf")?.args(["install", "-y"]).args(&dnf)).map_err(|why| {
            format!("{why}\nInstall by hand, then try again:\n  sudo dnf install {}", dnf.join(" "))
        })
    } else {
        Err(format!(
            "This system has neither apt nor dnf. Install what Debian calls\n  {}\nthen try again.",
            apt.join(" ")
        ))
    }
}

fn install_on_macos() -> Outcome {
    if !succeeds(Command::new("xcode-select").arg("-p")) {
        return Err("Apple's compilers are missing. Type\n  xcode-select --install\nthen try again.".into());
    }
    if on_path("cmake") {
        println!("System packages: all there.");
        return Ok(());
    }
    if !on_path("brew") {
        return Err("cmake is missing, and so is Homebrew to install it: see brew.sh, then try again.".into());
    }
    run(Command::new("brew").args(["install", "cmake"]))
}

fn look_on_windows() -> Outcome {
    const PACKAGES: &[(&str, &str)] = &[
        ("cmake", "winget install --id Kitware.CMake"),
        ("clang", "winget install --id LLVM.LLVM"),
        ("perl", "winget install --id StrawberryPerl.StrawberryPerl"),
    ];
    let missing: Vec<&str> =
        PACKAGES.iter().filter(|(name, _)| !on_path(name)).map(|(_, how)| *how).collect();
    if missing.is_empty() {
        println!("System packages: all there (the Visual Studio Build Tools came with Rust).");
        return Ok(());
    }
    Err(format!(
        "Some programs are missing. Type, in a terminal, then open a new one and try again:\n  {}",
        missing.join("\n  ")
    ))
}

/// The package names, each once.
fn names(missing: &[&Need], of: impl Fn(&Need) -> &'static [&'static str]) -> Vec<&'static str> {
    let mut all: Vec<&str> = missing.iter().flat_map(|need| of(need).iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The program, through sudo unless we are root.
fn as_root(program: &str) -> Result<Command, String> {
    let root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0\n"));
    if root {
        return Ok(Command::new(program));
    }
    if !on_path("sudo") {
        return Err(format!("`{program}` needs an administrator, and there is no sudo here"));
    }
    let mut command = Command::new("sudo");
    command.arg(program);
    Ok(command)
}

impl Probe {
    fn finds(&self) -> bool {
        match self {
            Self::Program(names) => names.iter().any(|name| on_path(name)),
            Self::Library(name) => succeeds(Command::new("pkg-config").args(["--exists", name])),
            Self::Look(look) => look(),
        }
    }
}

/// Debian keeps it in `/usr/lib/llvm-NN/lib`, Fedora in `/usr/lib64`.
fn libclang_is_there() -> bool {
    let versions = entries("/usr/lib").filter(|path| named(path, |name| name.starts_with("llvm-")));
    versions
        .map(|version| version.join("lib"))
        .chain(["/usr/lib64".into(), "/usr/lib".into()])
        .flat_map(entries)
        .any(|path| named(&path, |name| name.starts_with("libclang") && name.contains(".so")))
}

fn a_font_is_there() -> bool {
    ["/usr/share/fonts", "/usr/share/fonts/truetype"]
        .into_iter()
        .flat_map(entries)
        .flat_map(entries)
        .any(|path| named(&path, |name| name.ends_with(".ttf") || name.ends_with(".otf")))
}

/// What lies in a folder; nothing if it is not one.
fn entries(folder: impl AsRef<Path>) -> impl Iterator<Item = PathBuf> {
    std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path())
}

fn named(path: &Path, is: impl Fn(&str) -> bool) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(is)
}
