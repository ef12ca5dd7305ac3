//! The command line: what it asks for, and the commands' results as text. Knows no window.

mod animate;
mod arguments;
mod check;
mod code;
mod error;
mod experiment_flags;
mod export;
mod jobs;
mod lesson;
mod lesson_arguments;
mod list;
mod manual;
mod network_flag;
mod progress;
mod render;
mod stats;
mod train;
mod training_flags;
mod usage;
mod weights;
mod wrapped;
mod written;

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;

pub use animate::Animate;
use arguments::{Arguments, Command, ExperimentFlags, MotionFlag};
pub use check::Check;
pub use error::Error;
pub use export::Export;
pub use lesson::LessonWork;
use list::Names;
pub use render::Render;
use stats::Format;
pub use train::Train;
use training_flags::LookedAt;
pub use weights::Weights;
use written::written;

use crate::caught::all_caught;
use crate::data_file::is_data;
use crate::experiment::at_home;
use crate::leftovers;
use crate::lesson::{Beginning, Opened};

/// What a command line asks for.
#[derive(Debug)]
pub enum Request {
    /// The window, with a scene or a lesson, or as it was left; and how it begins.
    Window(Option<Box<Opened>>, Beginning),
    /// A text on standard output.
    Print(Print),
    /// A file of arrays.
    Export(Export),
    /// A figure.
    Render(Box<Render>),
    /// A film.
    Animate(Box<Animate>),
    /// Trainings.
    Train(Box<Train>),
    /// A verdict.
    Check(Box<Check>),
    /// The weights of a file alone.
    Weights(Weights),
    /// What is done with a lesson.
    Lesson(Box<LessonWork>),
}

/// A result that is text.
#[derive(Debug)]
pub struct Print(PrintedText);

#[derive(Debug)]
enum PrintedText {
    /// The help or the version, which clap writes.
    Help(clap::Error),
    List(Names),
    /// Networks to be measured, the format, the threads, and whether what helps is tried.
    Stats(LookedAt, Format, (usize, bool)),
    /// Bytes that are known.
    Manual(Vec<u8>),
}

/// Reads a command line, the program's name first.
///
/// # Errors
/// If it is wrong, or names a scene that cannot be read.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Request, Error> {
    let mut arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(help) if !help.use_stderr() => return Ok(Request::Print(Print(PrintedText::Help(help)))),
        Err(error) => return Err(Error::Usage(usage::sentence(&error))),
    };
    let motion = arguments.motion.map(|motion| motion == MotionFlag::On);
    if let Some(file) = arguments.file.take().map(|file| at_home(&file)) {
        usage::check_file(&file)?;
        if is_data(&file) && arguments.asked.settings.data.is_none() {
            arguments.asked.settings.data = Some(file);
        } else {
            arguments.asked.take_file(&file)?;
        }
    }
    if let Some(lesson) = arguments.lesson.take().filter(|_| arguments.command.is_none()) {
        if arguments.asked != ExperimentFlags::default() {
            let sentence = "--lesson sets its own experiments: leave the other flags out (see --help)";
            return Err(Error::Usage(sentence.to_owned()));
        }
        let (lesson, source) = lesson::lesson_named(&lesson)?;
        let beginning = Beginning { motion, ..Beginning::default() };
        return Ok(Request::Window(Some(Box::new(Opened::Lesson(Box::new(lesson), source))), beginning));
    }
    Ok(match arguments.command {
        None if arguments.asked == ExperimentFlags::default() => {
            Request::Window(None, Beginning { motion, ..Beginning::default() })
        }
        None => {
            let (opened, guesses) = of_window(&arguments.asked)?;
            let beginning = Beginning { guesses, is_preset: arguments.asked.preset.is_some(), motion };
            Request::Window(Some(Box::new(opened)), beginning)
        }
        Some(Command::Lesson { command }) => Request::Lesson(Box::new(LessonWork::new(command)?)),
        Some(Command::Completions { shell }) => Request::Print(Print(PrintedText::Manual(manual::completions(shell)))),
        Some(Command::Man { of }) => Request::Print(Print(PrintedText::Manual(manual::page(of.as_deref())?))),
        Some(Command::List { names }) => Request::Print(Print(PrintedText::List(names))),
        Some(Command::Stats { asked, format, remedies, jobs, training }) => {
            stats::check(format, remedies)?;
            let looked_at = LookedAt::of(&asked, &asked.scene()?, &training)?;
            Request::Print(Print(PrintedText::Stats(looked_at, format, (jobs.threads(), remedies))))
        }
        Some(Command::Check { file, weights: true, format, asked, .. }) => {
            if *asked != ExperimentFlags::default() {
                return Err(Error::Usage(
                    "--weights looks at weights alone: leave out the flags of an experiment".to_owned(),
                ));
            }
            Request::Weights(Weights::new(&file, format)?)
        }
        Some(Command::Check { file, format, jobs, mut asked, .. }) => {
            asked.refuse_network(None, "the file to check is named without it, leave it out")?;
            asked.network = Some(file);
            Request::Check(Box::new(Check::new(&asked, format, jobs.threads())?))
        }
        Some(Command::Train { asked, flags }) => Request::Train(Box::new(Train::new(&asked, *flags)?)),
        Some(Command::Render { asked, flags }) => Request::Render(Box::new(Render::new(&asked, *flags)?)),
        Some(Command::Animate { asked, flags }) => Request::Animate(Box::new(Animate::new(&asked, *flags)?)),
        Some(Command::Code { of, mut asked, training }) => {
            let text = match code::given(&mut asked)? {
                Some(given) => code::of_files(&given, of, &training)?,
                None => code::text(&asked.scene()?, of, *training)?,
            };
            Request::Print(Print(PrintedText::Manual(text.into_bytes())))
        }
        Some(Command::Export { asked, out, force, layer, quantity, training }) => {
            let looked_at = LookedAt::of(&asked, &asked.scene()?, &training)?;
            Request::Export(Export::new(looked_at, out, force, (layer, quantity))?)
        }
    })
}

