//! The normal draws of TensorFlow 1, as Keras 2 asked for them.

/// The graph's seed where none was set.
const GRAPH_SEED: u32 = 87_654_321;
const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];

/// Philox4x32-10 (Salmon et al. 2011).
fn philox(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    for _ in 0..10 {
        let [low, high] = [0, 2].map(|at| u64::from(MULTIPLIERS[at / 2]) * u64::from(counter[at]));
        counter = [
            (high >> 32) as u32 ^ counter[1] ^ key[0],
            high as u32,
            (low >> 32) as u32 ^ counter[3] ^ key[1],
            low as u32,
        ];
        key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
    }
    counter
}

/// The standard normal draws of an operation with this seed, one after the other.
pub fn normals(seed: u64) -> impl Iterator<Item = f32> {
    (0_u64..).flat_map(move |group| {
        let counter = [group as u32, (group >> 32) as u32, seed as u32, (seed >> 32) as u32];
        let [first, second, third, fourth] = philox(counter, [GRAPH_SEED, 0]);
        let ([one, two], [three, four]) = (pair(first, second), pair(third, fourth));
        [one, two, three, four]
    })
}

/// Box and Muller's two normals of two random words, rounded to f32 where TensorFlow rounds; sines differ in the last bit.
fn pair(first: u32, second: u32) -> [f32; 2] {
    let (first, second) = (uniform(first).max(1e-7), uniform(second));
    let angle = std::f32::consts::TAU * second;
    let radius = (-2.0 * libm::log(f64::from(first)) as f32).sqrt();
    let (sine, cosine) = libm::sincos(f64::from(angle));
    [sine as f32 * radius, cosine as f32 * radius]
}

/// In [0, 1), from the low 23 bits.
fn uniform(word: u32) -> f32 {
    f32::from_bits(0x3F80_0000 | (word & 0x007F_FFFF)) - 1.0
}
