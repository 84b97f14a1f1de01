//! Models of whisper's shapes with weights drawn from a seed, in whisper.cpp's format.
//!
//! What such a model says is arranged, so that a pass does the work of a pass on speech and not of one that never ends: each
//! position of the decoder carries a number of its own through the residual, the last normalisation lets nothing else
//! through, and the vocabulary's rows answer to it. It says [`Shape::words`] words, one a position, and ends. Everything
//! before is computed in earnest. It says them whatever it hears, which is the worst that a model can do to silence.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
};

use crate::sounds::Noise;

/// Sizes of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// What it is called here.
    pub name: &'static str,
    /// Of encoder and decoder alike.
    pub width: u32,
    /// Layers of the encoder.
    pub encoder: u32,
    /// Layers of the decoder.
    pub decoder: u32,
    /// Words that it says in each pass: about what is said in six seconds.
    pub words: u32,
    /// Whether what is multiplied has five bits a weight (`q5_1`) instead of sixteen.
    pub quantised: bool,
}

impl Shape {
    /// OpenAI's `tiny.en`.
    pub const TINY: Self =
        Self { name: "tiny", width: 384, encoder: 4, decoder: 4, words: 18, quantised: true };
    /// OpenAI's `base.en`.
    pub const BASE: Self = Self { name: "base", width: 512, encoder: 6, decoder: 6, ..Self::TINY };
    /// OpenAI's `small.en`.
    pub const SMALL: Self = Self { name: "small", width: 768, encoder: 12, decoder: 12, ..Self::TINY };
    /// Smaller than any of them; for tests.
    pub const LEAST: Self =
        Self { name: "least", width: 64, encoder: 1, decoder: 1, words: 5, quantised: false };
}

const VOCABULARY: u32 = 51_864;
const CONTEXT: u32 = 1500;
const TEXT: u32 = 448;
const MELS: u32 = 80;
const END_OF_TEXT: u32 = 50_256;
const BLANK: u32 = 220;
/// The first of the tokens that it says.
const FIRST: u32 = 1_000;
/// So loud is a position's number in the residual, beside which the layers' sums are small.
const LOUD: f32 = 200.0;

/// How strongly a word's row answers to its position.
const CERTAIN: f32 = 3.0;

const F16: u32 = 1;
const Q5_1: u32 = 7;
/// Weights of a block of `q5_1`.
const BLOCK: u32 = 32;

/// Writes the model.
///
/// # Errors
/// What the disk says.
pub fn write(path: &Path, shape: &Shape) -> io::Result<()> {
    let mut out = Out { file: BufWriter::new(File::create(path)?), noise: Noise(1), shape: *shape };
    let Shape { width, encoder, decoder, .. } = *shape;
    out.bytes(b"lmgg")?;
    // The weight type as whisper.cpp numbers it; the thousands are the version of the quantisation.
    let kind = if shape.quantised { 2_009 } else { 1 };
    let heads = width / 64;
    for field in [VOCABULARY, CONTEXT, width, heads, encoder, TEXT, width, heads, decoder, MELS, kind] {
        out.u32(field)?;
    }
    out.u32(MELS)?;
    out.u32(201)?;
    for band in 0..MELS {
        for bin in 0..201_u32 {
            let distance = (bin as f32 - 2.5 * band as f32).abs();
            out.f32((1.0 - distance / 3.0).max(0.0) * 0.02)?;
        }
    }
    out.u32(END_OF_TEXT + 1)?;
    for token in 0..=END_OF_TEXT {
        let text = if token == BLANK { " ".to_owned() } else { format!(" w{token}") };
        out.u32(text.len() as u32)?;
        out.bytes(text.as_bytes())?;
    }

    out.random("encoder.positional_embedding", &[width, CONTEXT])?;
    out.random("encoder.conv1.weight", &[3, MELS, width])?;
    out.random("encoder.conv1.bias", &[1, width])?;
    out.random("encoder.conv2.weight", &[3, width, width])?;
    out.random("encoder.conv2.bias", &[1, width])?;
    out.norm("encoder.ln_post")?;
    for layer in 0..encoder {
        out.layer(&format!("encoder.blocks.{layer}"), &["attn"])?;
    }

    let words = shape.words;
    out.values("decoder.positional_embedding", &[width, TEXT], |index| {
        // The prompt is two tokens long for an English model (start, no timestamps); at its last the first word is heard.
        let says = (index / width).saturating_sub(1).min(words);
        if index % width == says { LOUD } else { 0.0 }
    })?;
    out.values("decoder.token_embedding.weight", &[width, VOCABULARY], |index| {
        let says = match index / width {
            END_OF_TEXT => words,
            row if (FIRST..FIRST + words).contains(&row) => row - FIRST,
            _ => return 0.0,
        };
        if index % width == says { CERTAIN } else { 0.0 }
    })?;
    out.values("decoder.ln.weight", &[width], |_| 1.0)?;
    out.values("decoder.ln.bias", &[width], |_| 0.0)?;
    for layer in 0..decoder {
        out.layer(&format!("decoder.blocks.{layer}"), &["attn", "cross_attn"])?;
    }
    out.file.flush()
}

