//! The worker's own side: its command line, its order of steps, its main loop.
//!
//! Three threads: one reads frames and does nothing else, so that a cancel or the end of stdin is noticed while the model
//! computes; one beats; the main thread computes, one request after the other, in the order they came.

use std::{
    collections::HashMap,
    ffi::OsString,
    fs::File,
    path::PathBuf,
    process::ExitCode,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc,
    },
    time::Duration,
};

use crate::{
    cpu::{self, CpuFeatures},
    frame::{Frame, FrameError},
    message::{
        Fault, FaultKind, FromWorker, ModelDescription, Output, PROTOCOL_VERSION, Request, RequestId,
        SandboxReport, ToWorker,
    },
    native_log,
    sandbox::{self, Confinement},
};

/// How a worker process ends.
pub mod exit {
    /// The command line is wrong.
    pub const USAGE: u8 = 2;
    /// It could not start; a `Failed` frame said why.
    pub const NOT_STARTED: u8 = 3;
    /// The parent sent something that is no frame.
    pub const PROTOCOL: u8 = 4;
}

/// What one native library can do.
pub trait Engine: Sized {
    /// The worker's name, as in [`FromWorker::Hello`].
    const PROGRAM: &'static str;

    /// The native library and its version.
    fn version() -> String;

    /// Sends the native library's log lines to `tracing`, and does whatever else comes before the first call.
    fn prepare();

    /// Loads the model. Runs inside the sandbox.
    ///
    /// # Errors
    /// Why it does not load.
    fn load(settings: &Settings) -> Result<Self, Fault>;

    /// What was loaded.
    fn describe(&self) -> ModelDescription;

    /// Carries out a request.
    ///
    /// # Errors
    /// Why it could not.
    fn answer(&mut self, request: Request, attachment: Vec<u8>, job: &Job) -> Result<Answer, Fault>;
}

/// How a worker was told to run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The model.
    pub model: PathBuf,
    /// Threads to compute with.
    pub threads: usize,
    /// Tokens of context wanted at most; language models only.
    pub context: u32,
    /// Most bytes of address space.
    pub memory_limit: Option<u64>,
}

/// The end of a request.
#[derive(Debug)]
pub struct Answer {
    /// What it yields.
    pub output: Output,
    /// Raw bytes that belong to it.
    pub attachment: Vec<u8>,
}

impl From<Output> for Answer {
    fn from(output: Output) -> Self {
        Self { output, attachment: Vec::new() }
    }
}

/// A request under way.
#[derive(Clone)]
pub struct Job {
    id: RequestId,
    cancelled: Arc<AtomicBool>,
    parent: Parent,
}

impl Job {
    /// Whether the parent has given the request up. Also counts a step of computation, so call it often.
    pub fn is_cancelled(&self) -> bool {
        self.parent.step();
        self.cancelled.load(Ordering::Relaxed)
    }

    /// The fault of a request that was given up.
    pub fn cancelled() -> Fault {
        Fault::new(FaultKind::Cancelled, "the request was cancelled")
    }

    /// Sends a piece of the answer.
    pub fn partial(&self, output: Output) {
        self.parent.send(&FromWorker::Partial { id: self.id, output }, Vec::new());
    }
}

/// The pipe to the parent, and the count of steps.
#[derive(Clone)]
struct Parent {
    pipe: Arc<Mutex<File>>,
    steps: Arc<AtomicU64>,
}

impl Parent {
    fn step(&self) {
        self.steps.fetch_add(1, Ordering::Relaxed);
    }

    /// Sends a message. A parent that does not read any more is gone, and so is the reason to run.
    fn send(&self, message: &FromWorker, attachment: Vec<u8>) {
        let sent = Frame::with_attachment(message, attachment)
            .and_then(|frame| frame.write(&mut *self.pipe.lock().unwrap_or_else(PoisonError::into_inner)));
        match sent {
            Ok(()) => {}
            Err(FrameError::Pipe(_)) => std::process::exit(0),
            Err(_) => std::process::exit(i32::from(exit::PROTOCOL)),
        }
    }
}

