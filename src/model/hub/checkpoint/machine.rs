//! A pickle machine that builds tables of tensors and does nothing else.
//!
//! The instructions are those of Python's `pickletools`, protocol 2 and the few
//! of protocol 4 that stand for the same; what PyTorch does not write is refused.

use std::collections::HashMap;
use std::io::Read;
use std::rc::Rc;

use super::error::{CheckpointError, layout};
use super::value::{Callable, Shared, Value};

/// No name or text in a checkpoint is longer; a larger figure means garbage.
const MAX_TEXT_BYTES: usize = 1 << 20;

/// No table nests or stacks more; a larger one means garbage.
const MAX_STACK: usize = 1 << 20;

/// Runs one pickle to its end and gives its value.
///
/// # Errors
/// [`CheckpointError`] for a cut file and for every instruction that a table of
/// tensors does not need.
pub(super) fn run(reader: &mut impl Read) -> Result<Value, CheckpointError> {
    let mut machine =
        Machine { reader, stack: Vec::new(), marks: Vec::new(), memo: HashMap::new() };
    while machine.step()? {}
    machine.pop()
}

struct Machine<'r, R> {
    reader: &'r mut R,
    stack: Vec<Value>,
    /// Where on the stack each open MARK is.
    marks: Vec<usize>,
    memo: HashMap<u32, Value>,
}

