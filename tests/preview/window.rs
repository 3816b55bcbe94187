//! The window itself, driven by keys and mouse on a virtual display.

use crate::common::{repository, skip};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A virtual screen that is gone with this.
struct Display {
    server: Child,
    name: String,
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn is_there(program: &str) -> bool {
    let found = Command::new("sh").args(["-c", &format!("command -v {program}")]).output();
    found.is_ok_and(|output| output.status.success())
}

impl Display {
    /// A screen, or why there is none.
    fn open() -> Result<Self, String> {
        for program in ["Xvfb", "xdotool", "import"] {
            if !is_there(program) {
                return Err(format!("{program} is not installed"));
            }
        }
        // The server finds a free number by itself and tells it.
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1200x800x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| error.to_string())?;
        let mut number = String::new();
        let out = server.stdout.as_mut().expect("a pipe");
        std::io::BufRead::read_line(&mut std::io::BufReader::new(out), &mut number)
            .map_err(|error| error.to_string())?;
        Ok(Self { server, name: format!(":{}", number.trim()) })
    }

    fn does(&self, arguments: &[&str]) -> String {
        let output = Command::new("xdotool").env("DISPLAY", &self.name).args(arguments).output().unwrap();
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    fn picture(&self, file: &Path) -> image::RgbImage {
        let mut command = Command::new("import");
        let taken = command.env("DISPLAY", &self.name).args(["-window", "root"]).arg(file).status();
        assert!(taken.unwrap().success(), "no picture of the screen");
        image::open(file).unwrap().into_rgb8()
    }
}

struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(display: &Display, folder: &Path, input: &Path) -> Program {
    let child = Command::new(assert_cmd::cargo::cargo_bin("rhetor"))
        .arg("preview")
        .arg(input)
        .args(["--size", "1200x800", "--quality", "low", "--camera", "face"])
        .env("DISPLAY", &display.name)
        .env_remove("WAYLAND_DISPLAY")
        .env("XDG_CONFIG_HOME", folder)
        .env("HOME", folder)
        .current_dir(folder)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    Program(child)
}

/// How different the rectangle of two pictures is, mean steps of 255.
fn difference(a: &image::RgbImage, b: &image::RgbImage, (x, y, w, h): (u32, u32, u32, u32)) -> f64 {
    let mut sum = 0.0;
    for (column, row) in (x..x + w).flat_map(|column| (y..y + h).map(move |row| (column, row))) {
        let (one, other) = (a.get_pixel(column, row).0, b.get_pixel(column, row).0);
        sum += one.iter().zip(other).map(|(p, q)| f64::from(p.abs_diff(q))).sum::<f64>() / 3.0;
    }
    sum / f64::from(w * h)
}

/// Takes pictures until one is as wished.
fn wait_for(
    display: &Display,
    folder: &Path,
    what: &str,
    is_it: impl Fn(&image::RgbImage) -> bool,
) -> image::RgbImage {
    let begun = rhetor::clock::now();
    loop {
        let picture = display.picture(&folder.join("screen.png"));
        if is_it(&picture) {
            return picture;
        }
        let waited: Duration = Instant::elapsed(&begun);
        assert!(waited < Duration::from_secs(90), "{what}: not within {waited:?}");
        std::thread::sleep(Duration::from_millis(150));
    }
}

/// A picture of which nothing moves any more.
fn still(display: &Display, folder: &Path) -> image::RgbImage {
    let file = folder.join("last.png");
    let last = std::cell::RefCell::new(display.picture(&file));
    wait_for(display, folder, "it stands still", |picture| {
        let moved = difference(&last.borrow(), picture, (0, 0, 1200, 800));
        *last.borrow_mut() = picture.clone();
        std::thread::sleep(Duration::from_millis(700));
        moved < 0.02
    })
}

/// Seconds that the cores have spent on a program, by Linux' proc(5): the 14th and 15th field of its `stat`, in the
/// hundredths that all of today's kernels tell.
fn worked_secs(program: &Program) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", program.0.id())).unwrap();
    let (_, fields) = stat.rsplit_once(')').unwrap();
    fields.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<f64>().unwrap() / 100.0).sum()
}

/// Where the face is, and the panel at the side.
const FACE: (u32, u32, u32, u32) = (200, 150, 420, 460);
const SIDE: (u32, u32, u32, u32) = (840, 60, 340, 640);

fn shows_somebody(picture: &image::RgbImage) -> bool {
    let (x, y, w, h) = FACE;
    let warm = (x..x + w)
        .flat_map(|column| (y..y + h).map(move |row| (column, row)))
        .filter(|(column, row)| {
            let [r, _, b] = picture.get_pixel(*column, *row).0;
            r > 110 && r > b.saturating_add(25)
        })
        .count();
    warm > (w * h / 12) as usize
}

#[test]
fn the_window_shows_moves_speaks_of_and_forgets_nothing() {
    if !cfg!(target_os = "linux") {
        return skip("the window is driven on Linux only", "REQUIRE_DISPLAY");
    }
    if !crate::common::has_gpu() {
        return;
    }
    let display = match Display::open() {
        Ok(display) => display,
        Err(why) => return skip(&format!("no window can be driven: {why}"), "REQUIRE_DISPLAY"),
    };
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let avatar: PathBuf = folder.join("me.glb");
    std::fs::copy(repository().join("assets/avatars/thalia.glb"), &avatar).unwrap();
    let mut program = start(&display, folder, &avatar);
    wait_for(&display, folder, "somebody is seen", shows_somebody);
    let window = display.does(&["search", "--name", "Rhetor preview"]);
    let window = window.lines().next().unwrap_or_default().to_owned();
    // Nobody manages windows here, so the keyboard has to be given to it.
    display.does(&["windowfocus", &window]);
    display.does(&["key", "space"]);
    let rig = still(&display, folder);
    let before = worked_secs(&program);
    std::thread::sleep(Duration::from_secs(2));
    let worked = worked_secs(&program) - before;
    assert!(worked < 0.5, "a window in which nothing moves works {worked} s of two");
    let mut last = rig.clone();
    for key in ["v", "b", "k", "i", "p", "r"] {
        display.does(&["key", key]);
        last = wait_for(&display, folder, key, |picture| difference(&last, picture, SIDE) > 1.0);
    }
    let back = still(&display, folder);
    assert!(difference(&rig, &back, SIDE) < 0.5, "the panel is another one");
    assert!(difference(&rig, &back, FACE) < 0.5, "who is paused moves");
    // As slowly as a hand: a press and a release within one picture would be a click.
    for step in [
        &["mousemove", "400", "400"][..],
        &["mousedown", "1"],
        &["mousemove", "560", "400"],
        &["mouseup", "1"],
    ] {
        display.does(step);
        still(&display, folder);
    }
    wait_for(&display, folder, "a drag turns", |picture| difference(&back, picture, FACE) > 4.0);
    display.does(&["key", "1"]);
    wait_for(&display, folder, "the face is back", |picture| difference(&back, picture, FACE) < 2.0);
    display.does(&["key", "ctrl+s"]);
    let case = folder.join("snapshots/me-1/case.toml");
    wait_for(&display, folder, "a case is written", |_| case.is_file());
    for n in 0..60 {
        let (width, height) = ((500 + n * 11).to_string(), (400 + n * 6).to_string());
        display.does(&["windowsize", &window, &width, &height]);
    }
    std::thread::sleep(Duration::from_millis(800));
    assert!(program.0.try_wait().unwrap().is_none(), "the window is gone");
}
