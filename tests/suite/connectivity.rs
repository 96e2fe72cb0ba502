//! Nineteen whole clusters, and the connections that an independent analyser lists for them.
//!
//! The policies go through the crate's reader and meaning; pods, namespaces and the listing are read here.

mod cluster;
mod listing;

use std::collections::BTreeSet;

use crate::corpus;
use cluster::Cluster;

#[test]
fn listed_connections_of_whole_clusters_are_reproduced() {
    let Some(folder) = corpus::folder("connectivity") else {
        return;
    };
    let mut clusters = 0;
    for case in corpus::files(&folder, &[""]) {
        let cluster = Cluster::read(&case.join("input"));
        let expected = listing::expected(&corpus::text(&case.join("expected_connlist.txt")), &cluster);
        let found = listing::found(&cluster);
        let missing: Vec<_> = expected.difference(&found).collect();
        let invented: Vec<_> = found.difference(&expected).collect();
        assert_eq!((missing, invented), (Vec::new(), Vec::new()), "{}", case.display());
        assert_ne!(expected, BTreeSet::new(), "{}", case.display());
        clusters += 1;
    }
    assert_eq!(clusters, 19);
}
