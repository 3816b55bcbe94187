//! What a Draco stream claims to hold, read before it is decoded: the decoder allocates by these numbers.
//!
//! Source: *Draco Bitstream Specification* 2.2, sections 4 (header), 5 (metadata), 6 (connectivity).

/// Bytes before metadata or connectivity.
const HEADER: usize = 11;
const TRIANGULAR_MESH: u8 = 1;
const METADATA: u16 = 0x8000;
const METADATA_DEPTH: usize = 16;

/// How a stream is coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// Vertices in the encoder's order.
    Sequential,
    /// Vertices in an order that follows from the triangles.
    Edgebreaker,
}

/// The counts of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Claims {
    pub(super) method: Method,
    pub(super) faces: u64,
    /// Points, or the vertices that they share.
    pub(super) points: u64,
}

/// Reads them; an error says why the stream cannot be read.
pub(super) fn claims(bytes: &[u8]) -> Result<Claims, String> {
    let damaged = || "its packed form is damaged".to_owned();
    let mut cursor = Cursor { bytes, at: HEADER };
    let (Some(head), Some(b"DRACO")) = (bytes.first_chunk::<HEADER>(), bytes.first_chunk::<5>()) else {
        return Err("its packed form is not Draco".to_owned());
    };
    let [_, _, _, _, _, major, minor, kind, method, low, high] = *head;
    if (major, minor) != (2, 2) || kind != TRIANGULAR_MESH {
        return Err(format!(
            "its packed form is Draco {major}.{minor} of kind {kind}, only meshes of 2.2 are read"
        ));
    }
    if u16::from_le_bytes([low, high]) & METADATA != 0 {
        cursor.skip_metadata().ok_or_else(damaged)?;
    }
    let claims = match method {
        0 => cursor.sequential(),
        1 => cursor.edgebreaker(),
        _ => return Err(format!("its packed form has the unknown coding {method}")),
    };
    claims.ok_or_else(damaged)
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    /// Seven bits a byte, the lowest first.
    fn varint(&mut self) -> Option<u64> {
        let mut value = 0u64;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn skip(&mut self, length: u64) -> Option<()> {
        self.at = self.at.checked_add(usize::try_from(length).ok()?)?;
        (self.at <= self.bytes.len()).then_some(())
    }

    fn skip_metadata(&mut self) -> Option<()> {
        for _ in 0..self.varint()? {
            self.varint()?;
            self.skip_block(0)?;
        }
        self.skip_block(0)
    }

    fn skip_block(&mut self, depth: usize) -> Option<()> {
        if depth > METADATA_DEPTH {
            return None;
        }
        for _ in 0..self.varint()? {
            self.skip_name()?;
            let length = self.varint()?;
            self.skip(length)?;
        }
        for _ in 0..self.varint()? {
            self.skip_name()?;
            self.skip_block(depth + 1)?;
        }
        Some(())
    }

    fn skip_name(&mut self) -> Option<()> {
        let length = self.byte()?;
        self.skip(u64::from(length))
    }

    fn sequential(&mut self) -> Option<Claims> {
        let (faces, points) = (self.varint()?, self.varint()?);
        Some(Claims { method: Method::Sequential, faces, points })
    }

    fn edgebreaker(&mut self) -> Option<Claims> {
        _ = self.byte()?;
        let (points, faces) = (self.varint()?, self.varint()?);
        _ = self.byte()?;
        let (symbols, split_symbols, splits) = (self.varint()?, self.varint()?, self.varint()?);
        let is_possible = symbols <= faces && split_symbols <= symbols && splits <= faces;
        is_possible.then_some(Claims { method: Method::Edgebreaker, faces, points })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_counts_behind_metadata() {
        let plain = b"DRACO\x02\x02\x01\x00\x00\x00\x0c\x88\x01";
        let expected = Claims { method: Method::Sequential, faces: 12, points: 136 };
        assert_eq!(claims(plain), Ok(expected));
        let with_metadata = b"DRACO\x02\x02\x01\x00\x00\x80\x00\x01\x01k\x01v\x00\x0c\x88\x01";
        assert_eq!(claims(with_metadata), Ok(expected));
    }

    #[test]
    fn refuses_what_cannot_be() {
        for bytes in [
            &b"DRACO\x02\x02\x01\x00\x00\x00\x0c"[..],
            b"DRACO\x01\x01\x01\x00\x00\x00\x0c\x01",
            b"DRACO\x02\x02\x01\x07\x00\x00\x0c\x01",
            b"DRACO\x02\x02\x01\x00\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
            // More symbols than faces.
            b"DRACO\x02\x02\x01\x01\x00\x00\x00\x08\x0c\x00\x0d\x00\x00",
            b"",
        ] {
            assert!(claims(bytes).is_err(), "{bytes:?}");
        }
    }
}
