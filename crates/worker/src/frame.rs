//! Frames: how messages lie on a pipe.
//!
//! ```text
//! "BSW1"  u32 length of the message  u32 length of the attachment  message (JSON)  attachment (raw bytes)
//! ```
//!
//! Numbers are little-endian. The attachment carries what JSON would carry badly: audio and embeddings, as `f32`
//! little-endian. Both lengths are bounded, so that a broken or hostile peer cannot make the other side allocate what it
//! likes; the four letters in front find out when something else wrote to the pipe.

use std::io::{self, Read, Write};

use serde::{Serialize, de::DeserializeOwned};

/// The bytes every frame starts with.
pub const MAGIC: [u8; 4] = *b"BSW1";
/// The length of a frame's header.
pub const HEADER_LENGTH: usize = 12;
/// The longest message: a long chat and a long grammar fit many times over.
pub const MAX_MESSAGE: usize = 8 * 1024 * 1024;
/// The longest attachment: 4 minutes and 22 seconds of 16 kHz audio.
pub const MAX_ATTACHMENT: usize = 16 * 1024 * 1024;

/// What can be wrong with a frame.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// The pipe ended between two frames: the other side is gone or wants no more.
    #[error("the pipe has ended")]
    End,
    /// The pipe ended inside a frame.
    #[error("the pipe ended inside a frame")]
    CutShort,
    /// The bytes are not a frame: something else wrote to the pipe.
    #[error("what arrived is not a frame")]
    NotAFrame,
    /// A frame announces more than is allowed.
    #[error("a frame of {message} + {attachment} bytes is larger than allowed")]
    TooLarge {
        /// The announced length of the message.
        message: usize,
        /// The announced length of the attachment.
        attachment: usize,
    },
    /// The message is not of the schema. What it says is left out, it may hold PHI.
    #[error("a message is not of the schema")]
    Schema,
    /// The pipe failed.
    #[error("the pipe failed: {0}")]
    Pipe(#[from] io::Error),
}

/// One frame, as it travels.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Frame {
    /// The message, JSON.
    pub message: Vec<u8>,
    /// Raw bytes that belong to it.
    pub attachment: Vec<u8>,
}

impl std::fmt::Debug for Frame {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Frame({} + {} bytes)", self.message.len(), self.attachment.len())
    }
}

/// The lengths that a header announces, checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Bytes of the message.
    pub message: usize,
    /// Bytes of the attachment.
    pub attachment: usize,
}

impl Header {
    /// Reads a header.
    ///
    /// # Errors
    /// [`FrameError::NotAFrame`] and [`FrameError::TooLarge`].
    pub fn decode(bytes: [u8; HEADER_LENGTH]) -> Result<Self, FrameError> {
        let [a, b, c, d, m0, m1, m2, m3, t0, t1, t2, t3] = bytes;
        if [a, b, c, d] != MAGIC {
            return Err(FrameError::NotAFrame);
        }
        let message = u32::from_le_bytes([m0, m1, m2, m3]) as usize;
        let attachment = u32::from_le_bytes([t0, t1, t2, t3]) as usize;
        if message > MAX_MESSAGE || attachment > MAX_ATTACHMENT {
            return Err(FrameError::TooLarge { message, attachment });
        }
        Ok(Self { message, attachment })
    }
}

impl Frame {
    /// A frame that carries a message and nothing else.
    ///
    /// # Errors
    /// [`FrameError::TooLarge`], and [`FrameError::Schema`] when the message cannot be written as JSON.
    pub fn of(message: &impl Serialize) -> Result<Self, FrameError> {
        Self::with_attachment(message, Vec::new())
    }

    /// A frame that carries a message and bytes.
    ///
    /// # Errors
    /// As [`Frame::of`].
    pub fn with_attachment(message: &impl Serialize, attachment: Vec<u8>) -> Result<Self, FrameError> {
        let message = serde_json::to_vec(message).map_err(|_| FrameError::Schema)?;
        if message.len() > MAX_MESSAGE || attachment.len() > MAX_ATTACHMENT {
            return Err(FrameError::TooLarge { message: message.len(), attachment: attachment.len() });
        }
        Ok(Self { message, attachment })
    }

    /// The message.
    ///
    /// # Errors
    /// [`FrameError::Schema`].
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, FrameError> {
        serde_json::from_slice(&self.message).map_err(|_| FrameError::Schema)
    }

