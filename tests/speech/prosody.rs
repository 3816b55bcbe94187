//! Pitch against voices whose pitch is known, and phrases against utterances whose pauses are known.

use rhetor::script::timeline::{BoundaryTone, Prosody, TimedPhone, Word};
use rhetor::speech::{Sound, Utterance, phrases_of, prosody_of};
use rhetor::time::Time;
use std::f32::consts::TAU;

const RATE: u32 = 16_000;

/// A voice: harmonics up to 3.8 kHz under three formants, its pitch given for every moment (seconds), with noise in it.
fn voice(pitch: impl Fn(f32) -> f32, secs: f32, formants: [f32; 3], noise: f32, lowest: f32) -> Sound {
    let count = (secs * RATE as f32) as usize;
    let mut phase = 0.0_f32;
    let mut seed = 1_u32;
    let mut samples = Vec::with_capacity(count);
    for index in 0..count {
        let hertz = pitch(index as f32 / RATE as f32);
        phase = (phase + hertz / RATE as f32).fract();
        let mut sum = 0.0;
        let mut harmonic = 1;
        while harmonic as f32 * hertz < 3800.0 {
            let at = harmonic as f32 * hertz;
            let shape = |formant: &f32| {
                let off = (at - formant) / 90.0;
                1.0 / (1.0 + off * off)
            };
            let gain: f32 = formants.iter().map(shape).sum::<f32>() + 0.02;
            if at >= lowest {
                sum += gain / harmonic as f32 * libm::sinf(TAU * (phase * harmonic as f32).fract());
            }
            harmonic += 1;
        }
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let hiss = (seed >> 8) as f32 / (1 << 23) as f32 - 1.0;
        samples.push(0.2 * sum + noise * hiss);
    }
    let peak = samples.iter().fold(1e-6_f32, |peak, s| peak.max(s.abs()));
    samples.iter_mut().for_each(|s| *s *= 0.5 / peak);
    Sound { samples, rate: RATE }
}

/// The shares of steps, inside the sound, whose pitch is off by more than a fifth, and that have none.
fn errors(sound: &Sound, pitch: impl Fn(f32) -> f32) -> (f32, f32) {
    let found = prosody_of(sound).pitch_hz;
    let inside = 3..found.len() - 3;
    let (mut off, mut none) = (0.0, 0.0);
    for step in inside.clone() {
        let truth = pitch((step as f32 + 0.5) / 100.0);
        match found[step] {
            0.0 => none += 1.0,
            hertz if (hertz / truth - 1.0).abs() > 0.2 => off += 1.0,
            _ => {}
        }
    }
    (off / inside.len() as f32, none / inside.len() as f32)
}

const VOWELS: [[f32; 3]; 4] =
    [[730.0, 1090.0, 2440.0], [270.0, 2290.0, 3010.0], [300.0, 870.0, 2240.0], [530.0, 1840.0, 2480.0]];

#[test]
fn sweeps_are_followed_without_a_jump_of_an_octave() {
    for formants in VOWELS {
        for (low, high) in [(70.0, 180.0), (120.0, 300.0), (160.0, 440.0)] {
            for rising in [true, false] {
                let sweep = move |t: f32| {
                    let part = if rising { t / 1.5 } else { 1.0 - t / 1.5 };
                    low * libm::powf(high / low, part)
                };
                let (off, none) = errors(&voice(sweep, 1.5, formants, 0.002, 0.0), sweep);
                assert!(off == 0.0 && none < 0.02, "{formants:?} {low} {high}: {off} off, {none} without");
            }
        }
    }
}

#[test]
fn a_telephone_and_noise_leave_the_pitch() {
    let wave = |t: f32| 130.0 + 25.0 * libm::sinf(TAU * 1.3 * t);
    // Below 300 Hz nothing is left of this voice.
    let (off, none) = errors(&voice(wave, 1.5, VOWELS[0], 0.002, 300.0), wave);
    assert!(off < 0.01 && none < 0.05, "telephone: {off} off, {none} without");
    let (off, none) = errors(&voice(wave, 1.5, VOWELS[0], 0.05, 0.0), wave);
    assert!(off < 0.01 && none < 0.1, "noise: {off} off, {none} without");
}

#[test]
fn what_has_no_pitch_gets_none() {
    let mut seed = 7_u32;
    let mut hiss = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        0.3 * ((seed >> 8) as f32 / (1 << 23) as f32 - 1.0)
    };
    let noise = Sound { samples: (0..RATE).map(|_| hiss()).collect(), rate: RATE };
    let pitched = prosody_of(&noise).pitch_hz.iter().filter(|hz| **hz > 0.0).count();
    assert!(pitched <= 5, "{pitched} of 100 steps of noise have a pitch");
    let click = Sound { samples: (0..RATE).map(|i| if i == 8000 { 1.0 } else { 0.0 }).collect(), rate: RATE };
    assert!(prosody_of(&click).pitch_hz.iter().filter(|hz| **hz > 0.0).count() <= 5);
    for (samples, rate) in
        [(vec![], RATE), (vec![0.0; 7], 8000), (vec![f32::NAN; 400], RATE), (vec![0.1; 9], 0)]
    {
        let made = prosody_of(&Sound { samples, rate });
        assert_eq!(made.loudness_db.len(), made.pitch_hz.len());
    }
}

