//! llama.cpp behind the worker's protocol.

use std::num::NonZeroU32;

use domain::Phi;
use llama_cpp_2::{
    DecodeError, LogOptions,
    context::{
        LlamaContext,
        params::{LlamaContextParams, LlamaPoolingType},
    },
    llama_backend::LlamaBackend,
    llama_batch::LlamaBatch,
    model::{LlamaModel, params::LlamaModelParams},
    send_logs_to_tracing,
    token::LlamaToken,
};
use worker::{
    Fault, FaultKind, FinishReason, GenerateOptions, ModelDescription, Output, Request,
    frame::floats_to_bytes,
    host::{Answer, Engine, Job, Settings},
    model_file::{self, ModelFileError},
};

use crate::{chat::Template, sampling::Chooser, text::TextStream};

/// Tokens computed at once: few enough that a cancel is noticed soon on a slow processor.
const BATCH: usize = 256;

/// A loaded language or embedding model.
///
/// The process lives for this one model, so backend and model are leaked: contexts that borrow from them can then be kept
/// from one request to the next.
pub(crate) struct Llama {
    backend: &'static LlamaBackend,
    model: &'static LlamaModel,
    template: Template,
    description: ModelDescription,
    threads: i32,
    generator: Option<Generator>,
    embedder: Option<LlamaContext<'static>>,
}

/// A context, and the tokens whose state it holds: a prompt that starts with the same tokens need not compute them again.
struct Generator {
    context: LlamaContext<'static>,
    computed: Vec<LlamaToken>,
}

impl Engine for Llama {
    const PROGRAM: &'static str = "bedside-language-worker";

    fn version() -> String {
        "llama.cpp (llama-cpp-2 0.1.160)".into()
    }

    fn prepare() {
        send_logs_to_tracing(LogOptions::default());
    }

    fn load(settings: &Settings) -> Result<Self, Fault> {
        let summary = model_file::gguf::check(&settings.model).map_err(|error| {
            let kind = match error {
                ModelFileError::Missing(_) => FaultKind::ModelMissing,
                _ => FaultKind::ModelInvalid,
            };
            Fault::new(kind, error.to_string())
        })?;
        let backend = LlamaBackend::init()
            .map_err(|error| Fault::new(FaultKind::Engine, format!("llama.cpp does not start: {error}")))?;
        let backend: &'static LlamaBackend = Box::leak(Box::new(backend));
        let parameters = LlamaModelParams::default().with_n_gpu_layers(0);
        let model = LlamaModel::load_from_file(backend, &settings.model, &parameters).map_err(|error| {
            Fault::new(FaultKind::ModelInvalid, format!("llama.cpp refuses the model: {error}"))
        })?;
        let model: &'static LlamaModel = Box::leak(Box::new(model));

        let template = Template::of(model);
        let trained = model.n_ctx_train();
        let description = ModelDescription {
            name: summary.name,
            parameters: Some(model.n_params()),
            bytes: model.size(),
            context: if trained == 0 { settings.context } else { settings.context.min(trained) },
            embedding: u32::try_from(model.n_embd_out()).unwrap_or(0),
            vocabulary: u32::try_from(model.n_vocab()).unwrap_or(0),
            multilingual: None,
            only_stretches: false,
            chat_template: Some(template.is_own()),
            architecture: summary.architecture,
        };
        let threads = i32::try_from(settings.threads).unwrap_or(1);
        Ok(Self { backend, model, template, description, threads, generator: None, embedder: None })
    }

    fn describe(&self) -> ModelDescription {
        self.description.clone()
    }

    fn answer(&mut self, request: Request, _: Vec<u8>, job: &Job) -> Result<Answer, Fault> {
        match request {
            Request::Describe => Ok(Output::Description(self.describe()).into()),
            Request::Generate(options) => self.generate(&options, job).map(Answer::from),
            Request::Embed { texts } => self.embed(texts.expose(), job),
            Request::Transcribe(_) => {
                Err(Fault::new(FaultKind::Request, "a language model cannot transcribe"))
            }
        }
    }
}

