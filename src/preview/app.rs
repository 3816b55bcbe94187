//! The event loop: one window, drawn again whenever something in it moves.

use super::Options;
use super::canvas::{Canvas, Scene};
use super::loading::{Loader, Wake};
use super::settings::Settings;
use super::workbench::{Wish, Workbench};
use super::{style, words};
use crate::app::AppError;
use crate::clock;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use winit::application::ApplicationHandler;
use winit::dpi::{LogicalSize, PhysicalSize};
use winit::event::WindowEvent;
use winit::event_loop::{ActiveEventLoop, ControlFlow, EventLoop, EventLoopProxy};
use winit::window::{Fullscreen, Window, WindowId};

/// Something has come from another thread.
#[derive(Debug, Clone, Copy)]
struct Woken;

pub(super) fn run(options: Options) -> Result<(), AppError> {
    let no_display = |error: winit::error::EventLoopError| AppError::NoDisplay(error.to_string());
    let event_loop = EventLoop::<Woken>::with_user_event().build().map_err(no_display)?;
    let settings = Settings::of_user();
    let proxy = event_loop.create_proxy();
    let mut app = App { options, settings, proxy, open: None, failure: None };
    event_loop.run_app(&mut app).map_err(no_display)?;
    app.failure.map_or(Ok(()), Err)
}

struct App {
    options: Options,
    settings: Settings,
    proxy: EventLoopProxy<Woken>,
    open: Option<Open>,
    failure: Option<AppError>,
}

struct Open {
    window: Arc<Window>,
    canvas: Canvas,
    ctx: egui::Context,
    input: egui_winit::State,
    bench: Workbench,
    is_hidden: bool,
    /// When to draw again by itself.
    due: Option<Instant>,
}

impl App {
    fn open(&self, event_loop: &ActiveEventLoop) -> Result<Open, AppError> {
        let [width, height] = self.options.size.map_or(self.settings.window, |(w, h)| [w, h]);
        let attributes = Window::default_attributes()
            .with_title(words::TITLE)
            .with_min_inner_size(LogicalSize::new(640, 400))
            .with_inner_size(PhysicalSize::new(width, height));
        let window = event_loop.create_window(attributes).map_err(|e| AppError::NoDisplay(e.to_string()))?;
        let window = Arc::new(window);
        let canvas = Canvas::new(Arc::clone(&window))?;
        let (ctx, input) = panels(&window, &canvas);
        let wake = wake(self.proxy.clone());
        let loader = Loader::new(canvas.gpu(), Canvas::SCENE_FORMAT, Arc::clone(&wake));
        let bench =
            Workbench::new(self.options.clone(), self.settings.clone(), canvas.gpu().clone(), loader, wake);
        Ok(Open { window, canvas, ctx, input, bench, is_hidden: false, due: None })
    }

    fn fail(&mut self, event_loop: &ActiveEventLoop, error: AppError) {
        self.failure.get_or_insert(error);
        event_loop.exit();
    }
}

/// From any thread.
fn wake(proxy: EventLoopProxy<Woken>) -> Wake {
    let proxy = Mutex::new(proxy);
    Arc::new(move || {
        if let Ok(proxy) = proxy.lock() {
            // The window may be gone.
            let _ = proxy.send_event(Woken);
        }
    })
}

fn panels(window: &Window, canvas: &Canvas) -> (egui::Context, egui_winit::State) {
    let ctx = egui::Context::default();
    style::apply(&ctx, canvas.gpu().adapter().get_info().device_type != wgpu::DeviceType::Cpu);
    let limit = canvas.gpu().largest_texture() as usize;
    let scale = Some(window.scale_factor() as f32);
    let input = egui_winit::State::new(ctx.clone(), egui::ViewportId::ROOT, window, scale, None, Some(limit));
    (ctx, input)
}

