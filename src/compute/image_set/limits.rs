/// Classes that labels may tell apart.
pub const MOST_CLASSES: usize = 256;
/// Values that an image may have.
pub const MOST_VALUES: usize = 10_000;
/// Images that a set has at least.
pub const LEAST_IMAGES: usize = 5;
