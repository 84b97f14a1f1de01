//! What this machine can carry, and which models it should have.

use std::process::Command;

use crate::{Catalog, CatalogEntry, Purpose};

/// What the system, the application and the open records take for themselves, in bytes.
const TAKEN: u64 = 2 << 30;
/// What a machine that does not tell its memory is taken to have, in bytes: the least that the application asks for.
const ASSUMED: u64 = 4 << 30;
/// The largest speech model that keeps up with somebody who speaks, by processor cores: at least so many, and the bytes of
/// its file. Whisper base below four cores, small up to seven, large v3 turbo from eight.
const PACE: [(u32, u64); 3] = [(8, u64::MAX), (4, 250_000_000), (0, 100_000_000)];
/// The same for a language model, whose note a clinician waits for.
const WRITES: [(u32, u64); 2] = [(4, u64::MAX), (0, 1_000_000_000)];

/// Files that differ by less are of the same size, in bytes.
const TWINS: u64 = 1 << 20;

/// The machine's memory and processor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Machine {
    /// All of its memory, in bytes; none where the system does not say.
    pub memory: Option<u64>,
    /// Threads that run at the same time.
    pub cores: u32,
}

/// What a device is used for, as far as models go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeviceUse {
    /// Patients answer at it.
    pub kiosk: bool,
    /// Clinicians record and write at it.
    pub clinician: bool,
    /// Only English is spoken at it.
    pub english_only: bool,
}

impl Machine {
    /// This machine. May start a program of the system to learn of its memory.
    pub fn here() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, |cores| {
            // No machine has more than a `u32` holds.
            u32::try_from(cores.get()).unwrap_or(u32::MAX)
        });
        Self { memory: memory(), cores }
    }

    /// What is left for models, in bytes.
    pub fn room(&self) -> u64 {
        self.memory.unwrap_or(ASSUMED).saturating_sub(TAKEN)
    }

    /// Whether a model fits into the memory, alone.
    pub fn fits(&self, entry: &CatalogEntry) -> bool {
        entry.memory <= self.room()
    }

    /// The models that this machine should have for a use: at most one a purpose, all of them together within its memory.
    pub fn recommended<'c>(&self, catalog: &'c Catalog, device: DeviceUse) -> Vec<&'c CatalogEntry> {
        let mut room = self.room();
        let mut chosen = Vec::new();
        for purpose in [Purpose::Speech, Purpose::Embedding, Purpose::Language] {
            let most = match purpose {
                Purpose::Speech => self.largest(&PACE),
                // It understands what patients say at the kiosk.
                Purpose::Embedding if device.kiosk => u64::MAX,
                Purpose::Language if device.clinician => self.largest(&WRITES),
                Purpose::Embedding | Purpose::Language => 0,
            };
            // Of two that are about as large, the one that knows just the language that is spoken hears better; the largest
            // speech model has no such twin.
            let worth = |entry: &&CatalogEntry| {
                let apt = purpose != Purpose::Speech || entry.is_english_only() == device.english_only;
                (entry.bytes / TWINS, apt)
            };
            let suits = |entry: &&CatalogEntry| {
                entry.purpose == purpose
                    && entry.bytes <= most
                    && entry.memory <= room
                    && (device.english_only || purpose != Purpose::Speech || !entry.is_english_only())
            };
            // Of equal ones the catalog's first.
            let best = catalog.entries().iter().rev().filter(suits).max_by_key(worth);
            if let Some(best) = best {
                room -= best.memory;
                chosen.push(best);
            }
        }
        chosen
    }

    fn largest(&self, by_cores: &[(u32, u64)]) -> u64 {
        by_cores.iter().find(|(least, _)| self.cores >= *least).map_or(0, |(_, bytes)| *bytes)
    }
}

/// All of the machine's memory, in bytes.
fn memory() -> Option<u64> {
    if cfg!(target_os = "linux") {
        let text = std::fs::read_to_string("/proc/meminfo").ok()?;
        let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
        let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
        return kib.checked_mul(1024);
    }
    let mut asked = if cfg!(windows) {
        let mut shell = Command::new("powershell");
        shell.args(["-NoProfile", "-NonInteractive", "-Command"]);
        shell.arg("(Get-CimInstance Win32_ComputerSystem).TotalPhysicalMemory");
        shell
    } else {
        let mut sysctl = Command::new("sysctl");
        sysctl.args(["-n", "hw.memsize"]);
        sysctl
    };
    String::from_utf8(asked.output().ok()?.stdout).ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIB: u64 = 1 << 30;

    fn names(memory: u64, cores: u32, device: DeviceUse) -> Vec<String> {
        let catalog = Catalog::built_in().unwrap();
        let machine = Machine { memory: Some(memory), cores };
        machine.recommended(&catalog, device).into_iter().map(|entry| entry.name.clone()).collect()
    }

    const KIOSK: DeviceUse = DeviceUse { kiosk: true, clinician: false, english_only: false };
    const CLINICIAN: DeviceUse = DeviceUse { kiosk: false, clinician: true, english_only: true };
    const BOTH: DeviceUse = DeviceUse { kiosk: true, clinician: true, english_only: false };

    #[test]
    fn a_kiosk_is_recommended_what_hears_and_understands_and_nothing_that_writes() {
        assert_eq!(names(4 * GIB, 2, KIOSK), ["whisper-base", "minilm-l6-v2"]);
        assert_eq!(names(8 * GIB, 4, KIOSK), ["whisper-small", "minilm-l6-v2"]);
    }

    #[test]
    fn a_clinicians_computer_is_recommended_the_largest_that_keeps_up() {
        assert_eq!(names(4 * GIB, 2, CLINICIAN), ["whisper-base.en", "qwen3-0.6b"]);
        assert_eq!(names(16 * GIB, 8, CLINICIAN), ["whisper-large-v3-turbo", "qwen3-4b"]);
    }

    #[test]
    fn what_is_recommended_fits_into_the_memory_together() {
        let catalog = Catalog::built_in().unwrap();
        for memory in [0, 1, 2, 3, 4, 6, 8, 12, 16, 64] {
            for cores in [1, 2, 4, 6, 8, 32] {
                for device in [KIOSK, CLINICIAN, BOTH] {
                    let machine = Machine { memory: Some(memory * GIB), cores };
                    let chosen = machine.recommended(&catalog, device);
                    assert!(chosen.iter().map(|entry| entry.memory).sum::<u64>() <= machine.room());
                    let mut purposes: Vec<_> = chosen.iter().map(|entry| entry.purpose).collect();
                    purposes.dedup();
                    assert_eq!(purposes.len(), chosen.len(), "one a purpose");
                }
            }
        }
    }

    #[test]
    fn this_machine_has_memory_and_a_processor() {
        let here = Machine::here();
        assert!(here.cores >= 1);
        assert!(here.memory.is_some_and(|memory| memory > GIB / 2));
    }
}
