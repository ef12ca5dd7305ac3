/// How many threads work.
#[derive(Debug, clap::Args)]
pub(super) struct Jobs {
    /// Number of threads, 1 to 256; by default one per core
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
}

impl Jobs {
    /// 0 is as many as there are cores.
    pub fn threads(&self) -> usize {
        self.jobs.map_or(0, usize::from)
    }
}
