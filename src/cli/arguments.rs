use std::path::PathBuf;

use super::list::Names;
use super::stats::Format;
use crate::experiment::Settings;

/// See what weight initialization does to a deep network
#[derive(Debug, clap::Parser)]
#[command(
    name = "initscope",
    version,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    after_help = WINDOW
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub asked: Asked,
}

/// The experiments: what the flags change, and the flags.
#[derive(Debug, Default, PartialEq, clap::Args)]
pub(super) struct Asked {
    /// Start from a preset; `initscope list presets` says what each shows
    #[arg(long, value_name = "NAME", help_heading = "Experiment")]
    pub preset: Option<String>,
    /// Start from a scene: a TOML file with version = 1 and [[experiments]], whose keys are these flags, underscored
    #[arg(long, value_name = "FILE", help_heading = "Experiment", conflicts_with = "preset")]
    pub scene: Option<PathBuf>,
    #[command(flatten)]
    pub settings: Settings,
}

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Measure every hidden layer and print the numbers
    #[command(after_help = ARTICLE)]
    Stats {
        /// What to print
        #[arg(long, value_enum, value_name = "table|json|csv", default_value_t = Format::Table, hide_possible_values = true)]
        format: Format,
        #[command(flatten)]
        asked: Box<Asked>,
    },
    /// Write all arrays of a network into a .npz file: x, labels, W, b, z, h, dLoss/dz, logits, for NumPy
    #[command(after_help = ARTICLE)]
    Export {
        /// The file; one that is there is replaced
        #[arg(long, value_name = "FILE.npz")]
        out: PathBuf,
        /// Even if it takes more than 2 GiB
        #[arg(long)]
        force: bool,
        #[command(flatten)]
        asked: Box<Asked>,
    },
    /// List the presets with what each shows, or activations or initializers with what each is in Keras and PyTorch
    List {
        /// Which names
        #[arg(value_enum, value_name = "presets|activations|initializers", hide_possible_values = true)]
        names: Names,
    },
}

macro_rules! article {
    () => {
        "the article's case:\n\
         --data mnist --split test --images 10000 --layers 5 --width 100 --activation relu\n\
         --init random_normal --sigma 0.1 --weight-mean 0 --seed 10"
    };
}
const WINDOW: &str = concat!(
    "Without a command, the window opens: without flags as it was left,\nwith flags on what they change in ",
    article!()
);
const ARTICLE: &str = concat!("The flags change ", article!());
