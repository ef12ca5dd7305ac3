//! Python's pickles, read as a description: objects become values with the names of their classes, and nothing is ever called.
//! Every value takes at least a byte of the file, and values share others, so that no pickle grows beyond its length.

use super::error::Flaw;
use super::pickle_value::{PickleValue, Pickled, Place};

/// Modules whose classes and functions a file of a network may name.
const KNOWN: [&str; 9] = [
    "collections OrderedDict",
    "collections defaultdict",
    "torch._utils ",
    "torch.nn.modules.",
    "torch.nn.parameter ",
    "torch.serialization ",
    "torch._tensor ",
    "torch.storage ",
    "torch ",
];
/// Of Python's own, what holds or makes plain values.
const BUILTINS: [&str; 8] = ["set", "frozenset", "dict", "list", "tuple", "int", "float", "bool"];
/// Numbers of NumPy, which find their way into checkpoints.
const NUMPY: [&str; 4] = ["scalar", "dtype", "_reconstruct", "ndarray"];

/// Reads one pickle; returns what is left after it.
///
/// # Errors
/// If it is damaged, or names what no network is made of.
pub(super) fn read(bytes: &[u8]) -> Result<(Pickled, &[u8]), Flaw> {
    let mut machine = Machine {
        rest: bytes,
        values: vec![PickleValue::None],
        stack: Vec::new(),
        marks: Vec::new(),
        memo: Vec::new(),
    };
    loop {
        let code = machine.byte()?;
        if code == b'.' {
            let whole = machine.pop()?;
            return Ok((Pickled { values: machine.values, whole }, machine.rest));
        }
        machine.step(code)?;
    }
}

struct Machine<'a> {
    rest: &'a [u8],
    values: Vec<PickleValue>,
    stack: Vec<Place>,
    /// Heights of the stack.
    marks: Vec<usize>,
    memo: Vec<Option<Place>>,
}

fn damaged(what: &str) -> Flaw {
    Flaw::damaged(format!("its pickle {what}"))
}

