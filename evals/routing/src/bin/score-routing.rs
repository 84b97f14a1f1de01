//! Scores the protocols that labelled reasons pick: `score-routing [--held-out | --real] [--from N] [--failures] [--lang L]`.
#![expect(clippy::print_stdout, reason = "a table is what it is for")]

use std::collections::BTreeMap;
use std::error::Error;
use std::time::Instant;

use bedside_evals_routing::corpus::{self, Part};
use bedside_evals_routing::tally::{self, Tally};
use clap::Parser;
use domain::Language;
use intake::Protocols;

/// Scores the protocols that labelled reasons pick.
#[derive(Parser)]
struct Arguments {
    /// Score the part that was kept back, instead of the open one.
    #[arg(long, conflicts_with = "failures")]
    held_out: bool,
    /// Score the openings of PriMock57 and OSCE, from the evaluation data.
    #[arg(long, conflicts_with = "held_out")]
    real: bool,
    /// Only the reasons numbered from here on: 301 and 401 begin what was written once the words had been tuned.
    #[arg(long, default_value_t = 0)]
    from: u32,
    /// List what was not routed as labelled; never of the part that was kept back.
    #[arg(long)]
    failures: bool,
    /// Only reasons in this language.
    #[arg(long)]
    lang: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let mut reasons = if arguments.real {
        let Some(real) = corpus::read_real()? else {
            println!("skipped: no evaluation data");
            return Ok(());
        };
        real
    } else {
        corpus::read(if arguments.held_out { Part::HeldOut } else { Part::Open })?
    };
    reasons.retain(|reason| {
        let number: Option<u32> = reason.id.rsplit('-').next().and_then(|number| number.parse().ok());
        arguments.lang.as_ref().is_none_or(|lang| *lang == reason.lang)
            && number.is_none_or(|number| number >= arguments.from)
    });
    let protocols = Protocols::builtin()?;
    let mut tallies = BTreeMap::<(String, String), Tally>::new();
    let mut slowest = 0.0_f64;
    for reason in &reasons {
        let began = Instant::now();
        let routing = protocols.route(&reason.text, &Language::new(&reason.lang));
        slowest = slowest.max(began.elapsed().as_secs_f64() * 1000.0);
        let name = protocols.find(&routing.protocol).map_or("", |known| known.questionnaire.name());
        let right = name == reason.protocol || reason.accept.iter().any(|accepted| accepted == name);
        tallies
            .entry((reason.protocol.clone(), reason.lang.clone()))
            .or_default()
            .count(right, name == "general-visit");
        if arguments.failures && !right {
            println!("{}: {:?}", reason.id, reason.text);
            println!(
                "    expected {} {:?}, got {name} ({:.2})",
                reason.protocol, reason.accept, routing.confidence
            );
            for considered in &routing.considered {
                let said: Vec<String> = considered
                    .evidence
                    .iter()
                    .map(|(from, to)| {
                        let (from, to) = (*from as usize, *to as usize);
                        reason.text.chars().skip(from).take(to - from).collect()
                    })
                    .collect();
                println!("        {} {:.2} {said:?}", considered.protocol, considered.confidence);
            }
        }
    }
    print!("{}", tally::table(&tallies));
    println!("\nslowest: {slowest:.2} ms");
    Ok(())
}
