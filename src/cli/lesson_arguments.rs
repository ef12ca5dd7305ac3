use std::ffi::OsString;
use std::path::PathBuf;

use super::jobs::Jobs;
use crate::experiment::{real, whole};
use crate::figure::Theme;

/// What is done with a lesson.
#[derive(Debug, clap::Subcommand)]
pub(super) enum LessonCommand {
    /// Measure every step, and say what of its claims does not hold. Ends with 0 if all hold, 3 if something does not, 1 if there is
    /// no such lesson, and 2 if the command line is wrong
    Check {
        /// File of a lesson, or the name of one that comes with the program
        #[arg(value_name = "FILE|NAME")]
        file: PathBuf,
        /// Number of images to measure with, at most; by default those that the lesson says
        #[arg(long, value_name = "N", value_parser = whole)]
        images: Option<usize>,
        #[command(flatten)]
        jobs: Jobs,
    },
    /// Write a lesson to begin your own with, which explains every key
    New {
        /// File to write, such as my-lesson.initscope.toml; standard output, if none is named
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Write a handout, a page for every step with its figure, text and question, and the answers at the end; or a film, in which
    /// every picture is held until its text has been read, and a question comes before its answer
    Render {
        /// File of a lesson, or the name of one that comes with the program
        #[arg(value_name = "FILE|NAME")]
        file: PathBuf,
        /// File to write, which ends in .pdf for a handout, and in .gif or .png for a film; or a folder for numbered pages, with a
        /// name that ends in /
        #[arg(long, value_name = "FILE.pdf|FILE.gif|FOLDER/")]
        out: OsString,
        /// Format, where the name of the file does not say it: that of numbered pages
        #[arg(long, value_name = "pdf|svg|png|gif|apng", value_enum, ignore_case = true, hide_possible_values = true)]
        format: Option<LessonFormat>,
        /// Colours: for the screen, for a dark deck, for paper, or with the most contrast
        #[arg(
            long,
            value_name = "light|dark|print|high_contrast",
            value_enum,
            ignore_case = true,
            default_value_t = Theme::Light,
            hide_possible_values = true
        )]
        theme: Theme,
        /// Pixels of a PNG or a film for each px of the page
        #[arg(long, value_name = "X", default_value_t = 1.0, value_parser = real)]
        zoom: f64,
        #[command(flatten)]
        jobs: Jobs,
    },
}

/// What the pages of a lesson are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum LessonFormat {
    Pdf,
    Svg,
    Png,
    Gif,
    Apng,
}
