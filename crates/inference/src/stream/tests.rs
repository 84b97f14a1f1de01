use super::*;

/// Speech of a synthesizer with a pause after each sentence, and silence around.
fn speech(sentences: &[&str]) -> Vec<f32> {
    let mut all = vec![0.0; 16_000];
    for sentence in sentences {
        let speech = audio::voice::Speech {
            text: (*sentence).to_owned().into(),
            language: "en".into(),
            voice: None,
            rate: 1.0,
        };
        let spoken = audio::voice::system().speak(&speech).unwrap();
        let mut resampler = audio::Resampler::new(spoken.rate, 1);
        all.extend(resampler.push(&spoken.samples).into_iter().map(|sample| sample * 0.5));
        all.extend(resampler.finish());
        all.extend(vec![0.0; 20_000]);
    }
    all
}

fn segment(text: &str) -> Segment {
    let words = text.split_whitespace().enumerate().map(|(n, word)| SegmentWord {
        start: n as f64 * 0.3,
        end: n as f64 * 0.3 + 0.3,
        text: word.to_owned().into(),
        confidence: 0.9,
    });
    let words: Vec<SegmentWord> = words.collect();
    Segment { start: 0.0, end: 1.0, text: text.to_owned().into(), confidence: 0.9, no_speech: 0.0, words }
}

/// Feeds the sound in pieces of a tenth of a second; `answer` is the recogniser.
fn listen(stream: &mut Stream, sound: &[f32], mut answer: impl FnMut(&Decode) -> Vec<Segment>) -> Vec<Said> {
    let mut said = Vec::new();
    let width = stream.options.channels;
    let mut turn = |stream: &mut Stream, said: &mut Vec<Said>| {
        while let Some(job) = stream.next(None) {
            said.extend(stream.done(&answer(&job)));
        }
    };
    for (n, piece) in sound.chunks(1_600 * width).enumerate() {
        said.extend(stream.push(n as u64 * 1_600, piece));
        turn(stream, &mut said);
    }
    stream.finish();
    turn(stream, &mut said);
    assert!(stream.is_done());
    said
}

fn closed(said: &[Said]) -> Vec<&Stretch> {
    said.iter()
        .filter_map(|said| if let Said::Closed(stretch) = said { Some(stretch) } else { None })
        .collect()
}

#[test]
fn each_sentence_is_a_stretch_with_its_time() {
    let sound = speech(&["I have had a headache for three days.", "It is getting worse."]);
    let mut stream = Stream::new(StreamOptions::new(1, 28_000));
    let said = listen(&mut stream, &sound, |job| vec![segment(if job.last { "the end" } else { "the" })]);
    let closed = closed(&said);
    assert_eq!(closed.len(), 2);
    assert!((550..1_100).contains(&closed[0].start_ms), "{}", closed[0].start_ms);
    assert!(closed[0].end_ms < closed[1].start_ms);
    assert!(matches!(said[0], Said::Began { channel: 0, .. }));
    assert!(said.iter().any(|said| matches!(said, Said::Tentative { .. })));
}

#[test]
fn committed_words_never_change_whatever_later_passes_say() {
    let sound = speech(&[
        "I have had a terrible headache for about three or four days and it is getting worse and worse.",
    ]);
    let mut stream = Stream::new(StreamOptions::new(1, 28_000));
    let mut pass = 0;
    let said = listen(&mut stream, &sound, |job| {
        pass += 1;
        // The model changes its mind about the beginning at the end.
        let quiet = job.samples[job.samples.len() - 1_600..].iter().all(|sample| sample.abs() < 0.01);
        if job.last || quiet {
            vec![segment("he has a heartache for days now")]
        } else {
            vec![segment(&format!("I have had a headache {}", "x ".repeat(pass)))]
        }
    });
    let mut longest = String::new();
    for one in &said {
        if let Said::Tentative { committed, .. } = one {
            assert!(committed.expose().starts_with(&longest), "{longest} / {}", committed.expose());
            longest.clone_from(committed.expose());
        }
    }
    assert!(longest.starts_with("I have had"), "{longest}");
    assert!(closed(&said)[0].text.expose().starts_with(&longest));
}

#[test]
fn a_stretch_is_closed_when_its_pause_is_over_with_what_was_decoded_during_it() {
    let sound = speech(&["I have had a headache for three days."]);
    let mut stream = Stream::new(StreamOptions::new(1, 28_000));
    let mut passes = 0;
    let said = listen(&mut stream, &sound, |job| {
        assert!(!job.last, "nothing is left to decode when the pause is over");
        passes += 1;
        vec![segment(&format!("pass {passes}"))]
    });
    assert_eq!(closed(&said)[0].text.expose(), &format!("pass {passes}"));
}

#[test]
fn a_pause_that_ends_nothing_closes_nothing() {
    let half = speech(&["I have had a headache"]);
    let spoken = half.iter().rposition(|sample| sample.abs() > 0.01).unwrap();
    let mut sound = half[..spoken + 1_600].to_vec();
    sound.extend(&half[12_000..]);
    let mut stream = Stream::new(StreamOptions::new(1, 28_000));
    let said = listen(&mut stream, &sound, |job| vec![segment(&format!("{}", job.samples.len()))]);
    let closed = closed(&said);
    assert_eq!(closed.len(), 1);
    let heard: u64 = closed[0].text.expose().parse().unwrap();
    assert_eq!(heard / 16, closed[0].end_ms - closed[0].start_ms);
}

