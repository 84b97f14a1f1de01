//! Messages: what the application and a worker say to each other.

use domain::Phi;
use serde::{Deserialize, Serialize};

use crate::cpu::CpuFeatures;

/// The protocol's version. Worker and application ship together; a difference means a half-done update.
pub const PROTOCOL_VERSION: u32 = 1;

/// A request's number, unique within one worker's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RequestId(pub u64);

/// From the application to the worker.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToWorker {
    /// Compute something.
    Ask {
        /// Answers carry the same number.
        id: RequestId,
        /// What.
        request: Request,
    },
    /// Give up a request, running or waiting.
    Cancel {
        /// Which.
        id: RequestId,
    },
}

/// What can be asked for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "request", rename_all = "snake_case")]
pub enum Request {
    /// What the model is. Also the cheapest proof that the worker answers.
    Describe,
    /// Speech to text. The attachment is 16 kHz mono audio, `f32` little-endian in -1 to 1.
    Transcribe(TranscribeOptions),
    /// Text from a chat.
    Generate(GenerateOptions),
    /// One vector for each text, of length 1.
    Embed {
        /// The texts.
        texts: Phi<Vec<String>>,
    },
}

/// How to transcribe.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TranscribeOptions {
    /// The language spoken, as whisper names it (`en`, `es`); `None` lets a multilingual model detect it.
    pub language: Option<String>,
    /// Words to expect, such as names of medicines. It biases the model, it does not constrain it.
    pub prompt: Option<Phi<String>>,
    /// Translate to English instead of transcribing.
    pub translate: bool,
    /// Also give the words of each segment with times.
    pub words: bool,
    /// The audio is one stretch of speech, as voice activity cut it: one segment, no timestamps inside, and the encoder
    /// looks at no more than the stretch.
    pub stretch: bool,
    /// Phrases that are likely, such as the answers to the question that was asked. They are preferred, not required.
    pub expect: Vec<String>,
}

/// A message of a chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatMessage {
    /// Who speaks.
    pub role: ChatRole,
    /// What is said.
    pub content: Phi<String>,
}

/// Who speaks in a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChatRole {
    /// The instructions.
    System,
    /// The one who asks.
    User,
    /// The model.
    Assistant,
}

impl ChatRole {
    /// The name chat templates use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::User => "user",
            Self::Assistant => "assistant",
        }
    }
}

/// How to generate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct GenerateOptions {
    /// The chat so far.
    pub messages: Vec<ChatMessage>,
    /// A GBNF grammar whose `root` the answer obeys.
    pub grammar: Option<String>,
    /// The answer ends before the first of these.
    pub stop: Vec<String>,
    /// At most so many tokens.
    pub max_tokens: u32,
    /// 0 takes the likeliest token each time.
    pub temperature: f32,
    /// Of the random choice, where temperature is above 0.
    pub seed: u32,
}

impl Default for GenerateOptions {
    fn default() -> Self {
        Self {
            messages: Vec::new(),
            grammar: None,
            stop: Vec::new(),
            max_tokens: 512,
            temperature: 0.0,
            seed: 0,
        }
    }
}

/// From the worker to the application.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FromWorker {
    /// The first message.
    Hello {
        /// Which worker: `bedside-speech-worker` or `bedside-language-worker`.
        program: String,
        /// [`PROTOCOL_VERSION`] of the worker.
        protocol: u32,
        /// The native library and its version.
        engine: String,
        /// What computes: `cpu` in this build.
        back_end: String,
        /// What the processor can do.
        cpu: CpuFeatures,
        /// What the sandbox really does.
        sandbox: SandboxReport,
    },
    /// The model is loaded.
    Ready {
        /// What it is.
        model: ModelDescription,
    },
    /// The worker lives. Sent every second from a thread of its own.
    Alive {
        /// Counts up whenever the computation gets further; it stands still when the computation hangs.
        steps: u64,
    },
    /// A piece of an answer.
    Partial {
        /// Of which request.
        id: RequestId,
        /// The piece.
        output: Output,
    },
    /// The end of an answer. The attachment holds the vectors of an [`Output::Embeddings`].
    Done {
        /// Of which request.
        id: RequestId,
        /// The whole, or what closes it.
        output: Output,
    },
    /// Something went wrong: with a request, or with the worker before it was ready.
    Failed {
        /// The request; `None` before the worker was ready.
        id: Option<RequestId>,
        /// What.
        fault: Fault,
    },
}

