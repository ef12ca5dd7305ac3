/// Images that go through all layers together: few enough that a layer's values stay in the fastest cache, and that a few
/// units of them fit the registers.
pub const BLOCK: usize = 64;
