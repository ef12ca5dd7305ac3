use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::Error;
use super::lesson_arguments::{LessonCommand, LessonFormat};
use super::progress::ProgressLine;
use super::written::written;
use crate::engine::Measurer;
use crate::lesson::{BuiltIn, HandoutPage, Lesson, LessonFile, LessonSource, LessonWatch, check, template};
use crate::page::{AnimationFormat, PageFormat};
use crate::whole_file::WholeFile;

/// What is done with a lesson.
#[derive(Debug)]
pub struct LessonWork(Work);

#[derive(Debug)]
enum Work {
    /// Every step is measured.
    Check { lesson: Box<Lesson>, images: usize, jobs: usize },
    /// A file to begin one's own with, or standard output.
    New(Option<PathBuf>),
    /// Pages or a film, into a file or a folder.
    Render { lesson: Box<Lesson>, out: PathBuf, file: LessonFile, page: Box<HandoutPage>, zoom: f64 },
}

/// The lesson of a file, or one that comes with the program.
///
/// # Errors
/// If there is none.
pub(super) fn lesson_named(name: &Path) -> Result<(Lesson, LessonSource), Error> {
    match name.to_str().and_then(BuiltIn::named) {
        Some(built_in) if !name.is_file() => {
            let lesson =
                built_in.lesson().map(|lesson| (lesson.clone(), LessonSource::BuiltIn(built_in.name.to_owned())));
            lesson.ok_or_else(|| Error::Failed("this lesson of the program's is damaged".to_owned()))
        }
        _ if !name.exists() && name.components().count() == 1 && name.extension().is_none() => {
            let names: Vec<_> = BuiltIn::all().iter().map(|lesson| lesson.name).collect();
            let known = names.join(", ");
            Err(Error::Usage(format!("there is no lesson '{}': name a file, or one of {known}", name.display())))
        }
        _ => {
            let source = LessonSource::File(std::path::absolute(name).unwrap_or_else(|_| name.to_owned()));
            Lesson::read(name).map(|lesson| (lesson, source)).map_err(Error::failed)
        }
    }
}

impl LessonWork {
    /// # Errors
    /// If there is no such lesson, or the flags make no file.
    pub(super) fn new(command: LessonCommand) -> Result<Self, Error> {
        Ok(Self(match command {
            LessonCommand::Check { file, images, jobs } => {
                let images = images.map_or(Ok(usize::MAX), |images| match images {
                    0 => Err(Error::Usage("--images 0 is out of range: use 1 or more (see --help)".to_owned())),
                    images => Ok(images),
                })?;
                Work::Check { lesson: Box::new(lesson_named(&file)?.0), images, jobs: jobs.threads() }
            }
            LessonCommand::New { file } => Work::New(file),
            LessonCommand::Render { file, out, format, theme, zoom, jobs } => {
                let lesson = Box::new(lesson_named(&file)?.0);
                let format = format_of(&out, format)?;
                if !zoom.is_finite() || !(0.05..=32.0).contains(&zoom) {
                    return Err(Error::Usage(format!("--zoom {zoom} is out of range: use 0.05 to 32 (see --help)")));
                }
                let mut page = Box::new(HandoutPage { jobs: jobs.threads(), ..format.page() });
                page.sheet.theme = theme;
                Work::Render { lesson, out: out.into(), file: format, page, zoom }
            }
        }))
    }

    /// Does it.
    ///
    /// # Errors
    /// If images cannot be read, a file cannot be written, or a check found something.
    pub fn run(self) -> Result<(), Error> {
        match self.0 {
            Work::Check { lesson, images, jobs } => check_lesson(&lesson, images, jobs),
            Work::New(None) => print(template()),
            Work::New(Some(file)) => new_lesson(&file),
            Work::Render { lesson, out, file, page, zoom } => render(&lesson, file, &out, (&page, zoom)),
        }
    }
}

fn format_of(out: &OsString, format: Option<LessonFormat>) -> Result<LessonFile, Error> {
    let path = Path::new(out);
    let is_folder = path.to_string_lossy().ends_with(std::path::is_separator) || path.is_dir();
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    let ending = ending.as_deref().unwrap_or_default();
    match (format, is_folder, ending) {
        (Some(LessonFormat::Svg) | None, true, _) => Ok(LessonFile::Pages(PageFormat::Svg)),
        (Some(LessonFormat::Png), true, _) => Ok(LessonFile::Pages(PageFormat::Png)),
        (None | Some(LessonFormat::Pdf), false, "pdf") => Ok(LessonFile::Pages(PageFormat::Pdf)),
        (None | Some(LessonFormat::Gif), false, "gif") => Ok(LessonFile::Film(AnimationFormat::Gif)),
        (None | Some(LessonFormat::Apng), false, "apng" | "png") => Ok(LessonFile::Film(AnimationFormat::Apng)),
        _ => Err(Error::Usage(format!(
            "--out must name a file that ends in .pdf for a handout, in .gif or .png for a film, or a folder that ends in / \
             for numbered pages (--format svg|png): {}",
            path.display()
        ))),
    }
}

fn check_lesson(lesson: &Lesson, images: usize, jobs: usize) -> Result<(), Error> {
    let progress = ProgressLine::new();
    progress.say("measuring every step", 0, 1);
    let mut measurer = Measurer::with_threads(jobs).map_err(Error::failed)?;
    let checked = check(lesson, images, &mut measurer).map_err(Error::failed)?;
    drop(progress);
    let mut text = format!("{}\n", lesson.title);
    for (index, (found, step)) in checked.steps.iter().zip(&lesson.steps).enumerate() {
        let said = match &found.problems[..] {
            [] => "holds".to_owned(),
            [_] => "1 problem".to_owned(),
            several => format!("{} problems", several.len()),
        };
        let plural = if found.claims == 1 { "" } else { "s" };
        text += &format!("{:>3}  {}: {} claim{plural}, {said}\n", index + 1, step.title, found.claims);
        found.problems.iter().for_each(|problem| text += &format!("     {problem}\n"));
    }
    print(&text)?;
    if checked.steps.iter().all(|found| found.problems.is_empty()) { Ok(()) } else { Err(Error::Found) }
}

fn new_lesson(file: &Path) -> Result<(), Error> {
    if file.exists() {
        return Err(Error::Failed(format!("this file exists already: choose another name: {}", file.display())));
    }
    write(file, template().as_bytes())
}

fn render(lesson: &Lesson, file: LessonFile, out: &Path, page: (&HandoutPage, f64)) -> Result<(), Error> {
    let progress = ProgressLine::new();
    let say = |step, steps| {
        if step < steps {
            progress.say("drawing the step", step, steps);
        } else {
            progress.say("writing the file", 0, 1);
        }
    };
    let watch = LessonWatch { say: &say, ..LessonWatch::default() };
    file.write(lesson, out, page, &watch).map_err(Error::failed)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let done = WholeFile::create(path).and_then(|mut file| {
        file.write_all(bytes)?;
        file.finish()
    });
    done.map_err(|error| unwritable(&error, path))
}

fn unwritable(error: &std::io::Error, path: &Path) -> Error {
    Error::Failed(format!(
        "the lesson cannot be written ({error}): choose a folder that exists and that you may write to: {}",
        path.display()
    ))
}

fn print(text: &str) -> Result<(), Error> {
    let mut output = std::io::stdout().lock();
    written(output.write_all(text.as_bytes()).and_then(|()| output.flush()))
}
