//! Chance that is the same on every machine and with every version of every crate.

/// SplitMix64 (Steele, Lea & Flood 2014).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to `end` - 1; `end` is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// From 0 to 1, 1 excluded.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// True so often.
    pub fn chance(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    /// From 0 to `end` - 1, k as often as 1 / (k + 1): as often as words occur by their rank (Zipf).
    pub fn rank(&mut self, end: usize) -> usize {
        let rank = ((self.unit() * (end as f64 + 1.0).ln()).exp() - 1.0) as usize;
        rank.min(end - 1)
    }

    /// A permutation of the digits that leaves 0 where it is: what is equal stays equal, and so do magnitudes.
    pub fn digits(&mut self) -> [u8; 10] {
        let mut digits = *b"0123456789";
        for k in (2..10).rev() {
            digits.swap(k, 1 + self.below(k));
        }
        digits
    }
}
