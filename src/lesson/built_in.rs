use std::path::Path;
use std::sync::LazyLock;

use super::steps::Lesson;

/// A lesson that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltIn {
    /// How it is asked for.
    pub name: &'static str,
    text: &'static str,
}

/// The name of the one that shows the window.
pub const TOUR: &str = "tour";

macro_rules! built_in {
    ($($name:literal),* $(,)?) => {
        [$(BuiltIn { name: $name, text: include_str!(concat!("../../assets/lessons/", $name, ".toml")) }),*]
    };
}

/// All of them, in the order in which they are offered.
const ALL: [BuiltIn; 8] = built_in![
    "tour",
    "article",
    "vanishing_gradients",
    "dead_relus",
    "sqrt_2_n",
    "does_it_train",
    "keras_and_pytorch",
    "edge_of_chaos",
];

impl BuiltIn {
    /// All of them, in the order in which they are offered.
    pub fn all() -> &'static [Self] {
        &ALL
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        ALL.into_iter().find(|lesson| lesson.name == name)
    }

    /// Its file.
    pub fn text(self) -> &'static str {
        self.text
    }

    /// The lesson, read once; nothing where its file is damaged, which a test rules out.
    pub fn lesson(self) -> Option<&'static Lesson> {
        static READ: LazyLock<[Option<Lesson>; ALL.len()]> =
            LazyLock::new(|| ALL.map(|lesson| Lesson::parse(lesson.text, Path::new("")).ok()));
        READ.get(ALL.iter().position(|lesson| lesson == &self)?)?.as_ref()
    }
}
