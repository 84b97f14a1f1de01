//! One worker process: its start, its conversation, its end.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    process::Stdio,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    process::{Child, ChildStderr, ChildStdin, ChildStdout, Command},
    sync::mpsc,
    time::Instant,
};
use worker::{
    Fault, Frame, FrameError, FromWorker, ModelDescription, Output, PROTOCOL_VERSION, Request, RequestId,
    SandboxReport, ToWorker,
    cpu::CpuFeatures,
    frame::{HEADER_LENGTH, Header},
};

use crate::{
    Error, Limits,
    death::{self, Death, Stopped},
    error::model_name,
    nursery,
};

/// What a worker said of itself when it started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hello {
    /// The native library and its version.
    pub engine: String,
    /// What computes.
    pub back_end: String,
    /// The processor.
    pub cpu: CpuFeatures,
    /// What the sandbox really does.
    pub sandbox: SandboxReport,
}

/// A running worker with its model loaded.
///
/// Dropping it closes the worker's stdin, on which the worker ends at once.
pub(crate) struct WorkerProcess {
    shared: Arc<Shared>,
    to_worker: mpsc::UnboundedSender<Vec<u8>>,
    next_id: AtomicU64,
    pub(crate) hello: Hello,
    pub(crate) model: ModelDescription,
    pub(crate) process_id: Option<u32>,
}

struct Shared {
    program: String,
    model: PathBuf,
    pending: Mutex<HashMap<RequestId, mpsc::UnboundedSender<Reply>>>,
    death: OnceLock<Death>,
}

enum Reply {
    Partial(Output),
    Done(Output, Vec<u8>),
    Failed(Fault),
}

/// How the start went on, as the task that reads the worker sees it.
enum Started {
    Hello { program: String, protocol: u32, hello: Hello },
    Ready(ModelDescription),
    Failed(Fault),
}

impl Shared {
    fn pending(&self) -> MutexGuard<'_, HashMap<RequestId, mpsc::UnboundedSender<Reply>>> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn death_error(&self, loading: bool) -> Error {
        // The task that reads sets the cause before it lets go of anybody who waits.
        let death = self.death.get().cloned().unwrap_or(Death::Aborted);
        Error::from_death(&self.program, &self.model, death, loading)
    }
}

impl WorkerProcess {
    /// Starts a worker and waits until its model is loaded.
    pub(crate) async fn start(program: &Path, model: &Path, limits: &Limits) -> Result<Self, Error> {
        let name = model_name(program);
        let missing = |detail: String| Error::WorkerMissing { program: name.clone(), detail };
        let mut child = nursery::start(command(program, model, limits))
            .await
            .map_err(|error| missing(error.to_string()))?;
        let process_id = child.id();
        let (Some(stdin), Some(stdout), Some(stderr)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(missing("it has no pipes".into()));
        };
        let shared = Arc::new(Shared {
            program: name.clone(),
            model: model.to_owned(),
            pending: Mutex::default(),
            death: OnceLock::new(),
        });
        let (to_worker, frames) = mpsc::unbounded_channel();
        let (progress, mut started) = mpsc::unbounded_channel();
        tokio::spawn(write_frames(stdin, frames));
        let last_words = tokio::spawn(keep_last_words(stderr));
        tokio::spawn(
            Watch { shared: Arc::clone(&shared), limits: limits.clone(), progress: Some(progress) }
                .run(child, stdout, last_words),
        );

        let mut hello = None;
        loop {
            match started.recv().await {
                Some(Started::Hello { program: theirs, protocol, hello: said }) => {
                    if protocol != PROTOCOL_VERSION {
                        return Err(Error::WorkerVersion {
                            program: theirs,
                            theirs: protocol,
                            ours: PROTOCOL_VERSION,
                        });
                    }
                    let missing = said.sandbox.missing();
                    if !missing.is_empty() && !limits.allow_partial_sandbox {
                        return Err(Error::SandboxIncomplete { missing: missing.join(", ") });
                    }
                    tracing::debug!(program = %name, sandbox = ?said.sandbox.mechanisms, "worker started");
                    hello = Some(said);
                }
                Some(Started::Ready(model)) => {
                    let Some(hello) = hello else {
                        return Err(missing("it did not introduce itself".into()));
                    };
                    return Ok(Self {
                        shared,
                        to_worker,
                        next_id: AtomicU64::new(1),
                        hello,
                        model,
                        process_id,
                    });
                }
                Some(Started::Failed(fault)) => return Err(Error::from_fault(&name, model, fault)),
                None => return Err(shared.death_error(true)),
            }
        }
    }

    /// Whether it can still be asked.
    pub(crate) fn is_alive(&self) -> bool {
        self.shared.death.get().is_none() && !self.to_worker.is_closed()
    }

    /// Whether it works on something.
    pub(crate) fn is_busy(&self) -> bool {
        !self.shared.pending().is_empty()
    }

