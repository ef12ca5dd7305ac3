//! Contents told apart by a few bytes.

/// Numbers without a pattern: the fractions of the golden ratio and of the square roots of 2 and 3.
const MULTIPLIERS: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0x6a09_e667_f3bc_c909];
const SEED: u64 = 0xbb67_ae85_84ca_a73b;

/// 128 bits of a content, the same on every machine and in every version: by which a file that changed is told from what it
/// was. It is no defence against somebody who makes another file with the same.
pub struct Digest {
    sums: [u64; 2],
    /// Bytes that are no whole word yet.
    rest: Vec<u8>,
    length: u64,
}

impl Default for Digest {
    fn default() -> Self {
        Self { sums: [SEED, !SEED], rest: Vec::new(), length: 0 }
    }
}

impl Digest {
    /// Adds bytes behind those that are in.
    pub fn add(&mut self, mut bytes: &[u8]) {
        self.length += bytes.len() as u64;
        if !self.rest.is_empty() {
            let missing = (8 - self.rest.len()).min(bytes.len());
            self.rest.extend_from_slice(&bytes[..missing]);
            bytes = &bytes[missing..];
            let (words, _) = self.rest.as_chunks::<8>();
            let Some(&word) = words.first() else { return };
            self.mix(u64::from_le_bytes(word));
            self.rest.clear();
        }
        let (words, rest) = bytes.as_chunks::<8>();
        words.iter().for_each(|&word| self.mix(u64::from_le_bytes(word)));
        self.rest.extend_from_slice(rest);
    }

    fn mix(&mut self, word: u64) {
        for (sum, multiplier) in self.sums.iter_mut().zip(MULTIPLIERS) {
            *sum = (*sum ^ word).wrapping_mul(multiplier);
            *sum ^= *sum >> 29;
        }
    }

    /// The digest of all that is in, as 32 hexadecimal digits.
    pub fn finish(mut self) -> String {
        let mut last = [0; 8];
        last[..self.rest.len()].copy_from_slice(&self.rest);
        self.mix(u64::from_le_bytes(last));
        self.mix(self.length);
        self.mix(SEED);
        format!("{:016x}{:016x}", self.sums[0], self.sums[1])
    }
}

/// The digest of these bytes.
pub fn digest(bytes: &[u8]) -> String {
    let mut digest = Digest::default();
    digest.add(bytes);
    digest.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_in_a_bit_or_a_length_has_another_digest() {
        let of = [digest(b""), digest(b"\0"), digest(b"\0\0"), digest(b"12345678"), digest(b"12345679")];
        for (index, one) in of.iter().enumerate() {
            assert!(of[index + 1..].iter().all(|other| one != other), "{of:?}");
        }
        assert_eq!(digest(b"initscope"), digest(b"initscope"));
    }

    #[test]
    fn pieces_make_the_same_digest_as_the_whole() {
        let whole: Vec<u8> = (0..100).collect();
        for piece in [1, 3, 7, 8, 9, 64] {
            let mut digest_of_pieces = Digest::default();
            whole.chunks(piece).for_each(|bytes| digest_of_pieces.add(bytes));
            assert_eq!(digest_of_pieces.finish(), digest(&whole), "pieces of {piece}");
        }
    }
}
