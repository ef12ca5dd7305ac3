//! A graph of ONNX that is a chain becomes steps.

use std::path::Path;

use super::activation_name::NamedLayer;
use super::error::Flaw;
use super::named_step::batch_norm;
use super::named_tensor::NamedTensor;
use super::onnx_graph::{Graph, Node};
use super::onnx_operator::activation;
use super::step::{DenseStep, NetworkStep};
use crate::experiment::Activation;
use crate::subject::{LayerNorm, NormPlace};

/// Steps from the graph's input to its output, and what is to be said of them.
///
/// # Errors
/// If it is damaged.
pub(super) fn steps(graph: &Graph<'_>, folder: &Path) -> Result<(Vec<NetworkStep>, Vec<String>), Flaw> {
    let chain = Chain { graph, folder };
    let mut value = match &graph.inputs[..] {
        [input] => input.clone(),
        inputs => {
            return Err(Flaw(format!("its graph has {} inputs, but a multilayer perceptron has one", inputs.len())));
        }
    };
    let mut steps = Vec::new();
    for _ in 0..=graph.nodes.len() {
        let next: Vec<_> = graph.nodes.iter().filter(|node| node.inputs.contains(&value)).collect();
        if next.is_empty() || graph.outputs.contains(&value) {
            return Ok((steps, Vec::new()));
        }
        let (mut found, after) = match &next[..] {
            [node] => chain.step(node, &value)?,
            several => match chain.pattern(several, &value) {
                Some((activation, after)) => (vec![NetworkStep::Activation(activation)], after),
                None => (
                    vec![NetworkStep::Foreign(format!(
                        "{}, after which the graph branches",
                        value_title(graph, &value)
                    ))],
                    None,
                ),
            },
        };
        if let ([NetworkStep::Foreign(_)], None) = (&found[..], &after) {
            found.extend(chain.all_dense()?);
            // What is known so far is among all of them.
            return Ok((found, Vec::new()));
        }
        steps.append(&mut found);
        value = after.ok_or_else(|| Flaw::damaged("a node of its graph has no output"))?;
    }
    Err(Flaw::damaged("its graph goes in a circle"))
}

fn value_title(graph: &Graph<'_>, value: &str) -> String {
    let maker = graph.nodes.iter().find(|node| node.outputs.iter().any(|output| output == value));
    maker.map_or_else(|| format!("the input {value}"), Node::title)
}

struct Chain<'a> {
    graph: &'a Graph<'a>,
    folder: &'a Path,
}

type Found = (Vec<NetworkStep>, Option<String>);

