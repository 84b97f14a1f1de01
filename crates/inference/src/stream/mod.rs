//! Recognition while people speak.
//!
//! Voice activity cuts each channel into stretches of speech. A stretch that is still growing is decoded again about every
//! 0.7 s; words on which two passes in a row agree are committed, but for the last two, and never change again; the rest is
//! tentative. A third into the pause that may end it the stretch is decoded whole; when the pause was its end it is closed with
//! that, and where there was no time for it, it is decoded then. One stretch is decoded at a time: a
//! machine that is too slow decodes growing ones less often, or not at all, and says that it is behind; closed ones wait their
//! turn, and their sound is read back from the journal when it does not fit into memory.
//!
//! [`Stream`] is the state, without input and output; [`run`] is the way to the worker.

mod live;
mod words;

use std::collections::VecDeque;

use audio::activity::{Activity, Tuning, Turn};
use domain::Phi;
use worker::{Segment, SegmentWord};

pub use live::{Input, Live, run};
use words::{Committed, join};

/// Samples in a ms.
const PER_MS: u64 = 16;
/// A growing stretch is decoded again when so much is new: 0.7 s.
const AGAIN: u64 = 700 * PER_MS;
/// What one channel keeps of what it heard, where more can be read back: a minute.
const MOST_KEPT: u64 = 60_000 * PER_MS;
/// What is kept without speech, for a stretch's beginning: a second.
const BEFORE: u64 = 1_000 * PER_MS;
/// So far behind it is said, and so far it is over, in ms.
const BEHIND_MS: u64 = 4_000;
const CAUGHT_UP_MS: u64 = 1_500;
/// A channel on which the other one is louder by this factor (6 dB) hears the other one's speaker.
const LEAK: f32 = 2.0;

/// How a stream is cut and decoded.
#[derive(Clone, Copy, Debug)]
pub struct StreamOptions {
    /// One, or two with a speaker on each.
    pub channels: usize,
    /// How turns are cut.
    pub tuning: Tuning,
    /// The longest stretch, in ms; a longer one is cut at its quietest point. Whisper hears half a minute at once, the starter
    /// model twelve seconds.
    pub longest_ms: u32,
    /// Whether agreed words are committed while the stretch grows. Without, everything is tentative until it is closed.
    pub commit: bool,
    /// Whether a stretch is decoded while it grows. Without, there are no tentative words.
    pub grow: bool,
    /// Whether sound can be read back ([`Source`]), so that a minute of it is enough in memory.
    pub can_read_back: bool,
}

impl StreamOptions {
    /// For a visit, with one microphone.
    pub fn new(channels: usize, longest_ms: u32) -> Self {
        Self {
            channels,
            tuning: Tuning::default(),
            longest_ms,
            commit: true,
            grow: true,
            can_read_back: false,
        }
    }

    /// For answers to questions: they are short, so that the last pass over the whole of one decides every word, and who gives one
    /// is waited for half a second, so that its text is there within 0.6 s.
    pub fn for_answers(longest_ms: u32) -> Self {
        let tuning = Tuning { pause_ms: 500, ..Tuning::default() };
        Self { commit: false, tuning, ..Self::new(1, longest_ms) }
    }
}

/// Where sound can be read back from.
pub trait Source: Send {
    /// The interleaved samples from there on; fewer, or none, where there are none.
    fn read(&mut self, start: u64, count: usize) -> Vec<f32>;
}

/// What is to be decoded.
#[derive(Debug)]
pub struct Decode {
    /// Where the first sample stands on the clock.
    pub start: u64,
    /// 16 kHz, one channel.
    pub samples: Vec<f32>,
    /// Whether the stretch is complete.
    pub last: bool,
}

/// What came of listening.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// Somebody began to speak.
    Began {
        /// Channel, from 0.
        channel: usize,
        /// Since the start of the stream.
        at_ms: u64,
    },
    /// Words of a stretch that goes on.
    Tentative {
        /// Channel, from 0.
        channel: usize,
        /// Words that will not change.
        committed: Phi<String>,
        /// Words that may.
        tentative: Phi<String>,
    },
    /// A stretch is complete.
    Closed(Stretch),
    /// Recognition is so far behind. Nothing is lost.
    Behind {
        /// By how much.
        ms: u64,
    },
    /// It is not behind any more.
    CaughtUp,
}

