//! Whether pieces make no difference, what live sound costs, and that speech is told from silence.

use super::*;

/// Gliding tones over noise: not speech, but never twice the same. `tools/acoustic/twin.py` makes the same sound.
fn hum(seconds: usize) -> Vec<f32> {
    let mut seed = 7_u32;
    let mut noise = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(seed >> 8) / 16_777_216.0 - 0.5
    };
    let sample = |index: usize| {
        let i = index as f64;
        let tone = |hz: f64| libm::sin(i / 16_000.0 * hz * (1.0 + 0.1 * libm::sin(i * 4e-4)));
        (0.2 * tone(900.0) + 0.1 * tone(4400.0) * libm::sin(i * 1e-3) + 0.02 * noise()) as f32
    };
    (0..seconds * RATE as usize).map(sample).collect()
}

fn heard(mode: Mode, samples: &[f32], piece: usize) -> Evidence {
    let mut stream = Stream::new(mode, RATE);
    let mut evidence = Evidence::default();
    for piece in samples.chunks(piece) {
        stream.push(piece, &mut evidence);
    }
    stream.finish(&mut evidence);
    evidence
}

#[test]
fn pieces_make_no_difference() {
    let samples = hum(3);
    for mode in [Mode::Recording, Mode::Live] {
        let whole = heard(mode, &samples, samples.len());
        assert_eq!(whole.frames(), 300);
        for piece in [1601, 160, 97] {
            let pieces = heard(mode, &samples, piece);
            assert_eq!(pieces.posteriors, whole.posteriors, "{mode:?} in pieces of {piece}");
            assert_eq!(pieces.slopes, whole.slopes);
        }
    }
}

#[test]
fn live_sound_waits_no_longer_than_it_says() {
    let ahead = Mode::Live.look_ahead();
    assert!(ahead + Time::from_millis(5) <= Time::from_millis(60), "{ahead}");
    let samples = hum(2);
    let mut stream = Stream::new(Mode::Live, RATE);
    let mut evidence = Evidence::default();
    for (index, piece) in samples.chunks(16).enumerate() {
        stream.push(piece, &mut evidence);
        let known = Time::from_samples((index as u64 + 1) * 16, RATE);
        let middle = Time::from_millis(10 * evidence.frames() as i64 + 5);
        // The middle of the first frame not yet given.
        assert!(known < middle + ahead + Time::from_millis(1), "{} frames at {known}", evidence.frames());
    }
}

#[test]
fn what_was_decided_stays_and_memory_does_not_grow() {
    let samples = hum(1);
    let mut stream = Stream::new(Mode::Recording, RATE);
    let mut evidence = Evidence::default();
    let mut frames = 0;
    for _ in 0..90 {
        stream.push(&samples, &mut evidence);
        frames += evidence.frames();
        evidence.forget(evidence.frames());
        assert!(evidence.posteriors.is_empty() && evidence.slopes.is_empty());
    }
    stream.finish(&mut evidence);
    assert_eq!(frames + evidence.frames(), 9000);
}

#[test]
fn posteriors_are_probabilities() {
    let evidence = heard(Mode::Recording, &hum(1), 4000);
    for frame in 0..evidence.frames() {
        let sum: f64 = evidence.posteriors(frame).iter().map(|log| libm::exp(f64::from(*log))).sum();
        assert!((sum - 1.0).abs() < 1e-4);
    }
    assert!(evidence.posteriors(evidence.frames()).is_empty());
}

#[test]
fn silence_is_silence_and_nothing_is_nothing() {
    let job = Job::silent();
    let found = scores(&vec![0.0; 16_000], &job).unwrap();
    assert_eq!(found.frames(), 100);
    let row = found.row(50);
    let best = row.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).unwrap().0;
    assert_eq!(phone_of_state(best), SILENCE);
    for samples in [&[][..], &[0.5; 159]] {
        assert_eq!(scores(samples, &job).unwrap().frames(), 0);
    }
    let wild = [f32::NAN, f32::INFINITY, -1e30, 1e-40].repeat(1000);
    let found = scores(&wild, &job).unwrap();
    assert!((0..found.frames()).all(|frame| found.row(frame).iter().all(|score| score.is_finite())));
}

#[test]
fn a_job_can_be_stopped() {
    let job = Job::silent();
    job.cancel_switch().store(true, std::sync::atomic::Ordering::Relaxed);
    assert_eq!(scores(&hum(1), &job), Err(Cancelled));
}

#[test]
fn adaptation_brings_a_voice_nearer() {
    let evidence = heard(Mode::Recording, &hum(2), 8000);
    let blend = Blend { prior: 0.0, mixtures: 1.0, weight: 1.0, silence: 0.0 };
    let states = vec![100; evidence.frames()];
    let (before, after) = (evidence.scores(blend), evidence.adapted(blend, &states));
    let mean = |scores: &Scores| (0..200).map(|frame| scores.row(frame)[100]).sum::<f32>() / 200.0;
    assert!(mean(&after) > mean(&before));
    assert_eq!(evidence.adapted(blend, &[STATES; 200]), before);
}

#[test]
fn it_computes_what_the_trainer_computes() {
    let text = include_str!("../../../tests/speech/acoustic_twin.txt");
    let samples = hum(3);
    let recording = heard(Mode::Recording, &samples, 1000);
    let live = heard(Mode::Live, &samples, 1000);
    let none = Blend { prior: 0.0, mixtures: 0.0, weight: 1.0, silence: 0.0 };
    let mut rows = 0;
    for line in text.lines() {
        let mut fields = line.split(' ');
        let name = fields.next().unwrap();
        let frame: usize = fields.next().unwrap().parse().unwrap();
        let found = match name {
            "live" => live.scores(none),
            "network" => recording.scores(none),
            _ => recording.scores(Blend::ALIGN),
        };
        let right: Vec<f32> = fields.map(|field| field.parse().unwrap()).collect();
        assert_eq!(right.len(), STATES);
        for (state, (found, right)) in found.row(frame).iter().zip(&right).enumerate() {
            assert!(
                (found - right).abs() < 0.02 + 2e-3 * right.abs(),
                "{name} {frame}: {state} {found}, not {right}"
            );
        }
        rows += 1;
    }
    assert_eq!(rows, 12);
}
