//! The application under test, and the desk that it stands on: a data folder, a driver, a place for pictures.

use std::cell::{Cell, RefCell};
use std::ffi::OsStr;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::{Outcome, Page, process};

/// Where a test's application lives.
#[derive(Debug)]
pub struct Desk {
    name: String,
    driver: PathBuf,
    programs: PathBuf,
    folder: PathBuf,
    pictures: Cell<u32>,
    surroundings: RefCell<Vec<(String, String)>>,
}

/// The running application.
#[derive(Debug)]
pub struct Application<'d> {
    desk: &'d Desk,
    /// Its page.
    pub page: Page,
    driver: Child,
    /// Whether the test ended it, rather than failed before.
    ended: bool,
}

impl Desk {
    /// An empty desk for the test of this name; `None`, with a line that says so, where no driver was handed to the tests.
    ///
    /// # Errors
    /// The application is not built, or the folders cannot be made.
    pub fn clear(name: &str) -> Outcome<Option<Self>> {
        let Some(driver) = std::env::var_os("BEDSIDE_TAURI_DRIVER") else {
            eprintln!("skipped: no screen and no driver; `cargo xtask test application` provides both");
            return Ok(None);
        };
        let me = std::env::current_exe().map_err(|error| error.to_string())?;
        let programs = me.ancestors().nth(2).ok_or("the test is not in target/PROFILE/deps")?.to_path_buf();
        let target = programs.parent().ok_or("the programs are not in target/PROFILE")?;
        let folder = target.join("e2e").join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|error| error.to_string())?;
        }
        fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        let desk = Self {
            name: name.to_owned(),
            driver: driver.into(),
            programs,
            folder,
            pictures: Cell::new(0),
            surroundings: RefCell::default(),
        };
        if desk.application().is_file() {
            Ok(Some(desk))
        } else {
            Err("bedside-desktop is not built: `cargo xtask build`".into())
        }
    }

    /// The clinic's data folder. Not there until the application makes it.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// Sets a variable of the environment that the application is started in from now on.
    pub fn set(&self, name: &str, value: &str) {
        self.surroundings.borrow_mut().push((name.to_owned(), value.to_owned()));
    }

    /// Writes a file beside the data folder: a passphrase, a transcript.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn file(&self, name: &str, content: &str) -> Outcome<PathBuf> {
        let path = self.folder.join(name);
        fs::write(&path, content).map_err(|error| error.to_string())?;
        Ok(path)
    }

    /// A program that was built with the tests.
    pub fn program(&self, name: &str) -> PathBuf {
        self.programs.join(name)
    }

    /// Starts the application, and waits for its page.
    ///
    /// # Errors
    /// It does not open its window.
    pub fn start(&self) -> Outcome<Application<'_>> {
        self.start_with(&[])
    }

    /// Starts the application with further arguments, and waits for its page.
    ///
    /// # Errors
    /// It does not open its window.
    pub fn start_with(&self, arguments: &[&OsStr]) -> Outcome<Application<'_>> {
        let (port, native_port) = (free_port()?, free_port()?);
        let log = fs::File::create(self.folder.join("driver.log")).map_err(|error| error.to_string())?;
        let mut driver = Command::new(&self.driver)
            .args(["--port", &port.to_string(), "--native-port", &native_port.to_string()])
            .env("RUST_BACKTRACE", "1")
            // What a web view keeps, if it keeps anything, must lie where a test can look at it.
            .env("XDG_DATA_HOME", self.folder.join("home/data"))
            .env("XDG_CACHE_HOME", self.folder.join("home/cache"))
            .env("XDG_CONFIG_HOME", self.folder.join("home/config"))
            .envs(self.surroundings.borrow().iter().cloned())
            .stdin(Stdio::null())
            .stdout(log.try_clone().map_err(|error| error.to_string())?)
            .stderr(log)
            .spawn()
            .map_err(|error| format!("tauri-driver does not start: {error}"))?;
        let opened = await_port(port)
            .and_then(|()| await_port(native_port))
            .and_then(|()| Page::open(port, native_port, &self.capabilities(arguments)));
        match opened {
            Ok(page) => Ok(Application { desk: self, page, driver, ended: false }),
            Err(why) => {
                self.picture("did-not-open");
                end(&mut driver);
                Err(why)
            }
        }
    }

    /// Files below the desk, other than pictures, that hold one of these words, in any case of letters.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn files_with(&self, words: &[&str]) -> Outcome<Vec<PathBuf>> {
        let mut folders = vec![self.folder.clone()];
        let mut found = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).map_err(|error| error.to_string())?.flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.is_file() && path.extension().is_none_or(|kind| kind != "png") {
                    let bytes = fs::read(&path).map_err(|error| error.to_string())?.to_ascii_lowercase();
                    if words.iter().any(|word| holds(&bytes, word.to_ascii_lowercase().as_bytes())) {
                        found.push(path);
                    }
                }
            }
        }
        Ok(found)
    }

    /// Takes a picture of the whole screen. WebDriver's own hangs where there is no compositor.
    pub fn picture(&self, of: &str) {
        // The window is drawn a moment after the page says so.
        std::thread::sleep(Duration::from_millis(250));
        let number = self.pictures.get() + 1;
        self.pictures.set(number);
        let file = self.folder.join(format!("{number:02}-{of}.png"));
        let taken = Command::new("import").args(["-window", "root"]).arg(&file).status();
        match taken {
            Ok(status) if status.success() => eprintln!("{}: picture {number:02}-{of}.png", self.name),
            _ => eprintln!("{}: no picture of {of} (is ImageMagick's `import` there?)", self.name),
        }
    }

    fn capabilities(&self, arguments: &[&OsStr]) -> serde_json::Value {
        let mut words = vec!["--data".to_owned(), self.data().to_string_lossy().into_owned()];
        words.extend(arguments.iter().map(|word| word.to_string_lossy().into_owned()));
        json!({ "tauri:options": { "application": self.application(), "args": words } })
    }

    fn application(&self) -> PathBuf {
        self.program("bedside-desktop")
    }
}

