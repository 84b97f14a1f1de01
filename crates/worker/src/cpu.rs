//! What the processor can do, and what the native libraries were built for.
//!
//! Both ggml builds are compiled with `GGML_NATIVE=OFF` (.cargo/config.toml): on x86-64 that is SSE 4.2, AVX, AVX2, FMA,
//! F16C and BMI2, which every Intel processor since 2013 and every AMD processor since 2015 has; elsewhere it is the
//! architecture's base. A processor without them would die of an illegal instruction inside the library, so a worker asks
//! [`CpuFeatures::missing`] before it calls into it. Wider instructions (AVX-512, VNNI) are not used by this build.

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
                    InstructionSet { needed: true, name, .. } => no.push(name.to_owned()),
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

struct InstructionSet {
    name: &'static str,
    there: bool,
    needed: bool,
}

#[cfg(target_arch = "x86_64")]
fn detected() -> Vec<InstructionSet> {
    macro_rules! sets {
        ($($name:tt: $needed:literal),* $(,)?) => {
            vec![$(InstructionSet { name: $name, there: is_x86_feature_detected!($name), needed: $needed }),*]
        };
    }
    sets!["sse4.2": true, "avx": true, "avx2": true, "fma": true, "f16c": true, "bmi2": true, "avx512f": false,
        "avx512vnni": false]
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
}
