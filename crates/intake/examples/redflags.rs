//! Reads lines `id<TAB>lang<TAB>text` from standard input and prints the rules that each raises. For tuning by hand.
#![allow(clippy::print_stdout, clippy::print_stderr)]
use domain::Language;

fn main() {
    let rules = match bedside_intake::RedFlagRules::builtin() {
        Ok(rules) => rules,
        Err(error) => return eprintln!("{error}"),
    };
    for line in std::io::stdin().lines().map_while(Result::ok) {
        let mut parts = line.splitn(3, '\t');
        let (id, lang, text) =
            (parts.next().unwrap_or(""), parts.next().unwrap_or("en"), parts.next().unwrap_or(""));
        let hits = rules.assess_text(text, &Language::new(lang));
        let shown: Vec<String> = hits
            .iter()
            .map(|hit| {
                let (start, end) = hit.span.unwrap_or_default();
                let words: String = text.chars().skip(start as usize).take((end - start) as usize).collect();
                format!("{}[{words}]", hit.rule)
            })
            .collect();
        println!("{id}\t{}\t{text}", shown.join(" "));
    }
}
