//! The graph of a model: nodes, constants, and what goes in and out.

use std::collections::HashMap;

use super::error::Flaw;
use super::onnx_tensor::OnnxTensor;
use super::protobuf::fields;

/// What a node does.
#[derive(Clone, Debug, Default)]
pub(super) struct Node<'a> {
    pub operator: String,
    pub inputs: Vec<String>,
    pub outputs: Vec<String>,
    pub name: String,
    reals: HashMap<String, f32>,
    wholes: HashMap<String, i64>,
    words: HashMap<String, String>,
    pub tensor: Option<OnnxTensor<'a>>,
}

impl Node<'_> {
    pub fn real(&self, name: &str, otherwise: f64) -> f64 {
        self.reals.get(name).map_or(otherwise, |&value| f64::from(value))
    }

    pub fn whole(&self, name: &str, otherwise: i64) -> i64 {
        self.wholes.get(name).copied().unwrap_or(otherwise)
    }

    pub fn word(&self, name: &str) -> Option<&str> {
        self.words.get(name).map(String::as_str)
    }

    /// What it is called in a sentence.
    pub fn title(&self) -> String {
        let name = if self.name.is_empty() { self.outputs.first().map_or("", String::as_str) } else { &self.name };
        format!("{name}, a node {}", self.operator)
    }
}

/// A graph.
#[derive(Debug, Default)]
pub(super) struct Graph<'a> {
    pub nodes: Vec<Node<'a>>,
    pub constants: HashMap<String, OnnxTensor<'a>>,
    pub inputs: Vec<String>,
    pub outputs: Vec<String>,
}

/// Reads a graph.
///
/// # Errors
/// If it is damaged.
pub(super) fn read_graph(message: &[u8]) -> Result<Graph<'_>, Flaw> {
    let mut graph = Graph::default();
    for field in fields(message) {
        let field = field?;
        match field.number {
            1 => {
                let node = read_node(field.value.bytes())?;
                match (&node.tensor, node.outputs.first()) {
                    (Some(tensor), Some(name)) if node.operator == "Constant" => {
                        graph.constants.insert(name.clone(), tensor.clone());
                    }
                    _ => graph.nodes.push(node),
                }
            }
            5 => {
                let tensor = OnnxTensor::read(field.value.bytes())?;
                graph.constants.insert(tensor.name.clone(), tensor);
            }
            11 => graph.inputs.extend(name_of(field.value.bytes())?),
            12 => graph.outputs.extend(name_of(field.value.bytes())?),
            _ => {}
        }
    }
    // Old files list weights among the inputs.
    let Graph { inputs, constants, .. } = &mut graph;
    inputs.retain(|input| !constants.contains_key(input));
    Ok(graph)
}

fn name_of(message: &[u8]) -> Result<Option<String>, Flaw> {
    for field in fields(message) {
        let field = field?;
        if field.number == 1 {
            return Ok(Some(field.value.text()));
        }
    }
    Ok(None)
}

fn read_node(message: &[u8]) -> Result<Node<'_>, Flaw> {
    let mut node = Node::default();
    for field in fields(message) {
        let field = field?;
        match field.number {
            1 => node.inputs.push(field.value.text()),
            2 => node.outputs.push(field.value.text()),
            3 => node.name = field.value.text(),
            4 => node.operator = field.value.text(),
            5 => read_attribute(field.value.bytes(), &mut node)?,
            _ => {}
        }
    }
    Ok(node)
}

fn read_attribute<'a>(message: &'a [u8], node: &mut Node<'a>) -> Result<(), Flaw> {
    let mut name = String::new();
    let mut values = Vec::new();
    for field in fields(message) {
        let field = field?;
        match field.number {
            1 => name = field.value.text(),
            number => values.push((number, field.value)),
        }
    }
    for (number, value) in values {
        match number {
            2 => drop(node.reals.insert(name.clone(), value.real())),
            3 => drop(node.wholes.insert(name.clone(), value.number() as i64)),
            4 => drop(node.words.insert(name.clone(), value.text())),
            5 if name == "value" => node.tensor = Some(OnnxTensor::read(value.bytes())?),
            _ => {}
        }
    }
    Ok(())
}
