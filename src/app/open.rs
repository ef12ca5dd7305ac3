use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::reach::motion;
use super::{App, SessionFile};
use crate::caught::be_silent;
use crate::engine::Failure;
use crate::lesson::{Beginning, Opened};
use crate::panic_message::panic_message;

/// How the desktop knows the window: the name of its desktop entry and its icon, too (`packaging/`).
const APP_ID: &str = "org.initscope.initscope";

/// Why there is no window, or none any more; each a sentence.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The engine did not start.
    #[error(transparent)]
    Engine(#[from] Failure),
    /// The system shows no window.
    #[error(
        "the window could not be opened ({0}): on Debian or Ubuntu install libgl1 libegl1 libx11-xcb1 libxcursor1 \
         libxi6 libxkbcommon-x11-0, or use `initscope stats`, which needs no display"
    )]
    Window(String),
    /// The window broke down.
    #[error("the window failed ({0}): start again, your settings are kept")]
    Failed(String),
}

/// Opens the window on a scene, a lesson, or what the last session left.
///
/// # Errors
/// If the system shows no window or gives no threads.
pub fn open(opened: Option<Opened>, beginning: Beginning) -> Result<(), OpenError> {
    let is_open = Arc::new(AtomicBool::new(false));
    be_silent(false);
    say_panics_once(Arc::clone(&is_open));
    // Where a library of the system is missing, the window's creation panics.
    match catch_unwind(AssertUnwindSafe(|| run(opened, beginning, &is_open))) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(eframe::Error::AppCreation(error))) => Err(match error.downcast::<Failure>() {
            Ok(failure) => OpenError::Engine(*failure),
            Err(error) => OpenError::Window(error.to_string()),
        }),
        Ok(Err(error)) => Err(OpenError::Window(without_source(&error.to_string()).to_owned())),
        Err(panic) if is_open.load(Ordering::Relaxed) => {
            Err(OpenError::Failed(panic_message(panic.as_ref()).to_owned()))
        }
        Err(panic) => Err(OpenError::Window(panic_message(panic.as_ref()).trim_end_matches('.').to_owned())),
    }
}

fn run(opened: Option<Opened>, beginning: Beginning, is_open: &AtomicBool) -> eframe::Result {
    let mut file = SessionFile::of_user();
    let (session, notice) = file.as_mut().map_or_else(Default::default, SessionFile::load);
    let icon = eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon.png")).unwrap_or_default();
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("initscope")
            .with_app_id(APP_ID)
            .with_icon(icon)
            .with_inner_size(session.window)
            .with_min_inner_size([300.0, 200.0]),
        system_font_fallback: false,
        // There are no gradients that would need it.
        dithering: false,
        ..Default::default()
    };
    let create = |cc: &eframe::CreationContext<'_>| {
        is_open.store(true, Ordering::Relaxed);
        let mut app = App::new(&cc.egui_ctx, &session, file)?.on_cleared_ground(&cc.egui_ctx);
        app.notice = notice.or(app.notice);
        motion::follow_system(&cc.egui_ctx);
        if beginning.motion.is_some() {
            motion::choose(&cc.egui_ctx, beginning.motion);
        }
        match opened {
            Some(Opened::Scene(scene)) => app.begin_with(&cc.egui_ctx, *scene, beginning),
            Some(Opened::Lesson(lesson, source)) => app.begin_lesson(&cc.egui_ctx, *lesson, source),
            None => {}
        }
        Ok(Box::new(app) as Box<dyn eframe::App>)
    };
    eframe::run_native("initscope", options, Box::new(create))
}

/// Until the window is open a panic is said in the error's sentence, and nowhere else.
fn say_panics_once(is_open: Arc<AtomicBool>) {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if is_open.load(Ordering::Relaxed) {
            usual(info);
        }
    }));
}

/// What the window library says, without the line of its source that says it.
fn without_source(error: &str) -> &str {
    let Some((_, rest)) = error.split_once(".rs:") else { return error };
    rest.split_once(": ").map_or(error, |(_, reason)| reason).trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::without_source;

    #[test]
    fn a_reason_is_said_without_its_line_of_code() {
        let error =
            "winit EventLoopError: os error at /src/linux/mod.rs:765: neither WAYLAND_DISPLAY nor DISPLAY is set.";
        assert_eq!(without_source(error), "neither WAYLAND_DISPLAY nor DISPLAY is set");
        assert_eq!(without_source("no OpenGL"), "no OpenGL");
    }
}