impl Llama {
    fn only_embeds(&self) -> bool {
        model_file::gguf::only_embeds(&self.description.architecture)
    }

    fn parameters(&self) -> LlamaContextParams {
        LlamaContextParams::default()
            .with_n_ctx(NonZeroU32::new(self.description.context))
            .with_n_threads(self.threads)
            .with_n_threads_batch(self.threads)
            .with_no_perf(true)
    }

    fn new_context(&self, parameters: LlamaContextParams) -> Result<LlamaContext<'static>, Fault> {
        self.model
            .new_context(self.backend, parameters)
            .map_err(|_| Fault::new(FaultKind::OutOfMemory, "there is no memory for the model's context"))
    }

    fn generate(&mut self, options: &GenerateOptions, job: &Job) -> Result<Output, Fault> {
        if self.only_embeds() {
            return Err(Fault::new(FaultKind::Request, "this model makes embeddings and cannot write"));
        }
        let prompt = self.template.tokens(self.model, &options.messages);
        let room = self.description.context as usize;
        if prompt.len() >= room {
            let detail = format!("{} tokens do not fit into a context of {room}", prompt.len());
            return Err(Fault::new(FaultKind::ContextFull, detail));
        }
        if prompt.is_empty() {
            return Err(Fault::new(FaultKind::Request, "there are no messages"));
        }
        let mut chooser = Chooser::new(self.model, options)?;
        let mut stops = self.template.stops();
        stops.extend(options.stop.iter().cloned());
        let mut stream = TextStream::new(&stops);

        let mut generator = match self.generator.take() {
            Some(generator) => generator,
            None => {
                let parameters = self.parameters().with_n_batch(BATCH as u32).with_n_ubatch(BATCH as u32);
                Generator { context: self.new_context(parameters)?, computed: Vec::new() }
            }
        };
        // A generator that failed half-way is dropped, with whatever state it is in; one that was cancelled is sound.
        let vocabulary = self.model.vocab();
        generator.keep_common_prefix(&prompt);
        let mut next = prompt[generator.computed.len()..].to_vec();
        let mut written = 0_u32;
        let finish = loop {
            match generator.compute(&next, job) {
                Ok(()) => {}
                Err(fault) => {
                    if fault.kind == FaultKind::Cancelled {
                        self.generator = Some(generator);
                    }
                    return Err(fault);
                }
            }
            if written >= options.max_tokens || generator.computed.len() >= room {
                break FinishReason::Length;
            }
            let token = chooser.next(&generator.context, |token| {
                vocabulary.is_eog(token) || stream.continues(&vocabulary.token_to_piece(token, false, None))
            })?;
            if vocabulary.is_eog(token) {
                break FinishReason::Complete;
            }
            chooser.accept(token);
            written += 1;
            let piece = stream.push(&vocabulary.token_to_piece(token, false, None));
            if !piece.is_empty() {
                job.partial(Output::Text { text: Phi::new(piece) });
            }
            if stream.is_stopped() {
                break FinishReason::Stop;
            }
            next = vec![token];
        };
        self.generator = Some(generator);
        let (last, text) = stream.finish();
        if !last.is_empty() {
            job.partial(Output::Text { text: Phi::new(last) });
        }
        let prompt_tokens = u32::try_from(prompt.len()).unwrap_or(u32::MAX);
        Ok(Output::Generated { text: Phi::new(text), finish, prompt_tokens, tokens: written })
    }

    fn embed(&mut self, texts: &[String], job: &Job) -> Result<Answer, Fault> {
        let reads_at_once = self.only_embeds();
        // Read at once means computed at once: the batch must hold the whole text.
        let room = if reads_at_once { self.description.context } else { self.description.context.min(2048) };
        let mut context = match self.embedder.take() {
            Some(context) => context,
            None => {
                let pooling =
                    if reads_at_once { LlamaPoolingType::Unspecified } else { LlamaPoolingType::Mean };
                let parameters = self
                    .parameters()
                    .with_n_ctx(NonZeroU32::new(room))
                    .with_n_batch(room)
                    .with_n_ubatch(room)
                    .with_embeddings(true)
                    .with_pooling_type(pooling);
                self.new_context(parameters)?
            }
        };
        let mut batch = LlamaBatch::new(room as usize, 1);
        let mut vectors = Vec::new();
        for text in texts {
            if job.is_cancelled() {
                self.embedder = Some(context);
                return Err(Job::cancelled());
            }
            let tokens = self.model.vocab().tokenize(text.as_bytes(), true, false);
            if tokens.len() > room as usize {
                let detail = format!("{} tokens do not fit into a context of {room}", tokens.len());
                return Err(Fault::new(FaultKind::ContextFull, detail));
            }
            if tokens.is_empty() {
                return Err(Fault::new(FaultKind::Request, "an empty text has no embedding"));
            }
            batch.clear();
            batch.add_sequence(&tokens, 0, true).map_err(engine_fault)?;
            if reads_at_once {
                context.encode(&mut batch).map_err(engine_fault)?;
            } else {
                context.clear_kv_cache();
                context.decode(&mut batch).map_err(engine_fault)?;
            }
            let vector = context.embeddings_seq_ith(0).map_err(|_| {
                Fault::new(FaultKind::Request, "this model gives no embedding of a whole text")
            })?;
            vectors.extend(of_length_one(vector));
        }
        self.embedder = Some(context);
        let count = u32::try_from(texts.len()).unwrap_or(u32::MAX);
        let dimensions = vectors.len().checked_div(texts.len()).unwrap_or(0) as u32;
        Ok(Answer { output: Output::Embeddings { count, dimensions }, attachment: floats_to_bytes(&vectors) })
    }
}

