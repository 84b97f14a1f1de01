//! The patterns that rules and cues are written in.
//!
//! | written | matches |
//! | --- | --- |
//! | `chest pain` | these words, one after the other |
//! | `bleed*` | a word that begins so |
//! | `(pain\|ache\|tight chest)` | one of these |
//! | `(very)?` | the words, or nothing |
//! | `lips?` | the word with or without its last letter |
//! | `..3` | up to three words of any kind, within one sentence and not across a "but" |
//! | `~3` | what stands on both sides of it, in either order, at most three words apart |
//! | `{pain}` | what the language's term "pain" stands for |
//! | `#` | a number in digits or words, from two on in words; `#year` a year from 1900 on |

use std::collections::{BTreeMap, HashMap};

use super::words::{Word, folded};

/// A compiled pattern.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    nodes: Vec<Node>,
}

#[derive(Clone, Debug)]
enum Node {
    Word(String),
    Prefix(String),
    Number,
    Year,
    /// One of these words, sorted.
    OneOf(Vec<String>),
    Either(Vec<Vec<Node>>),
    Optional(Vec<Node>),
    Gap(usize),
}

/// Where a pattern matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    /// The words that it named, ascending; gaps are left out.
    pub(crate) named: Vec<usize>,
}

impl Match {
    /// The first word.
    pub(crate) fn first(&self) -> usize {
        self.named.first().copied().unwrap_or_default()
    }

    /// The last word.
    pub(crate) fn last(&self) -> usize {
        self.named.last().copied().unwrap_or_default()
    }
}

/// A language's terms, by name, each already written out.
pub(crate) type Terms = BTreeMap<String, Vec<String>>;

/// Compiles one pattern; one with `~` becomes two.
pub(crate) fn compile(source: &str, terms: &Terms) -> Result<Vec<Pattern>, String> {
    let written = |text: &str| Parser { chars: text.chars().collect(), at: 0, terms, depth: 0 }.pattern();
    let Some((left, right)) = source.split_once('~') else {
        return Ok(vec![Pattern { nodes: written(source)? }]);
    };
    let digits = right.chars().take_while(char::is_ascii_digit).count();
    let distance: usize = right[..digits].parse().map_err(|_| format!("'~' needs a number in '{source}'"))?;
    let (left, right) = (written(left)?, written(&right[digits..])?);
    let join =
        |first: &[Node], second: &[Node]| Pattern { nodes: [first, &[Node::Gap(distance)], second].concat() };
    Ok(vec![join(&left, &right), join(&right, &left)])
}

struct Parser<'a> {
    chars: Vec<char>,
    at: usize,
    terms: &'a Terms,
    depth: usize,
}