fn utterance(spans: &[(i64, i64)], texts: &[&str]) -> Utterance {
    let time = Time::from_millis;
    let phone = |&(start, end): &(i64, i64)| TimedPhone {
        start: time(start),
        end: time(end),
        ipa: "a".to_owned(),
        stress: 0,
        tone: 0,
        confidence: 1.0,
    };
    let word = |(&(start, end), text): (&(i64, i64), &&str)| Word {
        start: time(start),
        end: time(end),
        text: (*text).to_owned(),
        language: String::new(),
    };
    Utterance {
        phones: spans.iter().map(phone).collect(),
        words: spans.iter().zip(texts).map(word).collect(),
        ..Utterance::default()
    }
}

#[test]
fn phrases_end_at_pauses_and_at_punctuation_with_a_wait() {
    let spans = [(0, 300), (300, 600), (660, 900), (960, 1200), (1500, 1900)];
    let made = utterance(&spans, &["yes", "sir", "we", "can", "go"]);
    let prosody = Prosody { loudness_db: vec![-20.0; 190], pitch_hz: vec![0.0; 190] };
    let bounds = |text: &str| {
        let phrases = phrases_of(&made, text, &prosody);
        let bound = |time: Time| time.as_millis_f64() as i64;
        phrases.iter().map(|p| (bound(p.start), bound(p.end))).collect::<Vec<_>>()
    };
    // A wait without punctuation is none, a pause always is one.
    assert_eq!(bounds("Yes sir, we can go."), [(0, 600), (660, 1200), (1500, 1900)]);
    // Punctuation without a wait is none.
    assert_eq!(bounds("Yes, sir we can go."), [(0, 1200), (1500, 1900)]);
    assert_eq!(bounds("something else"), [(0, 1200), (1500, 1900)]);
    assert!(phrases_of(&Utterance::default(), "", &prosody).is_empty());
}

#[test]
fn the_end_of_a_phrase_rises_falls_or_stays() {
    let made = utterance(&[(0, 1000)], &["well"]);
    for (from, to, expected) in [
        (120.0, 180.0, BoundaryTone::Rise),
        (180.0, 120.0, BoundaryTone::Fall),
        (150.0, 152.0, BoundaryTone::Level),
    ] {
        let pitch = |t: f32| if t < 0.7 { from } else { from + (to - from) * (t - 0.7) / 0.3 };
        let prosody = prosody_of(&voice(pitch, 1.0, VOWELS[3], 0.002, 0.0));
        let phrases = phrases_of(&made, "Well", &prosody);
        assert_eq!(phrases[0].boundary, Some(expected), "{from} to {to}");
    }
}

/// Flite's pitch is set by hand and read again from its sound.
#[test]
fn a_synthesiser_speaks_at_the_pitch_it_is_told() {
    use rhetor::host::{program, read_wav};
    if !super::voices::has("flite") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (text, wav) = (folder.path().join("t.txt"), folder.path().join("t.wav"));
    std::fs::write(&text, "We were away a year ago, and the mayor knew all along why no one came home.\n")
        .unwrap();
    for hertz in [90.0_f32, 130.0, 190.0, 260.0] {
        let mean = format!("int_f0_target_mean={hertz}");
        let args = ["-voice", "kal16", "--setf", &mean, "--setf", "int_f0_target_stddev=0.01", "-f"];
        let mut args: Vec<std::ffi::OsString> = args.iter().map(Into::into).collect();
        args.extend([text.clone().into(), "-o".into(), wav.clone().into()]);
        let flite = program::require("flite").unwrap();
        program::run(&flite, &args, std::time::Duration::from_secs(60), &rhetor::job::Job::silent()).unwrap();
        let sound = read_wav(&std::fs::read(&wav).unwrap(), "t.wav").unwrap();
        let voiced: Vec<f32> = prosody_of(&sound).pitch_hz.into_iter().filter(|hz| *hz > 0.0).collect();
        let octave = voiced.iter().filter(|hz| !(0.7..1.4).contains(&(**hz / hertz))).count();
        println!("{hertz} Hz: {} steps voiced, {octave} off by an octave", voiced.len());
        assert!(voiced.len() > 100 && octave * 50 <= voiced.len(), "{hertz}: {octave} of {}", voiced.len());
    }
}
