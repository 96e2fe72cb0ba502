//! Programs at random: always without errors, and made of statements that can stand in any order and in any file.
//!
//! [`programs`] is the strategy, [`Program`] what comes out, [`layouts`] are ways to write one down. Everything is
//! drawn as numbers that pick from small tables, so that a failing program shrinks to few and plain statements.

mod rules;
mod tables;

use proptest::collection::vec;
use proptest::prelude::{Strategy, any};

use crate::support::File;
use rules::{Pods, World};
use tables::Picks;

/// A program: the order of its statements means nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Program {
    /// What it says.
    pub(crate) statements: Vec<Statement>,
}

/// A statement that may stand anywhere among the others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Statement {
    /// One outside all managed namespaces, with its block where it has one.
    Outside(String),
    /// What a managed namespace says once, in the header of one of its blocks.
    Namespace {
        /// Its name.
        name: &'static str,
        /// The labels that it states.
        labels: &'static str,
        /// Its doc comment, as lines of the source; empty where there is none.
        doc: &'static str,
    },
    /// A member of a managed namespace, with its doc comment and its block; it may stand in any of its blocks.
    Member {
        /// The namespace.
        namespace: &'static str,
        /// The lines.
        text: String,
    },
}

/// A way to write a program down: in which order, and in how many files.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    /// A statement's key orders it and chooses its file; statements past the end begin again at the first key.
    keys: Vec<u16>,
    /// How many files.
    files: usize,
}

/// Ways to write programs down; they shrink to one file in the program's own order.
pub(crate) fn layouts() -> impl Strategy<Value = Layout> {
    (vec(any::<u16>(), 37), 1..4_usize).prop_map(|(keys, files)| Layout { keys, files })
}

/// Programs without errors. They may get warnings.
pub(crate) fn programs() -> impl Strategy<Value = Program> {
    let rules = || vec(any::<[u8; 24]>(), 0..5);
    let namespace = (any::<[u8; 4]>(), vec(any::<[u8; 8]>(), 0..4), rules());
    let namespace = namespace.prop_map(|(header, pods, rules)| NamespaceSketch { header, pods, rules });
    (any::<[u8; 4]>(), vec(namespace, 1..4), rules(), rules()).prop_map(
        |(declared, namespaces, outside, inside_each)| {
            Sketch { declared, namespaces, outside, inside_each }.program()
        },
    )
}

/// A program as numbers.
struct Sketch {
    /// Which of the optional declarations there are.
    declared: [u8; 4],
    namespaces: Vec<NamespaceSketch>,
    outside: Vec<[u8; 24]>,
    /// The rules in the block of a set.
    inside_each: Vec<[u8; 24]>,
}

/// A managed namespace as numbers.
#[derive(Clone, Debug)]
struct NamespaceSketch {
    header: [u8; 4],
    pods: Vec<[u8; 8]>,
    rules: Vec<[u8; 24]>,
}

impl Sketch {
    fn program(&self) -> Program {
        let names = || tables::NAMESPACES.iter().copied().zip(&self.namespaces);
        let pods = names().flat_map(|(name, sketch)| declared_pods(name, &sketch.pods)).collect();
        let world = World { namespaces: names().map(|it| it.0).collect(), pods };

        let mut statements = tables::declarations(&mut Picks::new(&self.declared));
        statements.push(world.set(&self.inside_each));
        for (name, sketch) in names() {
            statements.extend(members(name, sketch, &world));
        }
        statements
            .extend(self.outside.iter().map(|it| Statement::Outside(world.outside(&mut Picks::new(it)))));
        Program { statements }
    }
}

fn declared_pods(namespace: &'static str, sketches: &[[u8; 8]]) -> Vec<Pods> {
    let pods = tables::PODS.iter().zip(sketches);
    pods.map(|(name, sketch)| Pods::draw(namespace, name, &mut Picks::new(sketch))).collect()
}

/// The statements of a managed namespace.
fn members(namespace: &'static str, sketch: &NamespaceSketch, world: &World) -> Vec<Statement> {
    let mut picks = Picks::new(&sketch.header);
    let labels = picks.pick(&tables::STATED);
    let doc = picks.pick(&["", "## Ours\n", "## Ours,\n## and theirs: \"both\"\n"]);
    let default = picks.pick(&tables::DEFAULTS);
    let pods = world.pods.iter().filter(|it| it.namespace == namespace).map(|it| it.text.clone());
    let rules = sketch.rules.iter().map(|it| world.inside(namespace, &mut Picks::new(it)));
    let texts = (!default.is_empty()).then(|| default.to_owned()).into_iter().chain(pods).chain(rules);
    let member = |text| Statement::Member { namespace, text };
    std::iter::once(Statement::Namespace { name: namespace, labels, doc }).chain(texts.map(member)).collect()
}

impl Program {
    /// The whole program as one text, in its own order.
    pub(crate) fn text(&self) -> String {
        render(&self.statements.iter().collect::<Vec<_>>())
    }

    /// The same statements, written down in another way. The first file takes in the others.
    pub(crate) fn laid_out(&self, layout: &Layout) -> Vec<File> {
        let key = |index: usize| layout.keys[index % layout.keys.len()];
        let mut order: Vec<usize> = (0..self.statements.len()).collect();
        order.sort_by_key(|index| key(*index));
        let file = |number: usize| {
            let here = order.iter().filter(|index| usize::from(key(**index)) % layout.files == number);
            let statements: Vec<_> = here.map(|index| &self.statements[*index]).collect();
            File {
                path: path(number),
                text: format!("{}{}", uses(number, layout.files), render(&statements)),
            }
        };
        (0..layout.files).map(file).collect()
    }
}

fn path(number: usize) -> String {
    if number == 0 { "main.netdsl".to_owned() } else { format!("parts/{number}.netdsl") }
}

/// The first file takes in all, and each of the others takes in the first.
fn uses(number: usize, files: usize) -> String {
    if number > 0 {
        return "use \"../main.netdsl\"\n".to_owned();
    }
    (1..files).map(|it| format!("use \"{}\"\n", path(it))).collect::<Vec<_>>().concat()
}

/// Statements in this order; neighbours of one namespace share a block.
fn render(statements: &[&Statement]) -> String {
    let together = |a: &&Statement, b: &&Statement| namespace(a).is_some() && namespace(a) == namespace(b);
    statements.chunk_by(together).map(block).collect()
}

fn namespace(statement: &Statement) -> Option<&'static str> {
    match statement {
        Statement::Outside(_) => None,
        Statement::Namespace { name, .. } => Some(name),
        Statement::Member { namespace, .. } => Some(namespace),
    }
}

/// Statements of one namespace, or one statement outside all.
fn block(statements: &[&Statement]) -> String {
    let (mut name, mut header, mut comment, mut members) = ("", String::new(), "", String::new());
    for statement in statements {
        match statement {
            Statement::Outside(text) => return format!("{text}\n"),
            Statement::Namespace { name: own, labels, doc } => {
                (name, header, comment) = (own, format!(" labels {labels}"), doc);
            }
            Statement::Member { namespace, text } => {
                name = namespace;
                members.extend(text.lines().map(|line| format!("  {line}\n")));
            }
        }
    }
    format!("{comment}namespace {name}{header} {{\n{members}}}\n")
}
