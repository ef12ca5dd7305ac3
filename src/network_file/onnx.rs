//! ONNX: a graph that knows everything.

use std::path::Path;

use super::error::Flaw;
use super::onnx_chain;
use super::onnx_graph::read_graph;
use super::protobuf::{FieldValue, fields};
use super::step::NetworkStep;

/// Whether the bytes could be those of such a file: messages have no mark of their own, but a version and a graph.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    let (mut has_version, mut has_graph) = (false, false);
    for field in fields(bytes) {
        match field.map(|field| (field.number, field.value)) {
            Ok((1, FieldValue::Varint(_))) => has_version = true,
            Ok((7, FieldValue::Bytes(_))) => has_graph = true,
            Ok((2..=26, _)) => {}
            // A file that is cut off in its weights is one, too.
            Err(_) => {
                return has_version && bytes.starts_with(&[0x08]) && bytes.get(2).is_some_and(|&next| next & 7 == 2);
            }
            Ok(_) => return false,
        }
    }
    has_version && has_graph
}

/// The network's steps, and what is to be said of them.
///
/// # Errors
/// If it is damaged, or what it does is not said in the file.
pub(super) fn steps(bytes: &[u8], folder: &Path) -> Result<(Vec<NetworkStep>, Vec<String>), Flaw> {
    let mut graph = None;
    for field in fields(bytes) {
        let field = field?;
        if field.number == 7 {
            graph = Some(read_graph(field.value.bytes())?);
        }
    }
    let graph = graph.ok_or_else(|| Flaw::damaged("there is no graph in it"))?;
    onnx_chain::steps(&graph, folder)
}
