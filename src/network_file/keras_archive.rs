//! Keras 3's .keras: a zip archive with the configuration and the weights.

use serde_json::Value;

use super::archive::Archive;
use super::error::Flaw;
use super::hdf5::Hdf5;
use super::keras_config;
use super::keras_graph::{group_names, layers};
use super::step::NetworkStep;

/// Where the weights are in the archive.
const WEIGHTS: &str = "model.weights.h5";
/// And where older ones had them.
const OLDER_WEIGHTS: &str = "model.weights.npz";

/// Whether an archive is one of Keras.
pub(super) fn is_one(archive: &Archive<'_>) -> bool {
    archive.has("config.json") && (archive.has(WEIGHTS) || archive.has(OLDER_WEIGHTS))
}

/// The network's steps.
///
/// # Errors
/// If it is damaged.
pub(super) fn steps(archive: &mut Archive<'_>) -> Result<Vec<NetworkStep>, Flaw> {
    let config = archive.bytes("config.json")?;
    let config: Value =
        serde_json::from_slice(&config).map_err(|error| Flaw::damaged(format!("config.json is no JSON: {error}")))?;
    if !archive.has(WEIGHTS) {
        // Its arrays are objects of Python, which nobody should read.
        return Err(Flaw("its weights are pickled NumPy arrays: save it again with Keras 3".to_owned()));
    }
    let mut file = Hdf5::new(archive.bytes(WEIGHTS)?)?;
    let (layers, branch) = layers(&config);
    let mut steps: Vec<_> = branch.into_iter().map(NetworkStep::Foreign).collect();
    for (layer, group) in layers.iter().zip(group_names(&layers)) {
        let folder = ["layers", "_layer_checkpoint_dependencies"]
            .iter()
            .find_map(|folder| file.group(&format!("{folder}/{group}/vars")));
        let mut arrays = Vec::new();
        if let Some(folder) = folder {
            for number in 0..8 {
                let Some(array) = file.array(&folder, &number.to_string(), &format!("{}/{number}", layer.name))? else {
                    break;
                };
                arrays.push(array);
            }
        }
        keras_config::append(&mut steps, layer, arrays, true)?;
    }
    Ok(steps)
}