impl Application<'_> {
    /// Takes a picture of the screen.
    pub fn picture(&self, of: &str) {
        self.desk.picture(of);
    }

    /// Ends the application as a power cut would (`SIGKILL`), in the middle of whatever it does.
    ///
    /// # Errors
    /// There is no such process.
    pub fn cut_power(mut self) -> Outcome {
        self.ended = true;
        let program = self.desk.application();
        let data = self.desk.data();
        let ours = processes_of(&program, &data);
        if ours.is_empty() {
            return Err("the application is not running".into());
        }
        for process in ours {
            let killed = Command::new("kill").args(["-KILL", &process.to_string()]).status();
            if !killed.is_ok_and(|status| status.success()) {
                return Err(format!("process {process} was not killed"));
            }
        }
        Ok(())
    }

    /// Ends the application in good order, and waits until it has let go of its data folder.
    ///
    /// # Errors
    /// The driver does not answer, or the application stays.
    pub fn close(mut self) -> Outcome {
        self.ended = true;
        self.page.close()?;
        let (program, data) = (self.desk.application(), self.desk.data());
        let began = Instant::now();
        // A process that ends loses its name before it loses its lock.
        while !processes_of(&program, &data).is_empty() || is_held(&data.join("lock")) {
            if began.elapsed() > Duration::from_secs(15) {
                return Err("the application did not end".into());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// The resident memory of the application and its web view, in bytes.
    ///
    /// # Errors
    /// There is no such process.
    pub fn memory(&self) -> Outcome<u64> {
        let roots = processes_of(&self.desk.application(), &self.desk.data());
        let root = roots.first().ok_or("the application is not running")?;
        Ok(process::with_children(*root).into_iter().map(process::proportional_memory).sum())
    }

    /// Both ends of every socket of the internet's families that the application and its web view have.
    ///
    /// # Errors
    /// There is no such process.
    pub fn connections(&self) -> Outcome<Vec<process::Connection>> {
        let roots = processes_of(&self.desk.application(), &self.desk.data());
        let root = roots.first().ok_or("the application is not running")?;
        Ok(process::with_children(*root).into_iter().flat_map(process::connections).collect())
    }
}

impl Drop for Application<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.desk.picture("where-the-test-stopped");
            // One that is left running would be taken for the next test's.
            for process in processes_of(&self.desk.application(), &self.desk.data()) {
                let _ = Command::new("kill").args(["-KILL", &process.to_string()]).status();
            }
        }
        end(&mut self.driver);
    }
}

/// Whether the bytes hold the word, as UTF-8 or as UTF-16.
fn holds(bytes: &[u8], word: &[u8]) -> bool {
    let wide: Vec<u8> = word.iter().flat_map(|letter| [*letter, 0]).collect();
    [word, &wide].iter().any(|word| bytes.windows(word.len()).any(|window| window == *word))
}

/// Processes of this program on this data folder.
fn processes_of(program: &Path, data: &Path) -> Vec<u32> {
    let (program, data) = (program.to_string_lossy(), data.to_string_lossy());
    let ids = fs::read_dir("/proc").into_iter().flatten().flatten();
    ids.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .filter(|id| {
            let line = fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
            let words: Vec<_> = line.split(|byte| *byte == 0).map(String::from_utf8_lossy).collect();
            words.first().is_some_and(|first| **first == *program) && words.iter().any(|word| **word == *data)
        })
        .collect()
}

/// Whether a process still holds the lock of a vault.
fn is_held(lock: &Path) -> bool {
    fs::File::open(lock).is_ok_and(|lock| matches!(lock.try_lock(), Err(fs::TryLockError::WouldBlock)))
}

/// Asks the driver to end, so that it ends what it started; insists after a while.
fn end(driver: &mut Child) {
    let _ = Command::new("kill").args(["-TERM", &driver.id().to_string()]).status();
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(5) {
        if matches!(driver.try_wait(), Ok(Some(_))) {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let _ = driver.kill();
    let _ = driver.wait();
}

fn free_port() -> Outcome<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(|error| error.to_string())?;
    listener.local_addr().map(|address| address.port()).map_err(|error| error.to_string())
}

fn await_port(port: u16) -> Outcome {
    let began = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if began.elapsed() > Duration::from_secs(30) {
            return Err(format!("nothing listens on port {port}; see driver.log"));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}
