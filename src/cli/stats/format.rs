/// How a measurement is written.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(in crate::cli) enum Format {
    Table,
    Json,
    Csv,
}