    /// Asks, and waits for the end of the answer. Dropping the future cancels the request.
    pub(crate) async fn ask(
        &self,
        request: Request,
        attachment: Vec<u8>,
        mut on_partial: impl FnMut(Output),
    ) -> Result<(Output, Vec<u8>), Error> {
        let id = RequestId(self.next_id.fetch_add(1, Ordering::Relaxed));
        let frame = Frame::with_attachment(&ToWorker::Ask { id, request }, attachment)
            .map_err(|error| Error::Request { detail: error.to_string() })?;
        let (sender, mut replies) = mpsc::unbounded_channel();
        self.shared.pending().insert(id, sender);
        // Dead already: whoever clears the pending requests may have been here before the line above.
        if self.shared.death.get().is_some() {
            self.shared.pending().remove(&id);
            return Err(self.shared.death_error(false));
        }
        let mut under_way = UnderWay { process: self, id, answered: false };
        // A closed channel means the worker is dying; the replies' end says so below.
        let _ = self.to_worker.send(frame.encode());
        loop {
            match replies.recv().await {
                Some(Reply::Partial(output)) => on_partial(output),
                Some(Reply::Done(output, attachment)) => {
                    under_way.answered = true;
                    return Ok((output, attachment));
                }
                Some(Reply::Failed(fault)) => {
                    under_way.answered = true;
                    return Err(Error::from_fault(&self.shared.program, &self.shared.model, fault));
                }
                None => {
                    under_way.answered = true;
                    return Err(self.shared.death_error(false));
                }
            }
        }
    }
}

/// Tells the worker to stop when nobody waits for the answer any more.
struct UnderWay<'a> {
    process: &'a WorkerProcess,
    id: RequestId,
    answered: bool,
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.process.shared.pending().remove(&self.id);
        if !self.answered
            && let Ok(frame) = Frame::of(&ToWorker::Cancel { id: self.id })
        {
            let _ = self.process.to_worker.send(frame.encode());
        }
    }
}

