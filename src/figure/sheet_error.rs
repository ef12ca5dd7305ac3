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
    /// Layers are counted from 1.
    #[error("--layer 0 does not exist: layers are counted from 1")]
    Layer,
}
