//! What the stack machine's values can be.

use std::cell::RefCell;
use std::rc::Rc;

use super::error::{CheckpointError, layout};
use super::tensor::ElementType;

/// A list or dictionary that the machine still fills while others refer to it.
pub(super) type Shared<T> = Rc<RefCell<Vec<T>>>;

/// Names and tensors.
pub(super) type Table = Vec<(Rc<str>, Rc<View>)>;

/// A value on the stack.
#[derive(Debug, Clone)]
pub(super) enum Value {
    None,
    Bool,
    Int(i128),
    Float,
    Text(Rc<str>),
    Tuple(Rc<[Value]>),
    List(Shared<Value>),
    Dict(Shared<(Value, Value)>),
    /// A name that was looked up; nothing is behind it.
    Name(Callable),
    /// A run of numbers of one type, kept elsewhere in the file.
    Storage(Rc<Storage>),
    /// A view into a storage.
    Tensor(Rc<View>),
}

/// A persistent id: the name of a run of numbers.
#[derive(Debug)]
pub(super) struct Storage {
    pub element: ElementType,
    pub key: Rc<str>,
    /// How many numbers.
    pub length: u64,
}

/// Shape and place of a tensor within its storage, in numbers.
#[derive(Debug)]
pub(super) struct View {
    pub storage: Rc<Storage>,
    pub offset: u64,
    pub shape: Vec<usize>,
    pub strides: Vec<usize>,
}

/// The names that a table of tensors refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Callable {
    OrderedDict,
    RebuildTensor,
    RebuildParameter,
    Storage(ElementType),
}

impl Callable {
    /// Looks up `module.name`.
    ///
    /// # Errors
    /// [`CheckpointError::Forbidden`] for every name but a handful.
    pub(super) fn named(module: &str, name: &str) -> Result<Self, CheckpointError> {
        match (module, name) {
            ("collections", "OrderedDict") => Ok(Self::OrderedDict),
            ("torch._utils", "_rebuild_tensor_v2") => Ok(Self::RebuildTensor),
            ("torch._utils", "_rebuild_parameter") => Ok(Self::RebuildParameter),
            ("torch" | "torch.cuda", _) => ElementType::of_storage(name)
                .map(Self::Storage)
                .ok_or_else(|| forbidden(module, name)),
            _ => Err(forbidden(module, name)),
        }
    }

    /// What calling it with `arguments` gives.
    pub(super) fn call(self, arguments: &[Value]) -> Result<Value, CheckpointError> {
        match (self, arguments) {
            (Self::OrderedDict, []) => Ok(Value::Dict(Shared::default())),
            (Self::RebuildParameter, [tensor @ Value::Tensor(_), ..]) => Ok(tensor.clone()),
            (Self::RebuildTensor, [Value::Storage(storage), offset, shape, strides, ..]) => {
                Ok(Value::Tensor(Rc::new(View {
                    storage: Rc::clone(storage),
                    offset: offset.as_size()? as u64,
                    shape: shape.as_sizes()?,
                    strides: strides.as_sizes()?,
                })))
            }
            _ => Err(layout(format!("a call of {self:?} with unexpected arguments"))),
        }
    }
}

fn forbidden(module: &str, name: &str) -> CheckpointError {
    CheckpointError::Forbidden(format!("{module}.{name}"))
}

impl Value {
    /// A persistent id: `("storage", type, key, device, length, …)`.
    pub(super) fn as_storage(&self) -> Result<Storage, CheckpointError> {
        let Self::Tuple(parts) = self else {
            return Err(layout("a persistent id that is no tuple"));
        };
        match &**parts {
            [
                Self::Text(kind),
                Self::Name(Callable::Storage(element)),
                Self::Text(key),
                Self::Text(_),
                length,
                rest @ ..,
            ] if &**kind == "storage" && rest.iter().all(|part| matches!(part, Self::None)) => {
                Ok(Storage {
                    element: *element,
                    key: Rc::clone(key),
                    length: length.as_size()? as u64,
                })
            }
            _ => Err(layout("a persistent id that names no storage")),
        }
    }

    fn as_size(&self) -> Result<usize, CheckpointError> {
        match self {
            Self::Int(size) => usize::try_from(*size).ok(),
            _ => None,
        }
        .ok_or_else(|| layout("a size that is no number"))
    }

    fn as_sizes(&self) -> Result<Vec<usize>, CheckpointError> {
        match self {
            Self::Tuple(parts) => parts.iter().map(Self::as_size).collect(),
            _ => Err(layout("a shape that is no tuple")),
        }
    }

    /// The table of tensors: a dictionary of names and tensors.
    pub(super) fn into_table(self) -> Result<Table, CheckpointError> {
        let Self::Dict(entries) = self else {
            return Err(layout("it does not hold a table of tensors"));
        };
        let mut table = Vec::new();
        for (name, value) in entries.borrow().iter() {
            match (name, value) {
                (Self::Text(name), Self::Tensor(view)) => {
                    table.push((Rc::clone(name), Rc::clone(view)));
                }
                (Self::Text(name), _) => return Err(layout(format!("{name} is no tensor"))),
                _ => return Err(layout("an entry without a name")),
            }
        }
        Ok(table)
    }
}