impl<R: Read> Machine<'_, R> {
    /// Carries out one instruction; false after the last.
    fn step(&mut self) -> Result<bool, CheckpointError> {
        let [instruction] = self.bytes()?;
        match instruction {
            0x80 => drop(self.bytes::<1>()?),
            0x95 => drop(self.bytes::<8>()?),
            b'.' => return Ok(false),
            b'(' => self.marks.push(self.stack.len()),
            b'0' => drop(self.pop()?),
            b'N' => self.push(Value::None)?,
            0x88 | 0x89 => self.push(Value::Bool)?,
            b'}' => self.push(Value::Dict(Shared::default()))?,
            b']' => self.push(Value::List(Shared::default()))?,
            b')' => self.push(Value::Tuple(Rc::from([])))?,
            b'J' | b'K' | b'M' | 0x8a | b'G' => self.number(instruction)?,
            b'X' | b'U' | b'T' | 0x8c => self.text(instruction)?,
            b't' | 0x85..=0x87 => self.tuple(instruction)?,
            b'q' | b'r' | 0x94 | b'h' | b'j' => self.memo(instruction)?,
            b'c' | 0x93 => self.name(instruction)?,
            b'a' | b'e' | b's' | b'u' => self.fill(instruction)?,
            b'Q' => {
                let storage = self.pop()?.as_storage()?;
                self.push(Value::Storage(Rc::new(storage)))?;
            }
            b'R' => {
                let (arguments, function) = (self.pop()?, self.pop()?);
                match (function, arguments) {
                    (Value::Name(name), Value::Tuple(arguments)) => {
                        let result = name.call(&arguments)?;
                        self.push(result)?;
                    }
                    _ => return Err(layout("a call of something that is no name")),
                }
            }
            // Attributes of the table, such as the layers' version numbers.
            b'b' => {
                self.pop()?;
                if !matches!(self.stack.last(), Some(Value::Dict(_))) {
                    return Err(CheckpointError::Forbidden("attributes of an object".to_owned()));
                }
            }
            other => {
                return Err(CheckpointError::Forbidden(format!("pickle instruction {other:#04x}")));
            }
        }
        Ok(true)
    }

    fn number(&mut self, instruction: u8) -> Result<(), CheckpointError> {
        let value = match instruction {
            b'J' => Value::Int(i32::from_le_bytes(self.bytes()?).into()),
            b'K' => Value::Int(self.bytes::<1>()?[0].into()),
            b'M' => Value::Int(u16::from_le_bytes(self.bytes()?).into()),
            b'G' => {
                self.bytes::<8>()?;
                Value::Float
            }
            _ => {
                let [length] = self.bytes()?;
                Value::Int(integer(&self.run_of(length.into())?)?)
            }
        };
        self.push(value)
    }

    fn text(&mut self, instruction: u8) -> Result<(), CheckpointError> {
        let length = match instruction {
            b'U' | 0x8c => self.bytes::<1>()?[0].into(),
            _ => u32::from_le_bytes(self.bytes()?) as usize,
        };
        let bytes = self.run_of(length)?;
        let text = String::from_utf8(bytes).map_err(|_| layout("a text that is no UTF-8"))?;
        self.push(Value::Text(text.into()))
    }

    fn tuple(&mut self, instruction: u8) -> Result<(), CheckpointError> {
        let parts = match instruction {
            b't' => self.since_mark()?,
            _ => {
                let count = usize::from(instruction - 0x84);
                let at = self.stack.len().checked_sub(count).ok_or_else(underrun)?;
                self.stack.split_off(at)
            }
        };
        self.push(Value::Tuple(parts.into()))
    }

    fn memo(&mut self, instruction: u8) -> Result<(), CheckpointError> {
        let index = match instruction {
            b'q' | b'h' => self.bytes::<1>()?[0].into(),
            b'r' | b'j' => u32::from_le_bytes(self.bytes()?),
            _ => u32::try_from(self.memo.len()).unwrap_or(u32::MAX),
        };
        if matches!(instruction, b'h' | b'j') {
            let value = self.memo.get(&index).cloned();
            return self.push(value.ok_or_else(|| layout("an unknown reference"))?);
        }
        let value = self.stack.last().cloned().ok_or_else(underrun)?;
        self.memo.insert(index, value);
        Ok(())
    }

    fn name(&mut self, instruction: u8) -> Result<(), CheckpointError> {
        let (module, name) = if instruction == b'c' {
            (self.line()?, self.line()?)
        } else {
            match (self.pop()?, self.pop()?) {
                (Value::Text(name), Value::Text(module)) => (module.to_string(), name.to_string()),
                _ => return Err(layout("a name that is no text")),
            }
        };
        self.push(Value::Name(Callable::named(&module, &name)?))
    }

    /// Puts values into the list or dictionary below them.
    fn fill(&mut self, instruction: u8) -> Result<(), CheckpointError> {
        let values = match instruction {
            b'a' => vec![self.pop()?],
            b's' => {
                let value = self.pop()?;
                vec![self.pop()?, value]
            }
            _ => self.since_mark()?,
        };
        match (instruction, self.stack.last()) {
            (b'a' | b'e', Some(Value::List(list))) => list.borrow_mut().extend(values),
            (b's' | b'u', Some(Value::Dict(entries))) if values.len() % 2 == 0 => {
                let pairs = values.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone()));
                entries.borrow_mut().extend(pairs);
            }
            _ => return Err(layout("values without a list or dictionary to put them in")),
        }
        Ok(())
    }

    fn push(&mut self, value: Value) -> Result<(), CheckpointError> {
        if self.stack.len() >= MAX_STACK {
            return Err(layout("too many values"));
        }
        self.stack.push(value);
        Ok(())
    }

    fn pop(&mut self) -> Result<Value, CheckpointError> {
        // Values below an open mark belong to it.
        if self.marks.last().is_some_and(|mark| self.stack.len() <= *mark) {
            return Err(underrun());
        }
        self.stack.pop().ok_or_else(underrun)
    }

    fn since_mark(&mut self) -> Result<Vec<Value>, CheckpointError> {
        let mark = self.marks.pop().ok_or_else(underrun)?;
        if mark > self.stack.len() {
            return Err(underrun());
        }
        Ok(self.stack.split_off(mark))
    }

    fn bytes<const N: usize>(&mut self) -> Result<[u8; N], CheckpointError> {
        let mut bytes = [0; N];
        self.reader.read_exact(&mut bytes).map_err(|_| CheckpointError::CutShort)?;
        Ok(bytes)
    }

    fn run_of(&mut self, length: usize) -> Result<Vec<u8>, CheckpointError> {
        if length > MAX_TEXT_BYTES {
            return Err(layout("a text that is too long"));
        }
        let mut bytes = vec![0; length];
        self.reader.read_exact(&mut bytes).map_err(|_| CheckpointError::CutShort)?;
        Ok(bytes)
    }

    fn line(&mut self) -> Result<String, CheckpointError> {
        let mut line = Vec::new();
        loop {
            match self.bytes()? {
                [b'\n'] => break,
                [byte] if line.len() < 256 => line.push(byte),
                _ => return Err(layout("a name that is too long")),
            }
        }
        String::from_utf8(line).map_err(|_| layout("a name that is no UTF-8"))
    }
}

fn underrun() -> CheckpointError {
    layout("a value is missing")
}

/// A little-endian integer in two's complement of 0 to 16 bytes.
fn integer(bytes: &[u8]) -> Result<i128, CheckpointError> {
    let negative = bytes.last().is_some_and(|byte| byte & 0x80 != 0);
    let mut wide = [if negative { 0xff } else { 0 }; 16];
    wide.get_mut(..bytes.len())
        .ok_or_else(|| layout("a number that is too long"))?
        .copy_from_slice(bytes);
    Ok(i128::from_le_bytes(wide))
}
