//! All pictures of an avatar to textures, on all cores.

use super::Gpu;
use super::quality::Settings;
use super::texture::{Encoding, upload as upload_one};
use crate::avatar::{Avatar, Image};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};

/// What is on its way to textures is held until it is asked for, which waits for pictures that are being drawn: not of
/// each texture, and not of all at once.
const MOST_HELD: u64 = 64 << 20;

/// So many more bytes are `held`.
fn send(gpu: &Gpu, held: &AtomicU64, bytes: u64) {
    if held.fetch_add(bytes, Ordering::Relaxed) + bytes >= MOST_HELD {
        held.store(0, Ordering::Relaxed);
        gpu.queue().submit([]);
        let _ = gpu.device().poll(wgpu::PollType::Poll);
    }
}

fn texels(image: &Image) -> u64 {
    u64::from(image.width) * u64::from(image.height)
}

/// Uploads the pictures of `avatar` once for each way in which they are `used`, by their numbers. Their texels are given back.
pub(super) fn upload(
    gpu: &Gpu,
    settings: &Settings,
    avatar: &Avatar,
    used: &BTreeSet<(usize, Encoding)>,
) -> BTreeMap<(usize, Encoding), wgpu::TextureView> {
    let held = AtomicU64::new(0);
    let view = |key: (usize, Encoding)| {
        let image = avatar.images.get(key.0)?;
        let view = upload_one(gpu, image, key.1, !settings.is_hdr, settings.texture_size);
        send(gpu, &held, texels(image) * 4);
        Some((key, view))
    };
    // Mip maps take longer than all else here: the largest first and one at a time, so that no core is left alone with
    // a large one at the end.
    let mut order: Vec<usize> = (0..avatar.images.len()).collect();
    order.sort_by_key(|&image| (Reverse(texels(&avatar.images[image])), image));
    let views = order
        .into_par_iter()
        .with_max_len(1)
        .flat_map_iter(|image| {
            let ways = used.iter().filter(move |key| key.0 == image);
            let views: Vec<_> = ways.filter_map(|key| view(*key)).collect();
            avatar.images[image].texels.release();
            views
        })
        .collect();
    send(gpu, &held, MOST_HELD);
    views
}
