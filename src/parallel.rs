//! Independent work on all cores; the results come in the order of the work, whoever finishes first.
//!
//! Threads are made once, for the first work that is worth them: a small program never waits for one. Where the
//! system gives none, everything is done by the caller. `RAYON_NUM_THREADS` limits how many there are.

use std::sync::OnceLock;

use rayon::ThreadPool;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

/// As much as a main thread has, which is where the same work is done for small programs.
const STACK_BYTES: usize = 8 << 20;

/// About how much work pays for a thread, in what it is done for: statements, flows, policies.
const WORTH_THREADS: usize = 500;

/// What becomes of each item. `size` says about how much work all of them are: in statements, flows or policies.
pub fn map<T: Send, R: Send>(items: Vec<T>, size: usize, work: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    let is_worth_it = items.len() > 1 && size >= WORTH_THREADS;
    match is_worth_it.then(pool).flatten() {
        Some(pool) => pool.install(|| items.into_par_iter().map(work).collect()),
        None => items.into_iter().map(work).collect(),
    }
}

/// What two pieces of work come to, each on a core of its own. Where there is one core, or `size` says that it is too
/// little work, the first is done before the second.
pub fn both<A: Send, B: Send>(
    size: usize,
    first: impl FnOnce() -> A + Send,
    second: impl FnOnce() -> B + Send,
) -> (A, B) {
    match (size >= WORTH_THREADS).then(pool).flatten() {
        Some(pool) => pool.join(first, second),
        None => (first(), second()),
    }
}

/// Drops what nobody needs any more beside what the caller goes on with; where there is one core, or little to drop,
/// at once.
pub fn release(size: usize, value: impl Send + 'static) {
    let pool = (size >= WORTH_THREADS).then(pool).flatten();
    match pool.filter(|pool| pool.current_num_threads() > 1) {
        Some(pool) => pool.spawn(move || drop(value)),
        None => drop(value),
    }
}

fn pool() -> Option<&'static ThreadPool> {
    static POOL: OnceLock<Option<ThreadPool>> = OnceLock::new();
    POOL.get_or_init(|| rayon::ThreadPoolBuilder::new().stack_size(STACK_BYTES).build().ok()).as_ref()
}

#[cfg(test)]
mod tests {
    use super::{WORTH_THREADS, both, map, release};

    #[test]
    fn results_come_in_the_order_of_the_work() {
        let squares: Vec<usize> = (0..2000).map(|number| number * number).collect();
        for size in [1, WORTH_THREADS] {
            assert_eq!(map((0..2000).collect(), size, |number: usize| number * number), squares);
        }
        assert!(map(Vec::<usize>::new(), WORTH_THREADS, |number| number).is_empty());
    }

    #[test]
    fn two_pieces_of_work_keep_their_places() {
        for size in [1, WORTH_THREADS] {
            let mut began = false;
            assert_eq!(both(size, || "first", || std::mem::replace(&mut began, true)), ("first", false));
            assert!(began);
        }
    }

    #[test]
    fn what_is_released_is_dropped() {
        for size in [1, WORTH_THREADS] {
            let (sender, receiver) = std::sync::mpsc::channel::<()>();
            release(size, sender);
            assert!(receiver.recv().is_err(), "the other end is gone");
        }
    }
}