    /// The frame as bytes. Its lengths are within bounds because every way to make one checks them.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEADER_LENGTH + self.message.len() + self.attachment.len());
        bytes.extend_from_slice(&MAGIC);
        bytes.extend_from_slice(&(self.message.len() as u32).to_le_bytes());
        bytes.extend_from_slice(&(self.attachment.len() as u32).to_le_bytes());
        bytes.extend_from_slice(&self.message);
        bytes.extend_from_slice(&self.attachment);
        bytes
    }

    /// Reads the next frame.
    ///
    /// # Errors
    /// Any [`FrameError`]; [`FrameError::End`] only between two frames.
    pub fn read(from: &mut impl Read) -> Result<Self, FrameError> {
        let mut header = [0; HEADER_LENGTH];
        let mut filled = 0;
        while filled < HEADER_LENGTH {
            match from.read(&mut header[filled..]) {
                Ok(0) if filled == 0 => return Err(FrameError::End),
                Ok(0) => return Err(FrameError::CutShort),
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        let header = Header::decode(header)?;
        let mut frame = Self { message: vec![0; header.message], attachment: vec![0; header.attachment] };
        for part in [&mut frame.message, &mut frame.attachment] {
            from.read_exact(part).map_err(|error| match error.kind() {
                io::ErrorKind::UnexpectedEof => FrameError::CutShort,
                _ => FrameError::Pipe(error),
            })?;
        }
        Ok(frame)
    }

    /// Writes the frame and flushes.
    ///
    /// # Errors
    /// [`FrameError::Pipe`].
    pub fn write(&self, to: &mut impl Write) -> Result<(), FrameError> {
        to.write_all(&self.encode())?;
        to.flush()?;
        Ok(())
    }
}

/// Numbers as they travel in an attachment.
pub fn floats_to_bytes(floats: &[f32]) -> Vec<u8> {
    floats.iter().flat_map(|float| float.to_le_bytes()).collect()
}

/// Numbers from an attachment; `None` if its length is no multiple of four.
pub fn floats_from_bytes(bytes: &[u8]) -> Option<Vec<f32>> {
    let (floats, rest) = bytes.as_chunks::<4>();
    rest.is_empty().then(|| floats.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_what_is_read(
            message in proptest::collection::vec(any::<u8>(), 0..500),
            attachment in proptest::collection::vec(any::<u8>(), 0..500),
            again in any::<bool>(),
        ) {
            let frame = Frame { message, attachment };
            let mut bytes = frame.encode();
            if again {
                bytes.extend(frame.encode());
            }
            let mut pipe = bytes.as_slice();
            prop_assert_eq!(&Frame::read(&mut pipe).unwrap(), &frame);
            if again {
                prop_assert_eq!(&Frame::read(&mut pipe).unwrap(), &frame);
            }
            prop_assert!(matches!(Frame::read(&mut pipe), Err(FrameError::End)));
        }

        #[test]
        fn a_frame_cut_anywhere_is_an_error(cut in 1_usize..40) {
            let frame = Frame { message: vec![1; 20], attachment: vec![2; 8] };
            let bytes = frame.encode();
            prop_assume!(cut < bytes.len());
            prop_assert!(matches!(Frame::read(&mut &bytes[..cut]), Err(FrameError::CutShort)));
        }

        #[test]
        fn any_bytes_are_a_frame_or_an_error_but_never_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = Frame::read(&mut bytes.as_slice());
        }

        #[test]
        fn numbers_survive_the_attachment(floats in proptest::collection::vec(any::<f32>(), 0..100)) {
            let back = floats_from_bytes(&floats_to_bytes(&floats)).unwrap();
            prop_assert!(back.iter().zip(&floats).all(|(a, b)| a.to_bits() == b.to_bits()));
            prop_assert_eq!(back.len(), floats.len());
        }
    }

    #[test]
    fn a_frame_that_announces_too_much_is_refused_before_anything_is_allocated() {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(u32::MAX.to_le_bytes());
        bytes.extend(0_u32.to_le_bytes());
        assert!(matches!(Frame::read(&mut bytes.as_slice()), Err(FrameError::TooLarge { .. })));
    }

    #[test]
    fn text_on_the_pipe_is_not_taken_for_a_frame() {
        let noise = b"whisper_init_from_file: loading model";
        assert!(matches!(Frame::read(&mut noise.as_slice()), Err(FrameError::NotAFrame)));
    }

    #[test]
    fn debug_output_holds_nothing_of_the_message() {
        let frame = Frame { message: b"marmalade".to_vec(), attachment: Vec::new() };
        assert!(!format!("{frame:?}").contains("marmalade"));
    }
}
