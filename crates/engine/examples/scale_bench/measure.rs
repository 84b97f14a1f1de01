//! What a clinic's staff wait for: calls as the screens make them, each with its audit entry, each answer written out as JSON.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use bedside_engine::Engine;
use domain::{EncounterId, EncounterStatus, Role, Timestamp};
use serde_json::{Value, json};
use store::{EncounterFilter, Vault};

use crate::Failure;
use crate::clinic::{Hand, NOW, sign_in, start};
use crate::numbers::Numbers;

/// What work list, patient page and search may take at the 95th percentile, in ms.
const STAFF_MS: f64 = 100.0;
/// What the dashboard may take: it is opened to be read for minutes.
const DASHBOARD_MS: f64 = 1_000.0;
/// The same where nothing was counted before: the application counts ahead while it runs, so that this is a restored clinic.
const FIRST_MS: f64 = 10_000.0;
const DAY: i64 = 86_400_000;

/// How a line of the table came to be.
struct Line {
    what: &'static str,
    /// In ms, ascending.
    times: Vec<f64>,
    most: f64,
}

/// The clinic's working day: work list, encounters, search, dashboard.
pub(crate) fn staff(data: &Path) -> Result<(), Failure> {
    let begun = Instant::now();
    let engine = start(data, Hand::at(NOW))?;
    let opened = begun.elapsed().as_secs_f64() * 1_000.0;
    let resting = peak_mib();
    let numbers = Numbers::new();
    let vault = engine.vault()?;
    let clinician = sign_in(&engine, Role::Clinician)?;
    let asked = Asked { engine: &engine, token: &clinician };
    let before = audited(&vault)?;
    let all = every(&vault)?;
    let mut lines = Vec::new();

    let list = |since: Option<i64>| move |_: usize| json!({ "since": since, "until": Value::Null });
    lines.push(asked.line(
        "work list, today",
        "encounters.list",
        STAFF_MS,
        200,
        list(Some(NOW - DAY / 2)),
    )?);
    lines.push(asked.line(
        "work list, this week",
        "encounters.list",
        STAFF_MS,
        200,
        list(Some(NOW - 6 * DAY)),
    )?);
    lines.push(asked.line(
        "work list, all (the newest 1,000)",
        "encounters.list",
        STAFF_MS,
        200,
        list(None),
    )?);
    let one = |_: usize| json!({ "encounter": all[numbers.below(all.len())] });
    lines.push(asked.line("an encounter's page", "encounters.show", STAFF_MS, 500, one)?);
    let seen: Vec<_> = all.iter().filter_map(|id| vault.encounter(*id).ok().flatten()).take(500).collect();
    let patients: Vec<_> = seen.iter().filter(|record| record.patient.verified).collect();
    let patient = |turn: usize| patients[turn % patients.len()];
    let page = |turn: usize| json!({ "patient": patient(turn).patient.id });
    lines.push(asked.line("a patient's page", "patients.show", STAFF_MS, 500, page)?);
    let name = |turn: usize| patient(turn).patient.name.as_ref().map_or("", |name| name.expose().as_str());
    let find = |what, words: &dyn Fn(usize) -> String| {
        asked.line(what, "patients.find", STAFF_MS, 200, |turn| json!({ "text": words(turn) }))
    };
    lines.push(find("patients, a whole name", &|turn| name(turn).to_owned())?);
    lines.push(find("patients, the beginning of a name", &|turn| {
        name(turn).chars().take(1 + turn % 4).collect()
    })?);
    let alike = |turn: usize| json!({ "name": name(turn), "birth_date": patient(turn).patient.birth_date });
    lines.push(asked.line("patients, who may be meant", "patients.alike", STAFF_MS, 200, alike)?);
    let search = |what, words: &dyn Fn(usize) -> String| {
        asked.line(what, "transcript.search", STAFF_MS, 200, |turn| json!({ "query": words(turn) }))
    };
    lines.push(search("search, a word that all have", &|_| "doctor".to_owned())?);
    lines.push(search("search, a common word", &|turn| {
        ["pain", "fever", "headache", "knee", "cough"][turn % 5].to_owned()
    })?);
    lines.push(search("search, two words", &|turn| {
        ["blood pressure", "back pain", "worse night", "no fever", "sore throat"][turn % 5].to_owned()
    })?);
    lines.push(search("search, two common words never said together", &|turn| {
        ["pressure smoke", "murmur allergic", "medicines fever"][turn % 3].to_owned()
    })?);
    lines.push(search("search, a rare word", &|_| numbers.rare())?);
    lines.push(search("search, the beginning of a word", &|turn| {
        ["a", "s", "pa", "th", "hea", "wor", "mete", "doct"][turn % 8].to_owned()
    })?);
    lines.push(search("search, nothing found", &|turn| ["zebra", "doctor zebra"][turn % 2].to_owned())?);
    let working = peak_mib();

    let admin = sign_in(&engine, Role::Administrator)?;
    let asked = Asked { engine: &engine, token: &admin };
    let days = |from: &'static str| move |_: usize| json!({ "from": from, "until": "2030-01-15" });
    let (month, years) = ("2029-12-17", "2027-01-15");
    let read = "analytics.read";
    lines.push(asked.line("dashboard, 30 days, never counted", read, DASHBOARD_MS, 1, days(month))?);
    lines.push(asked.line("dashboard, 30 days", read, DASHBOARD_MS, 50, days(month))?);
    lines.push(asked.line("dashboard, all, never counted", read, FIRST_MS, 1, days(years))?);
    lines.push(asked.line("dashboard, all", read, DASHBOARD_MS, 20, days(years))?);
    let calls: usize = lines.iter().map(|line| line.times.len()).sum();
    let entries = audited(&vault)? - before;
    if entries < calls as u64 {
        return Err(format!("{calls} calls left only {entries} entries in the audit trail").into());
    }
    let most = peak_mib();
    drop((vault, engine));
    let engine = start(data, Hand::at(NOW))?;
    let admin = sign_in(&engine, Role::Administrator)?;
    let asked = Asked { engine: &engine, token: &admin };
    lines.push(asked.line("dashboard, all, first look after a start", read, DASHBOARD_MS, 1, days(years))?);
    print(&table(&lines));
    print(&format!("- opening the vault (key derivation not counted): {opened:.0} ms"));
    print(&format!("- entries of the audit trail that these {calls} calls left: {entries}"));
    print(&format!(
        "- peak memory (resident): {resting} after opening, {working} after work list, pages and search, {} after the \
         dashboard of all",
        most
    ));
    Ok(())
}