/// A stretch of speech, recognised.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// Channel, from 0.
    pub channel: usize,
    /// Since the start of the stream.
    pub start_ms: u64,
    /// Since the start of the stream.
    pub end_ms: u64,
    /// The words; empty where somebody spoke and nothing was understood, or nobody spoke after all.
    pub text: Phi<String>,
    /// The words with times in ms since the start of the stream, as far as the model gives them.
    pub words: Vec<SpokenWord>,
    /// 0 to 1.
    pub confidence: f32,
}

/// A word of a stretch.
#[derive(Clone, Debug, PartialEq)]
pub struct SpokenWord {
    /// The word.
    pub text: Phi<String>,
    /// Since the start of the stream.
    pub start_ms: u64,
    /// Since the start of the stream.
    pub end_ms: u64,
    /// 0 to 1.
    pub confidence: f32,
}

/// The state of listening.
pub struct Stream {
    options: StreamOptions,
    channels: Vec<Channel>,
    /// The clock's next sample.
    next: u64,
    closed: VecDeque<Waiting>,
    running: Option<Running>,
    told_behind: bool,
}

struct Channel {
    activity: Activity,
    /// What was heard, from sample `from` on.
    kept: VecDeque<f32>,
    from: u64,
    open: Option<Open>,
}

/// A stretch that grows.
struct Open {
    start: u64,
    committed: Committed,
    /// Up to where the last pass went.
    decoded_to: u64,
    /// What the last pass heard, and up to where.
    heard: Option<(u64, Vec<SegmentWord>)>,
}

impl Open {
    fn new(start: u64, commits: bool) -> Self {
        Self { start, committed: Committed::new(commits), decoded_to: start, heard: None }
    }
}

/// A complete stretch that waits for its last pass.
struct Waiting {
    channel: usize,
    start: u64,
    end: u64,
    committed: Committed,
}

enum Running {
    Growing { channel: usize, start: u64, end: u64 },
    Last(Waiting),
}

impl Stream {
    /// Nothing heard yet.
    pub fn new(options: StreamOptions) -> Self {
        let channel = || Channel {
            activity: Activity::new(options.tuning),
            kept: VecDeque::new(),
            from: 0,
            open: None,
        };
        Self {
            options,
            channels: (0..options.channels).map(|_| channel()).collect(),
            next: 0,
            closed: VecDeque::new(),
            running: None,
            told_behind: false,
        }
    }

    /// Takes interleaved samples whose first stands at `start` on the clock. A jump of the clock ends what is being said.
    pub fn push(&mut self, start: u64, samples: &[f32]) -> Vec<Said> {
        let mut said = Vec::new();
        if start != self.next {
            self.end_open();
            for channel in &mut self.channels {
                channel.activity.jump(start);
                channel.kept.clear();
                channel.from = start;
            }
            self.next = start;
        }
        let width = self.options.channels;
        self.next += (samples.len() / width) as u64;
        for number in 0..width {
            let own: Vec<f32> = samples.iter().skip(number).step_by(width).copied().collect();
            let channel = &mut self.channels[number];
            channel.kept.extend(&own);
            for turn in channel.activity.push(&own) {
                let channel = &mut self.channels[number];
                match turn {
                    Turn::Began { at } => {
                        said.push(Said::Began { channel: number, at_ms: at / PER_MS });
                        channel.open = Some(Open::new(at, self.options.commit));
                    }
                    Turn::Ended { at } => {
                        if let Some(open) = channel.open.take() {
                            said.extend(self.ended(number, open, at));
                        }
                    }
                }
            }
            self.cut_too_long(number);
        }
        self.forget();
        said
    }

    /// Nothing more comes: whoever is speaking has ended.
    pub fn finish(&mut self) {
        self.end_open();
    }

    /// Whether everything that was said has been decoded.
    pub fn is_done(&self) -> bool {
        self.running.is_none()
            && self.closed.is_empty()
            && self.channels.iter().all(|channel| channel.open.is_none())
    }

    /// Whether somebody is speaking on some channel.
    pub fn is_speaking(&self) -> bool {
        self.channels.iter().any(|channel| channel.activity.is_speaking())
    }