impl Parser<'_> {
    fn pattern(mut self) -> Result<Vec<Node>, String> {
        let nodes = self.sequence()?;
        if self.at < self.chars.len() {
            return Err(format!("unexpected '{}' in '{}'", self.chars[self.at], self.source()));
        }
        if nodes.iter().all(|node| matches!(node, Node::Gap(_) | Node::Optional(_))) {
            return Err(format!("'{}' names no word", self.source()));
        }
        if matches!(nodes.first(), Some(Node::Gap(_))) || matches!(nodes.last(), Some(Node::Gap(_))) {
            return Err(format!("'{}' begins or ends with a gap", self.source()));
        }
        Ok(nodes)
    }

    fn source(&self) -> String {
        self.chars.iter().collect()
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn sequence(&mut self) -> Result<Vec<Node>, String> {
        let mut nodes = Vec::new();
        while let Some(c) = self.peek() {
            match c {
                ' ' => self.at += 1,
                '|' | ')' => break,
                _ => {
                    let node = self.element()?;
                    if self.peek() == Some('?') {
                        self.at += 1;
                        nodes.push(Node::Optional(vec![node]));
                    } else {
                        nodes.push(node);
                    }
                }
            }
        }
        Ok(nodes)
    }

    fn element(&mut self) -> Result<Node, String> {
        match self.peek() {
            Some('(') => {
                self.at += 1;
                let either = self.alternatives()?;
                if self.peek() != Some(')') {
                    return Err(format!("a bracket stays open in '{}'", self.source()));
                }
                self.at += 1;
                Ok(one_of(either))
            }
            Some('{') => {
                self.at += 1;
                let name = self.take_while(|c| c != '}');
                self.at += 1;
                self.term(&name)
            }
            Some('.') => {
                let rest = self.take_while(|c| c != ' ');
                let distance = rest.strip_prefix("..").and_then(|number| number.parse().ok());
                distance.map(Node::Gap).ok_or_else(|| format!("'{rest}' is no gap in '{}'", self.source()))
            }
            Some('#') => match self.take_while(|c| !matches!(c, ' ' | ')' | '|' | '?')).as_str() {
                "#" => Ok(Node::Number),
                "#year" => Ok(Node::Year),
                other => Err(format!("'{other}' is neither # nor #year")),
            },
            _ => {
                let word = self.word();
                if word.is_empty() {
                    return Err(format!(
                        "unexpected '{}' in '{}'",
                        self.peek().unwrap_or(' '),
                        self.source()
                    ));
                }
                let fold = |text: &str| folded(&text.chars().collect::<Vec<_>>());
                if self.peek() == Some('?') {
                    self.at += 1;
                    let shorter: String = word.chars().take(word.chars().count() - 1).collect();
                    if word.contains('*') || shorter.is_empty() {
                        return Err(format!("'{word}?' is no word with an optional last letter"));
                    }
                    return Ok(Node::Either(vec![
                        vec![Node::Word(fold(&word))],
                        vec![Node::Word(fold(&shorter))],
                    ]));
                }
                match word.strip_suffix('*') {
                    Some(stem) if stem.chars().count() < 3 => {
                        Err(format!("'{word}' is too short a beginning"))
                    }
                    Some(stem) => Ok(Node::Prefix(fold(stem))),
                    None => Ok(Node::Word(fold(&word))),
                }
            }
        }
    }

    fn alternatives(&mut self) -> Result<Vec<Vec<Node>>, String> {
        let mut either = vec![self.sequence()?];
        while self.peek() == Some('|') {
            self.at += 1;
            either.push(self.sequence()?);
        }
        if either.iter().any(Vec::is_empty) {
            return Err(format!("an alternative is empty in '{}'", self.source()));
        }
        Ok(either)
    }

    fn term(&self, name: &str) -> Result<Node, String> {
        if self.depth > 8 {
            return Err(format!("the term '{name}' names itself"));
        }
        let written = self.terms.get(name).ok_or_else(|| format!("there is no term '{name}'"))?;
        let mut either = Vec::new();
        for text in written {
            let parser =
                Parser { chars: text.chars().collect(), at: 0, terms: self.terms, depth: self.depth + 1 };
            either.push(parser.pattern()?);
        }
        Ok(one_of(either))
    }

    /// Letters, digits, apostrophes and a star; in a number, its point.
    fn word(&mut self) -> String {
        let number = self.peek().is_some_and(|c| c.is_ascii_digit());
        self.take_while(|c| c.is_alphanumeric() || matches!(c, '\'' | '*') || (number && c == '.'))
    }

    fn take_while(&mut self, keep: impl Fn(char) -> bool) -> String {
        let start = self.at;
        while self.peek().is_some_and(&keep) {
            self.at += 1;
        }
        self.chars[start..self.at].iter().collect()
    }
}

/// The alternatives with those that are one word gathered, so that many words cost little more than one.
fn one_of(either: Vec<Vec<Node>>) -> Node {
    let mut words = Vec::new();
    let mut others = Vec::new();
    let mut waiting = either;
    while let Some(mut nodes) = waiting.pop() {
        match nodes.as_mut_slice() {
            [Node::Word(word)] => words.push(std::mem::take(word)),
            [Node::OneOf(more)] => words.append(more),
            [Node::Either(more)] => waiting.append(more),
            _ => others.push(nodes),
        }
    }
    words.sort_unstable();
    words.dedup();
    // `pop` took the last first: the order that they were written in decides between matches.
    others.reverse();
    match (words.is_empty(), others.is_empty()) {
        (false, true) => Node::OneOf(words),
        (true, _) => Node::Either(others),
        (false, false) => Node::Either([vec![vec![Node::OneOf(words)]], others].concat()),
    }
}

