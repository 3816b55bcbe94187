//! All that takes longer than a picture, on threads of its own: opening files, speaking text, acting anew.
//!
//! The window's thread gives orders and takes results; it never waits.

use super::acting::{self, Order};
use super::files::file_name;
use super::saving::rig_file;
use super::shaders;
use super::strip::Strip;
use crate::audio::Program;
use crate::avatar::Avatar;
use crate::diagnostic::Diagnostic;
use crate::host::{HostError, SPEAKING};
use crate::inspection::{Inspection, Section};
use crate::job::{Job, Progress};
use crate::perform::{Cast, Performance};
use crate::production::{Production, Request};
use crate::render::{Gpu, Renderer, Tier, Uploaded, Uploader};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use tempfile::TempDir;

/// Calls the window's thread.
pub(super) type Wake = Arc<dyn Fn() + Send + Sync>;

/// A text that is to be spoken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed {
    pub(super) text: String,
    pub(super) voice: String,
    pub(super) language: String,
}

/// Everything about what was opened.
pub(super) struct Opened {
    pub(super) request: Request,
    /// Where the script of a typed text lies.
    pub(super) typed: Option<Arc<TempDir>>,
    pub(super) production: Arc<Production>,
    pub(super) program: Arc<Program>,
    pub(super) drawn: Drawn,
    /// Of each of the cast.
    pub(super) strips: Vec<Strip>,
    pub(super) files: Vec<PathBuf>,
    /// What `inspect` says of each of the cast.
    pub(super) reports: Vec<Report>,
    /// How long it took.
    pub(super) millis: f32,
}

/// What `inspect` warns of, and the rest of what it says.
pub(super) type Report = (Vec<Diagnostic>, Vec<Section>);

/// What the window draws a cast with.
pub(super) enum Drawn {
    /// What is there holds the same cast.
    Same,
    /// What is there takes another cast.
    Recast(Uploaded),
    /// Another one.
    Anew(Box<Renderer>),
}

/// What is at hand for drawing.
struct Means {
    gpu: Gpu,
    format: wgpu::TextureFormat,
    tier: Tier,
    /// Of the renderer that is there, where it has this tier.
    uploader: Option<Uploader>,
}

/// What is there already when something is opened.
#[derive(Default)]
pub(super) struct Known {
    /// The avatar that the request names.
    pub(super) member: Option<Cast>,
    /// Of the renderer, where it has the tier.
    pub(super) uploader: Option<Uploader>,
}

/// What came of an order.
pub(super) enum Done {
    Opened(Box<Opened>),
    Failed(String),
    /// A renderer for the cast of a production.
    Drawn(Arc<Production>, Box<Renderer>),
    /// Another performance of a production.
    Acted(Arc<Production>, Box<Performance>),
}

/// How far what is being opened has come.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Doing {
    pub(super) what: String,
    pub(super) stage: String,
    pub(super) done: u64,
    pub(super) total: u64,
}

struct Running {
    begun: Instant,
    cancel: Arc<AtomicBool>,
    doing: Arc<Mutex<Doing>>,
}

/// Gives orders to threads.
pub(super) struct Loader {
    gpu: Gpu,
    format: wgpu::TextureFormat,
    wake: Wake,
    results: Receiver<(u64, Done)>,
    /// Whoever works sends here.
    sender: Sender<(u64, Done)>,
    acting: Sender<Order>,
    number: u64,
    running: Option<Running>,
}

impl Loader {
    /// For renderers of `gpu` that draw pictures of `format`.
    pub(super) fn new(gpu: &Gpu, format: wgpu::TextureFormat, wake: Wake) -> Self {
        let (sender, results) = channel();
        let acting = acting::start(sender.clone(), Arc::clone(&wake));
        Self { gpu: gpu.clone(), format, wake, results, sender, acting, number: 0, running: None }
    }

    /// From now on renderers are made for another device.
    pub(super) fn change_device(&mut self, gpu: &Gpu, format: wgpu::TextureFormat) {
        (self.gpu, self.format) = (gpu.clone(), format);
    }

    /// Opens what `request` says, in place of what is being opened.
    pub(super) fn open(
        &mut self,
        request: Request,
        typed: Option<Arc<TempDir>>,
        Known { member, uploader }: Known,
        tier: Tier,
    ) {
        let what = file_name(&request.input).to_owned();
        let means = self.means(uploader, tier);
        self.start(what, move |job| opened(request, typed, member.as_ref(), &means, job));
    }

