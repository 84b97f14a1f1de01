//! GGUF, llama.cpp's model files, versions 2 and 3.
//!
//! ```text
//! "GGUF"  u32 version  u64 tensors  u64 entries
//! entries: text key, u32 type, value        tensors: text name, u32 dimensions, u64 x dimensions, u32 type, u64 offset
//! then, aligned, the weights at their offsets
//! ```

use std::path::Path;

use super::{ModelFileError, Walk, block_of, tensor_bytes};

/// The first bytes.
pub const MAGIC: &[u8; 4] = b"GGUF";

/// What the walk learns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// `general.architecture`.
    pub architecture: String,
    /// `general.name`.
    pub name: Option<String>,
    /// Number of weights.
    pub parameters: u64,
    /// `tokenizer.chat_template` is there.
    pub chat_template: bool,
}

/// Whether models of this architecture (`general.architecture`) make vectors and cannot write: those of BERT's kind, which
/// read the whole text at once.
pub fn only_embeds(architecture: &str) -> bool {
    architecture.contains("bert") || architecture.contains("embedding")
}

/// The architecture that a file names. Reads no further than there, and most name it first.
///
/// # Errors
/// What does not hold up to there.
pub fn architecture_of(path: &Path) -> Result<String, ModelFileError> {
    let (mut walk, _, entries) = open(path)?;
    let mut found = Entries::default();
    for _ in 0..entries {
        read_entry(&mut walk, &mut found)?;
        if let Some(architecture) = found.architecture {
            return Ok(architecture);
        }
    }
    Err(no_architecture())
}

/// Walks the file: entries are well formed, every tensor lies inside it, and there is at least one.
///
/// # Errors
/// What does not hold.
pub fn check(path: &Path) -> Result<Summary, ModelFileError> {
    let (mut walk, tensors, entries) = open(path)?;
    let mut found = Entries { alignment: 32, ..Entries::default() };
    for _ in 0..entries {
        read_entry(&mut walk, &mut found)?;
    }
    let architecture = found.architecture.ok_or_else(no_architecture)?;
    if !found.alignment.is_power_of_two() || found.alignment > 1 << 20 {
        return Err(ModelFileError::Damaged(format!("an alignment of {}", found.alignment)));
    }
    if tensors == 0 {
        return Err(ModelFileError::Damaged("no tensors are in the file".into()));
    }

    let (mut parameters, mut furthest) = (0_u64, 0_u64);
    for _ in 0..tensors {
        let (weights, end) = read_tensor(&mut walk)?;
        parameters = parameters.saturating_add(weights);
        furthest = furthest.max(end);
    }
    let weights_start = walk.position.next_multiple_of(found.alignment);
    let needed = weights_start.saturating_add(furthest);
    if needed > walk.length {
        return Err(ModelFileError::CutShort { needed, present: walk.length });
    }
    Ok(Summary { architecture, name: found.name, parameters, chat_template: found.chat_template })
}

/// The file after its head, and how many tensors and entries it says it has.
fn open(path: &Path) -> Result<(Walk, u64, u64), ModelFileError> {
    let mut walk = Walk::open(path)?;
    if walk.length < 4 || &walk.bytes::<4>()? != MAGIC {
        return Err(ModelFileError::OtherFormat("GGUF"));
    }
    let version = walk.u32()?;
    if !(2..=3).contains(&version) {
        return Err(ModelFileError::Damaged(format!("version {version} of GGUF")));
    }
    let (tensors, entries) = (walk.u64()?, walk.u64()?);
    if tensors > 1 << 20 || entries > 1 << 20 {
        return Err(ModelFileError::Damaged(format!("{tensors} tensors and {entries} entries")));
    }
    Ok((walk, tensors, entries))
}

fn no_architecture() -> ModelFileError {
    ModelFileError::Damaged("no architecture is named".into())
}

#[derive(Default)]
struct Entries {
    architecture: Option<String>,
    name: Option<String>,
    alignment: u64,
    chat_template: bool,
}

const UINT32: u32 = 4;
const TEXT: u32 = 8;
const ARRAY: u32 = 9;

fn read_entry(walk: &mut Walk, found: &mut Entries) -> Result<(), ModelFileError> {
    let length = walk.u64()?;
    let key = walk.text(length)?;
    let kind = walk.u32()?;
    match (key.as_str(), kind) {
        ("general.architecture", TEXT) => {
            let length = walk.u64()?;
            found.architecture = Some(walk.text(length)?);
        }
        ("general.name", TEXT) => {
            let length = walk.u64()?;
            found.name = Some(walk.text(length)?);
        }
        ("general.alignment", UINT32) => found.alignment = u64::from(walk.u32()?),
        _ => {
            found.chat_template |= key == "tokenizer.chat_template";
            skip_value(walk, kind)?;
        }
    }
    Ok(())
}

fn skip_value(walk: &mut Walk, kind: u32) -> Result<(), ModelFileError> {
    match kind {
        TEXT => {
            let length = walk.u64()?;
            walk.skip(length)
        }
        ARRAY => {
            let (kind, count) = (walk.u32()?, walk.u64()?);
            match scalar_bytes(kind) {
                Some(bytes) => {
                    let bytes = count
                        .checked_mul(bytes)
                        .ok_or_else(|| ModelFileError::Damaged(format!("an array of {count}")))?;
                    walk.skip(bytes)
                }
                // A text takes at least the eight bytes of its length, so a count that cannot fit fails at once.
                None if kind == TEXT => {
                    walk.need(count.saturating_mul(8))?;
                    (0..count).try_for_each(|_| {
                        let length = walk.u64()?;
                        walk.skip(length)
                    })
                }
                None => Err(ModelFileError::Damaged(format!("an array of type {kind}"))),
            }
        }
        _ => match scalar_bytes(kind) {
            Some(bytes) => walk.skip(bytes),
            None => Err(ModelFileError::Damaged(format!("an entry of type {kind}"))),
        },
    }
}

const fn scalar_bytes(kind: u32) -> Option<u64> {
    Some(match kind {
        0 | 1 | 7 => 1, // u8, i8, bool
        2 | 3 => 2,     // u16, i16
        4..=6 => 4,     // u32, i32, f32
        10..=12 => 8,   // u64, i64, f64
        _ => return None,
    })
}

/// Number of weights, and where they end, counted from the start of all weights.
fn read_tensor(walk: &mut Walk) -> Result<(u64, u64), ModelFileError> {
    let length = walk.u64()?;
    let name = walk.text(length)?;
    let dimensions = walk.u32()?;
    if !(1..=4).contains(&dimensions) {
        return Err(ModelFileError::Damaged(format!("tensor {name} has {dimensions} dimensions")));
    }
    let shape: Vec<u64> = (0..dimensions).map(|_| walk.u64()).collect::<Result<_, _>>()?;
    let (ggml_type, offset) = (walk.u32()?, walk.u64()?);
    // A type that is newer than this list is left to llama.cpp, which says so if it does not know it either.
    let bytes = match block_of(ggml_type) {
        Some(block) => tensor_bytes(block, &shape)
            .ok_or_else(|| ModelFileError::Damaged(format!("the shape of tensor {name}")))?,
        None => 0,
    };
    let weights = shape.iter().fold(1, |product: u64, length| product.saturating_mul(*length));
    Ok((weights, offset.saturating_add(bytes)))
}