struct Out {
    file: BufWriter<File>,
    noise: Noise,
    shape: Shape,
}

impl Out {
    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)
    }

    fn u32(&mut self, number: u32) -> io::Result<()> {
        self.bytes(&number.to_le_bytes())
    }

    fn f32(&mut self, number: f32) -> io::Result<()> {
        self.bytes(&number.to_le_bytes())
    }

    /// Writes what stands before a tensor's weights; gives their type. As in every real file: what is multiplied is in half
    /// precision or quantised, what is added is in single precision, and convolutions are never quantised.
    fn head(&mut self, name: &str, shape: &[u32]) -> io::Result<u32> {
        let kind = match (name.ends_with(".weight"), shape.len()) {
            (true, 2) if self.shape.quantised => Q5_1,
            (true, 2 | 3) => F16,
            _ => 0,
        };
        self.u32(shape.len() as u32)?;
        self.u32(name.len() as u32)?;
        self.u32(kind)?;
        for length in shape {
            self.u32(*length)?;
        }
        self.bytes(name.as_bytes())?;
        Ok(kind)
    }

    /// A tensor of given values. Quantised, no block of 32 may hold more than one that is not zero.
    fn values(&mut self, name: &str, shape: &[u32], value: impl Fn(u32) -> f32) -> io::Result<()> {
        let kind = self.head(name, shape)?;
        let count: u32 = shape.iter().product();
        match kind {
            Q5_1 => {
                for block in 0..count / BLOCK {
                    let found =
                        (0..BLOCK).map(|at| (at, value(block * BLOCK + at))).find(|(_, value)| *value != 0.0);
                    let (at, value) = found.unwrap_or((0, 0.0));
                    let mut quants = [0_u8; 16];
                    quants[at as usize % 16] = 1 << (at / 16 * 4);
                    self.block(value, 0.0, 0, quants)?;
                }
                Ok(())
            }
            F16 => (0..count).try_for_each(|index| self.bytes(&half_of(value(index)).to_le_bytes())),
            _ => (0..count).try_for_each(|index| self.f32(value(index))),
        }
    }

    /// A tensor of weights between -0.05 and 0.05.
    fn random(&mut self, name: &str, shape: &[u32]) -> io::Result<()> {
        let kind = self.head(name, shape)?;
        let count: u32 = shape.iter().product();
        match kind {
            Q5_1 => (0..count / BLOCK).try_for_each(|_| {
                let (a, b, high) = (self.noise.bits(), self.noise.bits(), self.noise.bits());
                let mut quants = [0; 16];
                quants[..8].copy_from_slice(&a.to_le_bytes());
                quants[8..].copy_from_slice(&b.to_le_bytes());
                self.block(0.1 / 31.0, -0.05, (high >> 32) as u32, quants)
            }),
            F16 => (0..count).try_for_each(|_| {
                let value = self.noise.next() * 0.05;
                self.bytes(&half_of(value).to_le_bytes())
            }),
            _ => (0..count).try_for_each(|_| {
                let value = self.noise.next() * 0.05;
                self.f32(value)
            }),
        }
    }

    /// A block of `q5_1`: each weight is its five bits times `step`, plus `least`.
    fn block(&mut self, step: f32, least: f32, high: u32, quants: [u8; 16]) -> io::Result<()> {
        self.bytes(&half_of(step).to_le_bytes())?;
        self.bytes(&half_of(least).to_le_bytes())?;
        self.bytes(&high.to_le_bytes())?;
        self.bytes(&quants)
    }

    fn norm(&mut self, name: &str) -> io::Result<()> {
        let width = self.shape.width;
        self.values(&format!("{name}.weight"), &[width], |_| 1.0)?;
        self.values(&format!("{name}.bias"), &[width], |_| 0.0)
    }

    fn layer(&mut self, name: &str, attentions: &[&str]) -> io::Result<()> {
        let width = self.shape.width;
        self.norm(&format!("{name}.mlp_ln"))?;
        self.random(&format!("{name}.mlp.0.weight"), &[width, 4 * width])?;
        self.random(&format!("{name}.mlp.0.bias"), &[4 * width])?;
        self.random(&format!("{name}.mlp.2.weight"), &[4 * width, width])?;
        self.random(&format!("{name}.mlp.2.bias"), &[width])?;
        for attention in attentions {
            self.norm(&format!("{name}.{attention}_ln"))?;
            for part in ["query", "key", "value", "out"] {
                self.random(&format!("{name}.{attention}.{part}.weight"), &[width, width])?;
                if part != "key" {
                    self.random(&format!("{name}.{attention}.{part}.bias"), &[width])?;
                }
            }
        }
        Ok(())
    }
}

/// IEEE half precision, rounded towards zero; what is too small for it is zero.
fn half_of(value: f32) -> u16 {
    let bits = value.to_bits();
    let sign = (bits >> 16) as u16 & 0x8000;
    match (bits >> 23 & 0xff).checked_sub(112) {
        Some(exponent @ 1..=30) => sign | (exponent as u16) << 10 | (bits >> 13) as u16 & 0x3ff,
        _ => sign,
    }
}