/// What follows the nodes that are being matched.
struct Rest<'a> {
    nodes: &'a [Node],
    then: Option<&'a Rest<'a>>,
}

/// A text, and which of its words a gap may not cross.
pub(crate) struct Subject<'a> {
    pub(crate) words: &'a [Word],
    /// By word: whether a gap ends before it ("but").
    pub(crate) barrier: &'a [bool],
}

impl Pattern {
    /// Where the pattern matches from this word on.
    pub(crate) fn at(&self, text: &Subject<'_>, start: usize) -> Option<Match> {
        let mut named = Vec::with_capacity(self.nodes.len());
        run(&self.nodes, None, text, start, &mut named).then_some(Match { named })
    }
}

fn run(
    nodes: &[Node],
    then: Option<&Rest<'_>>,
    text: &Subject<'_>,
    at: usize,
    named: &mut Vec<usize>,
) -> bool {
    let Some((node, rest)) = nodes.split_first() else {
        return then.is_none_or(|next| run(next.nodes, next.then, text, at, named));
    };
    // A pattern stays within its sentence.
    let fresh = at == 0 || named.is_empty() || !text.words.get(at - 1).is_some_and(Word::ends_sentence);
    let one = |matches: bool, named: &mut Vec<usize>| {
        matches && fresh && {
            named.push(at);
            run(rest, then, text, at + 1, named) || {
                named.pop();
                false
            }
        }
    };
    let word = text.words.get(at);
    match node {
        Node::Word(wanted) => one(word.is_some_and(|word| word.text == *wanted), named),
        Node::OneOf(words) => one(word.is_some_and(|word| words.binary_search(&word.text).is_ok()), named),
        Node::Prefix(stem) => one(word.is_some_and(|word| word.text.starts_with(stem.as_str())), named),
        Node::Number => one(word.is_some_and(is_count), named),
        Node::Year => one(word.is_some_and(Word::is_year), named),
        Node::Either(either) => {
            let next = Rest { nodes: rest, then };
            either.iter().any(|nodes| run(nodes, Some(&next), text, at, named))
        }
        Node::Optional(inner) => {
            run(inner, Some(&Rest { nodes: rest, then }), text, at, named) || run(rest, then, text, at, named)
        }
        Node::Gap(most) => {
            for skipped in 0..=*most {
                if run(rest, then, text, at + skipped, named) {
                    return true;
                }
                let here = at + skipped;
                let open = here > 0 && !text.words.get(here - 1).is_some_and(Word::ends_sentence);
                if !open || here >= text.words.len() || text.barrier[here] {
                    return false;
                }
            }
            false
        }
    }
}

/// Whether a word is a number, in digits or as a recogniser writes it. "One" and "un" are too often no number.
fn is_count(word: &Word) -> bool {
    const WORDS: &[&str] = &[
        "catorce",
        "cinco",
        "cincuenta",
        "cuarenta",
        "cuatro",
        "diez",
        "doce",
        "dos",
        "eight",
        "eighteen",
        "eighty",
        "eleven",
        "fifteen",
        "fifty",
        "five",
        "forty",
        "four",
        "fourteen",
        "nine",
        "nineteen",
        "ninety",
        "nueve",
        "ocho",
        "once",
        "quince",
        "seis",
        "seven",
        "seventeen",
        "seventy",
        "siete",
        "six",
        "sixteen",
        "sixty",
        "ten",
        "thirteen",
        "thirty",
        "three",
        "treinta",
        "tres",
        "twelve",
        "twenty",
        "two",
        "veinte",
    ];
    word.is_number() || WORDS.binary_search(&word.text.as_str()).is_ok()
}

/// Patterns found by their first word, so that a text is gone through once whatever their number.
#[derive(Clone, Debug)]
pub(crate) struct PatternSet<T> {
    patterns: Vec<(Pattern, T)>,
    exact: HashMap<String, Vec<usize>>,
    /// By the first three letters.
    prefix: HashMap<String, Vec<usize>>,
    number: Vec<usize>,
}

