//! The renderer where things go wrong: lost devices, impossible sizes.

use crate::common::has_gpu;
use rhetor::avatar::Avatar;
use rhetor::frame::Frame;
use rhetor::job::Job;
use rhetor::production::{Production, Request};
use rhetor::render::{Gpu, GpuOptions, Quality, RenderError, Renderer};
use rhetor::stage::Backdrop;

/// The bundled avatar, how it stands, and what draws it; `None` without an adapter.
fn thalia() -> Option<(Production, Frame, Gpu)> {
    if !has_gpu() {
        return None;
    }
    let request = Request { input: "thalia".into(), ..Request::default() };
    let production = Production::load(&request, &Job::silent()).unwrap();
    let frame = production.performance.first_frame(1.0);
    Some((production, frame, Gpu::new(&GpuOptions::from_env()).unwrap()))
}

#[test]
fn a_lost_device_is_told_and_a_new_one_draws_the_same() {
    let Some((production, frame, gpu)) = thalia() else { return };
    let mut renderer = production.renderer(&gpu, Quality::Low);
    let before = renderer.picture(&frame, 64, 64).unwrap();
    gpu.device().destroy();
    let error = (0..50).find_map(|_| renderer.picture(&frame, 64, 64).err());
    assert!(matches!(error, Some(RenderError::Lost(_) | RenderError::Driver(_))), "{error:?}");
    assert!(gpu.is_lost());
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    assert!(production.renderer(&gpu, Quality::Low).picture(&frame, 64, 64).unwrap() == before);
}

#[test]
fn a_window_that_takes_its_channels_in_another_order_shows_the_same() {
    let Some((production, frame, gpu)) = thalia() else { return };
    for (name, quality) in Quality::ALL.iter().copied().filter(|(_, q)| *q != Quality::Ultra) {
        let picture = production.renderer(&gpu, quality).picture(&frame, 192, 192).unwrap();
        let mut window = Renderer::new(&gpu, quality, wgpu::TextureFormat::Bgra8Unorm);
        production.cast.iter().for_each(|member| _ = window.upload(&member.avatar));
        let mut shown = window.picture(&frame, 192, 192).unwrap();
        shown.rgba.as_chunks_mut::<4>().0.iter_mut().for_each(|pixel| pixel.swap(0, 2));
        assert!(shown == picture, "{name}");
    }
}

#[test]
fn textures_in_blocks_look_like_texels() {
    let Some(folder) = crate::common::folder("AVATARS") else { return };
    if !has_gpu() {
        return;
    }
    let input = folder.join("arkit_facecap_ktx2_meshopt.glb").display().to_string();
    let request = Request { input, ..Request::default() };
    let production = Production::load(&request, &Job::silent()).unwrap();
    let gpu = Gpu::new(&GpuOptions::from_env()).unwrap();
    let frame = production.performance.first_frame(1.0);
    let draw = |avatar: &Avatar| {
        let mut renderer = Renderer::new(&gpu, Quality::Low, wgpu::TextureFormat::Rgba8Unorm);
        renderer.upload(avatar);
        renderer.picture(&frame, 256, 256).unwrap().rgba
    };
    let mut avatar = (*production.cast[0].avatar).clone();
    assert!(avatar.images.iter().any(|image| image.universal.is_some()), "the file has all its mip maps");
    let blocks = draw(&avatar);
    avatar.images.iter_mut().for_each(|image| image.universal = None);
    let texels = draw(&avatar);
    let off: u64 = blocks.iter().zip(&texels).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    let mean = off as f64 / blocks.len() as f64;
    eprintln!("{} differs by {mean:.3} of 255 in the mean", gpu.adapter_name());
    assert!(mean < 1.0, "{mean}");
}

#[test]
fn impossible_sizes_are_refused() {
    let Some((production, frame, gpu)) = thalia() else { return };
    let mut renderer = production.renderer(&gpu, Quality::Low);
    for (width, height) in [(0, 0), (0, 10), (1_000_000, 10)] {
        assert!(
            matches!(renderer.picture(&frame, width, height), Err(RenderError::Size { .. })),
            "{width}x{height}"
        );
    }
    assert_eq!(renderer.picture(&frame, 1, 1).unwrap().rgba.len(), 4);
}

#[test]
fn actors_drawn_coarser_stay_where_they_are() {
    let Some((production, _, gpu)) = thalia() else { return };
    let mut frame = production.performance.first_frame(1.5);
    for (name, quality) in Quality::ALL {
        for backdrop in [frame.backdrop, Backdrop::Transparent] {
            frame.backdrop = backdrop;
            let mut renderer = production.renderer(&gpu, *quality);
            let whole = renderer.picture(&frame, 384, 256).unwrap();
            renderer.set_scale(1.0);
            let same = renderer.picture(&frame, 384, 256).unwrap();
            let pixels = |a: &[u8], b: &[u8]| -> Vec<([u8; 4], [u8; 4])> {
                a.as_chunks::<4>().0.iter().copied().zip(b.as_chunks::<4>().0.iter().copied()).collect()
            };
            // As much of a colour as is there: straight colour makes the more of rounding the less there is of it.
            let there = |p: &[u8; 4], n: usize| f64::from(p[n]) * f64::from(p[3]) / 255.0;
            for (a, b) in pixels(&whole.rgba, &same.rgba) {
                let most = (0..3).map(|n| (there(&a, n) - there(&b, n)).abs()).fold(0.0, f64::max);
                assert!(most <= 2.0 && a[3].abs_diff(b[3]) <= 1, "{name}: the same size, {a:?} and {b:?}");
                let straight = a.iter().zip(b).map(|(a, b)| a.abs_diff(b)).max();
                assert!(straight <= Some(3) || a[3] < 128, "{name}: the same size, {a:?} and {b:?}");
            }
            for scale in [0.75, 0.5] {
                renderer.set_scale(scale);
                let coarse = renderer.picture(&frame, 384, 256).unwrap();
                let off = pixels(&whole.rgba, &coarse.rgba)
                    .into_iter()
                    .flat_map(|(a, b)| (0..3).map(move |n| (there(&a, n) - there(&b, n)).abs()));
                let mean = off.sum::<f64>() / (384.0 * 256.0 * 3.0);
                println!("{name} at {scale}: off by {mean}");
                assert!(mean < 1.6, "{name} at {scale}: off by {mean} of 255");
            }
        }
    }
}
