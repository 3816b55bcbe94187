//! Sounds from files, broken ones too, and their mix; no device needed.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::Cursor;
use std::sync::Arc;

use rhetor::audio::{AudioError, Clip, Pcm, Program, decode, write_wav};
use rhetor::job::Job;
use rhetor::time::Time;

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/fixtures/audio/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn clip(start: Time, pcm: &Arc<Pcm>) -> Clip {
    Clip { start, file_in: Time::ZERO, file_out: None, gain_db: 0.0, pcm: Arc::clone(pcm) }
}

fn sine(rate: u32, hertz: f64, secs: f64) -> Arc<Pcm> {
    let sample = |i| 0.5 * libm::sin(std::f64::consts::TAU * hertz * f64::from(i) / f64::from(rate)) as f32;
    Arc::new(Pcm { rate, channels: 1, samples: (0..(secs * f64::from(rate)) as u32).map(sample).collect() })
}

/// Where the fixtures' tone begins, by the shift that fits best, in milliseconds.
fn tone_begins_ms(pcm: &Pcm) -> f64 {
    let fit = |shift: i32| -> f64 {
        let begin = 0.25 + f64::from(shift) / 20_000.0;
        let error = |(i, sample): (usize, &f32)| {
            let time = i as f64 / f64::from(pcm.rate) - begin;
            let ideal = if time < 0.0 { 0.0 } else { 0.5 * libm::sin(std::f64::consts::TAU * 440.0 * time) };
            (f64::from(*sample) - ideal).powi(2)
        };
        pcm.samples.iter().enumerate().map(error).sum()
    };
    let best =
        |shifts: &mut dyn Iterator<Item = i32>| shifts.min_by(|&a, &b| fit(a).total_cmp(&fit(b))).unwrap();
    let near = best(&mut (-1200..1200).step_by(20));
    250.0 + f64::from(best(&mut (near - 20..near + 20))) / 20.0
}

#[test]
fn each_format_decodes_in_its_place() {
    for (name, rate) in [
        ("tone.wav", 16_000),
        ("tone.flac", 16_000),
        ("tone.ogg", 24_000),
        ("tone.mp3", 24_000),
        ("streamed.wav", 24_000),
    ] {
        let pcm = decode(&fixture(name), name).unwrap();
        assert_eq!((pcm.rate, pcm.channels), (rate, 1), "{name}");
        let begins = tone_begins_ms(&pcm);
        assert!((begins - 250.0).abs() <= 0.1, "{name}: the tone begins at {begins} ms");
        let duration = pcm.duration().as_millis_f64();
        assert!((duration - 1000.0).abs() < 60.0, "{name}: {duration} ms");
    }
}

#[test]
fn broken_files_give_one_error_that_names_them() {
    let (wav, flac) = (fixture("tone.wav"), fixture("tone.flac"));
    let mut cases: Vec<(String, Vec<u8>)> = vec![
        ("empty.wav".into(), vec![]),
        ("text.wav".into(), b"not a sound at all, just words".to_vec()),
        ("zeros.mp3".into(), vec![0; 100_000]),
        ("cut.wav".into(), wav[..wav.len() / 2].to_vec()),
        ("header.wav".into(), wav[..30].to_vec()),
        ("cut.flac".into(), flac[..flac.len() / 2].to_vec()),
    ];
    for (what, at, bytes) in [("channels", 22, &[0_u8, 0][..]), ("rate", 24, &[0; 4]), ("block", 32, &[0; 2])]
    {
        let mut broken = wav.clone();
        broken[at..at + bytes.len()].copy_from_slice(bytes);
        cases.push((format!("{what}.wav"), broken));
    }
    for (name, bytes) in cases {
        let error = decode(&bytes, &name).expect_err(&name).to_string();
        assert!(error.starts_with(&format!("{name}: ")), "{error}");
    }
    assert!(matches!(decode(&wav[..wav.len() / 2], "x"), Err(AudioError::Truncated { .. })));
}

