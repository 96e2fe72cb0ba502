//! What the proof costs: `cargo bench --bench proof` (up to 100,000 rules; `NETDSL_BENCH_RULES=1000000` for more).
//!
//! For programs of growing size, a tenth of whose selectors are negative or name several keys: the whole compile,
//! and of it reading the written bytes, giving them their meaning, and comparing that with the program's. Times of one run
//! beside each other; what counts are the ratios.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a measurement takes time and prints")]

use std::fmt::Write;
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use netdsl::backend::Options;
use netdsl::load::{self, Disk, Root};
use netdsl::verify::{self, Verdict};
use netdsl::{denote, pipeline};

/// A disk without files: the program comes as a text.
struct NoFiles;

impl Disk for NoFiles {
    fn read(&mut self, _: &Utf8Path) -> Result<Vec<u8>, String> {
        Err("no such file".to_owned())
    }

    fn canonical(&mut self, _: &Utf8Path) -> Result<Utf8PathBuf, String> {
        Err("no such file".to_owned())
    }

    fn exists(&mut self, _: &Utf8Path) -> bool {
        false
    }

    fn working_directory(&self) -> Utf8PathBuf {
        "/".into()
    }
}

/// Numbers that look random and are the same in each run (a linear congruence).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % end
    }
}

/// So many rules: a namespace for each hundred, ten `pods` in each.
fn program(rules: usize) -> String {
    let namespaces = (rules / 100).max(2);
    let mut numbers = Numbers(7);
    let mut text = "label app = *\nlabel tier = *\nlabel env = prod | dev | qa\n".to_owned();
    for namespace in 0..namespaces {
        let _ = writeln!(text, "namespace ns-{namespace} {{");
        for pods in 0..10 {
            let port = 8000 + pods;
            let _ = writeln!(
                text,
                "  pods app{pods} where app=a{namespace}-{pods}, tier=t{} {{ port main = {port} }}",
                pods % 3
            );
        }
        for _ in 0..rules / namespaces {
            let (from, to, other) = (numbers.below(10), numbers.below(10), numbers.below(namespaces));
            let _ = match numbers.below(20) {
                0 => writeln!(text, "  allow env!=dev, tier=t{} -> app{to}", from % 3),
                1 => writeln!(text, "  allow ns-{other}/env notin (qa) -> app{to}"),
                2 => writeln!(text, "  allow app{from} -> internet:443"),
                3..=9 => writeln!(text, "  allow app{from} -> app{to}"),
                _ => writeln!(text, "  allow app{from} -> ns-{other}/app{to}"),
            };
        }
        text.push_str("}\n");
    }
    text
}

fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = run();
    (result, start.elapsed())
}

fn main() {
    let most = std::env::var("NETDSL_BENCH_RULES").ok().and_then(|text| text.parse().ok()).unwrap_or(100_000);
    println!(
        "{:>9} {:>12} {:>10} {:>10} {:>10} {:>10}",
        "rules", "YAML bytes", "compile", "read", "denote", "compare"
    );
    for count in [1_000, 10_000, 100_000, 1_000_000].into_iter().filter(|count| *count <= most) {
        let text = program(count).into_bytes();
        let (compiled, whole) = timed(|| {
            let root = Root::Text { name: "program".into(), bytes: text };
            let mut loaded = load::load(vec![root], &mut NoFiles).unwrap_or_default();
            let checked = pipeline::compile(&mut loaded, &Options::default());
            checked
                .output
                .unwrap_or_else(|| panic!("the program compiles: {:?}", checked.diagnostics.first()))
        });
        let yaml = &compiled.files[0].text;
        let (objects, read) = timed(|| denote::read(yaml).unwrap_or_else(|errors| panic!("{errors:?}")));
        let ((policy, _), denoted) = timed(|| denote::denote(&objects));
        let other = policy.clone();
        let (verdict, compared) = timed(|| verify::compare(&policy, &other));
        assert!(matches!(verdict, Verdict::Proved(_)), "what was read is equal to itself");
        let part = |time: Duration| format!("{:.1} %", 100.0 * time.as_secs_f64() / whole.as_secs_f64());
        println!(
            "{count:>9} {:>12} {:>8} ms {:>10} {:>10} {:>10}",
            yaml.len(),
            whole.as_millis(),
            part(read),
            part(denoted),
            part(compared)
        );
    }
}