/// The whole of a worker's `main`.
pub fn run<E: Engine>() -> ExitCode {
    std::panic::set_hook(Box::new(|panic| {
        // The place, never the message: that may quote what was being worked on.
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        complain(&format!("panic at {place}"));
    }));
    match Mode::from_arguments(std::env::args_os().skip(1)) {
        Ok(Mode::Serve(settings)) => serve::<E>(&settings),
        Ok(Mode::SandboxCheck { secret, with_sandbox }) => check_sandbox(&secret, with_sandbox),
        Ok(Mode::Introduce) => introduce::<E>(),
        Ok(Mode::Version) => {
            say(&format!("{} {} ({})", E::PROGRAM, env!("CARGO_PKG_VERSION"), E::version()));
            ExitCode::SUCCESS
        }
        Err(usage) => {
            complain(&format!(
                "{program}: {usage}\n\
                 This program is started by Bedside. For an administrator:\n\
                 {program} --introduce            says what it is, what it runs on, and what confines it\n\
                 {program} --sandbox-check FILE   tries to break out of the sandbox; FILE must not be readable inside\n\
                 {program} --version",
                program = E::PROGRAM
            ));
            ExitCode::from(exit::USAGE)
        }
    }
}

#[allow(clippy::print_stdout, reason = "what a person asked for on the command line")]
fn say(line: &str) {
    println!("{line}");
}

#[allow(clippy::print_stderr, reason = "stderr is how a worker explains an early end")]
fn complain(line: &str) {
    eprintln!("{line}");
}

fn check_sandbox(secret: &std::path::Path, with_sandbox: bool) -> ExitCode {
    match sandbox::check::run(secret, with_sandbox) {
        Ok(report) => {
            say(&serde_json::to_string_pretty(&report).unwrap_or_default());
            if report.all_blocked == with_sandbox { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            complain(&error.to_string());
            ExitCode::from(exit::NOT_STARTED)
        }
    }
}

/// What a worker says first, from inside its sandbox, and nothing more: without a model there is nothing to serve.
fn introduce<E: Engine>() -> ExitCode {
    let cpu = CpuFeatures::detect();
    match sandbox::apply(&Confinement::default()) {
        Ok(sandbox) => {
            say(&serde_json::to_string(&hello::<E>(cpu, sandbox)).unwrap_or_default());
            ExitCode::SUCCESS
        }
        Err(error) => {
            complain(&error.0);
            ExitCode::from(exit::NOT_STARTED)
        }
    }
}

fn hello<E: Engine>(cpu: CpuFeatures, sandbox: SandboxReport) -> FromWorker {
    FromWorker::Hello {
        program: E::PROGRAM.into(),
        protocol: PROTOCOL_VERSION,
        engine: E::version(),
        back_end: "cpu".into(),
        cpu,
        sandbox,
    }
}

fn serve<E: Engine>(settings: &Settings) -> ExitCode {
    let cpu = CpuFeatures::detect();
    let confinement =
        Confinement { model: Some(settings.model.clone()), memory_limit: settings.memory_limit };
    let sandbox = sandbox::apply(&confinement);
    let pipe = match sandbox::claim_stdout() {
        Ok(pipe) => pipe,
        Err(error) => {
            complain(&format!("stdout cannot be used: {error}"));
            return ExitCode::from(exit::NOT_STARTED);
        }
    };
    let parent = Parent { pipe: Arc::new(Mutex::new(pipe)), steps: Arc::default() };
    let fail = |fault: Fault| {
        parent.send(&FromWorker::Failed { id: None, fault }, Vec::new());
        ExitCode::from(exit::NOT_STARTED)
    };
    let sandbox = match sandbox {
        Ok(report) => report,
        Err(error) => return fail(Fault::new(FaultKind::Sandbox, error.0)),
    };
    let missing = cpu.missing.join(", ");
    parent.send(&hello::<E>(cpu, sandbox), Vec::new());
    if !missing.is_empty() {
        return fail(Fault::new(FaultKind::Cpu, format!("this computer's processor lacks {missing}")));
    }

    let (queue, requests) = mpsc::sync_channel(64);
    let flags = Arc::new(Flags::default());
    let beating = start_beating(parent.clone());
    let reading = start_reading(queue, Arc::clone(&flags));
    if let Err(error) = beating.and(reading) {
        return fail(Fault::new(FaultKind::Engine, format!("no thread could be started: {error}")));
    }

    native_log::install();
    sandbox::report_lack_of_memory();
    E::prepare();
    let mut engine = match E::load(settings) {
        Ok(engine) => engine,
        Err(fault) => return fail(with_reason(fault)),
    };
    native_log::stop_listening();
    parent.send(&FromWorker::Ready { model: engine.describe() }, Vec::new());

    // The reader ends the process with stdin, so that this channel never closes before.
    for (id, request, attachment) in requests {
        let job = Job { id, cancelled: flags.of(id), parent: parent.clone() };
        let result = match request {
            _ if job.is_cancelled() => Err(Job::cancelled()),
            Request::Describe => Ok(Output::Description(engine.describe()).into()),
            request => engine.answer(request, attachment, &job),
        };
        parent.step();
        flags.forget(id);
        match result {
            Ok(Answer { output, attachment }) => parent.send(&FromWorker::Done { id, output }, attachment),
            Err(fault) => {
                parent.send(&FromWorker::Failed { id: Some(id), fault: with_reason(fault) }, Vec::new())
            }
        }
    }
    ExitCode::SUCCESS
}

/// What the native library said besides, and whether it was memory after all.
fn with_reason(mut fault: Fault) -> Fault {
    if matches!(fault.kind, FaultKind::Engine | FaultKind::ModelInvalid) && native_log::memory_ran_out() {
        fault.kind = FaultKind::OutOfMemory;
    }
    let complaint = native_log::first_complaint();
    if !complaint.is_empty() {
        fault.detail = format!("{}: {complaint}", fault.detail);
    }
    fault
}

/// Which requests are given up.
#[derive(Default)]
struct Flags(Mutex<HashMap<RequestId, Arc<AtomicBool>>>);

impl Flags {
    fn of(&self, id: RequestId) -> Arc<AtomicBool> {
        Arc::clone(self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(id).or_default())
    }

    fn forget(&self, id: RequestId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }

    /// A request that is already answered has no flag any more, and none is made.
    fn cancel(&self, id: RequestId) {
        if let Some(flag) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id) {
            flag.store(true, Ordering::Relaxed);
        }
    }
}