/// What a request yields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "output", rename_all = "snake_case")]
pub enum Output {
    /// To [`Request::Describe`].
    Description(ModelDescription),
    /// To [`Request::Transcribe`].
    Transcript {
        /// In order of time.
        segments: Vec<Segment>,
        /// The language spoken or detected.
        language: Option<String>,
        /// Segments left out because the model held them for silence or repeated itself.
        dropped: u32,
    },
    /// More text of [`Request::Generate`].
    Text {
        /// The text, whole characters only.
        text: Phi<String>,
    },
    /// The end of [`Request::Generate`].
    Generated {
        /// The whole text.
        text: Phi<String>,
        /// Why it ended.
        finish: FinishReason,
        /// Tokens read.
        prompt_tokens: u32,
        /// Tokens written.
        tokens: u32,
    },
    /// To [`Request::Embed`]; the vectors lie in the attachment, one after the other.
    Embeddings {
        /// How many vectors.
        count: u32,
        /// Numbers in each.
        dimensions: u32,
    },
}

/// Why a generation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FinishReason {
    /// The model or the grammar was done.
    Complete,
    /// A stop text came up.
    Stop,
    /// As many tokens as allowed were written.
    Length,
}

/// A stretch of speech.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Segment {
    /// Seconds from the start of the audio handed in.
    pub start: f64,
    /// Seconds from the start of the audio handed in.
    pub end: f64,
    /// What was said.
    pub text: Phi<String>,
    /// The geometric mean of the tokens' probabilities, 0 to 1.
    pub confidence: f32,
    /// How likely the model holds it that nobody spoke, 0 to 1.
    pub no_speech: f32,
    /// The words, where asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<SegmentWord>,
}

/// A word of a segment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SegmentWord {
    /// Seconds.
    pub start: f64,
    /// Seconds.
    pub end: f64,
    /// The word.
    pub text: Phi<String>,
    /// 0 to 1.
    pub confidence: f32,
}

/// What a model is, read from the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelDescription {
    /// `whisper`, or the architecture a GGUF names (`llama`, `qwen3`, `bert`).
    pub architecture: String,
    /// The model's own name, where it has one.
    pub name: Option<String>,
    /// Number of weights, where known.
    pub parameters: Option<u64>,
    /// Bytes of the weights.
    pub bytes: u64,
    /// Tokens of context that this worker offers.
    pub context: u32,
    /// Width of an embedding.
    pub embedding: u32,
    /// Tokens in the vocabulary.
    pub vocabulary: u32,
    /// Knows more languages than English; speech models only.
    pub multilingual: Option<bool>,
    /// Listens to one stretch of speech at a time, of some seconds: the starter; speech models only.
    #[serde(default)]
    pub only_stretches: bool,
    /// Carries a chat template that this build can apply; language models only.
    pub chat_template: Option<bool>,
}

/// What the sandbox really does, part by part. What is not `true` is not prevented, whatever was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SandboxReport {
    /// No sockets but those it had: none.
    pub no_network: bool,
    /// No file can be written, created, renamed or removed.
    pub no_file_writes: bool,
    /// No file but the model can be read.
    pub no_other_reads: bool,
    /// No program can be started.
    pub no_exec: bool,
    /// No further process can be made; threads can.
    pub no_fork: bool,
    /// No other process can be looked into.
    pub no_tracing: bool,
    /// No core dump is written.
    pub no_core_dumps: bool,
    /// Most bytes of address space, where a limit is set.
    pub memory_limit: Option<u64>,
    /// What does it, for an administrator to read: `seccomp`, `landlock abi 7`, `job object`.
    pub mechanisms: Vec<String>,
}

impl SandboxReport {
    /// Whether every part holds.
    pub const fn is_complete(&self) -> bool {
        self.no_network
            && self.no_file_writes
            && self.no_other_reads
            && self.no_exec
            && self.no_fork
            && self.no_tracing
            && self.no_core_dumps
    }

    /// The parts that do not hold.
    pub fn missing(&self) -> Vec<&'static str> {
        [
            (self.no_network, "network"),
            (self.no_file_writes, "file writes"),
            (self.no_other_reads, "reading other files"),
            (self.no_exec, "starting programs"),
            (self.no_fork, "making processes"),
            (self.no_tracing, "tracing"),
            (self.no_core_dumps, "core dumps"),
        ]
        .into_iter()
        .filter_map(|(holds, part)| (!holds).then_some(part))
        .collect()
    }
}

/// What went wrong inside a worker. Never holds PHI.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Of which kind.
    pub kind: FaultKind,
    /// In words, for a developer or an administrator.
    pub detail: String,
}

impl Fault {
    /// A fault.
    pub fn new(kind: FaultKind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into() }
    }
}

/// Kinds of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// The processor lacks instructions that the native library was built with.
    Cpu,
    /// The sandbox could not be applied.
    Sandbox,
    /// The model file is not there or cannot be read.
    ModelMissing,
    /// The model file is not one, is cut short, or is of another kind.
    ModelInvalid,
    /// There is not enough memory.
    OutOfMemory,
    /// The request cannot be carried out as it is, or this worker cannot do it.
    Request,
    /// The grammar is not valid, or this model's vocabulary cannot follow it.
    Grammar,
    /// The messages do not fit into the model's context.
    ContextFull,
    /// The request was cancelled.
    Cancelled,
    /// The native library failed.
    Engine,
}