    /// What to decode next, if anything; one thing at a time, so nothing while something is being decoded.
    pub fn next(&mut self, source: Option<&mut dyn Source>) -> Option<Decode> {
        if self.running.is_some() {
            return None;
        }
        if let Some(waiting) = self.closed.pop_front() {
            let samples = self.samples(waiting.channel, waiting.start, waiting.end, source);
            let start = waiting.start;
            self.running = Some(Running::Last(waiting));
            self.forget();
            return Some(Decode { start, samples, last: true });
        }
        if !self.options.grow {
            return None;
        }
        let (channel, end) = (0..self.channels.len()).find_map(|number| Some((number, self.due(number)?)))?;
        let open = self.channels[channel].open.as_mut()?;
        open.decoded_to = end;
        let start = open.start;
        self.running = Some(Running::Growing { channel, start, end });
        Some(Decode { start, samples: self.samples(channel, start, end, source), last: false })
    }

    /// Up to where the growing stretch of a channel is to be decoded now: to its end, should the pause that has begun be that,
    /// or as far as it has grown.
    fn due(&self, number: usize) -> Option<u64> {
        let channel = &self.channels[number];
        let open = channel.open.as_ref()?;
        let may_end =
            channel.activity.may_end_at().filter(|end| (open.decoded_to + 1..=self.next).contains(end));
        may_end.or_else(|| (self.next.saturating_sub(open.decoded_to) >= AGAIN).then_some(self.next))
    }

    /// A stretch has ended: it waits for its last pass, or, if the last pass went just up to there, it is closed with that.
    fn ended(&mut self, channel: usize, open: Open, end: u64) -> Option<Said> {
        let Open { start, committed, heard, .. } = open;
        let waiting = Waiting { channel, start, end, committed };
        match (&self.running, heard) {
            (Some(Running::Growing { channel: of, start: from, end: to }), _)
                if (*of, *from, *to) == (channel, start, end) =>
            {
                self.running = Some(Running::Last(waiting));
                None
            }
            (_, Some((to, words))) if to == end && self.closed.is_empty() => {
                close(waiting, words).map(Said::Closed)
            }
            _ => {
                self.closed.push_back(waiting);
                None
            }
        }
    }

    /// What the worker made of it: segments in seconds since the start of what it was given.
    pub fn done(&mut self, segments: &[Segment]) -> Vec<Said> {
        let mut said = Vec::new();
        match self.running.take() {
            Some(Running::Growing { channel, start, end }) => {
                if let Some(open) = self.channels[channel].open.as_mut().filter(|open| open.start == start) {
                    let words = words_of(segments);
                    let (committed, tentative) = open.committed.pass(&words);
                    open.heard = Some((end, words));
                    said.push(Said::Tentative { channel, committed, tentative });
                }
            }
            Some(Running::Last(waiting)) => {
                if let Some(stretch) = close(waiting, words_of(segments)) {
                    said.push(Said::Closed(stretch));
                }
                said.extend(self.lag());
            }
            None => {}
        }
        said
    }

    /// The decoding failed: a growing stretch is tried again when it has grown, a complete one at once.
    pub fn failed(&mut self) {
        if let Some(Running::Last(waiting)) = self.running.take() {
            self.closed.push_front(waiting);
        }
    }

    /// Gives up the complete stretch whose decoding failed: its words are not known. The sound is where it was.
    pub fn give_up(&mut self) {
        self.running = None;
    }

    fn lag(&mut self) -> Option<Said> {
        let ms = self.closed.front().map_or(0, |waiting| self.next.saturating_sub(waiting.end) / PER_MS);
        if ms >= BEHIND_MS {
            self.told_behind = true;
            return Some(Said::Behind { ms });
        }
        (ms <= CAUGHT_UP_MS && std::mem::take(&mut self.told_behind)).then_some(Said::CaughtUp)
    }

    fn end_open(&mut self) {
        for (number, channel) in self.channels.iter_mut().enumerate() {
            let end = match channel.activity.finish() {
                Some(Turn::Ended { at }) => at,
                _ => self.next,
            };
            if let Some(Open { start, committed, .. }) = channel.open.take() {
                self.closed.push_back(Waiting { channel: number, start, end: end.min(self.next), committed });
            }
        }
    }

