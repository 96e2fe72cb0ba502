//! Reads, checks and shows the findings of any bytes.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use netdsl_fuzz::{laws, mutate};

fuzz_target!(|bytes: &[u8]| laws::parse(bytes));
fuzz_mutator!(|data: &mut [u8], size: usize, max: usize, seed: u32| {
    mutate::mutate(data, size, max, seed)
});
