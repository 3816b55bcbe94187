//! Pictures: PNG, JPEG, WebP and KTX2, decoded in parallel, within limits of size and sum.

use super::context::{Context, Notes, label};
use super::extensions::khr_texture_basisu;
use super::limits::{Limits, mebibytes};
use super::uri;
use crate::avatar::{Decode, Image, Texels, Universal};
use image::{ImageFormat, ImageReader};
use rayon::prelude::*;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The decoded pictures and where each of the document's images went.
#[derive(Default)]
pub(super) struct Textures {
    pub(super) images: Vec<Image>,
    pub(super) place: Vec<Option<usize>>,
}

/// Decodes the images that `is_used`; those that cannot be are noted and left out.
pub(super) fn decode(context: &Context<'_>, is_used: &[bool], notes: &mut Notes) -> Textures {
    let used: Vec<usize> = (0..is_used.len()).filter(|i| is_used.get(*i) == Some(&true)).collect();
    let read: Vec<(usize, Result<Encoded<'_>, String>)> =
        used.par_iter().map(|&i| (i, Encoded::read(context, i))).collect();
    let mut sum = 0;
    let mut jobs = Vec::new();
    for (index, encoded) in read {
        let encoded = encoded.and_then(|encoded| {
            sum += u64::from(encoded.width) * u64::from(encoded.height) * 4;
            if sum > context.limits.picture_bytes {
                let limit = mebibytes(context.limits.picture_bytes);
                Err(format!("all textures together take more than {limit}"))
            } else {
                Ok(encoded)
            }
        });
        jobs.push((index, encoded));
    }
    // A decoder that panics costs the avatar its picture only.
    let decode = |encoded: Encoded<'_>, i: usize| {
        catch_unwind(AssertUnwindSafe(|| encoded.decode(context, i)))
            .unwrap_or_else(|_| Err("it is damaged".to_owned()))
    };
    // The largest first and one at a time, so that no core is left alone with a large one at the end.
    let texels = |encoded: &Encoded<'_>| u64::from(encoded.width) * u64::from(encoded.height);
    jobs.sort_by_key(|(index, encoded)| (Reverse(encoded.as_ref().map_or(0, texels)), *index));
    let one = |(i, encoded): (usize, Result<Encoded<'_>, String>)| (i, encoded.and_then(|e| decode(e, i)));
    let mut decoded: Vec<(usize, Result<Image, String>)> =
        jobs.into_par_iter().with_max_len(1).map(one).collect();
    decoded.sort_by_key(|(index, _)| *index);
    let mut out = Textures { images: Vec::new(), place: vec![None; is_used.len()] };
    for (index, decoded) in decoded {
        match (decoded, out.place.get_mut(index)) {
            (Ok(image), Some(slot)) => {
                *slot = Some(out.images.len());
                out.images.push(image);
            }
            (Err(reason), _) => {
                let name = context.root.images.get(index).and_then(|i| i.name.as_deref());
                notes.add(format!(
                    "{} cannot be used and was left out: {reason}",
                    label("image", name, index)
                ));
            }
            (Ok(_), None) => {}
        }
    }
    out
}

/// How a picture is coded.
#[derive(Clone, Copy)]
enum Coding {
    /// PNG, JPEG or WebP.
    Plain(ImageFormat),
    Ktx2,
}

/// A picture whose header was read.
struct Encoded<'a> {
    bytes: Cow<'a, [u8]>,
    coding: Coding,
    width: u32,
    height: u32,
}

impl<'a> Encoded<'a> {
    fn read(context: &'a Context<'_>, index: usize) -> Result<Self, String> {
        let json = context.root.images.get(index).ok_or("it does not exist")?;
        let bytes: Cow<'a, [u8]> = match (&json.uri, json.buffer_view) {
            (Some(uri), _) => Cow::Owned(uri::read(uri, context.source).map_err(|e| e.to_string())?),
            (None, Some(view)) => Cow::Borrowed(context.view(view.value()).map_err(|e| e.message)?.0),
            (None, None) => return Err("it has no data".to_owned()),
        };
        let (coding, (width, height)) = if khr_texture_basisu::is_ktx2(&bytes) {
            (Coding::Ktx2, khr_texture_basisu::dimensions(&bytes)?)
        } else {
            let format = match image::guess_format(&bytes) {
                Ok(format @ (ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP)) => format,
                Ok(other) => return Err(format!("it is {other:?}, only PNG, JPEG, WebP and KTX2 are read")),
                Err(_) => return Err("it is neither PNG, JPEG, WebP nor KTX2".to_owned()),
            };
            let reader = ImageReader::with_format(Cursor::new(&bytes), format);
            (Coding::Plain(format), reader.into_dimensions().map_err(|e| e.to_string())?)
        };
        let limit = context.limits.picture_side;
        if width == 0 || height == 0 || width > limit || height > limit {
            return Err(format!("it is {width}×{height}, at most {limit}×{limit} is read"));
        }
        Ok(Self { bytes, coding, width, height })
    }

    fn decode(self, context: &Context<'_>, index: usize) -> Result<Image, String> {
        let name = context.root.images.get(index).and_then(|i| i.name.clone()).unwrap_or_default();
        let (width, height) = (self.width, self.height);
        let (texels, again, universal): (_, Decode, _) = match self.coding {
            Coding::Plain(format) => (plain(&self.bytes, format, context.limits)?, plain_again, None),
            Coding::Ktx2 => (
                khr_texture_basisu::rgba8(&self.bytes)?,
                |file| khr_texture_basisu::rgba8(file).ok(),
                Universal::new(&self.bytes, width, height),
            ),
        };
        let needed = u64::from(width) * u64::from(height) * 4;
        if texels.len() as u64 != needed {
            return Err("it decodes to another size than it states".to_owned());
        }
        let texels = Texels::decoded(texels, self.bytes.into_owned(), again);
        Ok(Image { name, width, height, texels, universal })
    }
}

fn plain(bytes: &[u8], format: ImageFormat, within: Limits) -> Result<Vec<u8>, String> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(within.picture_side);
    limits.max_image_height = Some(within.picture_side);
    limits.max_alloc = Some(within.picture_bytes.saturating_mul(2));
    reader.limits(limits);
    Ok(reader.decode().map_err(|e| e.to_string())?.into_rgba8().into_raw())
}

/// What was within the limits the first time.
fn plain_again(file: &[u8]) -> Option<Vec<u8>> {
    let reader = ImageReader::new(Cursor::new(file)).with_guessed_format().ok()?;
    Some(reader.decode().ok()?.into_rgba8().into_raw())
}
