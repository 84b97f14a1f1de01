//! Writes language models of the right shape with random weights, as GGUF.

use std::fs::File;
use std::io::{self, BufWriter, Seek as _, Write};
use std::path::Path;

/// Sizes of a llama.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// What it is called here.
    pub name: &'static str,
    /// Of the residual.
    pub width: u64,
    /// Of the feed-forward layers.
    pub wide: u64,
    /// How many layers.
    pub layers: u32,
    /// Heads that ask.
    pub heads: u64,
    /// Heads that are asked: keys and values.
    pub shared: u64,
    /// Of each head.
    pub head: u64,
    /// Tokens of the vocabulary, at least; the smallest has what it takes to write any text.
    pub vocabulary: usize,
    /// Tokens that it can hold in mind.
    pub context: u32,
    /// Whether what is multiplied has four bits a weight (`Q4_0`) instead of 32.
    pub quantised: bool,
}

impl Shape {
    /// One layer: for tests.
    pub const LEAST: Self = Self {
        name: "smallest",
        width: 64,
        wide: 128,
        layers: 1,
        heads: 2,
        shared: 2,
        head: 32,
        vocabulary: 0,
        context: 512,
        quantised: false,
    };
    /// Of the sizes of Qwen3-0.6B.
    pub const SMALL: Self = Self {
        name: "0.6 B",
        width: 1024,
        wide: 3072,
        layers: 28,
        heads: 16,
        shared: 8,
        head: 128,
        vocabulary: 151_936,
        context: 4096,
        quantised: true,
    };
    /// Of the sizes of Qwen3-1.7B.
    pub const MIDDLE: Self = Self { name: "1.7 B", width: 2048, wide: 6144, ..Self::SMALL };

    fn tensors(&self, rows: u64) -> Vec<(String, Vec<u64>)> {
        let Self { width, wide, .. } = *self;
        let (asks, asked) = (self.heads * self.head, self.shared * self.head);
        let mut tensors = vec![
            ("token_embd.weight".to_owned(), vec![width, rows]),
            ("output_norm.weight".to_owned(), vec![width]),
            ("output.weight".to_owned(), vec![width, rows]),
        ];
        for layer in 0..self.layers {
            let part = |name: &str, shape: &[u64]| (format!("blk.{layer}.{name}.weight"), shape.to_vec());
            tensors.extend([
                part("attn_norm", &[width]),
                part("attn_q", &[width, asks]),
                part("attn_k", &[width, asked]),
                part("attn_v", &[width, asked]),
                part("attn_output", &[asks, width]),
                part("ffn_norm", &[width]),
                part("ffn_gate", &[width, wide]),
                part("ffn_up", &[width, wide]),
                part("ffn_down", &[wide, width]),
            ]);
        }
        tensors
    }
}

/// A vocabulary of single characters, with a token for each byte so that every text can be written; then some words, and
/// as many more as are wanted, which only a model writes.
fn vocabulary(wanted: usize) -> Vec<(String, i32)> {
    const NORMAL: i32 = 1;
    const UNKNOWN: i32 = 2;
    const CONTROL: i32 = 3;
    const BYTE: i32 = 6;
    let mut tokens = vec![("<unk>".into(), UNKNOWN), ("<s>".into(), CONTROL), ("</s>".into(), CONTROL)];
    tokens.extend((0..=255).map(|byte| (format!("<0x{byte:02X}>"), BYTE)));
    tokens.push(("▁".into(), NORMAL));
    tokens.extend((' '..='~').filter(|letter| *letter != ' ').map(|letter| (letter.to_string(), NORMAL)));
    for word in ["▁the", "▁knee", "▁pain", "true", "false", "{\"", "\":", "日本", "é"] {
        tokens.push((word.into(), NORMAL));
    }
    tokens.extend((tokens.len()..wanted).map(|rank| (format!("▁word{rank}"), NORMAL)));
    tokens
}

/// Writes the smallest one, with 512 tokens of context.
pub fn write(path: &Path) {
    write_with(path, 512, &[]);
}

/// The same with another context and more text entries.
pub fn write_with(path: &Path, context: u32, more: &[(&str, &str)]) {
    write_shape(path, &Shape { context, ..Shape::LEAST }, more).unwrap();
}

/// Writes one of a shape, with more text entries.
pub fn write_shape(path: &Path, shape: &Shape, more: &[(&str, &str)]) -> io::Result<()> {
    let vocabulary = vocabulary(shape.vocabulary);
    let rows = vocabulary.len() as u64;
    let mut entries = Entries::default();
    entries.text("general.architecture", "llama");
    entries.text("general.name", shape.name);
    for (key, value) in [
        ("llama.context_length", shape.context),
        ("llama.embedding_length", shape.width as u32),
        ("llama.block_count", shape.layers),
        ("llama.feed_forward_length", shape.wide as u32),
        ("llama.attention.head_count", shape.heads as u32),
        ("llama.attention.head_count_kv", shape.shared as u32),
        ("llama.attention.key_length", shape.head as u32),
        ("llama.attention.value_length", shape.head as u32),
        ("llama.rope.dimension_count", shape.head as u32),
        ("tokenizer.ggml.unknown_token_id", 0),
        ("tokenizer.ggml.bos_token_id", 1),
        ("tokenizer.ggml.eos_token_id", 2),
    ] {
        entries.number(key, value);
    }
    entries.float("llama.attention.layer_norm_rms_epsilon", 1e-5);
    entries.text("tokenizer.ggml.model", "llama");
    entries.texts("tokenizer.ggml.tokens", vocabulary.iter().map(|(text, _)| text.as_str()));
    entries.floats("tokenizer.ggml.scores", (0..rows).map(|rank| -(rank as f32)));
    entries.integers("tokenizer.ggml.token_type", vocabulary.iter().map(|(_, kind)| *kind));
    for (key, value) in more {
        entries.text(key, value);
    }
    let mut file = BufWriter::new(File::create(path)?);
    write_file(&mut file, &entries, &shape.tensors(rows), shape.quantised)?;
    file.flush()
}

