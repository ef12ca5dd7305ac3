/// The place of a value among all that a pickle made. Values share others by their places, so that no reference copies anything.
pub(super) type Place = usize;

/// What a pickle describes. Nothing of it is ever called.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum PickleValue {
    None,
    Bool(bool),
    Whole(i64),
    Real(f64),
    Text(String),
    Bytes,
    /// A tuple, list or set.
    Sequence(Vec<Place>),
    /// A dictionary, `OrderedDict` too.
    Dict(Vec<(Place, Place)>),
    /// A class or function by its name, as `torch.nn.modules.linear.Linear`.
    Global(String),
    /// What would be made of a class or function and its arguments, and the state it would be given.
    Made {
        of: Place,
        arguments: Place,
        state: Option<Place>,
        items: Vec<(Place, Place)>,
    },
    /// What is kept elsewhere.
    Persistent(Place),
}

/// All values that a pickle made, and which one is the whole.
#[derive(Debug, Default)]
pub(super) struct Pickled {
    pub values: Vec<PickleValue>,
    pub whole: Place,
}

impl Pickled {
    pub fn get(&self, place: Place) -> &PickleValue {
        self.values.get(place).unwrap_or(&PickleValue::None)
    }

    pub fn text(&self, place: Place) -> Option<&str> {
        match self.get(place) {
            PickleValue::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn whole_number(&self, place: Place) -> Option<i64> {
        match self.get(place) {
            PickleValue::Whole(number) => Some(*number),
            _ => None,
        }
    }

    pub fn real(&self, place: Place) -> Option<f64> {
        match self.get(place) {
            PickleValue::Whole(number) => Some(*number as f64),
            PickleValue::Real(number) => Some(*number),
            PickleValue::Bool(value) => Some(f64::from(u8::from(*value))),
            _ => None,
        }
    }

    pub fn sequence(&self, place: Place) -> Option<&[Place]> {
        match self.get(place) {
            PickleValue::Sequence(items) => Some(items),
            _ => None,
        }
    }

    /// Keys and values of a dictionary, or of what is made of nothing and then filled.
    pub fn items(&self, place: Place) -> Option<&[(Place, Place)]> {
        match self.get(place) {
            PickleValue::Dict(items) => Some(items),
            _ => None,
        }
    }

    /// The value under a key.
    pub fn item(&self, place: Place, key: &str) -> Option<Place> {
        let found = self.items(place)?.iter().rev().find(|(name, _)| self.text(*name) == Some(key));
        found.map(|(_, value)| *value)
    }

    /// The name of what a value would be made of.
    pub fn class(&self, place: Place) -> Option<&str> {
        match self.get(place) {
            PickleValue::Made { of, .. } => match self.get(*of) {
                PickleValue::Global(name) => Some(name),
                // Old files keep classes elsewhere, with their source.
                PickleValue::Persistent(id) => match self.get(*self.sequence(*id)?.get(1)?) {
                    PickleValue::Global(name) => Some(name),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        }
    }

    /// The arguments it would be made of.
    pub fn arguments(&self, place: Place) -> &[Place] {
        match self.get(place) {
            PickleValue::Made { arguments, .. } => self.sequence(*arguments).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The state it would be given.
    pub fn state(&self, place: Place) -> Option<Place> {
        match self.get(place) {
            PickleValue::Made { state, .. } => *state,
            _ => None,
        }
    }
}
