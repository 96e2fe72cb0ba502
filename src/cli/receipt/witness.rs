//! What a run asks the file system about its sources, and what it hears.
//!
//! Comes in: a [`Disk`]. Goes out: the same answers, and a digest of them all. Which files a run has depends on what they hold, through
//! `use`; but whoever hears the same answers asks the same questions. So an earlier run's questions are asked again, without
//! parsing anything: equal answers are the same program. Unequal ones stay known, and loading gets them: no file is read twice, so
//! that what is compiled is what was digested.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard};

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

use super::{Digest, Digester};
use crate::load::{Disk, Root};
use crate::parallel;

/// A question to a [`Disk`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(in crate::cli) enum Question {
    /// What a file holds.
    Read(Utf8PathBuf),
    /// Where a path leads.
    Canonical(Utf8PathBuf),
    /// Whether there is anything at a path.
    Exists(Utf8PathBuf),
}

/// What was heard: bytes, or why there are none.
type Answer = Result<Vec<u8>, String>;

/// All that a run heard.
pub(in crate::cli) struct Testimony {
    /// What the run was given, before it asked anything.
    given: Digester,
    answers: Mutex<Answers>,
}

/// What was heard on all cores; no order of it counts.
#[derive(Default)]
struct Answers {
    /// Each question with a digest of its answer. One that was answered in two ways is there twice, and so never again.
    heard: BTreeSet<(Question, Digest)>,
    /// Answers that nobody has used yet.
    known: BTreeMap<Question, Answer>,
}

impl Testimony {
    /// Of a run that was asked for this.
    pub(in crate::cli) fn of(roots: &[Root]) -> Self {
        let mut given = Digester::default();
        for root in roots {
            match root {
                Root::File(path) => given.part("file").part(path.as_str()),
                Root::Text { name, bytes } => given.part("text").part(name.as_str()).part(bytes),
            };
        }
        Self { given, answers: Mutex::default() }
    }

    /// A file system that is listened to.
    pub(in crate::cli) fn witness<'a>(&'a self, disk: &'a dyn Disk) -> impl Disk + 'a {
        Witness { testimony: self, disk }
    }

    /// Whether these questions get the answers that had this digest.
    pub(in crate::cli) fn is_repeated(
        &self,
        questions: &[Question],
        sources: &Digest,
        disk: &dyn Disk,
    ) -> bool {
        let witness = Witness { testimony: self, disk };
        parallel::map(questions.iter().collect(), questions.len(), |question| witness.ask(question));
        let is_equal = self.digest() == *sources;
        self.answers().heard.clear();
        is_equal
    }

    /// The questions so far, and a digest of what the run was given, of them and of their answers.
    pub(in crate::cli) fn finish(self) -> (Vec<Question>, Digest) {
        let digest = self.digest();
        let heard = std::mem::take(&mut self.answers().heard);
        (heard.into_iter().map(|(question, _)| question).collect(), digest)
    }

    fn answers(&self) -> MutexGuard<'_, Answers> {
        self.answers.lock().expect("nothing panics while it holds the answers")
    }

    fn digest(&self) -> Digest {
        let mut digester = self.given.clone();
        digester.part("heard");
        for (question, answer) in &self.answers().heard {
            let (kind, path) = match question {
                Question::Read(path) => ("read", path),
                Question::Canonical(path) => ("canonical", path),
                Question::Exists(path) => ("exists", path),
            };
            digester.part(kind).part(path.as_str()).part(answer.as_str());
        }
        digester.finish()
    }
}

struct Witness<'a> {
    testimony: &'a Testimony,
    disk: &'a dyn Disk,
}

impl Witness<'_> {
    /// Asks, and knows the answer from then on.
    fn ask(&self, question: &Question) {
        let answer = self.answer(question.clone());
        self.testimony.answers().known.insert(question.clone(), answer);
    }

    fn answer(&self, question: Question) -> Answer {
        let known = self.testimony.answers().known.remove(&question);
        let answer = known.unwrap_or_else(|| self.look(&question));
        let mut digester = Digester::default();
        match &answer {
            Ok(bytes) => digester.part("yes").part(bytes),
            Err(reason) => digester.part("no").part(reason),
        };
        self.testimony.answers().heard.insert((question, digester.finish()));
        answer
    }

    fn look(&self, question: &Question) -> Answer {
        match question {
            Question::Read(path) => self.disk.read(path),
            Question::Canonical(path) => {
                self.disk.canonical(path).map(|path| path.into_string().into_bytes())
            }
            Question::Exists(path) => Ok(vec![u8::from(self.disk.exists(path))]),
        }
    }
}

