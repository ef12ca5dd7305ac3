use std::ffi::OsString;
use std::path::PathBuf;

use super::jobs::Jobs;
use super::lesson_arguments::LessonCommand;
use super::list::Names;
use super::stats::Format;
use crate::experiment::{NetworkFramework as Framework, Settings, real, whole};
use crate::figure::{Quantity, SheetSettings, ViewSettings};
use crate::page::{FileKind, Texts};
use crate::sweep::SweptSetting;
use crate::training::TrainingSettings;

/// The version. Packages are built with the commit and its date in it, by `packaging/build`; other builds do not look, so that a
/// new commit alone compiles nothing again.
const VERSION: &str = match option_env!("INITSCOPE_VERSION") {
    Some(version) => version,
    None => env!("CARGO_PKG_VERSION"),
};

/// See what weight initialization does to a deep network
#[derive(Debug, clap::Parser)]
#[command(
    name = "initscope",
    version = VERSION,
    args_conflicts_with_subcommands = true,
    after_help = WINDOW
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Scene, lesson, or figure that carries a scene, to open in the window. Or the network of a file (the same as --network), or data of
    /// your own: an IDX, CSV or .npz file, or a folder (the same as --data)
    #[arg(value_name = "FILE", conflicts_with_all = ["preset", "scene"])]
    pub file: Option<PathBuf>,
    /// Lesson to open in the window: one of `initscope list lessons`, or a file
    #[arg(long, value_name = "NAME|FILE", conflicts_with_all = ["preset", "scene", "network", "file"])]
    pub lesson: Option<PathBuf>,
    /// Whether axes glide and lists fade in the window; by default what was chosen in the menu View, or what the system says
    #[arg(long, value_name = "on|off", value_enum, ignore_case = true, hide_possible_values = true)]
    pub motion: Option<MotionFlag>,
    #[command(flatten)]
    pub asked: ExperimentFlags,
}

/// Whether things move by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum MotionFlag {
    On,
    Off,
}

