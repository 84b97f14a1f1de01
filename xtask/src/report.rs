//! What is being done, how long it took, and what came of it.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use crate::project::Outcome;

/// What came of a step.
enum Verdict {
    Passed,
    Failed {
        why: String,
        advice: &'static str,
    },
    /// There was a reason not to run it here, which is not a fault.
    Skipped {
        why: String,
    },
    /// It needs a step that failed.
    Blocked {
        by: &'static str,
    },
}

/// What a step's work may say besides "it failed".
pub(crate) enum Work {
    Done,
    Skipped(String),
}

/// The steps so far.
pub(crate) struct Report {
    planned: usize,
    started: Instant,
    steps: Vec<(&'static str, Duration, Verdict)>,
}

impl Report {
    /// A report on so many steps.
    pub(crate) fn new(planned: usize) -> Self {
        Self { planned, started: Instant::now(), steps: Vec::new() }
    }

    /// Does one step, unless one that it needs came to nothing.
    pub(crate) fn step(
        &mut self,
        name: &'static str,
        needs: &[&'static str],
        advice: &'static str,
        work: impl FnOnce() -> Result<Work, String>,
    ) {
        let number = self.steps.len() + 1;
        if let Some(by) = needs.iter().find(|need| self.came_to_nothing(need)) {
            println!("\n[{number}/{}] {name}: not run, because `{by}` failed", self.planned);
            self.steps.push((name, Duration::ZERO, Verdict::Blocked { by }));
            return;
        }
        println!("\n[{number}/{}] {name} …", self.planned);
        let started = Instant::now();
        let verdict = match work() {
            Ok(Work::Done) => Verdict::Passed,
            Ok(Work::Skipped(why)) => Verdict::Skipped { why },
            Err(why) => Verdict::Failed { why, advice },
        };
        let took = started.elapsed();
        match &verdict {
            Verdict::Passed => println!("[{number}/{}] {name}: passed in {}", self.planned, seconds(took)),
            Verdict::Skipped { why } => println!("[{number}/{}] {name}: skipped: {why}", self.planned),
            Verdict::Failed { why, .. } => println!("[{number}/{}] {name}: FAILED: {why}", self.planned),
            Verdict::Blocked { .. } => {}
        }
        self.steps.push((name, took, verdict));
    }

    fn came_to_nothing(&self, step: &str) -> bool {
        self.steps.iter().any(|(name, _, verdict)| {
            *name == step && matches!(verdict, Verdict::Failed { .. } | Verdict::Blocked { .. })
        })
    }

    /// The table at the end; an error when a step failed.
    pub(crate) fn close(self) -> Outcome {
        let mut table = format!("\n{:<12} {:>8}  outcome\n", "step", "time");
        let mut failed = Vec::new();
        for (name, took, verdict) in &self.steps {
            let outcome = match verdict {
                Verdict::Passed => "passed".to_owned(),
                Verdict::Failed { why, advice } => {
                    failed.push(*name);
                    format!("FAILED: {why}\n{:>23} what to do: {advice}", "")
                }
                Verdict::Skipped { why } => format!("skipped: {why}"),
                Verdict::Blocked { by } => format!("not run: needs `{by}`"),
            };
            let _ = writeln!(table, "{name:<12} {:>8}  {outcome}", seconds(*took));
        }
        let _ = write!(table, "{:<12} {:>8}", "all", seconds(self.started.elapsed()));
        println!("{table}");
        if failed.is_empty() { Ok(()) } else { Err(format!("Failed: {}.", failed.join(", "))) }
    }
}

/// A duration for a person: `7.3 s`, `4 min 05 s`.
pub(crate) fn seconds(duration: Duration) -> String {
    let whole = duration.as_secs();
    if whole < 60 {
        format!("{:.1} s", duration.as_secs_f64())
    } else {
        format!("{} min {:02} s", whole / 60, whole % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_whose_need_failed_is_not_run_and_the_report_says_which_failed() {
        let mut report = Report::new(4);
        report.step("build", &[], "read the error", || Err("it does not compile".into()));
        report.step("test", &["build"], "", || panic!("must not run"));
        report.step("browser", &["test"], "", || panic!("must not run either"));
        report.step("format", &[], "", || Ok(Work::Done));
        assert_eq!(report.close(), Err("Failed: build.".into()));
    }

    #[test]
    fn what_is_skipped_is_no_failure() {
        let mut report = Report::new(1);
        report.step("deny", &[], "", || Ok(Work::Skipped("not installed".into())));
        assert_eq!(report.close(), Ok(()));
    }

    #[test]
    fn times_are_written_for_a_person() {
        assert_eq!(seconds(Duration::from_millis(7_340)), "7.3 s");
        assert_eq!(seconds(Duration::from_secs(245)), "4 min 05 s");
    }
}
