//! What the cases that `rhetor check --init` writes are for: an avatar that breaks is caught, and the page shows where.

use crate::common::{folder, has_gpu};
use assert_cmd::Command;
use image::ImageFormat;
use serde_json::{Value, json};
use std::io::Cursor;
use std::path::Path;
use std::{fs, str};

/// A binary glTF taken apart.
struct Glb {
    json: Value,
    bin: Vec<u8>,
}

impl Glb {
    fn read(bytes: &[u8]) -> Self {
        let length = u32::from_le_bytes(bytes[12..16].try_into().unwrap()) as usize;
        let json = serde_json::from_slice(&bytes[20..20 + length]).unwrap();
        Self { json, bin: bytes[28 + length..].to_vec() }
    }

    fn write(&self, path: &Path) {
        let mut text = serde_json::to_vec(&self.json).unwrap();
        text.resize(text.len().next_multiple_of(4), b' ');
        let mut bin = self.bin.clone();
        bin.resize(bin.len().next_multiple_of(4), 0);
        let mut out = Vec::from(*b"glTF");
        for number in [2, 28 + text.len() + bin.len(), text.len()] {
            out.extend((number as u32).to_le_bytes());
        }
        out.extend(b"JSON");
        out.extend(&text);
        out.extend((bin.len() as u32).to_le_bytes());
        out.extend(b"BIN\0");
        out.extend(&bin);
        fs::write(path, out).unwrap();
    }

    fn index(value: &Value) -> usize {
        value.as_u64().unwrap() as usize
    }

    fn mesh(&self, name: &str) -> &Value {
        self.json["meshes"].as_array().unwrap().iter().find(|mesh| mesh["name"] == name).unwrap()
    }

    /// Moves a mesh's vertices by `metres` along y.
    fn lift(&mut self, mesh: &str, metres: f32) {
        let accessor =
            &self.json["accessors"][Self::index(&self.mesh(mesh)["primitives"][0]["attributes"]["POSITION"])];
        let view = &self.json["bufferViews"][Self::index(&accessor["bufferView"])];
        let offset = |value: &Value| value["byteOffset"].as_u64().unwrap_or(0) as usize;
        let stride = view["byteStride"].as_u64().unwrap_or(12) as usize;
        let first = offset(view) + offset(accessor) + 4;
        for at in (0..Self::index(&accessor["count"])).map(|n| first + n * stride) {
            let y = f32::from_le_bytes(self.bin[at..at + 4].try_into().unwrap()) + metres;
            self.bin[at..at + 4].copy_from_slice(&y.to_le_bytes());
        }
    }

    /// Multiplies the codes of a mesh's colours.
    fn darken(&mut self, mesh: &str, share: f32) {
        let material = Self::index(&self.mesh(mesh)["primitives"][0]["material"]);
        let texture = &self.json["materials"][material]["pbrMetallicRoughness"]["baseColorTexture"]["index"];
        let image = Self::index(&self.json["textures"][Self::index(texture)]["source"]);
        let view = &self.json["bufferViews"][Self::index(&self.json["images"][image]["bufferView"])];
        let begin = view["byteOffset"].as_u64().unwrap_or(0) as usize;
        let bytes = &self.bin[begin..begin + Self::index(&view["byteLength"])];
        let mut picture = image::load_from_memory(bytes).unwrap().into_rgb8();
        picture.iter_mut().for_each(|code| *code = (f32::from(*code) * share).round() as u8);
        let mut png = Cursor::new(Vec::new());
        picture.write_to(&mut png, ImageFormat::Png).unwrap();
        self.bin.resize(self.bin.len().next_multiple_of(4), 0);
        let view = json!({ "buffer": 0, "byteOffset": self.bin.len(), "byteLength": png.get_ref().len() });
        self.bin.extend(png.get_ref());
        self.json["buffers"][0]["byteLength"] = json!(self.bin.len());
        let views = self.json["bufferViews"].as_array_mut().unwrap();
        views.push(view);
        let last = views.len() - 1;
        self.json["images"][image] = json!({ "mimeType": "image/png", "bufferView": last });
    }

    /// Gives a morph target a name that means nothing.
    fn forget(&mut self, target: &str) {
        for mesh in self.json["meshes"].as_array_mut().unwrap() {
            let Some(names) = mesh["extras"]["targetNames"].as_array_mut() else { continue };
            names.iter_mut().filter(|name| **name == target).for_each(|name| *name = json!("unknown"));
        }
    }
}

fn check(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::cargo_bin("rhetor").unwrap();
    let output = command
        .env_remove("CI")
        .current_dir(folder)
        .args(["check", "cases"])
        .args(arguments)
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), str::from_utf8(&said).unwrap().to_owned())
}

#[test]
fn a_broken_avatar_is_caught_by_its_first_cases() {
    let Some(avatars) = folder("AVATARS").filter(|_| has_gpu()) else { return };
    let whole = fs::read(avatars.join("rpm_brunette-t.glb")).unwrap();
    let desk = tempfile::tempdir().unwrap();
    let avatar = desk.path().join("me.glb");
    fs::write(&avatar, &whole).unwrap();
    assert_eq!(check(desk.path(), &["--init", "me.glb"]).0, 0);
    assert_eq!(check(desk.path(), &["--bless"]).0, 0);
    let (status, said) = check(desk.path(), &[]);
    assert_eq!(status, 0, "{said}");
    type Harm = fn(&mut Glb);
    let harms: [(&str, Harm, &str); 3] = [
        ("teeth 2 mm lower", |glb| glb.lift("Wolf3D_Teeth", -0.002), "open"),
        ("no viseme_PP", |glb| glb.forget("viseme_PP"), "visemes"),
        ("the face's colours 5 % darker", |glb| glb.darken("Wolf3D_Head", 0.95), "face"),
    ];
    for (harm, apply, caught_by) in harms {
        let mut glb = Glb::read(&whole);
        apply(&mut glb);
        glb.write(&avatar);
        let (status, said) = check(desk.path(), &["--report", "page.html"]);
        println!("{harm}:\n{said}");
        assert_eq!(status, 1, "{harm}: {said}");
        let case = |line: &&str| line.contains(caught_by) && !line.contains("ok");
        assert!(said.lines().any(|line| case(&line)), "{harm}: {said}");
        let page = fs::read_to_string(desk.path().join("page.html")).unwrap();
        assert!(page.contains("data:image/png;base64,"), "{harm}: the page shows no pictures");
    }
}