impl Open {
    fn redraw(&mut self, event_loop: &ActiveEventLoop) -> Result<(), AppError> {
        if self.canvas.recover()? {
            (self.ctx, self.input) = panels(&self.window, &self.canvas);
            let gpu = self.canvas.gpu().clone();
            self.bench.change_device(&gpu, Canvas::SCENE_FORMAT);
        }
        let begun = clock::now();
        let seen = self.canvas.on_screen(begun);
        self.bench.begin(begun, seen);
        let input = self.input.take_egui_input(&self.window);
        let (bench, canvas) = (&mut self.bench, &mut self.canvas);
        let mut output = self.ctx.run_ui(input, |ui| bench.show(ui, &mut |size| canvas.scene_image(size)));
        let delay =
            output.viewport_output.get(&egui::ViewportId::ROOT).map(|viewport| viewport.repaint_delay);
        let platform = std::mem::take(&mut output.platform_output);
        self.input.handle_platform_output_with_event_loop(&self.window, event_loop, platform);
        let scene = self.bench.scene().map(|(renderer, frame)| Scene { renderer, frame });
        let is_drawn = scene.is_some();
        let is_shown = self.canvas.paint(&self.ctx, output, scene, begun)?;
        if is_shown && is_drawn {
            self.bench.drawn();
        }
        for wish in self.bench.take_wishes() {
            self.grant(wish);
        }
        let delay = if is_shown { self.bench.due(delay) } else { Some(AGAIN) };
        self.due = delay.and_then(|delay| clock::now().checked_add(delay));
        Ok(())
    }

    fn grant(&self, wish: Wish) {
        match wish {
            Wish::Title(title) => self.window.set_title(&title),
            Wish::ToggleFullscreen => {
                let next = match self.window.fullscreen() {
                    Some(_) => None,
                    None => Some(Fullscreen::Borderless(None)),
                };
                self.window.set_fullscreen(next);
            }
        }
    }

    fn close(&mut self) {
        let size = self.window.inner_size();
        let size = self.window.fullscreen().is_none().then_some([size.width, size.height]);
        if let Err(error) = self.bench.keep_settings(size) {
            tracing::warn!("settings were not kept: {error}");
        }
    }
}

impl ApplicationHandler<Woken> for App {
    fn resumed(&mut self, event_loop: &ActiveEventLoop) {
        if self.open.is_some() {
            return;
        }
        match self.open(event_loop) {
            Ok(open) => {
                open.window.request_redraw();
                self.open = Some(open);
            }
            Err(error) => self.fail(event_loop, error),
        }
    }

    fn user_event(&mut self, _: &ActiveEventLoop, _: Woken) {
        if let Some(open) = &self.open {
            open.window.request_redraw();
        }
    }

    fn window_event(&mut self, event_loop: &ActiveEventLoop, _: WindowId, event: WindowEvent) {
        let Some(open) = &mut self.open else { return };
        // The panels would ask for another picture because one is drawn, and so for ever.
        let is_drawing = matches!(event, WindowEvent::RedrawRequested);
        if open.input.on_window_event(&open.window, &event).repaint && !is_drawing {
            open.window.request_redraw();
        }
        match event {
            WindowEvent::CloseRequested => {
                open.close();
                event_loop.exit();
            }
            WindowEvent::Resized(size) => {
                open.is_hidden = size.width == 0 || size.height == 0;
                open.canvas.resize(size.width, size.height);
                open.window.request_redraw();
            }
            WindowEvent::Occluded(is_hidden) => {
                open.is_hidden = is_hidden;
                open.window.request_redraw();
            }
            WindowEvent::Moved(_) => open.canvas.moved(),
            WindowEvent::RedrawRequested if !open.is_hidden => {
                if let Err(error) = open.redraw(event_loop) {
                    self.fail(event_loop, error);
                }
            }
            _ => {}
        }
    }

    fn about_to_wait(&mut self, event_loop: &ActiveEventLoop) {
        let Some(open) = &mut self.open else { return };
        let is_due = open.due.is_some_and(|due| due <= clock::now());
        if is_due && !open.is_hidden {
            open.due = None;
            open.window.request_redraw();
        }
        event_loop.set_control_flow(match open.due {
            Some(due) if !open.is_hidden => ControlFlow::WaitUntil(due),
            _ => ControlFlow::wait_duration(IDLE),
        });
    }
}

/// After a picture that could not be shown.
const AGAIN: Duration = Duration::from_millis(20);
/// Without anything to draw, it is looked around so often.
const IDLE: Duration = Duration::from_millis(500);
