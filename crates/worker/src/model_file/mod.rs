//! Whether a model file holds together, before a native library sees it.
//!
//! The native loaders trust their input: whisper.cpp reads past the end of a file that was cut short in its last tensor
//! and works with what happened to be in memory, takes a file without any tensor for a test, and allocates whatever a
//! length field says. So both formats are walked first, reading lengths and shapes but no weights, and what does not fit is
//! said in words. Only structure is checked here; whether the weights are the right ones is what a SHA-256 is for.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

pub mod gguf;
pub mod whisper;

/// What is wrong with a model file.
#[derive(Debug, thiserror::Error)]
pub enum ModelFileError {
    /// There is no file, or it cannot be opened.
    #[error("the model file cannot be opened: {0}")]
    Missing(io::Error),
    /// There is nothing in it.
    #[error("the model file is empty")]
    Empty,
    /// It does not start as a model of that format does.
    #[error("the file is not a {0} model")]
    OtherFormat(&'static str),
    /// It ends before what it announces.
    #[error("the model file is cut short: {needed} bytes are announced, {present} are there")]
    CutShort {
        /// Bytes at least.
        needed: u64,
        /// Bytes in the file.
        present: u64,
    },
    /// A value in it cannot be.
    #[error("the model file is damaged: {0}")]
    Damaged(String),
    /// It cannot be read.
    #[error("the model file cannot be read: {0}")]
    Unreadable(#[from] io::Error),
}

/// The formats that Bedside's workers read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelFormat {
    /// whisper.cpp's own, for speech.
    Whisper,
    /// llama.cpp's, for language models and embeddings.
    Gguf,
}

/// The format of a file by its first bytes; `None` where it is neither.
///
/// # Errors
/// Where the file cannot be read.
pub fn format_of(path: &Path) -> io::Result<Option<ModelFormat>> {
    let mut magic = [0; 4];
    match File::open(path)?.read_exact(&mut magic) {
        Ok(()) => Ok(match &magic {
            gguf::MAGIC => Some(ModelFormat::Gguf),
            whisper::MAGIC => Some(ModelFormat::Whisper),
            _ => None,
        }),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

/// A file that knows its length, so that running past the end is told from other failures.
struct Walk {
    from: io::BufReader<File>,
    position: u64,
    length: u64,
}

impl Walk {
    fn open(path: &Path) -> Result<Self, ModelFileError> {
        let file = File::open(path).map_err(ModelFileError::Missing)?;
        let metadata = file.metadata().map_err(ModelFileError::Missing)?;
        if metadata.is_dir() {
            return Err(ModelFileError::Missing(io::ErrorKind::IsADirectory.into()));
        }
        if metadata.len() == 0 {
            return Err(ModelFileError::Empty);
        }
        Ok(Self { length: metadata.len(), from: io::BufReader::new(file), position: 0 })
    }

    fn at_end(&self) -> bool {
        self.position >= self.length
    }

    /// Fails unless so many more bytes are there.
    fn need(&self, bytes: u64) -> Result<(), ModelFileError> {
        let needed = self.position.saturating_add(bytes);
        if needed > self.length {
            return Err(ModelFileError::CutShort { needed, present: self.length });
        }
        Ok(())
    }

    fn bytes<const N: usize>(&mut self) -> Result<[u8; N], ModelFileError> {
        self.need(N as u64)?;
        let mut bytes = [0; N];
        self.from.read_exact(&mut bytes)?;
        self.position += N as u64;
        Ok(bytes)
    }

    fn u32(&mut self) -> Result<u32, ModelFileError> {
        self.bytes().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Result<u64, ModelFileError> {
        self.bytes().map(u64::from_le_bytes)
    }

    /// A short text: a name, never a whole vocabulary.
    fn text(&mut self, length: u64) -> Result<String, ModelFileError> {
        if length > 1 << 16 {
            return Err(ModelFileError::Damaged(format!("a name of {length} bytes")));
        }
        self.need(length)?;
        let mut text = vec![0; length as usize];
        self.from.read_exact(&mut text)?;
        self.position += length;
        String::from_utf8(text).map_err(|_| ModelFileError::Damaged("a name is not UTF-8".into()))
    }

    fn skip(&mut self, bytes: u64) -> Result<(), ModelFileError> {
        self.need(bytes)?;
        let step =
            i64::try_from(bytes).map_err(|_| ModelFileError::Damaged("a length out of range".into()))?;
        self.from.seek_relative(step)?;
        self.position += bytes;
        Ok(())
    }
}

/// Bytes of one block, and weights in it, of a ggml tensor type; `None` for a number that is none.
fn block_of(ggml_type: u32) -> Option<(u64, u64)> {
    Some(match ggml_type {
        0 | 26 => (4, 1),      // F32, I32
        1 | 25 | 30 => (2, 1), // F16, I16, BF16
        2 => (18, 32),         // Q4_0
        3 => (20, 32),         // Q4_1
        6 => (22, 32),         // Q5_0
        7 => (24, 32),         // Q5_1
        8 => (34, 32),         // Q8_0
        9 => (36, 32),         // Q8_1
        10 => (84, 256),       // Q2_K
        11 => (110, 256),      // Q3_K
        12 => (144, 256),      // Q4_K
        13 => (176, 256),      // Q5_K
        14 => (210, 256),      // Q6_K
        15 => (292, 256),      // Q8_K
        16 => (66, 256),       // IQ2_XXS
        17 => (74, 256),       // IQ2_XS
        18 => (98, 256),       // IQ3_XXS
        19 => (50, 256),       // IQ1_S
        20 => (18, 32),        // IQ4_NL
        21 => (110, 256),      // IQ3_S
        22 => (82, 256),       // IQ2_S
        23 => (136, 256),      // IQ4_XS
        24 => (1, 1),          // I8
        27 | 28 => (8, 1),     // I64, F64
        29 => (56, 256),       // IQ1_M
        34 => (54, 256),       // TQ1_0
        35 => (66, 256),       // TQ2_0
        39 => (17, 32),        // MXFP4
        _ => return None,
    })
}

/// Bytes of a tensor whose blocks are so many bytes for so many weights; `None` where a row is no whole number of blocks,
/// or the product overflows.
fn tensor_bytes((bytes, weights): (u64, u64), shape: &[u64]) -> Option<u64> {
    let row = shape.first().copied().unwrap_or(1);
    if row % weights != 0 {
        return None;
    }
    shape
        .iter()
        .try_fold(1_u64, |product, length| product.checked_mul(*length))?
        .checked_div(weights)?
        .checked_mul(bytes)
}