    /// Cuts a stretch that is as long as the model can hear, at the quietest fifth of a second of its last two fifths.
    fn cut_too_long(&mut self, number: usize) {
        let longest = u64::from(self.options.longest_ms) * PER_MS;
        let channel = &mut self.channels[number];
        let Some(open) = &mut channel.open else { return };
        if self.next - open.start < longest || open.start < channel.from {
            return;
        }
        let begin = open.start + longest * 3 / 5;
        let kept = channel.kept.make_contiguous();
        let at = |sample: u64| usize::try_from(sample - channel.from).unwrap_or(usize::MAX);
        let window = 200 * PER_MS;
        let end = (open.start + longest).min(channel.from + kept.len() as u64);
        let quietest = (begin..end.saturating_sub(window))
            .step_by(usize::try_from(window / 4).unwrap_or(1))
            .min_by(|a, b| {
                let power = |from: u64| kept[at(from)..at(from + window)].iter().map(|s| s * s).sum::<f32>();
                power(*a).total_cmp(&power(*b))
            });
        let cut = quietest.map_or(end, |from| from + window / 2);
        let Open { start, committed, .. } = std::mem::replace(open, Open::new(cut, self.options.commit));
        self.closed.push_back(Waiting { channel: number, start, end: cut, committed });
    }

    /// The samples of a channel, silence where there are none any more. Where another channel hears the same louder, nothing:
    /// its speaker is the other one's.
    fn samples(&mut self, number: usize, start: u64, end: u64, source: Option<&mut dyn Source>) -> Vec<f32> {
        let count = usize::try_from(end.saturating_sub(start)).unwrap_or(0);
        let width = self.options.channels;
        let all: Vec<Vec<f32>> = if self.channels.iter().all(|channel| channel.from <= start) {
            let piece = |channel: &Channel| {
                let from = usize::try_from(start - channel.from).unwrap_or(usize::MAX);
                channel.kept.iter().skip(from).take(count).copied().collect()
            };
            self.channels.iter().map(piece).collect()
        } else {
            let read = source.map_or_else(Vec::new, |source| source.read(start, count));
            (0..width).map(|channel| read.iter().skip(channel).step_by(width).copied().collect()).collect()
        };
        let loud = |samples: &[f32]| {
            (samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len().max(1) as f32).sqrt()
        };
        let own = loud(&all[number]);
        let leaks = all.iter().enumerate().any(|(other, heard)| other != number && loud(heard) > LEAK * own);
        if leaks { Vec::new() } else { all.into_iter().nth(number).unwrap_or_default() }
    }

    /// Lets go of what no stretch needs, and of what can be read back.
    fn forget(&mut self) {
        let next = self.next;
        let waiting = self.closed.iter().map(|waiting| waiting.start).min().unwrap_or(next);
        let open =
            self.channels.iter().filter_map(|c| c.open.as_ref()).map(|open| open.start).min().unwrap_or(next);
        let mut needed = next.saturating_sub(BEFORE).min(waiting).min(open);
        if self.options.can_read_back {
            needed = needed.max(next.saturating_sub(MOST_KEPT));
        }
        for channel in &mut self.channels {
            let over =
                usize::try_from(needed.saturating_sub(channel.from)).unwrap_or(0).min(channel.kept.len());
            channel.kept.drain(..over);
            channel.from += over as u64;
        }
    }
}

fn words_of(segments: &[Segment]) -> Vec<SegmentWord> {
    segments.iter().flat_map(|segment| segment.words.iter().cloned()).collect()
}

/// `None` where nobody spoke after all.
fn close(waiting: Waiting, heard: Vec<SegmentWord>) -> Option<Stretch> {
    let words = waiting.committed.close(heard);
    let start_ms = waiting.start / PER_MS;
    let ms = |seconds: f64| start_ms + (seconds.max(0.0) * 1000.0) as u64;
    let words: Vec<SpokenWord> = words
        .into_iter()
        .map(|word| SpokenWord {
            start_ms: ms(word.start),
            end_ms: ms(word.end),
            text: word.text,
            confidence: word.confidence,
        })
        .collect();
    if words.is_empty() {
        return None;
    }
    let sum: f32 = words.iter().map(|word| word.confidence.clamp(1e-6, 1.0).ln()).sum();
    Some(Stretch {
        channel: waiting.channel,
        start_ms,
        end_ms: waiting.end / PER_MS,
        text: join(words.iter().map(|word| word.text.expose().as_str())),
        confidence: (sum / words.len() as f32).exp(),
        words,
    })
}

#[cfg(test)]
mod tests;