/// The experiments: what the flags change, and the flags.
#[derive(Debug, Default, PartialEq, clap::Args)]
pub(super) struct ExperimentFlags {
    /// Start from a preset; `initscope list presets` says what each shows
    #[arg(long, value_name = "NAME", help_heading = "Experiment")]
    pub preset: Option<String>,
    /// Start from a scene: a TOML file with version = 2 and [[experiments]]; its keys are these flags, with underscores.
    /// `-` is standard input
    #[arg(long, value_name = "FILE", help_heading = "Experiment", conflicts_with = "preset")]
    pub scene: Option<PathBuf>,
    /// Look at the network of a file in place of a drawn one: .npz, .safetensors, PyTorch's .pt or .pth, Keras's .keras or .h5, or
    /// .onnx, recognised by its content; --activation is for hidden layers whose activation the file does not name
    #[arg(long, value_name = "FILE", help_heading = "Experiment", conflicts_with = "preset")]
    pub network: Option<PathBuf>,
    /// Exchange rows and columns of the square kernels of that file, whose shape does not say which are the inputs
    #[arg(long, help_heading = "Experiment")]
    pub transposed_kernels: bool,
    #[command(flatten)]
    pub settings: Settings,
}

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Measure every hidden layer and print the numbers
    #[command(after_help = ARTICLE)]
    Stats {
        /// Format of the output
        #[arg(long, value_enum, ignore_case = true, value_name = "table|json|csv", default_value_t = Format::Table, hide_possible_values = true)]
        format: Format,
        /// Try what helps against what is wrong, such as another initializer or a bias, and print what it does
        #[arg(long)]
        remedies: bool,
        #[command(flatten)]
        jobs: Jobs,
        #[command(flatten)]
        training: Box<TrainingSettings>,
        #[command(flatten)]
        asked: Box<ExperimentFlags>,
    },
    /// Write a figure: violins, units, images x units, activation, norms, landscape or a training; several experiments become
    /// panels, or networks that are trained side by side
    #[command(after_help = RENDER)]
    Render {
        #[command(flatten)]
        flags: Box<RenderFlags>,
        #[command(flatten)]
        asked: Box<ExperimentFlags>,
    },
    /// Write a film of the layers while a setting moves or networks are trained, as animated GIF or PNG or as numbered pictures;
    /// the axis stands still
    #[command(after_help = ARTICLE)]
    Animate {
        #[command(flatten)]
        flags: Box<AnimateFlags>,
        #[command(flatten)]
        asked: Box<ExperimentFlags>,
    },
    /// Print a program that sets up this network in Keras or PyTorch, and trains it where there are settings of a training
    #[command(after_help = ARTICLE)]
    Code {
        /// The framework
        #[arg(value_enum, ignore_case = true, id = "of", value_name = "keras|pytorch", hide_possible_values = true)]
        of: Framework,
        #[command(flatten)]
        training: Box<TrainingSettings>,
        #[command(flatten)]
        asked: Box<ExperimentFlags>,
    },
    /// Write all arrays of a network to a .npz file for NumPy (x, labels, W, b, z, h, dLoss/dz, logits), or every value of
    /// one layer to a .csv file
    #[command(after_help = ARTICLE)]
    Export {
        /// File to write; an existing file is replaced
        #[arg(long, value_name = "FILE.npz|FILE.csv")]
        out: PathBuf,
        /// Layer whose values a .csv file has, counted from 1: a line for every image, a column for every unit
        #[arg(long, value_name = "N", value_parser = whole)]
        layer: Option<usize>,
        /// Values of that layer; `outputs` by default
        #[arg(
            long,
            value_name = "outputs|pre_activations|gradients|weights",
            value_enum,
            ignore_case = true,
            hide_possible_values = true
        )]
        quantity: Option<Quantity>,
        /// Write the file even if it takes more than 2 GiB
        #[arg(long)]
        force: bool,
        #[command(flatten)]
        training: Box<TrainingSettings>,
        #[command(flatten)]
        asked: Box<ExperimentFlags>,
    },
    /// Train networks side by side, and print what each step and epoch found; several initializers, sigmas, activations or
    /// learning rates are several networks
    #[command(after_help = ARTICLE)]
    Train {
        #[command(flatten)]
        flags: Box<TrainFlags>,
        #[command(flatten)]
        asked: Box<ExperimentFlags>,
    },
    /// Judge the network of a file layer by layer: what is wrong with it, the worst first, and what would help. Ends with 0 if
    /// nothing was found, 3 if something was, 1 if the file gives no network, and 2 if the command line is wrong
    #[command(after_help = ARTICLE)]
    Check {
        /// File of a network, of a kind that --network takes
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Look at the weights of its layers alone, those of convolutions and other kinds too, and judge nothing
        #[arg(long)]
        weights: bool,
        /// Format of the output
        #[arg(long, value_enum, ignore_case = true, value_name = "table|json", default_value_t = Format::Table, hide_possible_values = true)]
        format: Format,
        #[command(flatten)]
        jobs: Jobs,
        #[command(flatten)]
        asked: Box<ExperimentFlags>,
    },
    /// Check, begin or print a lesson: a scene in steps, each with a text, a question and what is true of it
    Lesson {
        #[command(subcommand)]
        command: LessonCommand,
    },
    /// Print completions of commands and flags for a shell
    Completions {
        /// The shell
        #[arg(
            value_enum,
            ignore_case = true,
            value_name = "bash|zsh|fish|elvish|powershell",
            hide_possible_values = true
        )]
        shell: clap_complete::Shell,
    },
    /// Print the manual page of the program, or of one of its commands
    Man {
        /// The command
        #[arg(value_name = "COMMAND")]
        of: Option<String>,
    },
    /// List the presets with what each shows, activations, initializers or optimizers with what each is in Keras and PyTorch, the
    /// lessons, or the columns of CSV and JSON
    List {
        /// What to list
        #[arg(
            value_enum,
            ignore_case = true,
            value_name = "presets|activations|initializers|optimizers|formats|lessons|columns",
            hide_possible_values = true
        )]
        names: Names,
    },
}

/// What `train` alone takes.
#[derive(Debug, clap::Args)]
pub(super) struct TrainFlags {
    /// Format of the output
    #[arg(long, value_enum, ignore_case = true, value_name = "table|json|csv", default_value_t = Format::Table, hide_possible_values = true)]
    pub format: Format,
    /// File of arrays to start from: W1, b1, W2, ... as `export` names them, or what --out left, to go on; with x and labels,
    /// and perhaps order, it is trained on these
    #[arg(long, value_name = "FILE.npz")]
    pub start: Option<PathBuf>,
    /// File to write the arrays to after the last step, with all losses and what is needed to go on; an existing file is
    /// replaced
    #[arg(long, value_name = "FILE.npz")]
    pub out: Option<PathBuf>,
    /// Number of seeds that every network is trained with, 2 to 20: those of the weights and of the order count up from --seed and
    /// --order-seed. Prints means with their standard errors; in JSON and CSV also what each seed found
    #[arg(long, value_name = "N", value_parser = whole, conflicts_with_all = ["start", "out"])]
    pub seeds: Option<usize>,
    /// Find the learning rate that each network learns fastest with, by short runs on a logarithmic grid, and train it with that;
    /// the runs have 200 steps if no other number is given
    #[arg(long, value_name = "STEPS", num_args = 0..=1, require_equals = true, default_missing_value = "200", value_parser = whole, conflicts_with_all = ["start", "learning_rate"])]
    pub tune: Option<usize>,
    #[command(flatten)]
    pub jobs: Jobs,
    #[command(flatten)]
    pub training: TrainingSettings,
}

