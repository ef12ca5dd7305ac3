//! What takes another look at all values: counts by size, and exact quantiles.

use std::ops::Range;

use rayon::prelude::*;

use super::{Crew, Run};
use crate::engine::cost;
use crate::engine::progress::Phase;
use crate::engine::streams::Stream;
use crate::engine::sweep::sweep;
use crate::network::{BLOCK, Interrupted};
use crate::stats::{Distribution, Octaves, Quantiles, Tally};

/// Quantiles of values, and of their sizes if these are asked for and are not the values.
type Both = (Quantiles, Option<Quantiles>);

/// For another thread's share of the values.
fn fork((of_values, of_sizes): &Both) -> Both {
    (of_values.fork(), of_sizes.as_ref().map(Quantiles::fork))
}

/// Adds a [fork].
fn merge((of_values, of_sizes): &mut Both, fork: Both) {
    of_values.merge(fork.0);
    if let Some((of_sizes, fork)) = of_sizes.as_mut().zip(fork.1) {
        of_sizes.merge(fork);
    }
}

impl Run {
    /// Counts of everything by size, at one more look at all values that were not counted so yet.
    pub fn ask_for_sizes(&mut self, crew: Crew<'_>) -> Result<(), Interrupted> {
        let Some((images, all)) = &self.all else { return Ok(()) };
        if self.distributions.iter().all(|distribution| distribution.sizes.is_some()) {
            return Ok(());
        }
        let (known, mut full) =
            self.octaves.take().unwrap_or_else(|| (0, vec![Octaves::default(); self.streams.len()]));
        crew.progress.enter(Phase::Quantiles);
        crew.progress.expect_at_least(Phase::Quantiles, self.looks_cost(known, *images));
        let start = || vec![Octaves::default(); self.streams.len()];
        let count = |octaves: &mut Octaves, values: &[f32]| octaves.add(values);
        let merge = |into: &mut [Octaves], more: &[Octaves]| {
            into.iter_mut().zip(more).for_each(|(octaves, more)| octaves.merge(more));
        };
        let whole = images / BLOCK;
        for octaves in self.look(known.min(whole)..whole, start, count, crew)? {
            merge(&mut full, &octaves);
        }
        let mut rest = full.clone();
        for octaves in self.look(whole..all.blocks, start, count, crew)? {
            merge(&mut rest, &octaves);
        }
        let each = self.distributions.iter_mut().zip(rest).zip(&all.tallies).zip(self.streams.iter());
        for (((distribution, octaves), tally), stream) in each {
            distribution.sizes = Some(octaves.sizes(tally, stream.limits));
        }
        self.octaves = Some((whole, full));
        Ok(())
    }

    /// Exact quantiles of everything, and of its sizes if it was counted by these, at one more pass over all values: kept ones
    /// as they are, the others computed again.
    pub fn ask_for_quantiles(&mut self, crew: Crew<'_>) -> Result<(), Interrupted> {
        let Some((images, all)) = &self.all else { return Ok(()) };
        let has_all = |distribution: &Distribution| {
            distribution.quantiles.is_some()
                && distribution.sizes.as_ref().is_none_or(|sizes| sizes.quantiles.is_some())
        };
        if self.distributions.iter().all(has_all) {
            return Ok(());
        }
        crew.progress.enter(Phase::Quantiles);
        let of = |((tally, stream), distribution): ((&Tally, &Stream), &Distribution)| {
            let of_values =
                distribution.quantiles.map_or_else(|| Quantiles::of(tally, stream.limits), Quantiles::already);
            // Where no value is negative the sizes are the values.
            let of_sizes = distribution.sizes.as_ref().filter(|_| tally.has_negative(stream.limits)).map(|sizes| {
                sizes.quantiles.map_or_else(|| Quantiles::of_sizes(tally, stream.limits), Quantiles::already)
            });
            (of_values, of_sizes)
        };
        let tallies = all.tallies.par_iter().zip(self.streams.par_iter()).zip(&self.distributions);
        let mut counts: Vec<Both> = crew.pool.install(|| tallies.map(of).collect());
        let is_unknown = |quantiles: &Quantiles| quantiles.known().is_none();
        while counts.iter().any(|(values, sizes)| is_unknown(values) || sizes.as_ref().is_some_and(is_unknown)) {
            crew.progress.expect_at_least(Phase::Quantiles, self.looks_cost(0, *images));
            let start = || counts.iter().map(fork).collect::<Vec<_>>();
            let add = |(of_values, of_sizes): &mut Both, values: &[f32]| {
                of_values.add(values);
                if let Some(sizes) = of_sizes {
                    sizes.add(values);
                }
            };
            let threads = self.look(0..all.blocks, start, add, crew)?;
            for forks in threads {
                counts.iter_mut().zip(forks).for_each(|(counts, fork)| merge(counts, fork));
            }
            let next = |(of_values, of_sizes): Both| (of_values.next(), of_sizes.map(Quantiles::next));
            counts = crew.pool.install(|| counts.into_par_iter().map(next).collect());
        }
        for (distribution, (of_values, of_sizes)) in self.distributions.iter_mut().zip(&counts) {
            distribution.quantiles = of_values.known();
            if let Some(sizes) = &mut distribution.sizes {
                sizes.quantiles = of_sizes.as_ref().unwrap_or(of_values).known();
            }
        }
        Ok(())
    }

    /// Shows every thread's counts the values of some blocks, stream after stream: kept ones as they are, the others computed
    /// again.
    fn look<T: Send>(
        &self,
        blocks: Range<usize>,
        start: impl Fn() -> Vec<T> + Sync,
        add: impl Fn(&mut T, &[f32]) + Sync,
        crew: Crew<'_>,
    ) -> Result<Vec<Vec<T>>, Interrupted> {
        let Some((images, all)) = &self.all else { return Ok(Vec::new()) };
        let start = || (None, start());
        let threads = sweep(crew.pool, blocks, start, |(workspace, counts), block| {
            if let Some(kept) = all.kept.get(block) {
                for (values, counts) in kept.iter().zip(counts) {
                    add(counts, values);
                }
                crew.progress.add(Phase::Quantiles, cost::look(self.streams.units()));
                return crew.go_on();
            }
            let workspace = workspace.get_or_insert_with(|| self.workspace());
            let emit = |stream: usize, values: &[f32]| add(&mut counts[stream], values);
            self.push((block, *images, None), workspace, crew, emit, |_, _| {})?;
            crew.progress.add(Phase::Quantiles, self.block_cost());
            Ok(())
        })?;
        Ok(threads.into_iter().map(|(_, counts)| counts).collect())
    }

    /// What one more look at the values of all blocks but the first few takes.
    fn looks_cost(&self, known: usize, images: usize) -> f64 {
        let blocks = images.div_ceil(BLOCK).saturating_sub(known);
        let kept = blocks.min(self.keep.saturating_sub(known));
        kept as f64 * cost::look(self.streams.units()) + (blocks - kept) as f64 * self.block_cost()
    }
}
