//! `KHR_materials_pbrSpecularGlossiness`: an older model of surfaces, converted to metallic-roughness.
//!
//! The conversion is Khronos' own (glTF repository, *convert-between-workflows*): the metalness is solved so that diffuse
//! and specular brightness are kept. Factors are converted here; a picture of specular colour and glossiness is
//! converted texel by texel once it is decoded ([`convert`]).

use crate::avatar::{self, Image, Material, TextureRef};
use crate::import::fields::Fields;
use crate::import::references::Refer;
use std::sync::Arc;

/// As files name it.
pub(in crate::import) const NAME: &str = "KHR_materials_pbrSpecularGlossiness";

/// The reflection of every dielectric, seen head on.
const DIELECTRIC: f32 = 0.04;
const TINY: f32 = 1e-6;

/// One point of a surface in the old model, linear.
#[derive(Debug, Clone, Copy)]
struct Old {
    diffuse: [f32; 3],
    specular: [f32; 3],
    glossiness: f32,
}

/// The same point in the new one.
#[derive(Debug, Clone, Copy)]
struct New {
    base_color: [f32; 3],
    metallic: f32,
    roughness: f32,
}

/// A material whose pictures are still in the old model: the one of specular colour and glossiness stands where that
/// of metalness and roughness will be.
#[derive(Debug, Clone, Copy)]
pub(in crate::import) struct Pending(Old);

pub(in crate::import) fn read(fields: Fields<'_>, refer: &mut Refer<'_>, material: &mut Material) {
    let [r, g, b, alpha] = fields.numbers("diffuseFactor", [1.0; 4], 0.0, 1.0);
    let old = Old {
        diffuse: [r, g, b],
        specular: fields.numbers("specularFactor", [1.0; 3], 0.0, 1.0),
        glossiness: fields.number("glossinessFactor", 1.0, 0.0, 1.0),
    };
    use_factors(old, alpha, material);
    material.base_color_texture = refer.named(fields, "diffuseTexture");
    material.metallic_roughness_texture = refer.named(fields, "specularGlossinessTexture");
    let has_pictures = material.metallic_roughness_texture.is_some()
        || (material.base_color_texture.is_some() && material.metallic > 0.0);
    refer.glossy = has_pictures.then_some(Pending(old));
}

fn use_factors(old: Old, alpha: f32, material: &mut Material) {
    let New { base_color: [r, g, b], metallic, roughness } = converted(old);
    material.base_color = [r, g, b, alpha];
    material.metallic = metallic;
    material.roughness = roughness;
}

/// Converts the pictures of a material. Where they do not lie on each other, or all pictures would take more than
/// `limit` bytes, false, and its factors hold alone.
pub(in crate::import) fn convert(
    Pending(old): Pending,
    material: &mut Material,
    images: &mut Vec<Image>,
    limit: u64,
) -> bool {
    let (base, glossy) = (material.base_color_texture, material.metallic_roughness_texture.take());
    let Some(place) = glossy.or(base) else { return true };
    let texels = |texture: Option<TextureRef>| -> Option<Texels> {
        let image = images.get(texture?.image)?;
        Some(Texels { width: image.width, height: image.height, data: image.texels.get() })
    };
    let is_together = base.zip(glossy).is_none_or(|(b, g)| TextureRef { image: g.image, ..b } == g);
    let (base, glossy) = (texels(base), texels(glossy));
    let side = |f: fn(&Texels) -> u32| base.as_ref().map_or(1, f).max(glossy.as_ref().map_or(1, f));
    let (width, height) = (side(|t| t.width), side(|t| t.height));
    let size = |width: u32, height: u32| u64::from(width) * u64::from(height) * 4;
    let held: u64 = images.iter().map(|image| size(image.width, image.height)).sum();
    if !is_together || held.saturating_add(size(width, height) * 2) > limit {
        return false;
    }
    let linear = linear_table();
    let mut color = Vec::with_capacity(width as usize * height as usize * 4);
    let mut rough = Vec::with_capacity(color.capacity());
    for y in 0..height {
        for x in 0..width {
            let read = |t: &Option<Texels>| t.as_ref().map_or([255; 4], |t| t.at(x, y, width, height));
            let ([r, g, b, alpha], [sr, sg, sb, gloss]) = (read(&base), read(&glossy));
            let times = |factor: [f32; 3], texel: [u8; 3]| {
                let mut out = factor;
                out.iter_mut()
                    .zip(texel)
                    .for_each(|(c, t)| *c *= linear.get(usize::from(t)).copied().unwrap_or(1.0));
                out
            };
            let new = converted(Old {
                diffuse: times(old.diffuse, [r, g, b]),
                specular: times(old.specular, [sr, sg, sb]),
                glossiness: old.glossiness * f32::from(gloss) / 255.0,
            });
            color.extend(new.base_color.map(srgb));
            color.push(alpha);
            rough.extend([0, byte(new.roughness), byte(new.metallic), 255]);
        }
    }
    let name = material.name.clone();
    for (data, slot) in
        [(color, &mut material.base_color_texture), (rough, &mut material.metallic_roughness_texture)]
    {
        *slot = Some(TextureRef { image: images.len(), ..place });
        images.push(Image {
            name: name.clone(),
            width,
            height,
            texels: avatar::Texels::new(data),
            universal: None,
        });
    }
    let [.., alpha] = material.base_color;
    material.base_color = [1.0, 1.0, 1.0, alpha];
    material.metallic = 1.0;
    material.roughness = 1.0;
    true
}

