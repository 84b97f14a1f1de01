//! Writes a whisper model of the right shape and the smallest size, in whisper.cpp's format.
//!
//! One layer each, 64 wide, and the English vocabulary with its 51,864 rows. Its weights are made so that it always says
//! the same words, one after the other and over again: each position of the decoder is loud in the column of its word, which
//! the word's row answers to, and no other row to anything. Everything before runs in earnest on random numbers.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

const VOCABULARY: u32 = 51_864;
const WIDTH: u32 = 64;
const MELS: u32 = 80;
const END_OF_TEXT: u32 = 50_256;
const BLANK: u32 = 220;
/// The first of the tokens that it says, and the texts of those tokens: so many that no guard holds them for a stutter.
const WORD: u32 = 100;
pub const SAYS: [&str; 13] =
    ["knee", "hip", "elbow", "wrist", "neck", "toe", "thumb", "shin", "heel", "rib", "ear", "jaw", "back"];

/// Writes the model.
pub fn write(path: &Path) {
    let mut file = BufWriter::new(File::create(path).unwrap());
    let mut out = Out { file: &mut file, noise: 1 };
    out.bytes(b"lmgg");
    for field in [VOCABULARY, 1500, WIDTH, 2, 1, 448, WIDTH, 2, 1, MELS, 1] {
        out.u32(field);
    }
    out.u32(MELS);
    out.u32(201);
    for band in 0..MELS {
        for bin in 0..201_u32 {
            let distance = (bin as f32 - 2.5 * band as f32).abs();
            out.f32((1.0 - distance / 3.0).max(0.0) * 0.02);
        }
    }
    out.u32(END_OF_TEXT + 1);
    for token in 0..=END_OF_TEXT {
        let text = match token {
            // whisper.cpp looks for the blank when it suppresses blanks.
            BLANK => " ".to_owned(),
            token => match SAYS.get(token.wrapping_sub(WORD) as usize) {
                Some(word) => format!(" {word}"),
                None => format!(" w{token}"),
            },
        };
        out.u32(text.len() as u32);
        out.bytes(text.as_bytes());
    }

    out.random("encoder.positional_embedding", &[WIDTH, 1500]);
    out.random("encoder.conv1.weight", &[3, MELS, WIDTH]);
    out.random("encoder.conv1.bias", &[1, WIDTH]);
    out.random("encoder.conv2.weight", &[3, WIDTH, WIDTH]);
    out.random("encoder.conv2.bias", &[1, WIDTH]);
    out.norm("encoder.ln_post");
    out.layer("encoder.blocks.0", &["attn"]);

    let words = SAYS.len() as u32;
    out.tensor("decoder.positional_embedding", &[WIDTH, 448], |index| {
        if index % WIDTH == index / WIDTH % words { 200.0 } else { 0.0 }
    });
    out.tensor("decoder.token_embedding.weight", &[WIDTH, VOCABULARY], |index| {
        let (row, column) = (index / WIDTH, index % WIDTH);
        if (WORD..WORD + words).contains(&row) && column == row - WORD { 3.0 } else { 0.0 }
    });
    out.norm("decoder.ln");
    out.layer("decoder.blocks.0", &["attn", "cross_attn"]);
    file.flush().unwrap();
}

struct Out<'a> {
    file: &'a mut BufWriter<File>,
    noise: u32,
}

impl Out<'_> {
    fn bytes(&mut self, bytes: &[u8]) {
        self.file.write_all(bytes).unwrap();
    }

    fn u32(&mut self, number: u32) {
        self.bytes(&number.to_le_bytes());
    }

    fn f32(&mut self, number: f32) {
        self.bytes(&number.to_le_bytes());
    }

    fn tensor(&mut self, name: &str, shape: &[u32], value: impl Fn(u32) -> f32) {
        // As in every real file: what is multiplied in half precision, what is added in single.
        let half = name.ends_with(".weight") && shape.len() > 1;
        self.u32(shape.len() as u32);
        self.u32(name.len() as u32);
        self.u32(u32::from(half));
        for length in shape {
            self.u32(*length);
        }
        self.bytes(name.as_bytes());
        for index in 0..shape.iter().product() {
            let value = value(index);
            if half {
                self.bytes(&half_of(value).to_le_bytes());
            } else {
                self.f32(value);
            }
        }
    }

    fn random(&mut self, name: &str, shape: &[u32]) {
        self.noise += 1;
        let seed = self.noise;
        self.tensor(name, shape, |index| {
            let mixed = (index.wrapping_add(seed.wrapping_mul(0x9e37_79b9))).wrapping_mul(2_654_435_761);
            ((mixed >> 8) as f32 / 16_777_216.0 - 0.5) * 0.1
        });
    }

    fn norm(&mut self, name: &str) {
        self.tensor(&format!("{name}.weight"), &[WIDTH], |_| 1.0);
        self.tensor(&format!("{name}.bias"), &[WIDTH], |_| 0.0);
    }

    fn layer(&mut self, name: &str, attentions: &[&str]) {
        self.norm(&format!("{name}.mlp_ln"));
        self.random(&format!("{name}.mlp.0.weight"), &[WIDTH, 4 * WIDTH]);
        self.random(&format!("{name}.mlp.0.bias"), &[4 * WIDTH]);
        self.random(&format!("{name}.mlp.2.weight"), &[4 * WIDTH, WIDTH]);
        self.random(&format!("{name}.mlp.2.bias"), &[WIDTH]);
        for attention in attentions {
            self.norm(&format!("{name}.{attention}_ln"));
            for part in ["query", "key", "value", "out"] {
                self.random(&format!("{name}.{attention}.{part}.weight"), &[WIDTH, WIDTH]);
                if part != "key" {
                    self.random(&format!("{name}.{attention}.{part}.bias"), &[WIDTH]);
                }
            }
        }
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
