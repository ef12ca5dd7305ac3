//! The command line decides: open the window, or run one command.

use std::process::ExitCode;

use initscope::app;
use initscope::cli::{self, Error, Request};

fn main() -> ExitCode {
    cli::run(|| {
        cli::parse(std::env::args_os()).and_then(|request| match request {
            Request::Window(opened, beginning) => {
                app::open(opened.map(|opened| *opened), beginning).map_err(Error::failed)
            }
            Request::Print(print) => print.run(),
            Request::Export(export) => export.run(),
            Request::Render(render) => render.run(),
            Request::Animate(animate) => animate.run(),
            Request::Train(train) => train.run(),
            Request::Check(check) => check.run(),
            Request::Weights(weights) => weights.run(),
            Request::Lesson(work) => work.run(),
        })
    })
}