/// A picture that is read as if it had another size.
struct Texels {
    width: u32,
    height: u32,
    data: Arc<Vec<u8>>,
}

impl Texels {
    /// The texel at `x`, `y` of a picture of `width` and `height`.
    fn at(&self, x: u32, y: u32, width: u32, height: u32) -> [u8; 4] {
        let scaled = |at: u32, own: u32, other: u32| u64::from(at) * u64::from(own) / u64::from(other.max(1));
        let index = scaled(y, self.height, height) * u64::from(self.width) + scaled(x, self.width, width);
        self.data.get(index as usize * 4..).and_then(|t| t.first_chunk()).copied().unwrap_or([255; 4])
    }
}

/// Linear values of sRGB bytes (IEC 61966-2-1).
fn linear_table() -> Vec<f32> {
    let linear = |byte: u8| {
        let c = f32::from(byte) / 255.0;
        if c <= 0.040_45 { c / 12.92 } else { libm::powf((c + 0.055) / 1.055, 2.4) }
    };
    (0..=255).map(linear).collect()
}

fn srgb(linear: f32) -> u8 {
    byte(if linear <= 0.003_130_8 { linear * 12.92 } else { 1.055 * libm::powf(linear, 1.0 / 2.4) - 0.055 })
}

fn byte(value: f32) -> u8 {
    (value.clamp(0.0, 1.0) * 255.0 + 0.5) as u8
}

fn brightness([r, g, b]: [f32; 3]) -> f32 {
    (0.299 * r * r + 0.587 * g * g + 0.114 * b * b).sqrt()
}

fn converted(old: Old) -> New {
    let strength = old.specular.into_iter().fold(0.0, f32::max);
    let metallic = metalness(brightness(old.diffuse), brightness(old.specular), 1.0 - strength);
    let from_diffuse = (1.0 - strength) / (1.0 - DIELECTRIC) / (1.0 - metallic).max(TINY);
    let mut base_color = [0.0; 3];
    for ((out, diffuse), specular) in base_color.iter_mut().zip(old.diffuse).zip(old.specular) {
        let as_dielectric = diffuse * from_diffuse;
        let as_metal = (specular - DIELECTRIC * (1.0 - metallic)) / metallic.max(TINY);
        let share = metallic * metallic;
        *out = (as_dielectric + (as_metal - as_dielectric) * share).clamp(0.0, 1.0);
    }
    New { base_color, metallic, roughness: 1.0 - old.glossiness }
}

/// The positive root of what both models reflect.
fn metalness(diffuse: f32, specular: f32, one_minus_strength: f32) -> f32 {
    if specular < DIELECTRIC {
        return 0.0;
    }
    let b = diffuse * one_minus_strength / (1.0 - DIELECTRIC) + specular - 2.0 * DIELECTRIC;
    let c = DIELECTRIC - specular;
    let discriminant = (b * b - 4.0 * DIELECTRIC * c).max(0.0);
    ((discriminant.sqrt() - b) / (2.0 * DIELECTRIC)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f32, b: f32) -> bool {
        (a - b).abs() < 1e-3
    }

    #[test]
    fn dielectrics_and_metals_keep_their_brightness() {
        // Plastic: the specular colour of every dielectric, so that the base colour is the diffuse one.
        let plastic = converted(Old { diffuse: [0.5, 0.2, 0.1], specular: [0.04; 3], glossiness: 0.75 });
        assert!(near(plastic.metallic, 0.0) && near(plastic.roughness, 0.25), "{plastic:?}");
        assert!(near(plastic.base_color[0], 0.5) && near(plastic.base_color[2], 0.1), "{plastic:?}");
        // Gold: no diffuse, so that the base colour is the specular one.
        let gold = converted(Old { diffuse: [0.0; 3], specular: [1.0, 0.77, 0.34], glossiness: 1.0 });
        assert!(near(gold.metallic, 1.0) && near(gold.base_color[1], 0.77), "{gold:?}");
    }

    #[test]
    fn pictures_are_converted_texel_by_texel() {
        let image = |texels: &[[u8; 4]]| Image {
            name: String::new(),
            width: texels.len() as u32,
            height: 1,
            texels: avatar::Texels::new(texels.concat()),
            universal: None,
        };
        let place = |image| {
            Some(TextureRef {
                image,
                sampler: avatar::Sampler::default(),
                uv_set: 0,
                offset: [0.0; 2],
                rotation: 0.0,
                scale: [1.0; 2],
            })
        };
        let mut images = vec![image(&[[200, 0, 0, 128]]), image(&[[0, 0, 0, 255], [255, 255, 255, 0]])];
        let mut material = Material {
            base_color_texture: place(0),
            metallic_roughness_texture: place(1),
            ..Material::default()
        };
        let old = Old { diffuse: [1.0; 3], specular: [1.0; 3], glossiness: 1.0 };
        assert!(!convert(Pending(old), &mut material.clone(), &mut images, 27));
        assert!(convert(Pending(old), &mut material, &mut images, 100));
        let (Some(color), Some(rough)) = (material.base_color_texture, material.metallic_roughness_texture)
        else {
            panic!("a picture is missing")
        };
        let [color, rough] = [color, rough].map(|reference| images[reference.image].texels.get());
        // Matt black specular leaves the diffuse colour, brightened by what dielectrics reflect; white is metal.
        assert_eq!(color[..4], [204, 0, 0, 128]);
        assert_eq!(rough[..], [0, 0, 0, 255, 0, 255, 255, 255]);
        assert_eq!(color[4..], [255, 255, 255, 128]);
    }
}
