//! Other programs: found on PATH, started without a shell, watched and bounded in time.
//!
//! It never passes on text of a document as an argument: callers hand over files.

use std::ffi::OsString;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, UNIX_EPOCH};

use super::HostError;
use crate::job::{Cancelled, Job};

/// What a program wrote.
#[derive(Debug, Clone, Default)]
pub struct Output {
    /// Its standard output.
    pub stdout: Vec<u8>,
    /// Its standard error, as text.
    pub stderr: String,
}

/// Of one stream at most this much is kept.
const STREAM_LIMIT: u64 = 64 << 20;
const POLL: Duration = Duration::from_millis(5);

/// Programs with the Debian package that holds them.
const PACKAGES: &[(&str, &str)] = &[("flite", "flite"), ("espeak-ng", "espeak-ng"), ("ffmpeg", "ffmpeg")];

/// Where `name` lies on PATH, or `name` itself where it is a path to a program.
pub fn find(name: &str) -> Option<PathBuf> {
    if name.contains(std::path::MAIN_SEPARATOR) {
        return is_program(Path::new(name)).then(|| PathBuf::from(name));
    }
    let path = std::env::var_os("PATH")?;
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(&file))
        .find(|path| is_program(path))
}

/// What tells a program from another version of itself: where it lies, its size and its date.
pub fn identity(name: &str) -> String {
    let Some(path) = find(name) else { return "absent".to_owned() };
    let facts = path.metadata().ok();
    let size = facts.as_ref().map_or(0, std::fs::Metadata::len);
    let date = facts.and_then(|facts| facts.modified().ok()?.duration_since(UNIX_EPOCH).ok());
    format!("{} {size} {}", path.display(), date.map_or(0, |date| date.as_nanos()))
}

/// Like [`find`], with an error that says what to install.
///
/// # Errors
/// [`Kind::Environment`](super::Kind::Environment) when it is not there.
pub fn require(name: &str) -> Result<PathBuf, HostError> {
    find(name).ok_or_else(|| {
        let help = match PACKAGES.iter().find(|(program, _)| *program == name) {
            Some((_, package)) => format!("install it: apt install {package}"),
            None => "put it on PATH, or correct the command in the user configuration".to_owned(),
        };
        HostError::environment(format!("the program '{name}' is not installed"), help)
    })
}

/// Runs a program to its end, with nothing on its standard input.
///
/// # Errors
/// [`Kind::Environment`](super::Kind::Environment) when it cannot be started, fails (with the end of its
/// standard error), or takes longer than `limit`; then, and when the job is cancelled, it is ended.
pub fn run(program: &Path, args: &[OsString], limit: Duration, job: &Job<'_>) -> Result<Output, HostError> {
    let name = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned();
    let mut child = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| {
            HostError::environment(format!("'{name}' cannot be started: {error}"), "check its installation")
        })?;
    let stdout = drain(child.stdout.take());
    let stderr = drain(child.stderr.take());
    let status = wait(&mut child, &name, limit, job)?;
    // A grandchild may hold the pipes open for ever, so the wait for the rest is bounded too.
    let rest = Duration::from_secs(2);
    let output = Output {
        stdout: stdout.recv_timeout(rest).unwrap_or_default(),
        stderr: String::from_utf8_lossy(&stderr.recv_timeout(rest).unwrap_or_default()).into_owned(),
    };
    if status.success() {
        return Ok(output);
    }
    let said = last_lines(&output.stderr);
    Err(HostError::environment(format!("'{name}' failed ({status}): {said}"), "run it by hand to see more"))
}

/// Waits by counting short sleeps: exact enough for a limit, and it reads no clock. It reports nothing: how far the job has
/// come is known to who needs the program.
fn wait(child: &mut Child, name: &str, limit: Duration, job: &Job<'_>) -> Result<ExitStatus, HostError> {
    let mut waited = Duration::ZERO;
    let cancelled = job.cancel_switch();
    loop {
        let failure = match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) if cancelled.load(Ordering::Relaxed) => Cancelled.into(),
            Ok(None) if waited < limit => {
                thread::sleep(POLL);
                waited += POLL;
                continue;
            }
            Ok(None) => {
                let message = format!("'{name}' was still running after {} s and was ended", limit.as_secs());
                HostError::environment(message, "give it less text at once, or a higher time limit")
            }
            Err(error) => HostError::environment(format!("'{name}' was lost: {error}"), "try again"),
        };
        // Whether it could be ended changes nothing in what the user is told.
        let _ = child.kill();
        let _ = child.wait();
        return Err(failure);
    }
}

fn drain(stream: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    if let Some(stream) = stream {
        thread::spawn(move || {
            let mut bytes = Vec::new();
            let mut limited = stream.take(STREAM_LIMIT);
            // What came before a read error is still worth showing.
            let _ = limited.read_to_end(&mut bytes);
            let _ = sender.send(bytes);
            // The program must not be stopped by a full pipe.
            let _ = std::io::copy(&mut limited.into_inner(), &mut std::io::sink());
        });
    }
    receiver
}

fn last_lines(stderr: &str) -> String {
    let lines: Vec<&str> = stderr.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let tail = lines.get(lines.len().saturating_sub(3)..).unwrap_or_default().join("; ");
    if tail.is_empty() { "it said nothing".to_owned() } else { tail.chars().take(400).collect() }
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|facts| facts.is_file() && facts.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}