/// What the window is opened with: a scene, or a lesson, if the file is one and nothing else is asked for.
fn of_window(asked: &ExperimentFlags) -> Result<(Opened, bool), Error> {
    let path = asked.scene.as_ref().filter(|path| path.as_os_str() != "-");
    let nothing_else = *asked == ExperimentFlags { scene: asked.scene.clone(), ..ExperimentFlags::default() };
    if let Some(path) = path.filter(|_| nothing_else)
        && let lesson @ Opened::Lesson(..) = Opened::read(path).map_err(Error::failed)?
    {
        return Ok((lesson, false));
    }
    let (scene, guesses) = asked.window()?;
    Ok((Opened::Scene(Box::new(scene)), guesses))
}

impl Print {
    /// Makes the text and writes it to standard output. A reader that has seen enough is no error.
    ///
    /// # Errors
    /// If the images cannot be read, or the text cannot be written.
    pub fn run(&self) -> Result<(), Error> {
        let text = match &self.0 {
            PrintedText::Help(help) => return written(help.print()),
            PrintedText::List(names) => names.text().into_bytes(),
            PrintedText::Stats(looked_at, format, jobs) => stats::text(looked_at, *format, *jobs)?.into_bytes(),
            PrintedText::Manual(bytes) => bytes.clone(),
        };
        let mut output = std::io::stdout().lock();
        written(output.write_all(&text).and_then(|()| output.flush()))
    }
}

/// Does what the program is for; returns what it ends with. An error is one line on standard error, and so is a panic. When
/// the program is told to end, nothing unfinished is left.
pub fn run(work: impl FnOnce() -> Result<(), Error>) -> ExitCode {
    leftovers::remove_when_told_to_end();
    let done = all_caught(work).unwrap_or_else(|place| {
        let sentence =
            "the program failed because of a bug: please report it with this command line and the place of the bug";
        Err(Error::Failed(format!("{sentence} ({place})")))
    });
    let Err(error) = done else { return ExitCode::SUCCESS };
    if let Error::Found = error {
        return ExitCode::from(error.code());
    }
    // There is nowhere left to report that standard error is closed.
    let _ = writeln!(std::io::stderr(), "initscope: {}", error.line());
    ExitCode::from(error.code())
}
