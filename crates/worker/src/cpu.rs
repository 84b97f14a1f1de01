//! What the processor can do, and what the native libraries were built for.
//!
//! A native library is compiled for a [`Level`] of x86-64, and a processor below it would die of an illegal instruction inside
//! it. `cargo build` makes the workers for [`Level::V3`], which every Intel processor since 2013 and every AMD processor since
//! 2015 has; `cargo xtask build --release --levels` makes one more for older ones and one for newer ones, side by side with
//! it. The application starts the best that is there and that the processor can run; a worker asks [`CpuFeatures::missing`]
//! before it calls into its library. Elsewhere than on x86-64 there is one level, the architecture's base.

use serde::{Deserialize, Serialize};

/// The processor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CpuFeatures {
    /// `x86_64`, `aarch64`.
    pub architecture: String,
    /// Instruction sets that are there, of those that matter here.
    pub present: Vec<String>,
    /// Instruction sets that this build needs and that are not there.
    pub missing: Vec<String>,
    /// Processors that this process may use.
    pub threads: usize,
}

impl CpuFeatures {
    /// Asks the processor this runs on.
    pub fn detect() -> Self {
        let (present, missing) =
            detected().into_iter().fold((Vec::new(), Vec::new()), |(mut yes, mut no), set| {
                match set {
                    InstructionSet { there: true, name, .. } => yes.push(name.to_owned()),
                    InstructionSet { level, name, .. } if level <= Level::BUILT => no.push(name.to_owned()),
                    InstructionSet { .. } => {}
                }
                (yes, no)
            });
        Self {
            architecture: std::env::consts::ARCH.to_owned(),
            present,
            missing,
            threads: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        }
    }
}

/// The instructions that a worker's native library is compiled for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// x86-64-v2: SSE 4.2.
    V2,
    /// x86-64-v3: AVX2, FMA, F16C, BMI2. Other architectures count as this one.
    V3,
    /// x86-64-v4 and VNNI: AVX-512 as processors have it since 2019 (Intel) and 2022 (AMD).
    V4,
}

impl Level {
    /// What this program was compiled for: `BEDSIDE_CPU_LEVEL` at that time, which `xtask` sets with the flags of ggml that
    /// belong to it.
    pub const BUILT: Self = match option_env!("BEDSIDE_CPU_LEVEL") {
        Some(level) => match level.as_bytes() {
            b"v2" => Self::V2,
            b"v4" => Self::V4,
            _ => Self::V3,
        },
        None => Self::V3,
    };

    /// The levels that this processor can run, the best first.
    pub fn usable() -> impl Iterator<Item = Self> {
        [Self::V4, Self::V3, Self::V2].into_iter().filter(|level| match level {
            Self::V2 | Self::V4 if !cfg!(target_arch = "x86_64") => false,
            level => detected().iter().all(|set| set.there || set.level > *level),
        })
    }

    /// What stands after the name of a program that is built for the level.
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::V2 => "-v2",
            Self::V3 => "",
            Self::V4 => "-v4",
        }
    }
}

struct InstructionSet {
    name: &'static str,
    there: bool,
    /// The lowest level that needs it.
    level: Level,
}

#[cfg(target_arch = "x86_64")]
fn detected() -> Vec<InstructionSet> {
    macro_rules! sets {
        ($($name:tt: $level:ident),* $(,)?) => {
            vec![$(InstructionSet { name: $name, there: is_x86_feature_detected!($name), level: Level::$level }),*]
        };
    }
    sets!["ssse3": V2, "sse4.1": V2, "sse4.2": V2, "popcnt": V2, "avx": V3, "avx2": V3, "fma": V3, "f16c": V3, "bmi2": V3,
        "avx512f": V4, "avx512bw": V4, "avx512cd": V4, "avx512dq": V4, "avx512vl": V4, "avx512vnni": V4]
}

#[cfg(not(target_arch = "x86_64"))]
fn detected() -> Vec<InstructionSet> {
    Vec::new()
}

/// How many threads to compute with: one for each processor core, because ggml's matrix code gains nothing from a second
/// thread on the same core, and not more than eight, beyond which the memory is what is waited for.
pub fn sensible_threads() -> usize {
    physical_cores().clamp(1, 8)
}

/// Processor cores that this process may use. On Linux, threads of one core are counted once; elsewhere half the
/// processors are taken for cores where there are more than four.
fn physical_cores() -> usize {
    let logical = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    #[cfg(target_os = "linux")]
    {
        let siblings: std::collections::BTreeSet<String> = (0..1024)
            .map_while(|cpu| {
                let path = format!("/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list");
                std::fs::read_to_string(path).ok()
            })
            .collect();
        if !siblings.is_empty() {
            return siblings.len().min(logical);
        }
    }
    if logical > 4 { logical / 2 } else { logical }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_present_or_missing_but_never_both() {
        let cpu = CpuFeatures::detect();
        assert!(cpu.present.iter().all(|set| !cpu.missing.contains(set)));
        assert!(cpu.threads >= 1 && sensible_threads() >= 1);
    }

    #[test]
    fn a_processor_that_can_run_a_level_can_run_those_below() {
        let usable: Vec<Level> = Level::usable().collect();
        assert!(usable.is_sorted_by(|one, next| one > next), "{usable:?}");
        assert!(
            usable.first().is_none_or(|best| usable.len() == 1 + *best as usize)
                || !cfg!(target_arch = "x86_64")
        );
        assert_eq!(usable.contains(&Level::BUILT), CpuFeatures::detect().missing.is_empty());
    }
}