impl Disk for Witness<'_> {
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, String> {
        self.answer(Question::Read(path.to_owned()))
    }

    fn canonical(&self, path: &Utf8Path) -> Result<Utf8PathBuf, String> {
        let bytes = self.answer(Question::Canonical(path.to_owned()))?;
        Ok(String::from_utf8(bytes).expect("it was a path, and those are text").into())
    }

    fn exists(&self, path: &Utf8Path) -> bool {
        self.answer(Question::Exists(path.to_owned())) == Ok(vec![1])
    }

    fn working_directory(&self) -> Utf8PathBuf {
        // It is part of the key: no answer of its own.
        self.disk.working_directory()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Mutex;

    use camino::{Utf8Path, Utf8PathBuf};

    use super::{Digest, Question, Testimony};
    use crate::load::{Disk, Loaded, Root, load};

    /// Files in memory, and how often each was read.
    #[derive(Default)]
    struct Files {
        texts: BTreeMap<Utf8PathBuf, String>,
        reads: Mutex<BTreeMap<Utf8PathBuf, usize>>,
    }

    impl Disk for Files {
        fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, String> {
            *self.reads.lock().unwrap().entry(path.to_owned()).or_default() += 1;
            self.texts.get(path).map(|text| text.clone().into()).ok_or_else(|| "gone".to_owned())
        }

        fn canonical(&self, path: &Utf8Path) -> Result<Utf8PathBuf, String> {
            self.texts.contains_key(path).then(|| path.to_owned()).ok_or_else(|| "gone".to_owned())
        }

        fn exists(&self, path: &Utf8Path) -> bool {
            self.texts.contains_key(path)
        }

        fn working_directory(&self) -> Utf8PathBuf {
            "/x".into()
        }
    }

    fn files(texts: &[(&str, &str)]) -> Files {
        let texts = texts.iter().map(|(path, text)| (Utf8PathBuf::from(*path), (*text).to_owned()));
        Files { texts: texts.collect(), ..Files::default() }
    }

    fn program() -> Files {
        files(&[("/x/a.netdsl", "use \"b.netdsl\"\n"), ("/x/b.netdsl", "namespace b {\n}\n")])
    }

    fn roots() -> Vec<Root> {
        vec![Root::File("/x/a.netdsl".into()), Root::Text { name: "-".into(), bytes: b"label a\n".into() }]
    }

    fn loaded(testimony: &Testimony, disk: &dyn Disk) -> Loaded {
        load(roots(), &testimony.witness(disk)).unwrap()
    }

    /// What a first run of the program remembers.
    fn first() -> (Vec<Question>, Digest) {
        let testimony = Testimony::of(&roots());
        loaded(&testimony, &program());
        testimony.finish()
    }

    #[test]
    fn an_equal_tree_answers_equally() {
        let (questions, sources) = first();
        assert!(questions.contains(&Question::Read("/x/b.netdsl".into())), "by `use` alone: {questions:?}");
        assert!(Testimony::of(&roots()).is_repeated(&questions, &sources, &program()));
        assert_eq!(first(), (questions, sources));
    }

    #[test]
    fn every_other_tree_answers_otherwise() {
        let (questions, sources) = first();
        let mut changed = program();
        changed.texts.insert("/x/b.netdsl".into(), "namespace b {\n} \n".to_owned());
        let mut removed = program();
        removed.texts.remove(Utf8Path::new("/x/b.netdsl"));
        let mut another_root = program();
        another_root.texts.insert("/x/netdsl.toml".into(), String::new());
        for (at, tree) in [changed, removed, another_root].into_iter().enumerate() {
            assert!(!Testimony::of(&roots()).is_repeated(&questions, &sources, &tree), "{at}");
        }
    }

    #[test]
    fn what_was_asked_for_is_part_of_it() {
        let (questions, sources) = first();
        let file = |path: &str| Root::File(path.into());
        let text = |bytes: &[u8]| Root::Text { name: "-".into(), bytes: bytes.into() };
        let others = [
            vec![file("/x/a.netdsl"), text(b"label b\n")],
            vec![file("/x/a.netdsl")],
            vec![file("/x/a.netdsl"), text(b"label a\n"), file("/x/new.netdsl")],
            vec![],
        ];
        for roots in others {
            let testimony = Testimony::of(&roots);
            assert!(!testimony.is_repeated(&questions, &sources, &program()), "{roots:?}");
        }
    }

    #[test]
    fn no_file_is_read_twice_and_what_is_compiled_was_digested() {
        let (questions, sources) = first();
        let mut tree = program();
        tree.texts.insert("/x/a.netdsl".into(), "use \"b.netdsl\"\nlabel c\n".to_owned());
        let testimony = Testimony::of(&roots());
        assert!(!testimony.is_repeated(&questions, &sources, &tree));
        // Whoever edits a file now is too late for this run, and is seen by the next.
        tree.texts.insert("/x/b.netdsl".into(), "namespace late {\n}\n".to_owned());
        let loaded = loaded(&testimony, &tree);
        assert!(loaded.sources.iter().any(|(_, source)| source.text() == "namespace b {\n}\n"));
        let reads: Vec<usize> = tree.reads.lock().unwrap().values().copied().collect();
        assert!(reads.iter().all(|reads| *reads == 1), "{reads:?}");
        let (questions, sources) = testimony.finish();
        assert!(!Testimony::of(&roots()).is_repeated(&questions, &sources, &tree));
        tree.texts.insert("/x/b.netdsl".into(), "namespace b {\n}\n".to_owned());
        assert!(Testimony::of(&roots()).is_repeated(&questions, &sources, &tree));
    }

    #[test]
    fn what_changes_under_the_run_is_never_repeated() {
        let (testimony, mut tree) = (Testimony::of(&roots()), program());
        loaded(&testimony, &tree);
        tree.texts.insert("/x/b.netdsl".into(), "namespace late {\n}\n".to_owned());
        loaded(&testimony, &tree);
        let (questions, sources) = testimony.finish();
        for tree in [program(), tree] {
            assert!(!Testimony::of(&roots()).is_repeated(&questions, &sources, &tree));
        }
    }

    #[test]
    fn stale_questions_are_forgotten() {
        let (mut questions, sources) = first();
        questions.push(Question::Read("/x/elsewhere".into()));
        let testimony = Testimony::of(&roots());
        assert!(!testimony.is_repeated(&questions, &sources, &program()));
        loaded(&testimony, &program());
        assert_eq!(testimony.finish(), first());
    }
}
