//! The event loop: one window, redrawn without pause.

use super::command::{self, Command};
use super::presenter::Presenter;
use super::screen::Screen;
use super::{AppError, Options, Show};
use std::sync::Arc;
use winit::application::ApplicationHandler;
use winit::dpi::PhysicalSize;
use winit::event::{ElementState, WindowEvent};
use winit::event_loop::{ActiveEventLoop, ControlFlow, EventLoop};
use winit::monitor::MonitorHandle;
use winit::window::{Fullscreen, Window, WindowId};

pub(super) fn run(show: Show, options: Options, notice: impl FnMut(&str)) -> Result<(), AppError> {
    let event_loop = EventLoop::new().map_err(|e| AppError::NoDisplay(e.to_string()))?;
    // Frames are paced by the surface, which gives out a picture when one comes free.
    event_loop.set_control_flow(ControlFlow::Poll);
    let presenter = Presenter::new(show, &options);
    let mut app = App { options, presenter, notice, open: None, awake: None, failure: None };
    event_loop.run_app(&mut app).map_err(|e| AppError::NoDisplay(e.to_string()))?;
    app.failure.map_or(Ok(()), Err)
}

struct App<N> {
    options: Options,
    presenter: Presenter,
    notice: N,
    open: Option<Open>,
    awake: Option<keepawake::KeepAwake>,
    failure: Option<AppError>,
}

struct Open {
    window: Arc<Window>,
    screen: Screen,
    is_hidden: bool,
}

impl<N: FnMut(&str)> App<N> {
    fn open(&self, event_loop: &ActiveEventLoop) -> Result<Open, AppError> {
        let monitor = self.options.monitor.map(|number| monitor(event_loop, number)).transpose()?;
        let (width, height) = self.options.size;
        let mut attributes = Window::default_attributes()
            .with_title(&self.options.title)
            .with_inner_size(PhysicalSize::new(width, height));
        if self.options.is_fullscreen {
            attributes = attributes.with_fullscreen(Some(Fullscreen::Borderless(monitor)));
        } else if let Some(monitor) = monitor {
            attributes = attributes.with_position(monitor.position());
        }
        let window = event_loop.create_window(attributes).map_err(|e| AppError::NoDisplay(e.to_string()))?;
        window.set_cursor_visible(false);
        let window = Arc::new(window);
        let screen = Screen::new(
            Arc::clone(&window),
            self.presenter.cast(),
            (self.options.quality, self.options.antialias),
        )?;
        Ok(Open { window, screen, is_hidden: false })
    }

    fn fail(&mut self, event_loop: &ActiveEventLoop, error: AppError) {
        self.failure.get_or_insert(error);
        event_loop.exit();
    }

    fn redraw(&mut self, event_loop: &ActiveEventLoop) {
        while let Some(message) = self.presenter.notice() {
            (self.notice)(&message);
        }
        let Some(open) = &mut self.open else { return };
        if open.is_hidden {
            return;
        }
        match open.screen.present(&mut self.presenter) {
            Ok(_) if self.presenter.is_over() => event_loop.exit(),
            Ok(_) => {}
            Err(error) => self.fail(event_loop, error),
        }
    }

    fn obey(&mut self, event_loop: &ActiveEventLoop, command: Command) {
        match command {
            Command::Leave => event_loop.exit(),
            Command::ToggleFullscreen => {
                if let Some(open) = &self.open {
                    let next = match open.window.fullscreen() {
                        Some(_) => None,
                        None => Some(Fullscreen::Borderless(None)),
                    };
                    open.window.set_fullscreen(next);
                }
            }
            Command::NextView => {
                if let Some(open) = &mut self.open {
                    open.screen.show_next_view();
                }
            }
            other => self.presenter.obey(other),
        }
    }
}

impl<N: FnMut(&str)> ApplicationHandler for App<N> {
    fn resumed(&mut self, event_loop: &ActiveEventLoop) {
        if self.open.is_some() {
            return;
        }
        match self.open(event_loop) {
            Ok(open) => {
                open.window.request_redraw();
                self.open = Some(open);
                let sleepless = keepawake::Builder::default()
                    .display(true)
                    .reason("a speech is running")
                    .app_name("Rhetor")
                    .create();
                // Without a desktop service to ask there is no screen saver to stop either.
                self.awake = sleepless.inspect_err(|e| tracing::info!("the screen may sleep: {e}")).ok();
                if !self.options.is_paused {
                    self.presenter.start();
                }
            }
            Err(error) => self.fail(event_loop, error),
        }
    }

    fn window_event(&mut self, event_loop: &ActiveEventLoop, _: WindowId, event: WindowEvent) {
        match event {
            WindowEvent::CloseRequested => event_loop.exit(),
            WindowEvent::Resized(size) => {
                if let Some(open) = &mut self.open {
                    open.is_hidden = size.width == 0 || size.height == 0;
                    open.screen.resize(size.width, size.height);
                }
            }
            WindowEvent::Occluded(is_hidden) => {
                if let Some(open) = &mut self.open {
                    open.is_hidden = is_hidden;
                }
            }
            WindowEvent::Moved(_) => {
                if let Some(open) = &mut self.open {
                    open.screen.moved();
                }
            }
            WindowEvent::KeyboardInput { event, .. } if event.state == ElementState::Pressed => {
                if let Some(command) = command::of_key(&event.logical_key) {
                    self.obey(event_loop, command);
                }
            }
            WindowEvent::RedrawRequested => self.redraw(event_loop),
            _ => {}
        }
    }

    fn about_to_wait(&mut self, event_loop: &ActiveEventLoop) {
        match &self.open {
            Some(open) if !open.is_hidden => {
                event_loop.set_control_flow(ControlFlow::Poll);
                open.window.request_redraw();
            }
            // Nothing to draw: look again now and then, so that the end and the sound are not missed.
            _ => {
                event_loop
                    .set_control_flow(ControlFlow::wait_duration(std::time::Duration::from_millis(100)));
            }
        }
    }
}

fn monitor(event_loop: &ActiveEventLoop, number: usize) -> Result<MonitorHandle, AppError> {
    let monitors: Vec<MonitorHandle> = event_loop.available_monitors().collect();
    monitors.get(number).cloned().ok_or_else(|| {
        let names =
            monitors.iter().enumerate().map(|(i, m)| format!("{i}: {}", m.name().unwrap_or_default()));
        AppError::NoMonitor { asked: number, have: names.collect::<Vec<_>>().join(", ") }
    })
}
