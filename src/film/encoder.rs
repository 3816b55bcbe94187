//! ffmpeg as a program: pictures through its standard input, sound from a file.

use super::{Container, Film, FilmError, Sink};
use crate::audio::{Program, write_wav};
use crate::host::Unfinished;
use crate::job::Job;
use crate::render::Picture;
use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;
use tempfile::NamedTempFile;

/// Sound is encoded at this rate.
pub(super) const SOUND_RATE: u32 = 48_000;

/// A running encoder.
pub(super) struct Encoder {
    child: Child,
    messages: Option<JoinHandle<String>>,
    output: Option<Unfinished>,
    path: PathBuf,
    /// Read by the encoder until it ends.
    _sound: Option<NamedTempFile>,
}

impl Encoder {
    pub(super) fn start(
        program: &Path,
        container: &Container,
        film: &Film,
        sound: &Program,
        path: &Path,
        job: &Job<'_>,
    ) -> Result<Self, FilmError> {
        let refused = |source| FilmError::Write { path: path.to_owned(), source };
        let output = Unfinished::create(path).map_err(refused)?;
        let audible = container.audio.is_some() && sound.duration() > film.from;
        let sound = audible.then(|| sound_file(film, sound, path, job)).transpose()?;
        let arguments =
            arguments(container, film, sound.as_ref().map(NamedTempFile::path), output.temporary());
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(refused)?;
        let messages = child.stderr.take().map(|stderr| std::thread::spawn(move || last_words(stderr)));
        Ok(Self { child, messages, output: Some(output), path: path.to_owned(), _sound: sound })
    }

    /// The encoder's own reason, once it has stopped.
    fn stopped(&mut self) -> FilmError {
        drop(self.child.stdin.take());
        let status = self.child.wait().map_or_else(|e| e.to_string(), |s| s.to_string());
        let words = self.messages.take().and_then(|m| m.join().ok()).unwrap_or_default();
        let reason = if words.trim().is_empty() { status } else { words.trim().to_owned() };
        FilmError::Encoder { path: self.path.clone(), reason }
    }
}

impl Sink for Encoder {
    fn take(&mut self, _index: u64, picture: &Picture) -> Result<(), FilmError> {
        let written = match &mut self.child.stdin {
            Some(stdin) => stdin.write_all(&picture.rgba),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        };
        written.map_err(|_| self.stopped())
    }

    fn finish(mut self) -> Result<PathBuf, FilmError> {
        drop(self.child.stdin.take());
        match self.child.wait() {
            Ok(status) if status.success() => {}
            _ => return Err(self.stopped()),
        }
        let path = self.path.clone();
        match self.output.take().map(Unfinished::finish) {
            Some(Ok(())) | None => Ok(path),
            Some(Err(source)) => Err(FilmError::Write { path, source }),
        }
    }
}

/// An encoder that is given up is ended, or it would go on with half a film.
impl Drop for Encoder {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

fn sound_file(film: &Film, sound: &Program, path: &Path, job: &Job<'_>) -> Result<NamedTempFile, FilmError> {
    let refused = |source| FilmError::Write { path: path.to_owned(), source };
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = tempfile::Builder::new()
        .prefix(".rhetor-")
        .suffix(".part.wav")
        .tempfile_in(folder)
        .map_err(refused)?;
    let name = path.display().to_string();
    write_wav(io::BufWriter::new(file.as_file()), &name, sound, film.from..film.to, (SOUND_RATE, 2), job)?;
    Ok(file)
}

fn arguments(container: &Container, film: &Film, sound: Option<&Path>, output: &Path) -> Vec<OsString> {
    let file = |path: &Path| {
        let mut name = OsString::from("file:");
        name.push(path);
        name
    };
    let size = format!("{}x{}", film.width, film.height);
    let rate = format!("{}/{}", film.rate.numerator(), film.rate.denominator());
    let mut list: Vec<OsString> = [
        "-hide_banner",
        "-loglevel",
        "error",
        "-nostdin",
        "-y",
        "-protocol_whitelist",
        "file,pipe",
        "-f",
        "rawvideo",
        "-pixel_format",
        "rgba",
        "-video_size",
        &size,
        "-framerate",
        &rate,
        "-i",
        "pipe:0",
    ]
    .map(OsString::from)
    .to_vec();
    if let Some(sound) = sound {
        list.extend(["-protocol_whitelist", "file,pipe", "-i"].map(OsString::from));
        list.push(file(sound));
    }
    let video =
        if film.has_alpha { container.video_alpha.unwrap_or(container.video) } else { container.video };
    list.extend(video.iter().map(OsString::from));
    if let (Some(_), Some(audio)) = (sound, container.audio) {
        list.extend(audio.iter().map(OsString::from));
    }
    if !film.disclosure.is_empty() {
        for key in ["comment", "description"] {
            list.push("-metadata".into());
            list.push(format!("{key}={}", film.disclosure).into());
        }
    }
    if matches!(container.muxer, "mp4" | "mov") {
        list.extend(["-movflags", "+faststart"].map(OsString::from));
    }
    list.extend(["-f", container.muxer].map(OsString::from));
    list.push(file(output));
    list
}

/// The end of what a program said, at most 2 kB.
fn last_words(mut stream: impl Read) -> String {
    let mut kept: Vec<u8> = Vec::new();
    let mut buffer = [0; 1024];
    while let Ok(count @ 1..) = stream.read(&mut buffer) {
        kept.extend(buffer.get(..count).unwrap_or_default());
        if kept.len() > 4096 {
            kept.drain(..kept.len() - 2048);
        }
    }
    String::from_utf8_lossy(&kept).into_owned()
}
