/// Why there is no such figure; each a sentence.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SheetError {
    /// A text that is no size.
    #[error("--size '{0}' is not a size: write it as 1280x720, 160x90mm, 16:9, 4:3, half or column")]
    Size(String),
    /// One that no page has.
    #[error("--size '{0}' is out of range: use 100 to 8000 px (26 to 2117 mm) on either side")]
    SizeRange(String),
    /// Text that nobody could read, or that fills the page.
    #[error("--font-size {0} is out of range: use 4 to 200")]
    FontSize(f64),
    /// Pixels for every px that no picture has.
    #[error("--zoom {0} is out of range: use 0.05 to 32")]
    Zoom(f64),
    /// A text that is no colour, of a flag.
    #[error("{0} '{1}' is not a colour: write it as #rrggbb, for example #0072b2")]
    Color(&'static str, String),
    /// A list of no colours.
    #[error("{0} is empty: give it colours as #rrggbb with commas between them, or leave it out")]
    NoColors(&'static str),
    /// More colours than there are layers.
    #[error("{0} has too many colours: use 100 at most, one for each layer")]
    TooManyColors(&'static str),
    /// Layers are counted from 1.
    #[error("--layer 0 does not exist: layers are counted from 1")]
    Layer,
    /// Seeds that no race is repeated over.
    #[error("--seeds {0} is out of range: use 1 to 20")]
    Seeds(usize),
    /// A network that is called otherwise.
    #[error("--racer: {0}")]
    Racer(String),
}