impl Generator {
    /// Forgets everything after the longest common beginning; at least the last token is computed again, because its
    /// result is what the next one is chosen from.
    fn keep_common_prefix(&mut self, prompt: &[LlamaToken]) {
        let common = self.computed.iter().zip(prompt).take_while(|(old, new)| old == new).count();
        let keep = common.min(prompt.len().saturating_sub(1));
        let kept = u32::try_from(keep)
            .is_ok_and(|from| self.context.clear_kv_cache_seq(Some(0), Some(from), None).unwrap_or(false));
        if kept {
            self.computed.truncate(keep);
        } else {
            // Some architectures cannot forget a part.
            self.context.clear_kv_cache();
            self.computed.clear();
        }
    }

    fn compute(&mut self, tokens: &[LlamaToken], job: &Job) -> Result<(), Fault> {
        let mut batch = LlamaBatch::new(BATCH, 1);
        for part in tokens.chunks(BATCH) {
            if job.is_cancelled() {
                return Err(Job::cancelled());
            }
            batch.clear();
            let last = part.len() - 1;
            for (index, token) in part.iter().enumerate() {
                let position = i32::try_from(self.computed.len() + index)
                    .map_err(|_| Fault::new(FaultKind::ContextFull, "the context is too long"))?;
                batch.add(*token, position, &[0], index == last).map_err(engine_fault)?;
            }
            self.context.decode(&mut batch).map_err(|error| match error {
                DecodeError::NoKvCacheSlot => Fault::new(FaultKind::ContextFull, "the context is full"),
                error => engine_fault(error),
            })?;
            self.computed.extend_from_slice(part);
        }
        if job.is_cancelled() { Err(Job::cancelled()) } else { Ok(()) }
    }
}

fn engine_fault(error: impl std::fmt::Display) -> Fault {
    Fault::new(FaultKind::Engine, format!("llama.cpp failed: {error}"))
}

fn of_length_one(vector: &[f32]) -> Vec<f32> {
    let length = vector.iter().map(|number| number * number).sum::<f32>().sqrt();
    if length > 0.0 { vector.iter().map(|number| number / length).collect() } else { vector.to_vec() }
}