impl<T> Default for PatternSet<T> {
    fn default() -> Self {
        Self { patterns: Vec::new(), exact: HashMap::new(), prefix: HashMap::new(), number: Vec::new() }
    }
}

impl<T: Copy> PatternSet<T> {
    /// Adds a pattern and what it stands for.
    pub(crate) fn add(&mut self, source: &str, terms: &Terms, meaning: T) -> Result<(), String> {
        for pattern in compile(source, terms)? {
            let index = self.patterns.len();
            self.file(index, &pattern.nodes);
            self.patterns.push((pattern, meaning));
        }
        Ok(())
    }

    fn file(&mut self, index: usize, nodes: &[Node]) {
        let put = |list: &mut Vec<usize>| {
            if list.last() != Some(&index) {
                list.push(index);
            }
        };
        for node in nodes {
            match node {
                Node::Word(word) => put(self.exact.entry(word.clone()).or_default()),
                Node::OneOf(words) => {
                    words.iter().for_each(|word| put(self.exact.entry(word.clone()).or_default()));
                }
                Node::Prefix(stem) => put(self.prefix.entry(stem.chars().take(3).collect()).or_default()),
                Node::Number | Node::Year => put(&mut self.number),
                Node::Either(either) => either.iter().for_each(|nodes| self.file(index, nodes)),
                Node::Optional(inner) => {
                    self.file(index, inner);
                    continue;
                }
                Node::Gap(_) => continue,
            }
            return;
        }
    }

    /// Every place where a pattern matches, in the order of the first word.
    pub(crate) fn find(&self, text: &Subject<'_>) -> Vec<(Match, T)> {
        let mut found = Vec::new();
        for (start, word) in text.words.iter().enumerate() {
            let beginning =
                word.text.char_indices().nth(3).map_or(word.text.as_str(), |(end, _)| &word.text[..end]);
            let exact = self.exact.get(&word.text).into_iter().flatten();
            let prefix = self.prefix.get(beginning).into_iter().flatten();
            let number = self.number.iter().filter(|_| is_count(word));
            for &index in exact.chain(prefix).chain(number) {
                let (pattern, meaning) = &self.patterns[index];
                found.extend(pattern.at(text, start).map(|matched| (matched, *meaning)));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    fn found(pattern: &str, text: &str) -> Vec<Vec<usize>> {
        let terms = Terms::from([("pain".to_owned(), vec!["pain".to_owned(), "hurt*".to_owned()])]);
        let mut set = PatternSet::default();
        set.add(pattern, &terms, ()).unwrap();
        let words = words(text);
        let barrier: Vec<bool> = words.iter().map(|word| word.text == "but").collect();
        set.find(&Subject { words: &words, barrier: &barrier }).into_iter().map(|(m, ())| m.named).collect()
    }

    #[test]
    fn gaps_stay_within_a_sentence_and_do_not_cross_a_but() {
        assert_eq!(found("chest ..3 {pain}", "my chest really hurts"), [vec![1, 3]]);
        assert!(found("chest ..3 {pain}", "my chest is fine. It hurts").is_empty());
        assert!(found("chest ..4 {pain}", "chest is fine but knee hurts").is_empty());
        assert!(found("chest ..1 {pain}", "chest is really hurting").is_empty());
    }

    #[test]
    fn either_order_options_and_numbers() {
        assert_eq!(found("chest ~3 {pain}", "pain in my chest"), [vec![0, 3]]);
        assert_eq!(found("(very)? (bad|tight chest) pain", "tight chest pain"), [vec![0, 1, 2]]);
        assert_eq!(found("in #year", "in 2015 or in 12"), [vec![0, 1]]);
        assert_eq!(found("# (years)? ago", "3 ago, 4 years ago"), [vec![0, 1], vec![2, 3, 4]]);
    }

    #[test]
    fn a_pattern_that_cannot_be_read_says_why() {
        for bad in ["", "(a|", "{nothing}", "..3 a", "ab*", "a ~ b", "a) b", "(|a)", "#x", "a? b"] {
            assert!(compile(bad, &Terms::new()).is_err(), "{bad}");
        }
    }
}
