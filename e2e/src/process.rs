//! What the system says of running processes.

use std::fs;

/// A socket of the internet's families: its own address and the other end's, as the kernel writes them ("0100007F" is 127.0.0.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Its own address.
    pub local: String,
    /// The other end's; zeros where there is none.
    pub other: String,
}

impl Connection {
    /// Whether it leaves this machine for nowhere.
    pub fn is_of_this_machine(&self) -> bool {
        let here = ["0100007F", "00000000000000000000000001000000"];
        let none = |address: &str| address.chars().all(|digit| digit == '0');
        here.contains(&self.local.as_str()) && (here.contains(&self.other.as_str()) || none(&self.other))
    }
}

/// A process and everything below it.
pub fn with_children(process: u32) -> Vec<u32> {
    let mut all = vec![process];
    let threads = fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    for thread in threads {
        let list = fs::read_to_string(thread.path().join("children")).unwrap_or_default();
        let children = list.split_whitespace().filter_map(|id| id.parse().ok());
        all.extend(children.flat_map(with_children));
    }
    all
}

/// What a program is called.
pub fn name(process: u32) -> String {
    fs::read_to_string(format!("/proc/{process}/comm")).unwrap_or_default().trim().to_owned()
}

/// The memory of a process, each shared page counted in parts (PSS), in bytes.
pub fn proportional_memory(process: u32) -> u64 {
    let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
    let kib = rollup
        .lines()
        .find_map(|line| line.strip_prefix("Pss:"))
        .and_then(|rest| rest.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kib.unwrap_or(0) * 1024
}

/// Its sockets of the internet's families.
pub fn connections(process: u32) -> Vec<Connection> {
    let links = fs::read_dir(format!("/proc/{process}/fd")).into_iter().flatten().flatten();
    let own: Vec<String> = links
        .filter_map(|entry| {
            let link = fs::read_link(entry.path()).ok()?.to_string_lossy().into_owned();
            Some(link.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned())
        })
        .collect();
    let mut found = Vec::new();
    for table in ["tcp", "tcp6", "udp", "udp6", "raw", "raw6"] {
        let text = fs::read_to_string(format!("/proc/{process}/net/{table}")).unwrap_or_default();
        for line in text.lines().skip(1) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let address = |word: &str| word.split(':').next().unwrap_or_default().to_owned();
            if let (Some(local), Some(other), Some(inode)) = (words.get(1), words.get(2), words.get(9))
                && own.iter().any(|mine| mine == inode)
            {
                found.push(Connection { local: address(local), other: address(other) });
            }
        }
    }
    found
}