fn command(program: &Path, model: &Path, limits: &Limits) -> Command {
    let mut command = bare(program);
    command.arg("--model").arg(model);
    if let Some(threads) = limits.threads {
        command.arg("--threads").arg(threads.to_string());
    }
    if let Some(bytes) = limits.memory {
        command.arg("--memory-limit").arg(bytes.to_string());
    }
    command.arg("--context").arg(limits.context.to_string());
    let mut command = Command::from(command);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

/// A worker program with nothing of this process's surroundings: no passphrase from the environment, no library path.
pub(crate) fn bare(program: &Path) -> std::process::Command {
    let mut command = std::process::Command::new(program);
    command.env_clear().env("GGML_NO_BACKTRACE", "1");
    #[cfg(windows)]
    {
        // Without the first, Windows's own libraries do not load; the second keeps a console window away.
        if let Some(root) = std::env::var_os("SystemRoot") {
            command.env("SystemRoot", root);
        }
        std::os::windows::process::CommandExt::creation_flags(&mut command, 0x0800_0000);
    }
    if let Some(folder) = program.parent().filter(|folder| folder.is_dir()) {
        command.current_dir(folder);
    }
    command
}

async fn write_frames(mut stdin: ChildStdin, mut frames: mpsc::UnboundedReceiver<Vec<u8>>) {
    while let Some(frame) = frames.recv().await {
        if stdin.write_all(&frame).await.is_err() {
            return;
        }
    }
}

async fn keep_last_words(stderr: ChildStderr) -> Vec<String> {
    const MOST: usize = 20;
    let mut kept = Vec::new();
    let mut lines = BufReader::new(stderr).lines();
    // A line that is not UTF-8 is chatter; the pipe is read on so that the worker never waits for it.
    loop {
        match lines.next_line().await {
            Ok(Some(line)) if kept.len() < MOST && death::is_last_words(&line) => {
                kept.push(line.chars().take(300).collect());
            }
            Ok(Some(_)) => {}
            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {}
            Ok(None) | Err(_) => return kept,
        }
    }
}

/// Reads what a worker says until it ends, and stops it when it says nothing or nonsense.
struct Watch {
    shared: Arc<Shared>,
    limits: Limits,
    /// Closed once the worker is ready.
    progress: Option<mpsc::UnboundedSender<Started>>,
}

/// When something was last heard, and when the computation last got further.
struct Pulse {
    heard: Instant,
    moved: Instant,
    steps: u64,
}

impl Watch {
    async fn run(
        mut self,
        mut child: Child,
        stdout: ChildStdout,
        last_words: tokio::task::JoinHandle<Vec<String>>,
    ) {
        let stopped = self.listen(stdout, &mut child).await;
        // A worker that ends by itself has ended a moment after its pipe.
        let status = match tokio::time::timeout(Duration::from_secs(5), child.wait()).await {
            Ok(status) => status.ok(),
            Err(_) => {
                let _ = child.kill().await;
                child.wait().await.ok()
            }
        };
        let last_words = tokio::time::timeout(Duration::from_secs(1), last_words)
            .await
            .ok()
            .and_then(Result::ok)
            .unwrap_or_default();
        let death = death::cause_of(status, &last_words, stopped);
        let expected = status.is_some_and(|status| status.success()) && stopped.is_none();
        if !expected {
            tracing::warn!(program = %self.shared.program, cause = %death, last_words = ?last_words, "worker ended");
            death::keep(&self.shared.program, &death);
        }
        let _ = self.shared.death.set(death);
        self.shared.pending().clear();
    }

    async fn listen(&mut self, stdout: ChildStdout, child: &mut Child) -> Option<Stopped> {
        let mut stdout = BufReader::new(stdout);
        let now = Instant::now();
        let mut pulse = Pulse { heard: now, moved: now, steps: 0 };
        let mut clock = tokio::time::interval(self.limits.tick());
        // Held across turns of the loop: a read that the clock interrupts must not lose what it has read.
        let mut reading = Box::pin(read_frame(&mut stdout));
        loop {
            tokio::select! {
                frame = &mut reading => match frame {
                    Ok((from, frame)) => {
                        pulse.heard = Instant::now();
                        reading = Box::pin(read_frame(from));
                        if self.take(&frame, &mut pulse).is_err() {
                            let _ = child.start_kill();
                            return Some(Stopped::Garbled);
                        }
                    }
                    Err(FrameError::End | FrameError::CutShort | FrameError::Pipe(_)) => return None,
                    Err(_) => {
                        let _ = child.start_kill();
                        return Some(Stopped::Garbled);
                    }
                },
                _ = clock.tick() => if let Some(after) = self.hung(&mut pulse) {
                    let _ = child.start_kill();
                    return Some(Stopped::Hung(after));
                },
            }
        }
    }

    /// For how long nothing has moved, if that is too long.
    fn hung(&self, pulse: &mut Pulse) -> Option<Duration> {
        let working = self.progress.is_some() || !self.shared.pending().is_empty();
        if !working {
            pulse.moved = Instant::now();
        }
        let (silent, still) = (pulse.heard.elapsed(), pulse.moved.elapsed());
        if silent > self.limits.silence {
            Some(silent)
        } else if still > self.limits.patience {
            Some(still)
        } else {
            None
        }
    }

    fn take(&mut self, frame: &Frame, pulse: &mut Pulse) -> Result<(), FrameError> {
        let message: FromWorker = frame.parse()?;
        if !matches!(message, FromWorker::Alive { .. }) {
            pulse.moved = Instant::now();
        }
        match message {
            FromWorker::Hello { program, protocol, engine, back_end, cpu, sandbox } => {
                self.tell(Started::Hello {
                    program,
                    protocol,
                    hello: Hello { engine, back_end, cpu, sandbox },
                });
            }
            FromWorker::Ready { model } => {
                self.tell(Started::Ready(model));
                self.progress = None;
            }
            FromWorker::Alive { steps } => {
                if steps != pulse.steps {
                    pulse.steps = steps;
                    pulse.moved = Instant::now();
                }
            }
            FromWorker::Partial { id, output } => self.reply(id, Reply::Partial(output)),
            FromWorker::Done { id, output } => self.reply(id, Reply::Done(output, frame.attachment.clone())),
            FromWorker::Failed { id: Some(id), fault } => self.reply(id, Reply::Failed(fault)),
            FromWorker::Failed { id: None, fault } => self.tell(Started::Failed(fault)),
        }
        Ok(())
    }

    fn tell(&self, started: Started) {
        if let Some(progress) = &self.progress {
            let _ = progress.send(started);
        }
    }

    /// Whoever asked may have gone; then the answer goes nowhere.
    fn reply(&self, id: RequestId, reply: Reply) {
        let last = !matches!(reply, Reply::Partial(_));
        let mut pending = self.shared.pending();
        if let Some(waiting) = pending.get(&id) {
            let _ = waiting.send(reply);
        }
        if last {
            pending.remove(&id);
        }
    }
}

async fn read_frame(
    from: &mut BufReader<ChildStdout>,
) -> Result<(&mut BufReader<ChildStdout>, Frame), FrameError> {
    let cut_short = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::UnexpectedEof => FrameError::End,
        _ => FrameError::Pipe(error),
    };
    let mut header = [0; HEADER_LENGTH];
    from.read_exact(&mut header).await.map_err(cut_short)?;
    let header = Header::decode(header)?;
    let mut frame = Frame { message: vec![0; header.message], attachment: vec![0; header.attachment] };
    from.read_exact(&mut frame.message).await.map_err(cut_short)?;
    from.read_exact(&mut frame.attachment).await.map_err(cut_short)?;
    Ok((from, frame))
}
