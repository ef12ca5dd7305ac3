/// Numbers without a pattern: the fractions of the golden ratio and of the square roots of 2 and 3.
const MULTIPLIERS: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0x6a09_e667_f3bc_c909];
const SEED: u64 = 0xbb67_ae85_84ca_a73b;

/// 128 bits of a file's content, the same on every machine and in every version: by which a file that changed is told from what it
/// was. It is no defence against somebody who makes another file with the same.
pub(super) fn digest(bytes: &[u8]) -> String {
    let mut sums = [SEED, !SEED];
    let mut mix = |word: u64| {
        for (sum, multiplier) in sums.iter_mut().zip(MULTIPLIERS) {
            *sum = (*sum ^ word).wrapping_mul(multiplier);
            *sum ^= *sum >> 29;
        }
    };
    let (words, rest) = bytes.as_chunks::<8>();
    words.iter().for_each(|&word| mix(u64::from_le_bytes(word)));
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    mix(u64::from_le_bytes(last));
    mix(bytes.len() as u64);
    mix(SEED);
    format!("{:016x}{:016x}", sums[0], sums[1])
}

#[cfg(test)]
mod tests {
    use super::digest;

    #[test]
    fn what_differs_in_a_bit_or_a_length_has_another_digest() {
        let of = [digest(b""), digest(b"\0"), digest(b"\0\0"), digest(b"12345678"), digest(b"12345679")];
        for (index, one) in of.iter().enumerate() {
            assert!(of[index + 1..].iter().all(|other| one != other), "{of:?}");
        }
        assert_eq!(digest(b"initscope"), digest(b"initscope"));
    }
}
