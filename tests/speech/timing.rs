//! Times of phones, silences, prosody.

use rhetor::speech::{RawPhone, Sound, duration, prosody_of};
use rhetor::time::Time;

const RATE: u32 = 16_000;

fn tone(hertz: f32, secs: f32, level: f32) -> Vec<f32> {
    let sample = |i: usize| level * libm::sinf(std::f32::consts::TAU * hertz * i as f32 / RATE as f32);
    (0..(secs * RATE as f32) as usize).map(sample).collect()
}

fn phones(list: &str) -> Vec<RawPhone> {
    list.split(' ').map(|ipa| RawPhone { ipa: ipa.to_owned(), ..RawPhone::default() }).collect()
}

#[test]
fn shares_fill_their_range_exactly() {
    let range = Time::from_nanos(17)..Time::from_nanos(1_000_000_003);
    for lengths in [vec![1.0], vec![0.1, 0.2, 0.3], vec![3.3; 97], vec![0.0, 0.0]] {
        let spans = duration::share(&lengths, range.clone());
        assert_eq!(spans.first().unwrap().start, range.start);
        assert_eq!(spans.last().unwrap().end, range.end);
        assert!(spans.windows(2).all(|pair| pair[0].end == pair[1].start && pair[0].start <= pair[0].end));
    }
    assert!(duration::share(&[], range).is_empty());
}

#[test]
fn clauses_lie_between_the_pauses() {
    let mut samples = vec![0.0; 4800];
    samples.extend(tone(150.0, 1.0, 0.5));
    samples.extend(vec![0.0; 6400]);
    samples.extend(tone(150.0, 0.4, 0.5));
    samples.extend(vec![0.0; 3200]);
    let sound = Sound { samples, rate: RATE };
    let timed = duration::time_clauses(&[phones("w i a w i a m a"), phones("a m a")], &sound);
    let at = |index: usize| (timed[index].start.as_millis_f64(), timed[index].end.as_millis_f64());
    assert_eq!(timed.len(), 11);
    for (found, wanted) in [(at(0).0, 300.0), (at(7).1, 1300.0), (at(8).0, 1700.0), (at(10).1, 2100.0)] {
        assert!((found - wanted).abs() <= 10.0, "{found} is not {wanted}");
    }
    assert!(timed.windows(2).all(|pair| pair[0].end <= pair[1].start));
    assert!(duration::time_clauses(&[], &sound).is_empty());
    let nothing = Sound { samples: vec![0.0; 100], rate: RATE };
    assert!(duration::time_clauses(&[phones("a b c")], &nothing).len() <= 3);
}

#[test]
fn prosody_is_what_sounds() {
    let mut samples = vec![0.0; 8000];
    samples.extend(tone(200.0, 0.5, 0.1));
    let prosody = prosody_of(&Sound { samples, rate: RATE });
    assert_eq!(prosody.loudness_db.len(), 100);
    assert_eq!(prosody.pitch_hz.len(), 100);
    assert!(prosody.pitch_hz[..48].iter().all(|hz| *hz == 0.0), "silence has no pitch");
    assert!((prosody.pitch_hz[75] - 200.0).abs() < 2.0, "{}", prosody.pitch_hz[75]);
    assert!((prosody.loudness_db[75] + 23.0).abs() < 0.3, "{}", prosody.loudness_db[75]);
}

#[test]
fn resampling_keeps_a_tone_and_its_place() {
    let sound = Sound { samples: tone(440.0, 0.5, 0.5), rate: RATE };
    let up = sound.resampled(24_000);
    assert_eq!(up.samples.len(), 12_000);
    let expected = |i: usize| 0.5 * libm::sinf(std::f32::consts::TAU * 440.0 * i as f32 / 24_000.0);
    for i in 2000..10_000 {
        assert!((up.samples[i] - expected(i)).abs() < 0.01, "sample {i}");
    }
}

#[test]
fn levelled_speech_keeps_its_peaks_below_full_scale() {
    for level in [0.01, 0.9] {
        let loud = Sound { samples: tone(200.0, 0.5, level), rate: RATE }.levelled();
        let peak = loud.samples.iter().fold(0.0_f32, |peak, s| peak.max(s.abs()));
        assert!((0.15..0.71).contains(&peak), "{peak}");
    }
    let silent = Sound { samples: vec![0.0; 1000], rate: RATE };
    assert_eq!(silent.clone().levelled(), silent);
}
