//! What a process has used, as Linux tells it.

/// Processor time so far, in seconds; of this process where no other is named. 0 where the system does not tell.
pub(crate) fn processor(process: Option<u32>) -> f64 {
    let name = process.map_or_else(|| "self".to_owned(), |id| id.to_string());
    let stat = std::fs::read_to_string(format!("/proc/{name}/stat")).unwrap_or_default();
    // After the name in brackets, which may hold spaces: state is the first, user and system time are the 12th and 13th.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}

/// A line of a process's status, in KiB: `VmHWM`, `VmRSS`.
pub(crate) fn memory(process: Option<u32>, line: &str) -> u64 {
    let name = process.map_or_else(|| "self".to_owned(), |id| id.to_string());
    let status = std::fs::read_to_string(format!("/proc/{name}/status")).unwrap_or_default();
    let found = status.lines().find_map(|found| found.strip_prefix(line)?.strip_prefix(':'));
    found.and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}
