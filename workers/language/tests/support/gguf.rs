//! Writes language models of the right shape and the smallest size, as GGUF, with random weights.

use std::path::Path;

const WIDTH: u64 = 64;
const WIDE: u64 = 128;

/// A vocabulary of single characters, with a token for each byte so that every text can be written.
fn vocabulary() -> Vec<(String, i32)> {
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
    tokens
}

/// Writes a llama with one layer, 64 wide, and 512 tokens of context.
pub fn write(path: &Path) {
    write_with(path, 512, &[]);
}

/// The same with another context and more text entries.
pub fn write_with(path: &Path, context: u32, more: &[(&str, &str)]) {
    let vocabulary = vocabulary();
    let rows = vocabulary.len() as u64;
    let mut entries = Entries::default();
    entries.text("general.architecture", "llama");
    entries.text("general.name", "smallest");
    for (key, value) in [
        ("llama.context_length", context),
        ("llama.embedding_length", WIDTH as u32),
        ("llama.block_count", 1),
        ("llama.feed_forward_length", WIDE as u32),
        ("llama.attention.head_count", 2),
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

    let tensors: Vec<(String, Vec<u64>)> = [
        ("token_embd.weight", vec![WIDTH, rows]),
        ("output_norm.weight", vec![WIDTH]),
        ("output.weight", vec![WIDTH, rows]),
        ("blk.0.attn_norm.weight", vec![WIDTH]),
        ("blk.0.attn_q.weight", vec![WIDTH, WIDTH]),
        ("blk.0.attn_k.weight", vec![WIDTH, WIDTH]),
        ("blk.0.attn_v.weight", vec![WIDTH, WIDTH]),
        ("blk.0.attn_output.weight", vec![WIDTH, WIDTH]),
        ("blk.0.ffn_norm.weight", vec![WIDTH]),
        ("blk.0.ffn_gate.weight", vec![WIDTH, WIDE]),
        ("blk.0.ffn_up.weight", vec![WIDTH, WIDE]),
        ("blk.0.ffn_down.weight", vec![WIDE, WIDTH]),
    ]
    .into_iter()
    .map(|(name, shape)| (name.to_owned(), shape))
    .collect();
    std::fs::write(path, file(&entries, &tensors)).unwrap();
}

fn file(entries: &Entries, tensors: &[(String, Vec<u64>)]) -> Vec<u8> {
    let mut file = b"GGUF".to_vec();
    file.extend(3_u32.to_le_bytes());
    file.extend((tensors.len() as u64).to_le_bytes());
    file.extend(entries.count.to_le_bytes());
    file.extend(&entries.bytes);
    let mut weights = Vec::new();
    for (index, (name, shape)) in tensors.iter().enumerate() {
        push_text(&mut file, name);
        file.extend((shape.len() as u32).to_le_bytes());
        shape.iter().for_each(|length| file.extend(length.to_le_bytes()));
        file.extend(0_u32.to_le_bytes());
        file.extend((weights.len() as u64).to_le_bytes());
        let is_norm = shape.len() == 1;
        for number in 0..shape.iter().product::<u64>() as u32 {
            let mixed = number.wrapping_add(index as u32 * 77_777).wrapping_mul(2_654_435_761);
            let random = ((mixed >> 8) as f32 / 16_777_216.0 - 0.5) * 0.5;
            weights.extend(if is_norm { 1.0_f32 } else { random }.to_le_bytes());
        }
        weights.resize(weights.len().next_multiple_of(32), 0);
    }
    file.resize(file.len().next_multiple_of(32), 0);
    file.extend(weights);
    file
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
