//! Pictures to textures, with mip maps made on the CPU so that they are the same on every adapter.

use super::Gpu;
use super::coverage::keep_coverage;
use crate::avatar::{BlockCoding, Filter, Image, Sampler, Universal, Wrap};
use std::borrow::Cow;

/// How the bytes of a texture are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Encoding {
    /// Colours, sRGB-encoded, straight alpha.
    Srgb,
    /// The same with holes where alpha is below this code.
    Holed(u8),
    /// Numbers.
    Linear,
    /// Numbers of which only the first two count: the third follows from a normal's length.
    Normals,
}

impl Encoding {
    /// Whether bytes are numbers rather than colours.
    fn is_linear(self) -> bool {
        matches!(self, Self::Linear | Self::Normals)
    }
}

/// Linear values 0..=65535 of the 256 codes of an sRGB-encoded byte, and back.
struct Tables {
    decode: [u16; 256],
    encode: Vec<u8>,
}

/// The reverse table's index drops this many of the 16 bits: fine enough for dark codes.
const ENCODE_SHIFT: u32 = 2;

impl Tables {
    fn new(encoding: Encoding) -> Self {
        let decode = std::array::from_fn(|code| {
            let c = code as f32 / 255.0;
            let linear = match encoding {
                _ if encoding.is_linear() => c,
                _ if c <= 0.04045 => c / 12.92,
                _ => libm::powf((c + 0.055) / 1.055, 2.4),
            };
            (linear * 65535.0 + 0.5) as u16
        });
        // The nearest code of each linear value, found by walking both up.
        let mut code = 0;
        let encode = (0..=65535u32 >> ENCODE_SHIFT)
            .map(|value| {
                let value = value << ENCODE_SHIFT;
                while code < 255 && value * 2 > u32::from(decode[code]) + u32::from(decode[code + 1]) {
                    code += 1;
                }
                code as u8
            })
            .collect();
        Self { decode, encode }
    }

    fn encode(&self, value: u32) -> u8 {
        self.encode.get((value >> ENCODE_SHIFT) as usize).copied().unwrap_or(255)
    }
}

/// Half the size, each texel the mean of up to four; colours are weighted by alpha so that hidden ones do not bleed in.
fn halve(tables: &Tables, encoding: Encoding, width: u32, height: u32, texels: &[u8]) -> (u32, u32, Vec<u8>) {
    let (w, h) = ((width / 2).max(1), (height / 2).max(1));
    let mut out = Vec::with_capacity(w as usize * h as usize * 4);
    let (texels, _) = texels.as_chunks::<4>();
    for y in 0..h {
        let row = |y: u32| {
            let start = y.min(height - 1) as usize * width as usize;
            texels.get(start..start + width as usize).unwrap_or_default()
        };
        let (upper, lower) = (row(y * 2), row(y * 2 + 1));
        for x in 0..w as usize {
            let (left, right) = (x * 2, (x * 2 + 1).min(width as usize - 1));
            let four = [upper.get(left), upper.get(right), lower.get(left), lower.get(right)];
            let four = four.map(|texel| texel.copied().unwrap_or_default());
            out.extend(mean(tables, encoding, &four));
        }
    }
    (w, h, out)
}

/// The mean of four texels.
fn mean(tables: &Tables, encoding: Encoding, four: &[[u8; 4]; 4]) -> [u8; 4] {
    let linear = |texel: &[u8; 4], c: usize| u32::from(tables.decode[usize::from(texel[c])]);
    let alpha: u32 = four.iter().map(|texel| u32::from(texel[3])).sum();
    let code = |c: usize| {
        let plain: u32 = four.iter().map(|texel| linear(texel, c)).sum();
        // Weights that are all the same need none, and that is most of all texels.
        let mean = if encoding.is_linear() || alpha == 4 * 255 {
            (plain + 2) / 4
        } else {
            let sum: u32 = four.iter().map(|texel| linear(texel, c) * u32::from(texel[3])).sum();
            (sum + alpha / 2).checked_div(alpha).unwrap_or(plain / 4)
        };
        tables.encode(mean)
    };
    [code(0), code(1), code(2), ((alpha + 2) / 4) as u8]
}

/// Columns, rows and bytes of one mip map.
type Level<'a> = (u32, u32, Cow<'a, [u8]>);

/// Block codings in the order in which they are preferred, with what an adapter must have and the formats.
const CODINGS: [(BlockCoding, wgpu::Features, wgpu::TextureFormat); 3] = [
    (
        BlockCoding::Astc,
        wgpu::Features::TEXTURE_COMPRESSION_ASTC,
        wgpu::TextureFormat::Astc { block: wgpu::AstcBlock::B4x4, channel: wgpu::AstcChannel::Unorm },
    ),
    (BlockCoding::Bc7, wgpu::Features::TEXTURE_COMPRESSION_BC, wgpu::TextureFormat::Bc7RgbaUnorm),
    (BlockCoding::Etc2, wgpu::Features::TEXTURE_COMPRESSION_ETC2, wgpu::TextureFormat::Etc2Rgba8Unorm),
];

