//! Pictures of more than 8 bits: sixteen-bit PNG and `OpenEXR` through the command, several moments, and what files say of themselves.

use crate::common::has_gpu;
use assert_cmd::Command;
use std::path::Path;

fn snapshot(folder: &Path, arguments: &[&str]) -> assert_cmd::assert::Assert {
    Command::cargo_bin("rhetor")
        .unwrap()
        .current_dir(folder)
        .args(["snapshot", "thalia", "--size", "96x96"])
        .args(arguments)
        .assert()
}

fn png(path: &Path) -> (png::Info<'static>, Vec<u8>) {
    let mut reader =
        png::Decoder::new(std::io::BufReader::new(std::fs::File::open(path).unwrap())).read_info().unwrap();
    let mut data = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut data).unwrap();
    reader.finish().unwrap();
    (reader.info().clone(), data)
}

#[test]
fn sixteen_bits_are_the_eight_and_finer() {
    if !has_gpu() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    snapshot(folder.path(), &["--quality", "high", "-o", "a.png"]).success();
    snapshot(folder.path(), &["--depth", "16", "-o", "b.png"]).success();
    let ((_, eight), (info, sixteen)) =
        (png(&folder.path().join("a.png")), png(&folder.path().join("b.png")));
    assert_eq!(info.bit_depth, png::BitDepth::Sixteen);
    let fine: Vec<f32> =
        sixteen.chunks_exact(2).map(|two| f32::from(u16::from_be_bytes([two[0], two[1]])) / 257.0).collect();
    let worst = eight.iter().zip(&fine).map(|(&a, b)| (f32::from(a) - b).abs()).fold(0.0, f32::max);
    // The eight bits are dithered by less than one step, and the shader's sRGB curve is off by less than half a step.
    assert!(worst < 1.6, "{worst} steps of 255");
    let between = fine.iter().filter(|v| (*v - v.round()).abs() > 0.1).count();
    assert!(between > fine.len() / 2, "{between} of {}", fine.len());
}

#[test]
fn exr_holds_light_beyond_white_and_says_what_it_is() {
    use exr::prelude::{AttributeValue, MetaData, Text};
    if !has_gpu() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.exr");
    snapshot(folder.path(), &["--exposure", "2", "-o", "a.exr"]).success();
    let light = image::open(&path).unwrap().into_rgba32f();
    let brightest = light.pixels().map(|p| p.0[1]).fold(0.0, f32::max);
    assert!(brightest > 1.5, "the brightest green is {brightest}");
    snapshot(folder.path(), &["-o", "b.exr"]).success();
    let darker = image::open(folder.path().join("b.exr")).unwrap().into_rgba32f();
    let sum = |image: &image::Rgba32FImage| image.pixels().map(|p| f64::from(p.0[1])).sum::<f64>();
    let ratio = sum(&light) / sum(&darker);
    assert!((ratio - 4.0).abs() < 0.02, "two stops are {ratio} times the light");
    let meta = MetaData::read_from_file(&path, false).unwrap();
    let own = &meta.headers[0].own_attributes.other;
    let said = |keyword: &str| match own.get(&Text::from(keyword)) {
        Some(AttributeValue::Text(text)) => text.to_string(),
        other => panic!("{keyword}: {other:?}"),
    };
    assert!(said("disclosure").contains("generated"), "{}", said("disclosure"));
    assert!(said("inputs").contains("sha256:"), "{}", said("inputs"));
}

#[test]
fn several_moments_are_several_files_with_their_origin() {
    if !has_gpu() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    snapshot(folder.path(), &["--at", "0.5,1..2/0.5", "--turn", "45", "-o", "a.png"]).success();
    for millis in [500, 1000, 1500, 2000] {
        let (info, _) = png(&folder.path().join(format!("a-{millis}.png")));
        let entry = |keyword: &str| {
            let chunk = info.utf8_text.iter().find(|chunk| chunk.keyword == keyword).unwrap();
            chunk.get_text().unwrap()
        };
        let hash = entry("Inputs");
        assert!(hash.starts_with("thalia") && hash.len() > 64, "{hash}");
        assert!(!entry("Adapter").is_empty() && entry("Quality") == "medium");
    }
}

#[test]
fn what_cannot_be_is_said() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, complaint) in [
        (&["--depth", "16", "--quality", "low", "-o", "a.png"][..], "low keeps light in 8 bits"),
        (&["--depth", "16", "-o", "a.exr"], "OpenEXR has half floats"),
        (&["--sheet", "turn", "-o", "a.exr"], "PNG of 8 bits"),
        (&["--at", "2..1/1", "-o", "a.png"], "before the beginning"),
        (&["--turn", "200", "-o", "a.png"], "within -180 and 180"),
    ] {
        let output = snapshot(folder.path(), arguments).failure().code(2);
        let error = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
        assert!(error.contains(complaint), "{error}");
    }
}