#[test]
fn silence_asks_nothing_of_the_model() {
    let mut stream = Stream::new(StreamOptions::new(1, 28_000));
    let said = listen(&mut stream, &vec![0.0; 160_000], |_| panic!("nothing to decode"));
    assert!(said.is_empty());
}

#[test]
fn what_is_longer_than_the_model_hears_is_cut_and_whole() {
    let sentence = "I have had a headache for three days and a cough for four weeks and pain in my left knee since monday ";
    let sound = speech(&[&sentence.repeat(3)]);
    let mut stream = Stream::new(StreamOptions::new(1, 5_000));
    let said = listen(&mut stream, &sound, |job| {
        assert!(job.samples.len() <= 5_200 * 16, "{}", job.samples.len());
        vec![segment("words")]
    });
    let closed = closed(&said);
    assert!(closed.len() > 2);
    for pair in closed.windows(2) {
        assert!(pair[1].start_ms >= pair[0].end_ms && pair[1].start_ms - pair[0].end_ms < 1_500);
    }
    let heard: u64 = closed.iter().map(|stretch| stretch.end_ms - stretch.start_ms).sum();
    assert!(heard > sound.len() as u64 / 16 - 4_000, "{heard} ms of {} samples", sound.len());
}

#[test]
fn a_slow_machine_says_that_it_is_behind_and_loses_nothing() {
    let sound = speech(&["One.", "Two.", "Three.", "Four.", "Five.", "Six.", "Seven.", "Eight."]);
    let mut stream = Stream::new(StreamOptions::new(1, 28_000));
    // The whole recording comes in before the first answer.
    let mut said = Vec::new();
    let mut first = None;
    for (n, piece) in sound.chunks(1_600).enumerate() {
        said.extend(stream.push(n as u64 * 1_600, piece));
        first = first.or_else(|| stream.next(None));
    }
    stream.finish();
    assert!(first.is_some());
    said.extend(stream.done(&[segment("word")]));
    while stream.next(None).is_some() {
        said.extend(stream.done(&[segment("word")]));
    }
    assert!(said.iter().any(|said| matches!(said, Said::Behind { .. })));
    assert!(said.contains(&Said::CaughtUp));
    assert_eq!(closed(&said).len(), 8);
}

#[test]
fn with_a_journal_a_minute_is_kept_and_the_rest_is_read_back() {
    struct Journal(Vec<f32>);
    impl Source for Journal {
        fn read(&mut self, start: u64, count: usize) -> Vec<f32> {
            let start = usize::try_from(start).unwrap();
            self.0[start..(start + count).min(self.0.len())].to_vec()
        }
    }
    let sound = speech(&["I have had a headache for three days."; 30]);
    let mut stream = Stream::new(StreamOptions { can_read_back: true, ..StreamOptions::new(1, 28_000) });
    for (n, piece) in sound.chunks(1_600).enumerate() {
        stream.push(n as u64 * 1_600, piece);
        assert!(stream.channels[0].kept.len() <= 61 * 16_000);
    }
    stream.finish();
    let mut journal = Journal(sound);
    let mut count = 0;
    while let Some(job) = stream.next(Some(&mut journal)) {
        assert!(job.samples.iter().any(|sample| sample.abs() > 0.1));
        stream.done(&[segment("word")]);
        count += 1;
    }
    assert_eq!(count, 30);
}

#[test]
fn a_voice_that_both_microphones_hear_is_written_once() {
    let sound = speech(&["I have had a headache for three days."]);
    let both: Vec<f32> = sound.iter().flat_map(|sample| [*sample, sample * 0.3]).collect();
    let mut stream = Stream::new(StreamOptions::new(2, 28_000));
    let said =
        listen(
            &mut stream,
            &both,
            |job| if job.samples.is_empty() { vec![] } else { vec![segment("words")] },
        );
    let closed = closed(&said);
    assert_eq!(closed.len(), 1);
    assert_eq!(closed[0].channel, 0);
}

#[test]
fn a_jump_of_the_clock_ends_a_stretch_and_times_stay_true() {
    let sound = speech(&["I have had a headache for three days and it is getting worse."]);
    let half = sound.len() / 3;
    let mut stream = Stream::new(StreamOptions::new(1, 28_000));
    stream.push(0, &sound[..half]);
    stream.push(1_000_000, &sound[..]);
    stream.finish();
    let mut starts = Vec::new();
    while stream.next(None).is_some() {
        for said in stream.done(&[segment("word")]) {
            if let Said::Closed(stretch) = said {
                starts.push(stretch.start_ms);
            }
        }
    }
    assert_eq!(starts.len(), 2);
    assert!(starts[0] < 2_000 && (62_500..65_000).contains(&starts[1]), "{starts:?}");
}