    /// Speaks `text` with the avatar of `request`.
    pub(super) fn speak(
        &mut self,
        text: Typed,
        request: Request,
        Known { member, uploader }: Known,
        tier: Tier,
    ) {
        let means = self.means(uploader, tier);
        self.start("the text".to_owned(), move |job| {
            let folder = write_script(&text)?;
            let input = folder.path().join(SCRIPT).display().to_string();
            let request = Request { input, clip: None, ..request };
            opened(request, Some(Arc::new(folder)), member.as_ref(), &means, job)
        });
    }

    fn means(&self, uploader: Option<Uploader>, tier: Tier) -> Means {
        Means { gpu: self.gpu.clone(), format: self.format, tier, uploader }
    }

    /// A renderer of another tier for the same cast.
    pub(super) fn draw_anew(&self, production: &Arc<Production>, tier: Tier) {
        let (gpu, format, production) = (self.gpu.clone(), self.format, Arc::clone(production));
        let (results, wake) = (self.sender.clone(), Arc::clone(&self.wake));
        std::thread::spawn(move || {
            let renderer = Box::new(renderer(&gpu, format, &production, tier));
            // The window may be gone meanwhile.
            let _ = results.send((0, Done::Drawn(production, renderer)));
            wake();
        });
    }

    /// A renderer with the shaders in `folder`, as they are now.
    pub(super) fn take_shaders(&self, folder: PathBuf, production: &Arc<Production>, tier: Tier) {
        let (gpu, format, production) = (self.gpu.clone(), self.format, Arc::clone(production));
        let (results, wake) = (self.sender.clone(), Arc::clone(&self.wake));
        std::thread::spawn(move || {
            let done = match shaders::take(&gpu, &folder) {
                Ok(()) => {
                    let renderer = Box::new(renderer(&gpu, format, &production, tier));
                    Done::Drawn(production, renderer)
                }
                Err(error) => Done::Failed(error),
            };
            // The window may be gone meanwhile.
            let _ = results.send((0, done));
            wake();
        });
    }

    /// Acts anew; of several orders only the last counts.
    pub(super) fn act(&self, order: Order) {
        // The thread lives as long as this.
        let _ = self.acting.send(order);
    }

