//! Pictures: PNG and JPEG, decoded in parallel, within limits of size and sum.

use super::context::{Context, Notes, label};
use super::uri;
use crate::avatar::{Image, ImageData};
use image::{ImageFormat, ImageReader, Limits};
use rayon::prelude::*;
use std::borrow::Cow;
use std::io::Cursor;

/// Widest and highest picture.
const SIDE_LIMIT: u32 = 16_384;
/// All decoded pictures together, bytes.
const SUM_LIMIT: u64 = 1 << 30;

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
            if sum > SUM_LIMIT {
                Err("all textures together take more than 1 GiB".to_owned())
            } else {
                Ok(encoded)
            }
        });
        jobs.push((index, encoded));
    }
    let decoded: Vec<(usize, Result<Image, String>)> =
        jobs.into_par_iter().map(|(i, encoded)| (i, encoded.and_then(|e| e.decode(context, i)))).collect();
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

/// A picture whose header was read.
struct Encoded<'a> {
    bytes: Cow<'a, [u8]>,
    format: ImageFormat,
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
        let format = match image::guess_format(&bytes) {
            Ok(format @ (ImageFormat::Png | ImageFormat::Jpeg)) => format,
            Ok(other) => return Err(format!("it is {other:?}, only PNG and JPEG are read")),
            Err(_) => return Err("it is neither PNG nor JPEG".to_owned()),
        };
        let reader = ImageReader::with_format(Cursor::new(&bytes), format);
        let (width, height) = reader.into_dimensions().map_err(|e| e.to_string())?;
        if width == 0 || height == 0 || width > SIDE_LIMIT || height > SIDE_LIMIT {
            return Err(format!("it is {width}×{height}, at most {SIDE_LIMIT}×{SIDE_LIMIT} is read"));
        }
        Ok(Self { bytes, format, width, height })
    }

    fn decode(self, context: &Context<'_>, index: usize) -> Result<Image, String> {
        let mut reader = ImageReader::with_format(Cursor::new(&self.bytes), self.format);
        let mut limits = Limits::default();
        limits.max_image_width = Some(SIDE_LIMIT);
        limits.max_image_height = Some(SIDE_LIMIT);
        limits.max_alloc = Some(SUM_LIMIT * 2);
        reader.limits(limits);
        let pixels = reader.decode().map_err(|e| e.to_string())?.into_rgba8();
        let name = context.root.images.get(index).and_then(|i| i.name.clone()).unwrap_or_default();
        let (width, height) = pixels.dimensions();
        Ok(Image { name, width, height, data: ImageData::Rgba8(pixels.into_raw().into()) })
    }
}
