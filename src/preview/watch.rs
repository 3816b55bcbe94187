//! Says when files were changed on disk, also where a program replaces them by others of their name.
//!
//! It reads none of them.

use crate::clock;
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Files are often written in several steps: a change counts once nothing more has happened for so long.
const QUIET: Duration = Duration::from_millis(60);

/// Watches some files.
pub struct Watch {
    watcher: Option<RecommendedWatcher>,
    events: Receiver<PathBuf>,
    /// The watcher's thread looks here, too: what else happens in their folders wakes nobody.
    files: Arc<Mutex<BTreeSet<PathBuf>>>,
    folders: BTreeSet<PathBuf>,
    changed: BTreeSet<PathBuf>,
    last: Option<Instant>,
}

impl Watch {
    /// Watches nothing yet; `wake` is called from another thread when something may have changed. Where the system
    /// cannot tell, nothing ever changes.
    pub fn new(wake: impl Fn() + Send + 'static) -> Self {
        let (sender, events) = channel();
        let files = Arc::<Mutex<BTreeSet<PathBuf>>>::default();
        let watched = Arc::clone(&files);
        let tell = move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else { return };
            if event.kind.is_access() {
                return;
            }
            let files = watched.lock().unwrap_or_else(PoisonError::into_inner);
            let paths = event.paths.iter().filter_map(|path| resolved(path));
            let changed: Vec<PathBuf> = paths.filter(|path| files.contains(path)).collect();
            drop(files);
            if changed.is_empty() {
                return;
            }
            for path in changed {
                // The window may be gone already.
                let _ = sender.send(path);
            }
            wake();
        };
        let watcher = notify::recommended_watcher(tell)
            .inspect_err(|error| tracing::warn!("files are not watched: {error}"))
            .ok();
        let (folders, changed) = Default::default();
        Self { watcher, events, files, folders, changed, last: None }
    }

    /// Watches these files from now on, and no others. They need not exist.
    pub fn set(&mut self, files: impl IntoIterator<Item = PathBuf>) {
        let files: BTreeSet<PathBuf> = files.into_iter().filter_map(|file| resolved(&file)).collect();
        self.changed.clear();
        // Whole folders: a file that is replaced is another one, and a watch of its own would be gone with the old.
        let folders: BTreeSet<PathBuf> =
            files.iter().filter_map(|file| file.parent().map(Path::to_owned)).collect();
        *self.files.lock().unwrap_or_else(PoisonError::into_inner) = files;
        let Some(watcher) = &mut self.watcher else { return };
        for gone in self.folders.difference(&folders) {
            // A folder that vanished is not watched any more either.
            let _ = watcher.unwatch(gone);
        }
        let mut watched = BTreeSet::new();
        for folder in folders {
            let is_watched =
                self.folders.contains(&folder) || watcher.watch(&folder, RecursiveMode::NonRecursive).is_ok();
            if is_watched {
                watched.insert(folder);
            }
        }
        self.folders = watched;
    }

    /// The files that have changed since the last call and are quiet by now.
    pub fn changed(&mut self) -> Vec<PathBuf> {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        while let Ok(path) = self.events.try_recv() {
            // It may have been told while other files were watched.
            if files.contains(&path) {
                self.changed.insert(path);
                self.last = Some(clock::now());
            }
        }
        drop(files);
        match self.last {
            Some(last) if clock::now().saturating_duration_since(last) >= QUIET => {
                self.last = None;
                std::mem::take(&mut self.changed).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// How long until a change that is under way may be quiet; `None` where there is none.
    pub fn due(&self) -> Option<Duration> {
        self.last.map(|last| QUIET.saturating_sub(clock::now().saturating_duration_since(last)))
    }
}

/// The file's name in its canonical folder; the file itself may be missing for a moment.
fn resolved(file: &Path) -> Option<PathBuf> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Some(folder.canonicalize().ok()?.join(file.file_name()?))
}