/// What `render` alone takes.
#[derive(Debug, clap::Args)]
pub(super) struct RenderFlags {
    /// File to write: .svg, .pdf or .png, or .csv or .json for the numbers drawn; an existing file is replaced. `-` is
    /// standard output
    #[arg(long, value_name = "FILE")]
    pub out: OsString,
    /// Format of the file, if its name does not say it
    #[arg(long, value_name = "svg|pdf|png|csv|json", value_enum, ignore_case = true, hide_possible_values = true)]
    pub format: Option<FileKind>,
    /// Pixels of a PNG for each px of the size
    #[arg(long, value_name = "X", value_parser = real)]
    pub zoom: Option<f64>,
    /// Texts of an SVG: outlines, text with the glyphs it needs, or plain paths for programs that do not support <use>
    #[arg(long, value_name = "outlined|text|paths", value_enum, ignore_case = true, hide_possible_values = true)]
    pub text: Option<Texts>,
    #[command(flatten)]
    pub drawing: DrawingFlags,
    #[command(flatten)]
    pub training: TrainingSettings,
}

/// What `animate` alone takes.
#[derive(Debug, clap::Args)]
pub(super) struct AnimateFlags {
    /// File to write, .gif or .png (animated), or a folder for numbered pictures, with a name that ends in /
    #[arg(long, value_name = "FILE|FOLDER/")]
    pub out: PathBuf,
    /// What moves: a setting, or the step of a training, in which several experiments stand side by side, and with --show
    /// training under the curves of their race
    #[arg(long, visible_alias = "moving", value_name = "sigma|depth|bias|seed|step", value_enum, ignore_case = true, default_value_t = Moving::Sigma, hide_possible_values = true)]
    pub sweep: Moving,
    /// First value of the setting, or first step; steps begin at 0 by default
    #[arg(long, value_name = "X", allow_negative_numbers = true, value_parser = real)]
    pub from: Option<f64>,
    /// Last value of the setting, or last step; steps end with the training by default
    #[arg(long, value_name = "X", allow_negative_numbers = true, value_parser = real)]
    pub to: Option<f64>,
    /// Number of pictures, 2 to 1000; steps are spaced in equal ratios, or evenly with --time-scale linear
    #[arg(long, value_name = "N", default_value_t = 40, value_parser = whole)]
    pub frames: usize,
    /// Pictures per second, 0.1 to 50
    #[arg(long, value_name = "X", default_value_t = 8.0, value_parser = real)]
    pub fps: f64,
    /// Pixels for each px of the size
    #[arg(long, value_name = "X", value_parser = real)]
    pub zoom: Option<f64>,
    #[command(flatten)]
    pub drawing: DrawingFlags,
    #[command(flatten)]
    pub training: TrainingSettings,
}

/// What moves in a film.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Moving {
    Sigma,
    Depth,
    Bias,
    Seed,
    Step,
}

impl Moving {
    /// The setting, if it is one.
    pub fn setting(self) -> Option<SweptSetting> {
        match self {
            Self::Sigma => Some(SweptSetting::Sigma),
            Self::Depth => Some(SweptSetting::Depth),
            Self::Bias => Some(SweptSetting::Bias),
            Self::Seed => Some(SweptSetting::Seed),
            Self::Step => None,
        }
    }
}

/// What `render` and `animate` take alike.
#[derive(Debug, clap::Args)]
pub(super) struct DrawingFlags {
    /// Font to use instead of Inter, the program's own: an installed one by its name, or a file; `Inter` overrides the
    /// font of a scene
    #[arg(long, value_name = "NAME|FILE.ttf")]
    pub font: Option<PathBuf>,
    /// Font for titles and names; by default the bold face of an installed font
    #[arg(long, value_name = "NAME|FILE.ttf")]
    pub font_bold: Option<PathBuf>,
    #[command(flatten)]
    pub jobs: Jobs,
    #[command(flatten)]
    pub figure: SheetSettings,
    #[command(flatten)]
    pub view: ViewSettings,
}

macro_rules! article {
    () => {
        "the article's case:\n\
         --data mnist --split test --images 10000 --layers 5 --width 100 --activation relu\n\
         --init random_normal --sigma 0.1 --weight-mean 0 --seed 10"
    };
}
const WINDOW: &str = concat!(
    "Without a command, the window opens: without flags as you left it,\n\
     with flags on the experiment they describe. They change ",
    article!()
);
const RENDER: &str = concat!(
    "The flags change ",
    article!(),
    "\n\nThe presets article_... and intoli_relu are drawn as the article draws them: every panel on its own axis,\n\
     without numbers, marks, legend and, if there are several panels, without a title. To draw them as the window\n\
     exports them, add --title --numbers --marks --legend --free-axes=false.\n\n\
     In CSV and JSON every mark that is drawn is a row; `initscope list columns` explains the columns."
);
const ARTICLE: &str = concat!("The flags change ", article!());