/// The features of an adapter that textures are faster or smaller with.
pub(super) const BLOCK_FEATURES: wgpu::Features = wgpu::Features::TEXTURE_COMPRESSION_ASTC
    .union(wgpu::Features::TEXTURE_COMPRESSION_BC)
    .union(wgpu::Features::TEXTURE_COMPRESSION_ETC2);

/// The levels in a coding that the device reads.
fn blocks(
    gpu: &Gpu,
    image: &Image,
    universal: &Universal,
) -> Option<(wgpu::TextureFormat, Vec<Level<'static>>)> {
    let features = gpu.device().features();
    let (coding, _, format) = CODINGS.into_iter().find(|(_, needed, _)| features.contains(*needed))?;
    let side = |side: u32, level: usize| (side >> level).max(1);
    let levels = universal.blocks(coding)?.into_iter().enumerate();
    let sized = levels.map(|(n, bytes)| (side(image.width, n), side(image.height, n), Cow::Owned(bytes)));
    Some((format, sized.collect()))
}

/// All levels from the largest down; one is made when the one before is done with, unless they depend on each other.
fn levels<'a>(
    image: &Image,
    texels: &'a [u8],
    encoding: Encoding,
) -> Box<dyn Iterator<Item = Level<'a>> + 'a> {
    let tables = Tables::new(encoding);
    let first = (image.width, image.height, Cow::Borrowed(texels));
    let all = std::iter::successors(Some(first), move |(width, height, texels)| {
        (*width > 1 || *height > 1).then(|| {
            let (w, h, half) = halve(&tables, encoding, *width, *height, texels);
            (w, h, Cow::Owned(half))
        })
    });
    let Encoding::Holed(cutoff) = encoding else { return Box::new(all) };
    let mut all: Vec<Level<'a>> = all.collect();
    let mut smaller = all.iter_mut();
    if let Some((_, _, first)) = smaller.next() {
        keep_coverage(first, smaller.map(|(width, _, texels)| (*width, texels.to_mut())), cutoff);
    }
    Box::new(all.into_iter())
}

/// The level with two bytes a texel.
fn first_two((width, height, texels): Level<'_>) -> Level<'_> {
    let (texels, _) = texels.as_chunks::<4>();
    (width, height, texels.iter().flat_map(|[x, y, ..]| [*x, *y]).collect())
}

/// Uploads `image` with all its mip maps that have at most `most` columns and rows; `is_coded` leaves the decoding of
/// colours to the shader.
pub(super) fn upload(
    gpu: &Gpu,
    image: &Image,
    encoding: Encoding,
    is_coded: bool,
    most: u32,
) -> wgpu::TextureView {
    let texels = image.texels.get();
    let is_whole = texels.len() as u64 == u64::from(image.width) * u64::from(image.height) * 4;
    if !is_whole || image.width == 0 || image.height == 0 {
        return solid(gpu, [255; 4]);
    }
    let limit = most.min(gpu.largest_texture());
    let fits = |(width, height, _): &Level<'_>| *width <= limit && *height <= limit;
    // Blocks without mip maps may all be too large; of texels there are always smaller ones.
    let coded = image.universal.as_ref().and_then(|universal| blocks(gpu, image, universal));
    let coded = coded.filter(|(_, levels)| levels.iter().any(fits));
    let (format, count, levels): (_, _, Box<dyn Iterator<Item = Level<'_>>>) = match coded {
        Some((format, levels)) => {
            (format, levels.iter().filter(|level| fits(level)).count() as u32, Box::new(levels.into_iter()))
        }
        None if encoding == Encoding::Normals => (
            wgpu::TextureFormat::Rg8Unorm,
            u32::BITS,
            Box::new(levels(image, &texels, encoding).map(first_two)),
        ),
        None => (wgpu::TextureFormat::Rgba8Unorm, u32::BITS, levels(image, &texels, encoding)),
    };
    let mut levels = levels.filter(fits).peekable();
    let format = match encoding {
        Encoding::Srgb | Encoding::Holed(_) if !is_coded => format.add_srgb_suffix(),
        _ => format,
    };
    let Some(&(width, height, _)) = levels.peek() else { return solid(gpu, [255; 4]) };
    let size = wgpu::Extent3d { width, height, depth_or_array_layers: 1 };
    let texture = gpu.device().create_texture(&wgpu::TextureDescriptor {
        label: Some(&image.name),
        size,
        mip_level_count: count.min(width.max(height).ilog2() + 1),
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format,
        usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
        view_formats: &[],
    });
    let (side, _) = format.block_dimensions();
    let bytes = format.block_copy_size(None).unwrap_or_default();
    for (level, (width, height, texels)) in levels.enumerate() {
        let target = wgpu::TexelCopyTextureInfo { mip_level: level as u32, ..texture.as_image_copy() };
        let (width, height) = (width.next_multiple_of(side), height.next_multiple_of(side));
        let layout = wgpu::TexelCopyBufferLayout {
            offset: 0,
            bytes_per_row: Some(width / side * bytes),
            rows_per_image: None,
        };
        let size = wgpu::Extent3d { width, height, depth_or_array_layers: 1 };
        gpu.queue().write_texture(target, &texels, layout, size);
    }
    texture.create_view(&wgpu::TextureViewDescriptor::default())
}

/// One texel.
pub(super) fn solid(gpu: &Gpu, rgba: [u8; 4]) -> wgpu::TextureView {
    let size = wgpu::Extent3d { width: 1, height: 1, depth_or_array_layers: 1 };
    let texture = gpu.device().create_texture(&wgpu::TextureDescriptor {
        label: Some("texture::solid"),
        size,
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: wgpu::TextureFormat::Rgba8Unorm,
        usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
        view_formats: &[],
    });
    let layout = wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(4), rows_per_image: None };
    gpu.queue().write_texture(texture.as_image_copy(), &rgba, layout, size);
    texture.create_view(&wgpu::TextureViewDescriptor::default())
}

