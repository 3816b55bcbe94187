//! Small glTF files written in a test: JSON given as text, the binary part from numbers.

/// Collects the parts of a file: buffer views and accessors are numbered in the order of the calls.
#[derive(Default)]
pub(crate) struct Builder {
    bytes: Vec<u8>,
    views: Vec<String>,
    accessors: Vec<String>,
}

impl Builder {
    /// A buffer view of raw bytes.
    pub(crate) fn view(&mut self, bytes: &[u8]) -> usize {
        while !self.bytes.len().is_multiple_of(4) {
            self.bytes.push(0);
        }
        let offset = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        self.views.push(format!(r#"{{"buffer":0,"byteOffset":{offset},"byteLength":{}}}"#, bytes.len()));
        self.views.len() - 1
    }

    /// An accessor of floats; `shape` is `SCALAR`, `VEC3`, ….
    pub(crate) fn floats(&mut self, shape: &str, width: usize, values: &[f32]) -> usize {
        let bytes: Vec<u8> = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        let view = self.view(&bytes);
        let count = values.len() / width;
        let bound = |of: fn(f32, f32) -> f32, first: f32| -> String {
            let column = |c: usize| values.iter().skip(c).step_by(width).copied().fold(first, of).to_string();
            (0..width).map(column).collect::<Vec<_>>().join(",")
        };
        // JSON has no infinity, which is what an empty list would give.
        let bounds = if count > 0 && values.iter().all(|v| v.is_finite()) {
            format!(r#","min":[{}],"max":[{}]"#, bound(f32::min, f32::MAX), bound(f32::max, f32::MIN))
        } else {
            String::new()
        };
        self.accessor(&format!(
            r#"{{"bufferView":{view},"componentType":5126,"count":{count},"type":"{shape}"{bounds}}}"#
        ))
    }

    /// An accessor of unsigned bytes.
    pub(crate) fn bytes(&mut self, shape: &str, width: usize, values: &[u8], normalized: bool) -> usize {
        let view = self.view(values);
        let count = values.len() / width;
        self.accessor(&format!(
            r#"{{"bufferView":{view},"componentType":5121,"normalized":{normalized},"count":{count},"type":"{shape}"}}"#
        ))
    }

    /// An accessor of 16-bit indices.
    pub(crate) fn indices(&mut self, values: &[u16]) -> usize {
        let bytes: Vec<u8> = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        let view = self.view(&bytes);
        self.accessor(&format!(
            r#"{{"bufferView":{view},"componentType":5123,"count":{},"type":"SCALAR"}}"#,
            values.len()
        ))
    }

    /// An accessor as JSON.
    pub(crate) fn accessor(&mut self, json: &str) -> usize {
        self.accessors.push(json.to_owned());
        self.accessors.len() - 1
    }

    /// The document: `rest` are further members of the root, without braces.
    pub(crate) fn json(&self, buffer: &str, rest: &str) -> String {
        let length = self.bytes.len();
        let (views, accessors) = (self.views.join(","), self.accessors.join(","));
        format!(
            r#"{{"asset":{{"version":"2.0"}},"buffers":[{{{buffer}"byteLength":{length}}}],"bufferViews":[{views}],"accessors":[{accessors}],{rest}}}"#
        )
    }

    /// As `.glb`.
    pub(crate) fn glb(&self, rest: &str) -> Vec<u8> {
        glb(&self.json("", rest), &self.bytes)
    }

    /// As `.gltf` with its buffer beside it under `uri`.
    pub(crate) fn gltf(&self, uri: &str, rest: &str) -> (Vec<u8>, Vec<u8>) {
        (self.json(&format!(r#""uri":"{uri}","#), rest).into_bytes(), self.bytes.clone())
    }
}

/// A binary glTF of both chunks.
pub(crate) fn glb(json: &str, binary: &[u8]) -> Vec<u8> {
    let mut json = json.as_bytes().to_vec();
    json.resize(json.len().next_multiple_of(4), b' ');
    let mut binary = binary.to_vec();
    binary.resize(binary.len().next_multiple_of(4), 0);
    let total = 12 + 8 + json.len() + 8 + binary.len();
    let word = |n: usize| (n as u32).to_le_bytes();
    let mut out = Vec::new();
    out.extend(b"glTF");
    out.extend(word(2));
    out.extend(word(total));
    out.extend(word(json.len()));
    out.extend(b"JSON");
    out.extend(json);
    out.extend(word(binary.len()));
    out.extend(b"BIN\0");
    out.extend(binary);
    out
}