impl<'a> Machine<'a> {
    fn step(&mut self, code: u8) -> Result<(), Flaw> {
        match code {
            0x80 => self.take(1).map(drop)?,
            0x95 => self.take(8).map(drop)?,
            b'N' => self.push(PickleValue::None),
            0x88 => self.push(PickleValue::Bool(true)),
            0x89 => self.push(PickleValue::Bool(false)),
            b'J' => {
                let number = i32::from_le_bytes(self.array()?);
                self.push(PickleValue::Whole(i64::from(number)));
            }
            b'K' => {
                let number = self.byte()?;
                self.push(PickleValue::Whole(i64::from(number)));
            }
            b'M' => {
                let number = u16::from_le_bytes(self.array()?);
                self.push(PickleValue::Whole(i64::from(number)));
            }
            0x8a => {
                let size = usize::from(self.byte()?);
                self.long(size)?;
            }
            0x8b => {
                let size = self.size_of_4()?;
                self.long(size)?;
            }
            b'G' => {
                let number = f64::from_be_bytes(self.array()?);
                self.push(PickleValue::Real(number));
            }
            0x8c | b'U' => {
                let size = usize::from(self.byte()?);
                self.text(size)?;
            }
            0x8d => {
                let size = self.size_of_8()?;
                self.text(size)?;
            }
            b'T' | b'X' => {
                let size = self.size_of_4()?;
                self.text(size)?;
            }
            b'B' => {
                let size = self.size_of_4()?;
                self.bytes(size)?;
            }
            b'C' => {
                let size = usize::from(self.byte()?);
                self.bytes(size)?;
            }
            0x8e | 0x96 => {
                let size = self.size_of_8()?;
                self.bytes(size)?;
            }
            b'I' | b'L' | b'F' | b'S' | b'V' => self.line_value(code)?,
            b'(' => self.marks.push(self.stack.len()),
            b'0' => self.pop().map(drop)?,
            b'1' => self.since_mark().map(drop)?,
            b'2' => {
                let top = *self.stack.last().ok_or_else(|| damaged("copies nothing"))?;
                self.stack.push(top);
            }
            b')' | b']' | 0x8f => self.push(PickleValue::Sequence(Vec::new())),
            b'}' => self.push(PickleValue::Dict(Vec::new())),
            0x85..=0x87 => {
                let items = self.pop_many(usize::from(code - 0x84))?;
                self.push(PickleValue::Sequence(items));
            }
            b't' | b'l' | 0x91 => {
                let items = self.since_mark()?;
                self.push(PickleValue::Sequence(items));
            }
            b'd' => {
                let items = pairs(&self.since_mark()?)?;
                self.push(PickleValue::Dict(items));
            }
            b'a' => {
                let items = self.pop_many(1)?;
                self.append(items)?;
            }
            b'e' | 0x90 => {
                let items = self.since_mark()?;
                self.append(items)?;
            }
            b's' => {
                let items = self.pop_many(2)?;
                self.set_items(pairs(&items)?)?;
            }
            b'u' => {
                let items = pairs(&self.since_mark()?)?;
                self.set_items(items)?;
            }
            b'c' => {
                let (module, name) = (self.line()?, self.line()?);
                self.global(module, name)?;
            }
            0x93 => {
                let names = self.pop_many(2)?;
                let name = |place: usize| match &self.values[place] {
                    PickleValue::Text(text) => Ok(text.clone()),
                    _ => Err(damaged("names a class by what is no text")),
                };
                let (module, name) = (name(names[0])?, name(names[1])?);
                self.global(&module, &name)?;
            }
            b'R' | 0x81 => {
                let parts = self.pop_many(2)?;
                self.make(parts[0], parts[1]);
            }
            0x92 => {
                let parts = self.pop_many(3)?;
                self.make(parts[0], parts[1]);
            }
            b'b' => self.build()?,
            b'Q' => {
                let id = self.pop()?;
                self.push(PickleValue::Persistent(id));
            }
            b'q' | b'r' | b'p' | 0x94 => self.remember(code)?,
            b'h' | b'j' | b'g' => self.recall(code)?,
            code => {
                return Err(Flaw(format!(
                    "its pickle has an instruction that is not known here ({code:#x}): save its state_dict with torch.save"
                )));
            }
        }
        Ok(())
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], Flaw> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or_else(|| damaged("ends too early"))?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Flaw> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or_else(|| damaged("ends too early"))?;
        self.rest = rest;
        Ok(*taken)
    }

    fn byte(&mut self) -> Result<u8, Flaw> {
        self.array::<1>().map(|[byte]| byte)
    }

    fn size_of_4(&mut self) -> Result<usize, Flaw> {
        super::element::length("a text", u64::from(u32::from_le_bytes(self.array()?)))
    }

    fn size_of_8(&mut self) -> Result<usize, Flaw> {
        super::element::length("a text", u64::from_le_bytes(self.array()?))
    }

    fn line(&mut self) -> Result<&'a str, Flaw> {
        let end = self.rest.iter().position(|&byte| byte == b'\n').ok_or_else(|| damaged("ends too early"))?;
        let line = self.take(end + 1)?;
        std::str::from_utf8(&line[..end]).map_err(|_| damaged("has a name that is no text"))
    }

    fn push(&mut self, value: PickleValue) {
        self.stack.push(self.values.len());
        self.values.push(value);
    }

    fn pop(&mut self) -> Result<Place, Flaw> {
        let floor = self.marks.last().copied().unwrap_or(0);
        if self.stack.len() <= floor {
            return Err(damaged("takes more than there is"));
        }
        self.stack.pop().ok_or_else(|| damaged("takes more than there is"))
    }

    fn pop_many(&mut self, count: usize) -> Result<Vec<Place>, Flaw> {
        let mut items = (0..count).map(|_| self.pop()).collect::<Result<Vec<_>, _>>()?;
        items.reverse();
        Ok(items)
    }

    fn since_mark(&mut self) -> Result<Vec<Place>, Flaw> {
        let mark = self.marks.pop().ok_or_else(|| damaged("ends what never began"))?;
        Ok(self.stack.split_off(mark.min(self.stack.len())))
    }

    fn top(&mut self) -> Result<&mut PickleValue, Flaw> {
        let top = self.stack.last().copied().ok_or_else(|| damaged("fills nothing"))?;
        self.values.get_mut(top).ok_or_else(|| damaged("fills nothing"))
    }

    fn long(&mut self, size: usize) -> Result<(), Flaw> {
        let bytes = self.take(size)?;
        let is_negative = bytes.last().is_some_and(|&last| last >= 0x80);
        let mut number = [if is_negative { 0xff } else { 0 }; 8];
        // What is longer is a hash or the like, and of no use here.
        let kept = size.min(8);
        number[..kept].copy_from_slice(&bytes[..kept]);
        self.push(PickleValue::Whole(i64::from_le_bytes(number)));
        Ok(())
    }

    fn text(&mut self, size: usize) -> Result<(), Flaw> {
        let text = String::from_utf8_lossy(self.take(size)?).into_owned();
        self.push(PickleValue::Text(text));
        Ok(())
    }

    fn bytes(&mut self, size: usize) -> Result<(), Flaw> {
        self.take(size)?;
        self.push(PickleValue::Bytes);
        Ok(())
    }

    /// Values as text, as the oldest protocol has them.
    fn line_value(&mut self, code: u8) -> Result<(), Flaw> {
        let line = self.line()?.trim_end_matches('L');
        let value = match code {
            b'I' if line == "00" => PickleValue::Bool(false),
            b'I' if line == "01" => PickleValue::Bool(true),
            b'I' | b'L' => PickleValue::Whole(line.parse().map_err(|_| damaged("has a number that is none"))?),
            b'F' => PickleValue::Real(line.parse().map_err(|_| damaged("has a number that is none"))?),
            _ => PickleValue::Text(line.trim_matches(['\'', '"']).to_owned()),
        };
        self.push(value);
        Ok(())
    }

    fn append(&mut self, items: Vec<Place>) -> Result<(), Flaw> {
        match self.top()? {
            PickleValue::Sequence(all) => all.extend(items),
            // A list of a class of its own.
            PickleValue::Made { .. } => {}
            _ => return Err(damaged("appends to what is no list")),
        }
        Ok(())
    }

    fn set_items(&mut self, more: Vec<(Place, Place)>) -> Result<(), Flaw> {
        match self.top()? {
            PickleValue::Dict(items) | PickleValue::Made { items, .. } => items.extend(more),
            _ => return Err(damaged("puts entries into what is no dictionary")),
        }
        Ok(())
    }

    fn global(&mut self, module: &str, name: &str) -> Result<(), Flaw> {
        let full = format!("{module} {name}");
        let is_numpy =
            matches!(module, "numpy" | "numpy.core.multiarray" | "numpy._core.multiarray") && NUMPY.contains(&name);
        let is_builtin = matches!(module, "builtins" | "__builtin__") && BUILTINS.contains(&name);
        let is_known = KNOWN.iter().any(|known| full.starts_with(known)) || full == "_codecs encode";
        if !(is_known || is_numpy || is_builtin) {
            return Err(Flaw(format!(
                "it holds {module}.{name}, which is no part of a network that can be read without executing it (nothing was \
                 executed): save the network's state_dict instead"
            )));
        }
        self.push(PickleValue::Global(format!("{module}.{name}")));
        Ok(())
    }

    fn make(&mut self, of: Place, arguments: Place) {
        let is_dict =
            matches!(self.values.get(of), Some(PickleValue::Global(name)) if name.starts_with("collections."));
        self.push(if is_dict {
            PickleValue::Dict(Vec::new())
        } else {
            PickleValue::Made { of, arguments, state: None, items: Vec::new() }
        });
    }

    fn build(&mut self) -> Result<(), Flaw> {
        let given = self.pop()?;
        if let PickleValue::Made { state, .. } = self.top()? {
            *state = Some(given);
        }
        Ok(())
    }

    fn memo_place(&mut self, code: u8) -> Result<usize, Flaw> {
        match code {
            b'q' | b'h' => self.byte().map(usize::from),
            b'r' | b'j' => self.size_of_4(),
            b'p' | b'g' => self.line()?.parse().map_err(|_| damaged("remembers at no place")),
            _ => Ok(self.memo.len()),
        }
    }

    fn remember(&mut self, code: u8) -> Result<(), Flaw> {
        let at = self.memo_place(code)?;
        let top = *self.stack.last().ok_or_else(|| damaged("remembers nothing"))?;
        // Writers number what they remember; there cannot be more than was made.
        if at > self.values.len() {
            return Err(damaged("remembers at a place that cannot be"));
        }
        if self.memo.len() <= at {
            self.memo.resize(at + 1, None);
        }
        self.memo[at] = Some(top);
        Ok(())
    }

    fn recall(&mut self, code: u8) -> Result<(), Flaw> {
        let at = self.memo_place(code)?;
        let place = self.memo.get(at).copied().flatten().ok_or_else(|| damaged("recalls what it did not remember"))?;
        self.stack.push(place);
        Ok(())
    }
}

fn pairs(items: &[Place]) -> Result<Vec<(Place, Place)>, Flaw> {
    let (pairs, rest) = items.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(damaged("has a key without a value"));
    }
    Ok(pairs.iter().map(|&[key, value]| (key, value)).collect())
}
