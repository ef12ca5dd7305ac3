//! Protocol buffers: fields of a number and a value, in any order.

use super::error::Flaw;

/// A field's value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum FieldValue<'a> {
    Varint(u64),
    Fixed64([u8; 8]),
    Bytes(&'a [u8]),
    Fixed32([u8; 4]),
}

/// A field of a message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Field<'a> {
    pub number: u64,
    pub value: FieldValue<'a>,
}

/// All fields of a message.
///
/// # Errors
/// If it is damaged.
pub(super) fn fields(message: &[u8]) -> Fields<'_> {
    Fields(message)
}

/// The fields of a message, one after the other.
pub(super) struct Fields<'a>(&'a [u8]);

impl<'a> Iterator for Fields<'a> {
    type Item = Result<Field<'a>, Flaw>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_err() {
            self.0 = &[];
        }
        Some(field)
    }
}

impl<'a> Fields<'a> {
    fn field(&mut self) -> Result<Field<'a>, Flaw> {
        let damaged = || Flaw::damaged("a message ends too early");
        let tag = varint(&mut self.0)?;
        let value = match tag & 7 {
            0 => FieldValue::Varint(varint(&mut self.0)?),
            1 => {
                let (value, rest) = self.0.split_first_chunk().ok_or_else(damaged)?;
                self.0 = rest;
                FieldValue::Fixed64(*value)
            }
            2 => {
                let size = super::element::length("a field", varint(&mut self.0)?)?;
                let (value, rest) = self.0.split_at_checked(size).ok_or_else(damaged)?;
                self.0 = rest;
                FieldValue::Bytes(value)
            }
            5 => {
                let (value, rest) = self.0.split_first_chunk().ok_or_else(damaged)?;
                self.0 = rest;
                FieldValue::Fixed32(*value)
            }
            kind => return Err(Flaw::damaged(format!("a field is of kind {kind}, which there is not"))),
        };
        Ok(Field { number: tag >> 3, value })
    }
}

fn varint(bytes: &mut &[u8]) -> Result<u64, Flaw> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first().ok_or_else(|| Flaw::damaged("a number ends too early"))?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(value);
        }
    }
    Err(Flaw::damaged("a number is too long"))
}

impl<'a> FieldValue<'a> {
    pub fn bytes(self) -> &'a [u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            _ => &[],
        }
    }

    pub fn text(self) -> String {
        String::from_utf8_lossy(self.bytes()).into_owned()
    }

    pub fn number(self) -> u64 {
        match self {
            Self::Varint(number) => number,
            _ => 0,
        }
    }

    pub fn real(self) -> f32 {
        match self {
            Self::Fixed32(bytes) => f32::from_le_bytes(bytes),
            _ => 0.0,
        }
    }

    /// Whole numbers, packed or one alone.
    pub fn numbers(self) -> Result<Vec<u64>, Flaw> {
        match self {
            Self::Varint(number) => Ok(vec![number]),
            Self::Bytes(mut bytes) => {
                let mut numbers = Vec::new();
                while !bytes.is_empty() {
                    numbers.push(varint(&mut bytes)?);
                }
                Ok(numbers)
            }
            _ => Ok(Vec::new()),
        }
    }
}
