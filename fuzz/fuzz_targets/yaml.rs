//! Reads any text as NetworkPolicies.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netdsl_fuzz::laws;

fuzz_target!(|bytes: &[u8]| laws::yaml_reader(bytes));