fn write_file(
    file: &mut BufWriter<File>,
    entries: &Entries,
    tensors: &[(String, Vec<u64>)],
    quantised: bool,
) -> io::Result<()> {
    let quantised = |shape: &[u64]| quantised && shape.len() > 1;
    let mut head = b"GGUF".to_vec();
    head.extend(3_u32.to_le_bytes());
    head.extend((tensors.len() as u64).to_le_bytes());
    head.extend(entries.count.to_le_bytes());
    head.extend(&entries.bytes);
    let mut offset = 0;
    for (name, shape) in tensors {
        push_text(&mut head, name);
        head.extend((shape.len() as u32).to_le_bytes());
        shape.iter().for_each(|length| head.extend(length.to_le_bytes()));
        head.extend(if quantised(shape) { Q4_0 } else { F32 }.to_le_bytes());
        head.extend(u64::to_le_bytes(offset));
        let count: u64 = shape.iter().product();
        let bytes = if quantised(shape) { count / BLOCK * BLOCK_BYTES } else { count * 4 };
        offset = (offset + bytes).next_multiple_of(ALIGNMENT);
    }
    file.write_all(&head)?;
    for (index, (_, shape)) in tensors.iter().enumerate() {
        pad(file)?;
        let count: u64 = shape.iter().product();
        let random =
            |number: u64| (number as u32).wrapping_add(index as u32 * 77_777).wrapping_mul(2_654_435_761);
        if quantised(shape) {
            for block in 0..count / BLOCK {
                file.write_all(&SCALE.to_le_bytes())?;
                for part in 0..4 {
                    file.write_all(&random(block * 4 + part).to_le_bytes())?;
                }
            }
        } else {
            for number in 0..count {
                let weight = ((random(number) >> 8) as f32 / 16_777_216.0 - 0.5) * 0.5;
                file.write_all(&if shape.len() == 1 { 1.0_f32 } else { weight }.to_le_bytes())?;
            }
        }
    }
    pad(file)
}

const F32: u32 = 0;
/// 32 weights in 18 bytes: their scale as a 16-bit float, then four bits for each.
const Q4_0: u32 = 2;
const BLOCK: u64 = 32;
const BLOCK_BYTES: u64 = 18;
/// 2⁻⁷ as a 16-bit float.
const SCALE: u16 = 0x2000;
const ALIGNMENT: u64 = 32;

/// Fills up to where the next tensor may begin.
fn pad(file: &mut BufWriter<File>) -> io::Result<()> {
    let at = file.stream_position()?;
    file.write_all(&vec![0; (at.next_multiple_of(ALIGNMENT) - at) as usize])
}

fn push_text(bytes: &mut Vec<u8>, text: &str) {
    bytes.extend((text.len() as u64).to_le_bytes());
    bytes.extend(text.as_bytes());
}

#[derive(Default)]
struct Entries {
    count: u64,
    bytes: Vec<u8>,
}

impl Entries {
    fn key(&mut self, key: &str, kind: u32) {
        self.count += 1;
        push_text(&mut self.bytes, key);
        self.bytes.extend(kind.to_le_bytes());
    }

    fn text(&mut self, key: &str, value: &str) {
        self.key(key, 8);
        push_text(&mut self.bytes, value);
    }

    fn number(&mut self, key: &str, value: u32) {
        self.key(key, 4);
        self.bytes.extend(value.to_le_bytes());
    }

    fn float(&mut self, key: &str, value: f32) {
        self.key(key, 6);
        self.bytes.extend(value.to_le_bytes());
    }

    fn list(&mut self, key: &str, kind: u32, count: usize) {
        self.key(key, 9);
        self.bytes.extend(kind.to_le_bytes());
        self.bytes.extend((count as u64).to_le_bytes());
    }

    fn texts<'a>(&mut self, key: &str, values: impl ExactSizeIterator<Item = &'a str>) {
        self.list(key, 8, values.len());
        values.for_each(|value| push_text(&mut self.bytes, value));
    }

    fn floats(&mut self, key: &str, values: impl Iterator<Item = f32>) {
        let values: Vec<f32> = values.collect();
        self.list(key, 6, values.len());
        values.iter().for_each(|value| self.bytes.extend(value.to_le_bytes()));
    }

    fn integers(&mut self, key: &str, values: impl ExactSizeIterator<Item = i32>) {
        self.list(key, 5, values.len());
        values.for_each(|value| self.bytes.extend(value.to_le_bytes()));
    }
}
