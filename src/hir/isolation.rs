//! Which pods a rule can be written for: those of a peer that are in managed namespaces and isolated.

use crate::algebra::Cube;
use crate::ir::{Direction, Directional};

use super::{Management, NamespaceId, PeerKind, Program, Scope};

/// The isolated pods of every namespace of a program, by [`NamespaceId`].
#[derive(Clone, Debug)]
pub struct Isolation {
    namespaces: Vec<Directional<Vec<Cube>>>,
    managed: Vec<NamespaceId>,
}

impl Isolation {
    /// The isolated pods of a program: all of a namespace where its default says so, else those of the `pods`
    /// that isolate on their own.
    pub fn of(program: &Program) -> Self {
        let mut namespaces = vec![Directional::<Vec<Cube>>::default(); program.namespaces.len()];
        for pods in &program.pods {
            for direction in Direction::BOTH {
                if *pods.isolated.get(direction) {
                    let at = pods.namespace.0 as usize;
                    namespaces[at].get_mut(direction).push(pods.selector.clone());
                }
            }
        }
        for (isolated, namespace) in namespaces.iter_mut().zip(&program.namespaces) {
            for direction in Direction::BOTH {
                let cubes = isolated.get_mut(direction);
                if *namespace.isolated.get(direction) {
                    *cubes = vec![Cube::all()];
                }
                cubes.sort();
                cubes.dedup();
            }
        }
        let ids = (0..).map(NamespaceId).zip(&program.namespaces);
        let managed = ids.filter(|(_, namespace)| namespace.management == Management::Managed);
        Self { namespaces, managed: managed.map(|(id, _)| id).collect() }
    }

    /// The isolated pods of a namespace: the union of these cubes, sorted, none twice.
    pub fn isolated(&self, namespace: NamespaceId, direction: Direction) -> &[Cube] {
        self.namespaces[namespace.0 as usize].get(direction)
    }

    /// The managed namespaces that a peer covers.
    ///
    /// `anywhere` and `cluster` cover all of them, a set those whose stated labels are in it.
    pub fn managed<'a>(&'a self, program: &'a Program, peer: &PeerKind) -> &'a [NamespaceId] {
        match peer {
            PeerKind::Addresses(_) => &[],
            PeerKind::Anywhere | PeerKind::Pods { scope: Scope::Cluster | Scope::Managed, .. } => {
                &self.managed
            }
            PeerKind::Pods { scope: Scope::Set(set), .. } => &program.sets[set.0 as usize].managed,
            PeerKind::Pods { scope: Scope::Namespace(one), .. } => match self.managed.binary_search(one) {
                Ok(at) => std::slice::from_ref(&self.managed[at]),
                Err(_) => &[],
            },
        }
    }

    /// The pods of a peer for which a rule is written in a direction: where they are isolated in part, the
    /// intersections, so that a policy never isolates what the program does not.
    pub fn subjects<'a>(
        &'a self,
        program: &'a Program,
        peer: &'a PeerKind,
        direction: Direction,
    ) -> impl Iterator<Item = (NamespaceId, Cube)> + 'a {
        self.managed(program, peer).iter().flat_map(move |namespace| {
            self.subjects_in(*namespace, peer, direction).map(|cube| (*namespace, cube))
        })
    }

    /// The same in one of the managed namespaces that the peer covers.
    pub fn subjects_in(
        &self,
        namespace: NamespaceId,
        peer: &PeerKind,
        direction: Direction,
    ) -> impl Iterator<Item = Cube> + Clone + use<> {
        let all = Cube::all();
        let pods = match peer {
            PeerKind::Pods { selector, .. } => selector,
            PeerKind::Anywhere | PeerKind::Addresses(_) => &all,
        };
        intersections(pods, self.isolated(namespace, direction))
    }

    /// Whether a rule is written for any pods of a peer in a namespace that it covers.
    pub fn has_subjects_in(&self, namespace: NamespaceId, peer: &PeerKind, direction: Direction) -> bool {
        let isolated = self.isolated(namespace, direction);
        match peer {
            PeerKind::Pods { selector, .. } => isolated.iter().any(|cube| !cube.is_disjoint(selector)),
            PeerKind::Anywhere | PeerKind::Addresses(_) => !isolated.is_empty(),
        }
    }
}

/// The pods in both, as cubes of which none is inside another.
fn intersections(pods: &Cube, isolated: &[Cube]) -> impl Iterator<Item = Cube> + Clone + use<> {
    let whole = isolated.iter().any(|cube| pods.is_subset(cube)).then(|| pods.clone());
    let parts = if whole.is_some() { Vec::new() } else { parts(pods, isolated) };
    whole.into_iter().chain(parts)
}

fn parts(pods: &Cube, isolated: &[Cube]) -> Vec<Cube> {
    let mut cubes: Vec<Cube> = isolated.iter().filter_map(|cube| cube.intersection(pods)).collect();
    cubes.sort();
    cubes.dedup();
    let inside_another = |cube: &Cube| cubes.iter().any(|other| other != cube && cube.is_subset(other));
    let kept: Vec<Cube> = cubes.iter().filter(|cube| !inside_another(cube)).cloned().collect();
    kept
}
