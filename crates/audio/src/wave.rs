//! WAV files as they are: with lengths that lie, chunks in between, and headers that are too short.
//!
//! The decoder takes none of that, and recorders, telephones and programs that write to a pipe make all of it. So it is given a
//! header that says what is there, followed by the sound.

use std::fs::File;
use std::io::{self, Chain, Cursor, Read, Seek as _, SeekFrom, Take};

/// A header as the decoder wants it, and the sound.
pub(crate) type Wave = Chain<Cursor<Vec<u8>>, Take<File>>;

/// The longest format chunk that is believed.
const MOST_FORMAT: u32 = 4_096;
/// The chunks that are gone through before the sound.
const MOST_CHUNKS: usize = 256;
/// A program that writes to a pipe announces more than this.
const TO_A_PIPE: u32 = 0x7fff_0000;

/// The WAV file behind a file that begins as one; `None` where it has no format or no sound.
pub(crate) fn of(mut file: File) -> io::Result<Option<Wave>> {
    let size = file.metadata()?.len();
    let mut format = None;
    let mut at = 12;
    for _ in 0..MOST_CHUNKS {
        if at + 8 > size {
            break;
        }
        file.seek(SeekFrom::Start(at))?;
        let mut head = [0; 8];
        file.read_exact(&mut head)?;
        let [a, b, c, d, length @ ..] = head;
        let length = u32::from_le_bytes(length);
        at += 8;
        match &[a, b, c, d] {
            b"fmt " if length <= MOST_FORMAT => {
                let mut bytes = vec![0; length as usize];
                file.read_exact(&mut bytes)?;
                format = Some(bytes);
            }
            b"data" => {
                let Some(format) = format else { return Ok(None) };
                let there = u32::try_from(size - at).unwrap_or(u32::MAX - 1);
                let unknown = length == 0 || (length >= TO_A_PIPE && length > there);
                let length = if unknown { there } else { length };
                let header = Cursor::new(header(format, length));
                return Ok(Some(header.chain(file.take(u64::from(length)))));
            }
            _ => {}
        }
        at += u64::from(length) + u64::from(length % 2);
    }
    Ok(None)
}

fn header(mut format: Vec<u8>, length: u32) -> Vec<u8> {
    // The forms of telephones are 18 bytes long, and often 16.
    if format.len() == 16 && matches!(format[..2], [6 | 7, 0]) {
        format.extend([0, 0]);
    }
    if format.len() % 2 == 1 {
        format.push(0);
    }
    let mut header = b"RIFF\xff\xff\xff\xffWAVEfmt ".to_vec();
    header.extend(u32::try_from(format.len()).unwrap_or(0).to_le_bytes());
    header.extend(format);
    header.extend(b"data");
    header.extend(length.to_le_bytes());
    header
}