type Asked = (RequestId, Request, Vec<u8>);

fn start_reading(queue: mpsc::SyncSender<Asked>, flags: Arc<Flags>) -> std::io::Result<()> {
    let read = move || {
        let mut stdin = std::io::stdin().lock();
        loop {
            let frame = match Frame::read(&mut stdin) {
                Ok(frame) => frame,
                Err(FrameError::End) => std::process::exit(0),
                Err(error) => {
                    complain(&error.to_string());
                    std::process::exit(i32::from(exit::PROTOCOL));
                }
            };
            match frame.parse() {
                Ok(ToWorker::Ask { id, request }) => {
                    flags.of(id);
                    if queue.send((id, request, frame.attachment)).is_err() {
                        return;
                    }
                }
                Ok(ToWorker::Cancel { id }) => flags.cancel(id),
                Err(error) => {
                    complain(&error.to_string());
                    std::process::exit(i32::from(exit::PROTOCOL));
                }
            }
        }
    };
    std::thread::Builder::new().name("reader".into()).spawn(read).map(drop)
}

fn start_beating(parent: Parent) -> std::io::Result<()> {
    let beat = move || {
        loop {
            parent.send(&FromWorker::Alive { steps: parent.steps.load(Ordering::Relaxed) }, Vec::new());
            std::thread::sleep(Duration::from_secs(1));
        }
    };
    std::thread::Builder::new().name("beat".into()).spawn(beat).map(drop)
}

enum Mode {
    Serve(Settings),
    Introduce,
    SandboxCheck { secret: PathBuf, with_sandbox: bool },
    Version,
}

impl Mode {
    fn from_arguments(arguments: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let mut arguments = arguments;
        let (mut model, mut threads, mut context, mut memory_limit) = (None, None, 4096, None);
        let (mut secret, mut with_sandbox) = (None, true);
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("{} needs a value", argument.display()));
            match argument.to_str() {
                Some("--version") => return Ok(Self::Version),
                Some("--introduce") => return Ok(Self::Introduce),
                Some("--model") => model = Some(PathBuf::from(value()?)),
                Some("--threads") => threads = Some(number(&value()?)?),
                Some("--context") => context = number(&value()?)?,
                Some("--memory-limit") => memory_limit = Some(number(&value()?)?),
                Some("--sandbox-check") => secret = Some(PathBuf::from(value()?)),
                Some("--without-sandbox") => with_sandbox = false,
                _ => return Err(format!("unknown argument {}", argument.display())),
            }
        }
        match (model, secret) {
            (_, Some(secret)) => Ok(Self::SandboxCheck { secret, with_sandbox }),
            (Some(_), None) if !with_sandbox => Err("--without-sandbox is for --sandbox-check only".into()),
            (Some(model), None) => {
                let threads = threads.unwrap_or_else(cpu::sensible_threads).clamp(1, 64);
                Ok(Self::Serve(Settings { model, threads, context, memory_limit }))
            }
            (None, None) => Err("no --model".into()),
        }
    }
}

fn number<N: std::str::FromStr>(text: &OsString) -> Result<N, String> {
    text.to_str()
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| format!("{} is not a number", text.display()))
}