impl Chain<'_> {
    fn constant(&self, name: &str) -> Result<Option<NamedTensor>, Flaw> {
        self.graph.constants.get(name).map(|tensor| tensor.floats(self.folder)).transpose()
    }

    /// A constant input of a node, if that is there.
    fn input(&self, node: &Node<'_>, at: usize) -> Result<Option<NamedTensor>, Flaw> {
        node.inputs.get(at).filter(|name| !name.is_empty()).map_or(Ok(None), |name| self.constant(name))
    }

    /// The steps of a node, and the value it gives.
    fn step(&self, node: &Node<'_>, value: &str) -> Result<Found, Flaw> {
        let after = node.outputs.first().cloned();
        let foreign = || Ok((vec![NetworkStep::Foreign(node.title())], None));
        let is_first = node.inputs.first().is_some_and(|input| input == value);
        let steps = match node.operator.as_str() {
            "Identity" | "Cast" | "Flatten" | "Reshape" | "Squeeze" | "Unsqueeze" => Vec::new(),
            "Dropout" => vec![NetworkStep::Dropout],
            "Gemm" if is_first && node.whole("transA", 0) == 0 => match self.gemm(node)? {
                Some(dense) => vec![NetworkStep::Dense(dense)],
                None => return foreign(),
            },
            "MatMul" if is_first => match self.input(node, 1)? {
                Some(kernel) if kernel.shape.len() == 2 => vec![NetworkStep::Dense(self.product(node, kernel)?)],
                _ => return foreign(),
            },
            "Add" | "Sub" | "Mul" | "Div" => match self.affine(node, value)? {
                Some(step) => vec![step],
                None => return foreign(),
            },
            "BatchNormalization" => {
                let parts = (self.input(node, 1)?, self.input(node, 2)?, self.input(node, 3)?, self.input(node, 4)?);
                let (scale, shift, Some(mean), Some(variance)) = parts else { return foreign() };
                vec![batch_norm(title(node), (mean, variance), (scale, shift), node.real("epsilon", 1e-5))?]
            }
            "LayerNormalization" => {
                let (Some(scale), shift) = (self.input(node, 1)?, self.input(node, 2)?) else { return foreign() };
                if node.whole("axis", -1) != -1 && node.whole("axis", -1) != 1 || scale.shape.len() != 1 {
                    return foreign();
                }
                let scale = scale.flat();
                let shift = shift.map_or_else(|| ndarray::Array1::zeros(scale.len()), NamedTensor::flat);
                let epsilon = node.real("epsilon", 1e-5);
                let norm = LayerNorm { place: NormPlace::PreActivation, scale, shift, epsilon };
                vec![NetworkStep::LayerNorm { name: title(node), norm }]
            }
            _ => {
                let limit = |at: usize| {
                    self.input(node, at)
                        .ok()
                        .flatten()
                        .and_then(|limit| limit.values.first().map(|&limit| f64::from(limit)))
                };
                match activation(node, limit) {
                    Some(NamedLayer::Activation(activation)) => vec![NetworkStep::Activation(activation)],
                    Some(NamedLayer::Softmax) => vec![NetworkStep::Softmax],
                    None => return foreign(),
                }
            }
        };
        Ok((steps, after))
    }

    /// alpha x W + beta c, W perhaps turned.
    fn gemm(&self, node: &Node<'_>) -> Result<Option<DenseStep>, Flaw> {
        let Some(kernel) = self.input(node, 1)?.filter(|kernel| kernel.shape.len() == 2) else { return Ok(None) };
        let name = layer_name(&kernel.name);
        let mut kernel = kernel.matrix()?;
        if node.whole("transB", 0) != 0 {
            kernel = kernel.reversed_axes().as_standard_layout().into_owned();
        }
        let (alpha, beta) = (node.real("alpha", 1.0), node.real("beta", 1.0));
        if alpha != 1.0 {
            kernel.mapv_inplace(|value| (f64::from(value) * alpha) as f32);
        }
        let bias = self.input(node, 2)?;
        if bias.is_none() && node.inputs.get(2).is_some_and(|name| !name.is_empty()) {
            return Ok(None);
        }
        let units = kernel.ncols();
        let bias = bias.map(|bias| match &bias.values[..] {
            [one] => Ok(ndarray::Array1::from_elem(units, *one)),
            values if values.len() == units => Ok(bias.flat()),
            _ => Err(Flaw::damaged(format!("{name} has another number of biases than of units"))),
        });
        let bias = bias
            .transpose()?
            .map(|bias| if beta == 1.0 { bias } else { bias.mapv(|value| (f64::from(value) * beta) as f32) });
        Ok(Some(DenseStep { name, kernel, bias, initializer: None }))
    }

    /// x W, whose bias is added afterwards.
    fn product(&self, node: &Node<'_>, kernel: NamedTensor) -> Result<DenseStep, Flaw> {
        let name = if node.name.is_empty() { layer_name(&kernel.name) } else { node.name.clone() };
        Ok(DenseStep { name, kernel: kernel.matrix()?, bias: None, initializer: None })
    }

    /// A constant that is added to, taken from, or multiplied with every value.
    fn affine(&self, node: &Node<'_>, value: &str) -> Result<Option<NetworkStep>, Flaw> {
        let is_first = node.inputs.first().is_some_and(|input| input == value);
        let other = usize::from(is_first);
        let Some(constant) = self.input(node, other)? else { return Ok(None) };
        // One number, or one for each unit: what is larger would be another for each image.
        if constant.shape.iter().rev().skip(1).any(|&length| length != 1) && !self.is_of_one_image(&constant) {
            return Ok(None);
        }
        let numbers: Vec<f64> = constant.values.iter().map(|&value| f64::from(value)).collect();
        let ones = vec![1.0; numbers.len()];
        let zeros = vec![0.0; numbers.len()];
        let (scale, shift) = match (node.operator.as_str(), is_first) {
            ("Add", _) => (ones, numbers),
            ("Sub", true) => (ones, numbers.iter().map(|number| -number).collect()),
            ("Sub", false) => (vec![-1.0; numbers.len()], numbers),
            ("Mul", _) => (numbers, zeros),
            ("Div", true) => (numbers.iter().map(|number| 1.0 / number).collect(), zeros),
            _ => return Ok(None),
        };
        Ok(Some(NetworkStep::Affine { name: title(node), scale, shift }))
    }

    /// Whether a constant is the size of an image of several dimensions: [1, 1, 28, 28].
    fn is_of_one_image(&self, constant: &NamedTensor) -> bool {
        constant.shape.len() >= 2 && constant.shape[0] == 1 || constant.shape.len() == 2
    }

    /// Activations that exporters spell out: x sigmoid(x), and x (1 + erf(x / sqrt 2)) / 2.
    fn pattern(&self, nodes: &[&Node<'_>], value: &str) -> Option<(Activation, Option<String>)> {
        let [one, other] = nodes else { return None };
        let (product, function) = if one.operator == "Mul" { (one, other) } else { (other, one) };
        if product.operator != "Mul" {
            return None;
        }
        let gives = |node: &Node<'_>, value: &str| node.outputs.first().is_some_and(|output| output == value);
        let factor = product.inputs.iter().find(|input| *input != value)?;
        let after = product.outputs.first().cloned();
        if gives(function, factor) {
            return match function.operator.as_str() {
                "Sigmoid" => Some((Activation::Silu, after)),
                "HardSigmoid" => Some((Activation::HardSwish, after)),
                _ => None,
            };
        }
        self.gelu(function, product, factor, value)
    }

    fn gelu(
        &self,
        first: &Node<'_>,
        product: &Node<'_>,
        factor: &str,
        value: &str,
    ) -> Option<(Activation, Option<String>)> {
        let only = |of: &Node<'_>| -> Option<&Node<'_>> {
            let output = of.outputs.first()?;
            let mut users = self.graph.nodes.iter().filter(|node| node.inputs.contains(output));
            let user = users.next()?;
            users.next().is_none().then_some(user)
        };
        let number = |node: &Node<'_>, beside: &str| -> Option<f64> {
            let other = node.inputs.iter().find(|input| *input != beside)?;
            let constant = self.constant(other).ok()??;
            (constant.values.len() == 1).then(|| f64::from(constant.values[0]))
        };
        let root = std::f64::consts::SQRT_2;
        let divided = number(first, value)?;
        let is_scaled = match first.operator.as_str() {
            "Div" => (divided - root).abs() < 1e-5,
            "Mul" => (divided - 1.0 / root).abs() < 1e-5,
            _ => false,
        };
        let erf = only(first).filter(|node| is_scaled && node.operator == "Erf")?;
        let sum = only(erf).filter(|node| node.operator == "Add" && number(node, &erf.outputs[0]) == Some(1.0))?;
        let sum_value = sum.outputs.first()?;
        let half = |node: &Node<'_>, beside: &str| node.operator == "Mul" && number(node, beside) == Some(0.5);
        if sum_value == factor {
            let last = only(product).filter(|node| half(node, &product.outputs[0]))?;
            return Some((Activation::Gelu, last.outputs.first().cloned()));
        }
        let halved = only(sum).filter(|node| half(node, sum_value))?;
        (halved.outputs.first()? == factor).then(|| (Activation::Gelu, product.outputs.first().cloned()))
    }

    /// All dense layers of a graph that is no chain.
    fn all_dense(&self) -> Result<Vec<NetworkStep>, Flaw> {
        let mut all = Vec::new();
        for node in &self.graph.nodes {
            match node.operator.as_str() {
                "Gemm" => all.extend(self.gemm(node)?.map(NetworkStep::Dense)),
                "MatMul" => match self.input(node, 1)? {
                    Some(kernel) if kernel.shape.len() == 2 => {
                        all.push(NetworkStep::Dense(self.product(node, kernel)?));
                    }
                    _ => {}
                },
                _ => {
                    // Constants of more dimensions are weights; biases stand behind those of a convolution.
                    let is_convolution = node.operator.starts_with("Conv");
                    for at in 0..node.inputs.len() {
                        let Some(weights) = self.input(node, at)?.filter(|weights| weights.shape.len() > 1) else {
                            continue;
                        };
                        let bias = if is_convolution { self.input(node, at + 1)? } else { None };
                        all.push(NetworkStep::Weights(weights, bias));
                    }
                }
            }
        }
        Ok(all)
    }
}

/// What a layer is called after its weights: `fc1` of `fc1.weight`.
fn layer_name(weight: &str) -> String {
    weight.strip_suffix(".weight").unwrap_or(weight).to_owned()
}

fn title(node: &Node<'_>) -> String {
    match node.name.as_str() {
        "" => format!("{} {}", node.operator, node.outputs.first().map_or("", String::as_str)),
        name => name.to_owned(),
    }
}