    /// How far what is being opened has come; `None` where nothing is.
    pub(super) fn doing(&self) -> Option<Doing> {
        let running = self.running.as_ref()?;
        Some(running.doing.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    /// Since when this program itself works on it; `None` also while another one speaks.
    pub(super) fn works_since(&self) -> Option<Instant> {
        self.doing().filter(|doing| doing.stage != SPEAKING)?;
        self.running.as_ref().map(|running| running.begun)
    }

    /// Gives up what is being opened.
    pub(super) fn cancel(&mut self) {
        if let Some(running) = self.running.take() {
            running.cancel.store(true, Ordering::Relaxed);
            self.number += 1;
        }
    }

    /// What came of orders since the last call.
    pub(super) fn results(&mut self) -> Vec<Done> {
        let mut out = Vec::new();
        while let Ok((number, done)) = self.results.try_recv() {
            if number == 0 {
                out.push(done);
            } else if number == self.number {
                self.running = None;
                out.push(done);
            }
        }
        out
    }

    fn start(
        &mut self,
        what: String,
        work: impl FnOnce(&Job<'_>) -> Result<Opened, HostError> + Send + 'static,
    ) {
        self.cancel();
        self.number += 1;
        let doing = Arc::new(Mutex::new(Doing { what, ..Doing::default() }));
        let shown = Arc::clone(&doing);
        let job = Job::watched(move |Progress { stage, done, total }| {
            let mut doing = shown.lock().unwrap_or_else(PoisonError::into_inner);
            // The window looks here now and then; each step would have it draw much oftener.
            *doing = Doing { what: std::mem::take(&mut doing.what), stage: stage.to_owned(), done, total };
        });
        let begun = crate::clock::now();
        self.running = Some(Running { begun, cancel: job.cancel_switch(), doing });
        let (results, wake, number) = (self.sender.clone(), Arc::clone(&self.wake), self.number);
        std::thread::spawn(move || {
            let done = match work(&job) {
                Ok(opened) => Done::Opened(Box::new(opened)),
                Err(error) => Done::Failed(error.to_string()),
            };
            // The window may be gone meanwhile.
            let _ = results.send((number, done));
            wake();
        });
    }
}

impl Drop for Loader {
    fn drop(&mut self) {
        self.cancel();
    }
}

const UPLOADING: &str = "uploading";

fn opened(
    request: Request,
    typed: Option<Arc<TempDir>>,
    known: Option<&Cast>,
    means: &Means,
    job: &Job<'_>,
) -> Result<Opened, HostError> {
    let begun = crate::clock::now();
    let passed = || crate::clock::now().saturating_duration_since(begun).as_secs_f32() * 1e3;
    let production = Production::load_with(&request, known, job)?;
    let loaded = passed();
    let program = production.program_with(job)?;
    let strips = Strip::of_cast(&production, &program, job)?;
    let heard = passed();
    job.report(UPLOADING, 0, 1)?;
    let is_same = known.is_some_and(|known| holds_only(&production.cast, known));
    let drawn = if is_same { Drawn::Same } else { drawn(means, &production, job) };
    let uploaded = passed();
    let files = production.files(&request);
    let reports = (0..production.cast.len()).map(|index| report(&production, index, &request)).collect();
    let millis = passed();
    tracing::debug!(
        "{}: loaded {loaded:.0}, sounds {heard:.0}, uploaded {uploaded:.0}, told {millis:.0} ms",
        request.input
    );
    let (production, program) = (Arc::new(production), Arc::new(program));
    Ok(Opened { request, typed, production, program, drawn, strips, files, reports, millis })
}

fn drawn(means: &Means, production: &Production, job: &Job<'_>) -> Drawn {
    let count = production.cast.len() as u64;
    let told = avatars(production).enumerate().map(|(index, avatar)| {
        // Once begun, an upload is finished.
        let _ = job.report(UPLOADING, index as u64, count);
        avatar
    });
    match &means.uploader {
        Some(uploader) => Drawn::Recast(uploader.upload_cast(told)),
        None => {
            let mut renderer = Renderer::new(&means.gpu, means.tier, means.format);
            renderer.upload_cast(told);
            Drawn::Anew(Box::new(renderer))
        }
    }
}

fn avatars(production: &Production) -> impl ExactSizeIterator<Item = &Avatar> {
    production.cast.iter().map(|member| &*member.avatar)
}

fn holds_only(cast: &[Cast], known: &Cast) -> bool {
    matches!(cast, [one] if Arc::ptr_eq(&one.avatar, &known.avatar))
}

fn report(production: &Production, index: usize, request: &Request) -> Report {
    let Some(member) = production.cast.get(index) else { return Report::default() };
    let file = production.avatar_path(index, request);
    let rig_file = file.as_deref().and_then(rig_file).filter(|file| file.is_file());
    let size = |file: PathBuf| std::fs::metadata(file).ok().map(|found| found.len() as usize);
    let bytes = file.and_then(size).or_else(|| Some(production.avatar_file(index, request).ok()?.1.len()));
    let report = member.rig.report(&member.avatar);
    let warnings = report.warnings.iter().chain(&production.warnings).cloned().collect();
    let inspection = Inspection {
        avatar: &member.avatar,
        rig: &member.rig,
        file_bytes: bytes.unwrap_or_default(),
        rig_file: rig_file.map(|file| file.display().to_string()),
        report,
        warnings,
    };
    let sections = vec![
        inspection.file(),
        inspection.vocabulary(),
        inspection.skeleton(),
        inspection.lips(),
        inspection.gestures(),
    ];
    (inspection.warnings, sections)
}

fn renderer(gpu: &Gpu, format: wgpu::TextureFormat, production: &Production, tier: Tier) -> Renderer {
    let mut renderer = Renderer::new(gpu, tier, format);
    renderer.upload_cast(avatars(production));
    renderer
}

const SCRIPT: &str = "typed.speech.toml";

/// A script of one line in a folder of its own.
fn write_script(typed: &Typed) -> Result<TempDir, HostError> {
    let unwritable = |error: std::io::Error| {
        HostError::input("the text", format!("no place to keep it: {error}")).help("free some disk space")
    };
    let value = |text: &str| toml::Value::from(text).to_string();
    let mut text = "version = \"1.0\"\n[speakers.speaker]\n".to_owned();
    if !typed.voice.is_empty() {
        text += &format!("voice = {}\n", value(&typed.voice));
    }
    text += &format!("[[lines]]\ntext = {}\n", value(typed.text.trim()));
    if !typed.language.is_empty() {
        text += &format!("language = {}\n", value(&typed.language));
    }
    let folder = tempfile::tempdir().map_err(unwritable)?;
    std::fs::write(folder.path().join(SCRIPT), text).map_err(unwritable)?;
    Ok(folder)
}
