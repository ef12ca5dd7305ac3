//! Exact quantiles in three passes of counting over the bits of f32 (a radix selection). The counts are integers, so they do
//! not depend on the order the values come in, and the tables stay in the fastest cache, whatever the values.

use super::levels::{LEVELS, between};

/// Bits of a key that the first pass counts by; the second and third count by ten each.
const UPPER_BITS: u32 = 12;
const DIGIT_BITS: u32 = 10;
const DIGITS: usize = 1 << DIGIT_BITS;

/// How often the upper bits of an order-preserving f32 key occur: the first pass.
#[derive(Clone)]
pub(super) struct OrderCounts {
    counts: Vec<u32>,
    /// Bits of a value that are looked at: all, or those of its size.
    looked_at: u32,
}

/// The sign's bit.
const SIGN: u32 = 1 << 31;

impl Default for OrderCounts {
    fn default() -> Self {
        Self { counts: vec![0; 1 << UPPER_BITS], looked_at: u32::MAX }
    }
}

impl OrderCounts {
    /// Counts the values' sizes.
    pub fn of_sizes() -> Self {
        Self { looked_at: !SIGN, ..Self::default() }
    }

    /// An empty copy for another thread.
    pub fn fork(&self) -> Self {
        Self { looked_at: self.looked_at, ..Self::default() }
    }

    /// Counts all values but NaN.
    pub fn add(&mut self, values: &[f32]) {
        for &value in values {
            if !value.is_nan() {
                self.counts[upper(key(value, self.looked_at))] += 1;
            }
        }
    }

    /// Adds another thread's counts.
    pub fn merge(&mut self, other: &Self) {
        add_counts(&mut self.counts, &other.counts);
    }
}

/// The next bits of the keys around the wanted ranks: the second pass, and the third.
pub(super) struct RankCounts {
    /// For each value of the upper bits: the table of the second pass.
    groups: Vec<u8>,
    /// In the third pass, for each of these tables and each middle digit: the table that is counted in.
    fine: Vec<u8>,
    /// Bits above the digit that is counted, for each table but the first, which takes all keys where no rank lies:
    /// to count them is faster than to ask.
    prefixes: Vec<u32>,
    /// Counts of the digit, table after table.
    counts: Vec<u32>,
    ranks: Vec<BitRank>,
    /// See [`OrderCounts`].
    looked_at: u32,
}

/// A quantile between two neighbouring order statistics.
struct BitRank {
    fraction: f64,
    lower: OrderStatistic,
    upper: OrderStatistic,
}

/// An order statistic: the `within`-th value, from 0, among those of a table.
#[derive(Clone, Copy)]
struct OrderStatistic {
    table: usize,
    within: u64,
}

impl RankCounts {
    /// Prepares the second pass.
    pub fn around(order: &OrderCounts) -> Self {
        let total: u64 = order.counts.iter().copied().map(u64::from).sum();
        let mut counts = Self {
            groups: vec![0; 1 << UPPER_BITS],
            fine: Vec::new(),
            prefixes: Vec::new(),
            counts: vec![0; DIGITS],
            ranks: Vec::new(),
            looked_at: order.looked_at,
        };
        if total == 0 {
            return counts;
        }
        let place = |counts: &mut Self, rank: u64| {
            let (upper, within) = locate(&order.counts, rank);
            let table = counts.table_of(upper as u32);
            counts.groups[upper] = table as u8;
            OrderStatistic { table, within }
        };
        for level in LEVELS {
            let position = level * (total - 1) as f64;
            let lower = position.floor() as u64;
            let upper = (lower + 1).min(total - 1);
            let fraction = position - position.floor();
            let rank = BitRank { fraction, lower: place(&mut counts, lower), upper: place(&mut counts, upper) };
            counts.ranks.push(rank);
        }
        counts
    }

    /// Whether this was the third pass.
    pub fn is_last(&self) -> bool {
        !self.fine.is_empty()
    }

