use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::ThreadPool;

use crate::network::{BLOCK, Interrupted};

/// Images of a block, among the first `images`.
pub(super) fn images_of(block: usize, images: usize) -> Range<usize> {
    block * BLOCK..((block + 1) * BLOCK).min(images)
}

/// Runs `step` for every block on all threads of the pool, each thread with an accumulator of its own, and returns these.
/// Which thread gets which block is left to chance: what is accumulated must not depend on it.
///
/// # Errors
/// [`Interrupted`] if a step says so; the others stop at their next block.
pub(super) fn sweep<A: Send>(
    pool: &ThreadPool,
    blocks: Range<usize>,
    start: impl Fn() -> A + Sync,
    step: impl Fn(&mut A, usize) -> Result<(), Interrupted> + Sync,
) -> Result<Vec<A>, Interrupted> {
    let next = AtomicUsize::new(blocks.start);
    let threads = pool.broadcast(|_| {
        let mut accumulator = start();
        loop {
            let block = next.fetch_add(1, Ordering::Relaxed);
            if block >= blocks.end {
                return Ok(accumulator);
            }
            if let Err(interrupted) = step(&mut accumulator, block) {
                next.store(blocks.end, Ordering::Relaxed);
                return Err(interrupted);
            }
        }
    });
    threads.into_iter().collect()
}
