//! What the vault costs, as JSON on standard output: durable appends, opening with the key, opening an encounter and
//! searching transcripts with 200,000 utterances in the store, and the same durable write in plain SQLite beside it.
//!
//! `cargo run --release -p bedside-store --example store_bench [-- UTTERANCES]`. Times are in milliseconds.
#![allow(clippy::print_stdout)]

extern crate bedside_store as store;

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use domain::*;
use seal::KdfParams;
use serde_json::{Value, json};
use store::{
    Append, Expected, KeyringState, MemoryKeyring, SystemClock, SystemRandom, Unlock, Vault, VaultOptions,
};

type Failure = Box<dyn std::error::Error>;

const A_VISIT: u32 = 400;
const PASSPHRASE: &str = "the passphrase of the benchmark";

fn main() -> Result<(), Failure> {
    let utterances: u32 = std::env::args().nth(1).map_or(Ok(200_000), |count| count.parse())?;
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let options = VaultOptions {
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
        keyring: Arc::new(MemoryKeyring::new(KeyringState::Available)),
        kdf: KdfParams::PASSPHRASE,
    };
    let vault = Vault::create(&data, PASSPHRASE, options.clone())?.vault;
    let words = Words::new();

    let begun = Instant::now();
    let visits: Vec<EncounterId> =
        (0..utterances.div_ceil(A_VISIT)).map(|_| fill(&vault, &words, A_VISIT)).collect::<Result<_, _>>()?;
    let filled = begun.elapsed();

    let appends = times(1000, |_| {
        let id = visits[words.below(visits.len() as u32) as usize];
        append(&vault, id, vec![said(A_VISIT, &words.sentence())])
    })?;
    let plain = plain_sqlite(&folder.path().join("plain.db"), &words)?;
    let reads = times(300, |_| {
        let id = visits[words.below(visits.len() as u32) as usize];
        vault.encounter(id)?.ok_or("an encounter is missing")?;
        Ok(())
    })?;
    let searches = times(300, |turn| {
        let query = match turn % 3 {
            0 => words.rare(),
            1 => words.common().to_owned(),
            _ => format!("{} {}", words.common(), words.common()),
        };
        vault.search(&query, 50)?;
        Ok(())
    })?;
    let lists = times(100, |_| {
        vault.encounters(&store::EncounterFilter::default())?;
        Ok(())
    })?;
    let verified =
        once(|| vault.verify_audit()?.is_intact().then_some(()).ok_or_else(|| "not intact".into()))?;
    let backed_up = once(|| {
        vault.backup(&folder.path().join("backup"))?;
        Ok(())
    })?;
    let rebuilt = once(|| {
        vault.rebuild_projections()?;
        Ok(())
    })?;
    drop(vault);
    let megabytes = std::fs::metadata(data.join("vault.db"))?.len() as f64 / 1e6;

    let opens = times(20, |_| {
        Vault::open(&data, Unlock::Keyring, options.clone())?;
        Ok(())
    })?;
    let by_passphrase = once(|| {
        let unlock = Unlock::Passphrase(PASSPHRASE.into());
        Vault::open(&data, unlock, options.clone())?;
        Ok(())
    })?;

    let append_figures = figures(&appends);
    let ratio = percentile(&appends, 50) / percentile(&plain, 50);
    let report = json!({
        "utterances": utterances,
        "encounters": visits.len(),
        "database_megabytes": (megabytes * 10.0).round() / 10.0,
        "durable_append": append_figures,
        "plain_sqlite_commit": figures(&plain),
        "append_over_plain_sqlite_p50": (ratio * 100.0).round() / 100.0,
        "open_with_key": figures(&opens),
        "open_with_passphrase": by_passphrase,
        "encounter_open": figures(&reads),
        "transcript_search": figures(&searches),
        "encounter_list": figures(&lists),
        "audit_verify": verified,
        "backup": backed_up,
        "rebuild_projections": rebuilt,
        "bulk_append_per_second": (f64::from(utterances) / filled.as_secs_f64()).round(),
    });
    println!("{}", serde_json::to_string_pretty(&report)?);
    Ok(())
}

/// A visit with a transcript, appended twenty utterances at a time.
fn fill(vault: &Vault, words: &Words, count: u32) -> Result<EncounterId, Failure> {
    let id = EncounterId::make(SystemClock.now(), &SystemRandom);
    let opened = EventBody::EncounterOpened {
        patient: PatientId::make(SystemClock.now(), &SystemRandom),
        origin: EncounterOrigin::Clinician,
        ticket: "A-1".to_owned(),
        protocol: None,
        language: Language::english(),
    };
    append(vault, id, vec![opened])?;
    for begin in (0..count).step_by(20) {
        let end = count.min(begin + 20);
        append(vault, id, (begin..end).map(|index| said(index, &words.sentence())).collect())?;
    }
    Ok(id)
}