    /// After the second pass: prepares the third.
    pub fn closer(&self) -> Self {
        let mut counts = Self {
            groups: self.groups.clone(),
            fine: vec![0; self.counts.len()],
            prefixes: Vec::new(),
            counts: vec![0; DIGITS],
            ranks: Vec::new(),
            looked_at: self.looked_at,
        };
        let place = |counts: &mut Self, place: OrderStatistic| {
            let (digit, within) = self.locate(place);
            let table = counts.table_of(self.prefixes[place.table - 1] << DIGIT_BITS | digit as u32);
            counts.fine[place.table * DIGITS + digit] = table as u8;
            OrderStatistic { table, within }
        };
        for rank in &self.ranks {
            let (lower, upper) = (place(&mut counts, rank.lower), place(&mut counts, rank.upper));
            counts.ranks.push(BitRank { fraction: rank.fraction, lower, upper });
        }
        counts
    }

    /// An empty copy for another thread.
    pub fn fork(&self) -> Self {
        Self {
            groups: self.groups.clone(),
            fine: self.fine.clone(),
            prefixes: self.prefixes.clone(),
            counts: vec![0; self.counts.len()],
            ranks: Vec::new(),
            looked_at: self.looked_at,
        }
    }

    /// Counts the values by their next digit. With NaN among them there are no quantiles, and nothing here to be read.
    pub fn add(&mut self, values: &[f32]) {
        const LAST: usize = DIGITS - 1;
        if self.fine.is_empty() {
            for &value in values {
                let key = key(value, self.looked_at);
                let table = usize::from(self.groups[upper(key)]);
                self.counts[table * DIGITS + ((key >> DIGIT_BITS) as usize & LAST)] += 1;
            }
            return;
        }
        for &value in values {
            let key = key(value, self.looked_at);
            let group = usize::from(self.groups[upper(key)]);
            let table = usize::from(self.fine[group * DIGITS + ((key >> DIGIT_BITS) as usize & LAST)]);
            self.counts[table * DIGITS + (key as usize & LAST)] += 1;
        }
    }

    /// Adds another thread's counts.
    pub fn merge(&mut self, other: &Self) {
        add_counts(&mut self.counts, &other.counts);
    }

    /// After the third pass: the quantiles at [`LEVELS`]; NaN of no values.
    pub fn quantiles(&self) -> [f64; LEVELS.len()] {
        let mut quantiles = [f64::NAN; LEVELS.len()];
        for (quantile, rank) in quantiles.iter_mut().zip(&self.ranks) {
            let (lower, upper) = (self.value(rank.lower), self.value(rank.upper));
            *quantile = between(lower, upper, rank.fraction);
        }
        quantiles
    }

    fn value(&self, place: OrderStatistic) -> f64 {
        let (digit, _) = self.locate(place);
        f64::from(from_key(self.prefixes[place.table - 1] << DIGIT_BITS | digit as u32))
    }

    fn locate(&self, place: OrderStatistic) -> (usize, u64) {
        locate(&self.counts[place.table * DIGITS..][..DIGITS], place.within)
    }

    /// The table for keys with this prefix, made if there is none.
    fn table_of(&mut self, prefix: u32) -> usize {
        if let Some(known) = self.prefixes.iter().position(|&known| known == prefix) {
            return known + 1;
        }
        self.prefixes.push(prefix);
        self.counts.resize((self.prefixes.len() + 1) * DIGITS, 0);
        self.prefixes.len()
    }
}

/// Where the `rank`-th of the counted values is, and its rank among those that are counted there.
fn locate(counts: &[u32], rank: u64) -> (usize, u64) {
    let mut within = rank;
    for (index, &count) in counts.iter().enumerate() {
        if within < u64::from(count) {
            return (index, within);
        }
        within -= u64::from(count);
    }
    (counts.len() - 1, 0)
}

fn add_counts(counts: &mut [u32], more: &[u32]) {
    for (count, more) in counts.iter_mut().zip(more) {
        *count += more;
    }
}

fn upper(key: u32) -> usize {
    (key >> (32 - UPPER_BITS)) as usize
}

/// Bits of an f32 in an order that is the order of the values, or of their sizes if the sign is not looked at.
fn key(value: f32, looked_at: u32) -> u32 {
    let bits = value.to_bits() & looked_at;
    // All bits of a negative value are turned, of others the sign's.
    bits ^ (((bits as i32 >> 31) as u32) | SIGN)
}

fn from_key(key: u32) -> f32 {
    f32::from_bits(if key >> 31 == 1 { key & !(1 << 31) } else { !key })
}