/// What is done to the whole vault.
pub(crate) fn whole(data: &Path) -> Result<(), Failure> {
    let engine = start(data, Hand::at(NOW))?;
    let vault = engine.vault()?;
    let begun = Instant::now();
    let report = vault.verify_audit()?;
    if !report.is_intact() {
        return Err(format!("the chains are not intact: {:?}", report.faults).into());
    }
    let (entries, events) = (report.entries, report.events);
    print(&format!(
        "- verifying {entries} audit entries and {events} events: {:.1} s",
        begun.elapsed().as_secs_f64()
    ));
    let begun = Instant::now();
    let rebuilt = vault.rebuild_projections()?;
    if rebuilt.changed {
        return Err("the projections were not what the log says".into());
    }
    print(&format!(
        "- rebuilding the projections of {} encounters: {:.1} s, with a peak memory of {}",
        rebuilt.encounters,
        begun.elapsed().as_secs_f64(),
        peak_mib()
    ));
    Ok(())
}

/// Who asks.
struct Asked<'a> {
    engine: &'a Engine,
    token: &'a str,
}

impl Asked<'_> {
    fn line(
        &self,
        what: &'static str,
        method: &str,
        most: f64,
        times: usize,
        request: impl Fn(usize) -> Value,
    ) -> Result<Line, Failure> {
        let once = |turn| {
            let request = request(turn);
            let begun = Instant::now();
            let answer = self
                .engine
                .call(Some(self.token), method, request)
                .map_err(|error| format!("{method}: {}", error.code))?;
            let written = serde_json::to_vec(&answer)?;
            let took = begun.elapsed().as_secs_f64() * 1_000.0;
            std::hint::black_box(written);
            Ok::<_, Failure>(took)
        };
        let mut times = (0..times).map(once).collect::<Result<Vec<_>, _>>()?;
        times.sort_by(f64::total_cmp);
        Ok(Line { what, times, most })
    }
}

fn table(lines: &[Line]) -> String {
    let mut rows =
        String::from("| what | calls | p50 | p95 | slowest | |\n| --- | ---: | ---: | ---: | ---: | --- |");
    for Line { what, times, most } in lines {
        let of = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)];
        let verdict = if of(95) < *most { "under" } else { "**not** under" };
        let _ = write!(
            rows,
            "\n| {what} | {} | {:.1} ms | {:.1} ms | {:.1} ms | {verdict} {most} ms |",
            times.len(),
            of(50),
            of(95),
            of(100)
        );
    }
    rows.push('\n');
    rows
}

/// Every encounter that can be opened.
fn every(vault: &Vault) -> Result<Vec<EncounterId>, Failure> {
    let time = Timestamp::from_millis(0)..Timestamp::from_millis(NOW);
    let all: Vec<_> = vault.encounters_begun(&time)?.into_iter().map(|(id, _)| id).collect();
    let signed = EncounterFilter {
        statuses: vec![EncounterStatus::Signed],
        limit: u32::MAX,
        ..EncounterFilter::default()
    };
    print(&format!("{} encounters, {} of them signed.\n", all.len(), vault.encounters(&signed)?.len()));
    Ok(all)
}

fn audited(vault: &Vault) -> Result<u64, Failure> {
    let newest = vault.audit_entries(&store::AuditFilter { limit: 1, ..store::AuditFilter::default() })?;
    Ok(newest.first().map_or(0, |entry| entry.sequence + 1))
}

/// The most memory that this process had, as Linux counts it.
fn peak_mib() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kib = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
    let mib = kib.and_then(|kib| kib.trim().parse::<u64>().ok()).map(|kib| kib / 1024);
    mib.map_or_else(|| "not known here".to_owned(), |mib| format!("{mib} MiB"))
}

fn print(text: &str) {
    println!("{text}");
}
