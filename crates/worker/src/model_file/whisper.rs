//! whisper.cpp's model files (`ggml-*.bin`).
//!
//! ```text
//! "lmgg"  11 x i32 shape  i32 mel rows  i32 mel columns  f32 filters  i32 words  (u32 length, bytes) x words
//! then tensors to the end: i32 dimensions  i32 length of the name  i32 type  i32 x dimensions  name  weights
//! ```

use std::path::Path;

use super::{ModelFileError, Walk, block_of, tensor_bytes};

/// The first bytes: the number 0x67676d6c, little-endian.
pub const MAGIC: &[u8; 4] = b"lmgg";

/// The shape of a whisper model, in the order of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "whisper.cpp's own names")]
pub struct Shape {
    pub n_vocab: u32,
    pub n_audio_ctx: u32,
    pub n_audio_state: u32,
    pub n_audio_head: u32,
    pub n_audio_layer: u32,
    pub n_text_ctx: u32,
    pub n_text_state: u32,
    pub n_text_head: u32,
    pub n_text_layer: u32,
    pub n_mels: u32,
    pub ftype: u32,
}

impl Shape {
    /// Tensors of a complete model: 11 outside the layers, 15 in each of the encoder's, 24 in each of the decoder's.
    pub const fn tensors(&self) -> u32 {
        11 + 15 * self.n_audio_layer + 24 * self.n_text_layer
    }

    /// Whether it knows more languages than English: the vocabulary has a token for each.
    pub const fn is_multilingual(&self) -> bool {
        self.n_vocab >= 51_865
    }

    fn check(&self) -> Result<(), ModelFileError> {
        let ranges = [
            // The special tokens (end of text, timestamps) have fixed numbers up to 51,863.
            ("vocabulary", self.n_vocab, 51_864, 1 << 18),
            ("audio context", self.n_audio_ctx, 1, 1 << 14),
            ("audio width", self.n_audio_state, 1, 1 << 13),
            ("audio heads", self.n_audio_head, 1, 256),
            ("audio layers", self.n_audio_layer, 1, 256),
            ("text context", self.n_text_ctx, 1, 1 << 14),
            ("text width", self.n_text_state, 1, 1 << 13),
            ("text heads", self.n_text_head, 1, 256),
            ("text layers", self.n_text_layer, 1, 256),
            ("mel bands", self.n_mels, 1, 512),
            ("weight type", self.ftype % 1000, 0, 64),
        ];
        for (what, value, least, most) in ranges {
            if !(least..=most).contains(&value) {
                return Err(ModelFileError::Damaged(format!("{what} {value}")));
            }
        }
        if self.n_audio_state != self.n_text_state
            || !self.n_audio_state.is_multiple_of(self.n_audio_head)
            || !self.n_text_state.is_multiple_of(self.n_text_head)
        {
            return Err(ModelFileError::Damaged("widths and heads that do not go together".into()));
        }
        Ok(())
    }
}

/// Walks the file: every tensor is there in full, as many as the shape asks for, and nothing follows them.
///
/// # Errors
/// What does not hold.
pub fn check(path: &Path) -> Result<Shape, ModelFileError> {
    let mut walk = Walk::open(path)?;
    if walk.length < 4 || &walk.bytes::<4>()? != MAGIC {
        return Err(ModelFileError::OtherFormat("whisper"));
    }
    let mut fields = [0; 11];
    for field in &mut fields {
        *field = walk.u32()?;
    }
    let [
        n_vocab,
        n_audio_ctx,
        n_audio_state,
        n_audio_head,
        n_audio_layer,
        n_text_ctx,
        n_text_state,
        n_text_head,
        n_text_layer,
        n_mels,
        ftype,
    ] = fields;
    let shape = Shape {
        n_vocab,
        n_audio_ctx,
        n_audio_state,
        n_audio_head,
        n_audio_layer,
        n_text_ctx,
        n_text_state,
        n_text_head,
        n_text_layer,
        n_mels,
        ftype,
    };
    shape.check()?;

    let (rows, columns) = (walk.u32()?, walk.u32()?);
    if rows != n_mels || !(1..=4096).contains(&columns) {
        return Err(ModelFileError::Damaged(format!("mel filters of {rows} x {columns}")));
    }
    walk.skip(u64::from(rows) * u64::from(columns) * 4)?;

    let words = walk.u32()?;
    if words > n_vocab {
        return Err(ModelFileError::Damaged(format!("{words} words in a vocabulary of {n_vocab}")));
    }
    for _ in 0..words {
        let length = walk.u32()?;
        if length > 1024 {
            return Err(ModelFileError::Damaged(format!("a word of {length} bytes")));
        }
        walk.skip(u64::from(length))?;
    }

    let mut tensors = 0;
    while !walk.at_end() {
        skip_tensor(&mut walk)?;
        tensors += 1;
    }
    if tensors != shape.tensors() {
        let needed = shape.tensors();
        return Err(ModelFileError::Damaged(format!("{tensors} of {needed} tensors are in the file")));
    }
    Ok(shape)
}

fn skip_tensor(walk: &mut Walk) -> Result<(), ModelFileError> {
    let (dimensions, name_length, ggml_type) = (walk.u32()?, walk.u32()?, walk.u32()?);
    if !(1..=4).contains(&dimensions) || !(1..=256).contains(&name_length) {
        return Err(ModelFileError::Damaged("a tensor's header".into()));
    }
    let shape: Vec<u64> = (0..dimensions).map(|_| walk.u32().map(u64::from)).collect::<Result<_, _>>()?;
    let name = walk.text(u64::from(name_length))?;
    let bytes = block_of(ggml_type)
        .and_then(|block| tensor_bytes(block, &shape))
        .ok_or_else(|| ModelFileError::Damaged(format!("the shape or type of tensor {name}")))?;
    walk.skip(bytes)
}