/// A sampler as glTF means it.
pub(super) fn sampler(gpu: &Gpu, sampler: Sampler, anisotropy: u16, is_trilinear: bool) -> wgpu::Sampler {
    let filter = |f: Filter| match f {
        Filter::Nearest => wgpu::FilterMode::Nearest,
        Filter::Linear => wgpu::FilterMode::Linear,
    };
    let wrap = |w: Wrap| match w {
        Wrap::Repeat => wgpu::AddressMode::Repeat,
        Wrap::Mirror => wgpu::AddressMode::MirrorRepeat,
        Wrap::Clamp => wgpu::AddressMode::ClampToEdge,
    };
    let is_linear = sampler.mag == Filter::Linear && sampler.min == Filter::Linear && is_trilinear;
    gpu.device().create_sampler(&wgpu::SamplerDescriptor {
        label: Some("texture::sampler"),
        address_mode_u: wrap(sampler.wrap_u),
        address_mode_v: wrap(sampler.wrap_v),
        mag_filter: filter(sampler.mag),
        min_filter: filter(sampler.min),
        mipmap_filter: if is_linear {
            wgpu::MipmapFilterMode::Linear
        } else {
            wgpu::MipmapFilterMode::Nearest
        },
        lod_max_clamp: if sampler.min == Filter::Linear { 32.0 } else { 0.0 },
        anisotropy_clamp: if is_linear { anisotropy } else { 1 },
        ..Default::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_survives_the_tables() {
        for encoding in [Encoding::Srgb, Encoding::Linear, Encoding::Normals] {
            let tables = Tables::new(encoding);
            for code in 0..=255u8 {
                let there = u32::from(tables.decode[usize::from(code)]);
                let back = tables.encode(there);
                assert!(back.abs_diff(code) <= u8::from(code < 8), "{encoding:?} {code} came back as {back}");
            }
        }
    }

    #[test]
    fn black_and_white_meet_in_linear_light() {
        let tables = Tables::new(Encoding::Srgb);
        let texels = [0, 0, 0, 255, 255, 255, 255, 255];
        let (w, h, mean) = halve(&tables, Encoding::Srgb, 2, 1, &texels);
        assert_eq!((w, h, mean), (1, 1, vec![188, 188, 188, 255]));
    }

    #[test]
    fn equal_weights_give_what_weights_give() {
        for encoding in [Encoding::Srgb, Encoding::Linear, Encoding::Normals] {
            let tables = Tables::new(encoding);
            for n in 0..4096_u32 {
                let code = |k: u32| (n.wrapping_mul(2_654_435_761).rotate_left(k * 5) >> 8) as u8;
                let four: [[u8; 4]; 4] =
                    std::array::from_fn(|k| [code(k as u32), code(k as u32 + 4), code(k as u32 + 8), 255]);
                let weighted = |c: usize| {
                    let sum: u64 =
                        four.iter().map(|t| u64::from(tables.decode[usize::from(t[c])]) * 255).sum();
                    tables.encode(((sum + 510) / 1020) as u32)
                };
                let expected = [weighted(0), weighted(1), weighted(2), 255];
                assert_eq!(mean(&tables, encoding, &four), expected);
            }
        }
    }

    #[test]
    fn hidden_colors_do_not_bleed() {
        let tables = Tables::new(Encoding::Srgb);
        let texels = [200, 10, 10, 255, 0, 255, 0, 0];
        let (_, _, mean) = halve(&tables, Encoding::Srgb, 2, 1, &texels);
        assert_eq!(mean, vec![200, 10, 10, 128]);
    }
}