#[test]
fn no_damage_makes_a_decoder_panic_or_run_away() {
    let mut seed = 1_u64;
    let mut random = move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize
    };
    for name in ["tone.wav", "tone.flac", "tone.ogg", "tone.mp3"] {
        let whole = fixture(name);
        for _ in 0..60 {
            let mut bytes = whole.clone();
            for _ in 0..1 + random() % 8 {
                let at = random() % bytes.len();
                bytes[at] = random() as u8;
            }
            bytes.truncate(bytes.len() - random() % bytes.len() / 2);
            if let Ok(pcm) = decode(&bytes, name) {
                assert!(
                    pcm.rate > 0 && pcm.channels > 0 && pcm.samples.iter().all(|sample| sample.is_finite())
                );
            }
        }
    }
}

#[test]
fn clips_of_the_output_rate_are_copied_to_the_sample() {
    let pcm =
        Arc::new(Pcm { rate: 48_000, channels: 1, samples: (0..480).map(|i| i as f32 / 1000.0).collect() });
    let piece = Clip {
        file_in: Time::from_samples(100, 48_000),
        file_out: Some(Time::from_samples(200, 48_000)),
        ..clip(Time::from_secs_f64(1.0), &pcm)
    };
    let program = Program::new(vec![clip(Time::ZERO, &pcm), piece]);
    let mix = program.render(Time::ZERO..Time::from_secs_f64(2.0), 48_000, 2);
    assert_eq!(mix.len(), 2 * 96_000);
    for (frame, pair) in mix.chunks_exact(2).enumerate() {
        let expected = match frame {
            0..480 => frame as f32 / 1000.0,
            48_000..48_100 => (frame - 48_000 + 100) as f32 / 1000.0,
            _ => 0.0,
        };
        assert_eq!(pair, [expected; 2], "frame {frame}");
    }
}

#[test]
fn another_rate_keeps_its_time_and_pieces_join_without_a_seam() {
    let program = Program::new(vec![clip(Time::from_millis(125), &sine(22_050, 700.0, 2.0))]);
    let whole = program.render(Time::ZERO..Time::from_secs_f64(2.0), 48_000, 1);
    for (frame, sample) in whole.iter().enumerate().skip(6000 + 480).take(86_000) {
        let time = (frame as f64 - 6000.0) / 48_000.0;
        let ideal = 0.5 * libm::sin(std::f64::consts::TAU * 700.0 * time) as f32;
        assert!((sample - ideal).abs() < 1e-4, "frame {frame}: {sample} for {ideal}");
    }
    let mut pieces = Vec::new();
    for part in 0..20 {
        pieces.extend(program.render(
            Time::from_millis(part * 100)..Time::from_millis(part * 100 + 100),
            48_000,
            1,
        ));
    }
    assert_eq!(pieces, whole);
}

#[test]
fn loud_sounds_are_bent_and_gain_counts() {
    let loud = Arc::new(Pcm { rate: 48_000, channels: 2, samples: vec![0.8; 960] });
    let both = Program::new(vec![clip(Time::ZERO, &loud), clip(Time::ZERO, &loud)]);
    let mix = both.render(Time::ZERO..Time::from_millis(10), 48_000, 2);
    assert!(mix.iter().all(|sample| (0.9..=1.0).contains(sample)));
    let soft = Program::new(vec![Clip { gain_db: -6.0, ..clip(Time::ZERO, &loud) }]);
    let mix = soft.render(Time::ZERO..Time::from_millis(10), 48_000, 1);
    assert!(mix.iter().all(|sample| (sample - 0.8 * 0.5012).abs() < 1e-3), "{:?}", mix.first());
}

#[test]
fn a_written_wav_reads_back() {
    let program = Program::new(vec![clip(Time::from_millis(300), &sine(48_000, 440.0, 2.0))]);
    let range = Time::from_millis(100)..Time::from_millis(2200);
    let mut bytes = Cursor::new(Vec::new());
    write_wav(&mut bytes, "out.wav", &program, range.clone(), (48_000, 2), &Job::silent()).unwrap();
    let pcm = decode(bytes.get_ref(), "out.wav").unwrap();
    let direct = program.render(range, 48_000, 2);
    assert_eq!((pcm.rate, pcm.channels, pcm.samples.len()), (48_000, 2, direct.len()));
    assert!(pcm.samples.iter().zip(&direct).all(|(a, b)| (a - b).abs() < 1e-6));

    let job = Job::silent();
    job.cancel_switch().store(true, std::sync::atomic::Ordering::Relaxed);
    let cancelled =
        write_wav(Cursor::new(Vec::new()), "x", &program, Time::ZERO..Time::MAX, (48_000, 2), &job);
    assert!(cancelled.is_err());
}