fn append(vault: &Vault, id: EncounterId, events: Vec<EventBody>) -> Result<(), Failure> {
    vault.append(Append {
        stream: Stream::Encounter(id),
        actor: Actor { who: Who::Device(vault.device()), role: Role::Clinician },
        action: Action("transcript.write"),
        events,
        expected: Expected::Anything,
    })?;
    Ok(())
}

fn said(index: u32, text: &str) -> EventBody {
    EventBody::UtteranceHeard {
        utterance: Utterance {
            index,
            speaker: Speaker::Patient,
            text: text.into(),
            source: UtteranceSource::Speech,
            start_ms: Some(index * 3000),
            end_ms: Some(index * 3000 + 2500),
            confidence: Some(0.9),
        },
    }
}

/// The rows that one appended utterance writes, in plain SQLite with the same durability.
fn plain_sqlite(path: &Path, words: &Words) -> Result<Vec<f64>, Failure> {
    let connection = rusqlite::Connection::open(path)?;
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    connection.execute_batch(
        "PRAGMA synchronous = FULL;
         CREATE TABLE event (position INTEGER PRIMARY KEY, id BLOB UNIQUE, header BLOB, sealed BLOB);
         CREATE TABLE audit (sequence INTEGER PRIMARY KEY, entry BLOB);
         CREATE TABLE utterance (rowid INTEGER PRIMARY KEY, place INTEGER, text TEXT);
         CREATE VIRTUAL TABLE search USING fts5 (text, content = 'utterance', content_rowid = 'rowid');",
    )?;
    times(1000, |turn| {
        let text = words.sentence();
        let mut id = [0; 16];
        SystemRandom.fill(&mut id);
        let transaction = connection.unchecked_transaction()?;
        transaction.execute(
            "INSERT INTO event (id, header, sealed) VALUES (?1, ?2, ?3)",
            (id, vec![1u8; 420], vec![2u8; 300]),
        )?;
        transaction.execute("INSERT INTO utterance (place, text) VALUES (?1, ?2)", (turn, &text))?;
        let row = transaction.last_insert_rowid();
        transaction.execute("INSERT INTO search (rowid, text) VALUES (?1, ?2)", (row, &text))?;
        transaction.execute("INSERT INTO audit (entry) VALUES (?1)", [vec![3u8; 330]])?;
        transaction.commit()?;
        Ok(())
    })
}

fn times(count: u32, mut work: impl FnMut(u32) -> Result<(), Failure>) -> Result<Vec<f64>, Failure> {
    let mut times = (0..count)
        .map(|turn| {
            let begun = Instant::now();
            work(turn).map(|()| begun.elapsed().as_secs_f64() * 1000.0)
        })
        .collect::<Result<Vec<_>, _>>()?;
    times.sort_by(f64::total_cmp);
    Ok(times)
}

fn once(work: impl FnOnce() -> Result<(), Failure>) -> Result<f64, Failure> {
    let begun = Instant::now();
    work()?;
    Ok(rounded(begun.elapsed().as_secs_f64() * 1000.0))
}

fn percentile(sorted: &[f64], percent: usize) -> f64 {
    sorted[(sorted.len() * percent / 100).min(sorted.len() - 1)]
}

fn rounded(milliseconds: f64) -> f64 {
    (milliseconds * 1000.0).round() / 1000.0
}

fn figures(sorted: &[f64]) -> Value {
    json!({
        "p50": rounded(percentile(sorted, 50)),
        "p95": rounded(percentile(sorted, 95)),
        "p99": rounded(percentile(sorted, 99)),
    })
}

/// Made-up speech: a vocabulary of 4,000 words in which some are common and most are rare.
struct Words {
    vocabulary: Vec<String>,
    state: std::cell::Cell<u64>,
}

impl Words {
    fn new() -> Self {
        const SYLLABLES: [&str; 20] = [
            "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va",
            "we", "xi", "yo", "zu",
        ];
        let vocabulary = (0..4000usize)
            .map(|number| {
                [number % 20, number / 20 % 20, number / 400, (number * 7) % 20]
                    .map(|place| SYLLABLES[place])
                    .concat()
            })
            .collect();
        Self { vocabulary, state: std::cell::Cell::new(20_261_123) }
    }

    fn below(&self, bound: u32) -> u32 {
        let state = self.state.get().wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        self.state.set(state);
        ((state >> 33) % u64::from(bound)) as u32
    }

    /// The square of a uniform number: the first words come up often, the last ones seldom.
    fn word(&self) -> &str {
        let uniform = f64::from(self.below(1 << 20)) / f64::from(1 << 20);
        &self.vocabulary[(uniform.powi(3) * self.vocabulary.len() as f64) as usize]
    }

    fn sentence(&self) -> String {
        let length = 6 + self.below(12);
        (0..length).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    fn common(&self) -> &str {
        &self.vocabulary[self.below(20) as usize]
    }

    fn rare(&self) -> String {
        self.vocabulary[2000 + self.below(2000) as usize].clone()
    }
}
