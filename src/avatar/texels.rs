//! The texels of a picture, held only as long as somebody needs them.

use std::sync::{Arc, Mutex, PoisonError};

/// `width × height × 4` bytes, top row first, straight alpha, encoded as in the file (sRGB or linear by use).
///
/// Decoded pictures are many times larger than their files, and once they are on the adapter nobody reads them: those that can be decoded
/// again may be released. Clones share what is held.
#[derive(Clone)]
pub struct Texels(Arc<Held>);

struct Held {
    texels: Mutex<Option<Arc<Vec<u8>>>>,
    again: Option<Again>,
}

/// From a file to texels.
pub type Decode = fn(&[u8]) -> Option<Vec<u8>>;

/// How texels that were released come back.
struct Again {
    file: Vec<u8>,
    decode: Decode,
}

impl Texels {
    /// Which stay.
    pub fn new(texels: Vec<u8>) -> Self {
        Self::held(texels, None)
    }

    /// Which `decode` made from `file`, and makes again when they were released.
    pub fn decoded(texels: Vec<u8>, file: Vec<u8>, decode: Decode) -> Self {
        Self::held(texels, Some(Again { file, decode }))
    }

    fn held(texels: Vec<u8>, again: Option<Again>) -> Self {
        Self(Arc::new(Held { texels: Mutex::new(Some(Arc::new(texels))), again }))
    }

    /// The bytes; decoded again where they were released.
    pub fn get(&self) -> Arc<Vec<u8>> {
        let mut texels = self.0.texels.lock().unwrap_or_else(PoisonError::into_inner);
        let again =
            || self.0.again.as_ref().and_then(|again| (again.decode)(&again.file)).unwrap_or_default();
        Arc::clone(texels.get_or_insert_with(|| Arc::new(again())))
    }

    /// Gives the memory back, unless they could not be decoded again.
    pub fn release(&self) {
        if self.0.again.is_some() {
            *self.0.texels.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }
}

impl PartialEq for Texels {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.get() == other.get()
    }
}

impl std::fmt::Debug for Texels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let texels = self.0.texels.lock().unwrap_or_else(PoisonError::into_inner);
        f.debug_tuple("Texels").field(&texels.as_ref().map(|t| t.len())).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_released_comes_back_the_same() {
        let twice = |file: &[u8]| Some(file.repeat(2));
        let texels = Texels::decoded(vec![1, 2, 1, 2], vec![1, 2], twice);
        let before = texels.get();
        texels.clone().release();
        assert!(format!("{texels:?}").contains("None"), "clones share");
        assert_eq!(texels.get(), before);
        let fixed = Texels::new(vec![7]);
        fixed.release();
        assert_eq!(*fixed.get(), [7]);
    }
}
