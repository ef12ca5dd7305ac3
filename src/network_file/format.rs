/// A kind of file that networks are read from.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Whose it is.
    pub name: &'static str,
    /// How its files are called.
    pub endings: &'static str,
    /// What is read of it.
    pub about: &'static str,
}

/// All of them.
pub const FORMATS: [Format; 5] = [
    Format {
        name: "NumPy",
        endings: ".npz",
        about: "arrays W1, b1, ..., coefs_0, ..., fc1.weight, ... or arr_0, ... in order; no activations",
    },
    Format {
        name: "safetensors",
        endings: ".safetensors",
        about: "kernels and biases by their names, or in the only order that fits; no activations",
    },
    Format {
        name: "PyTorch",
        endings: ".pt .pth",
        about: "state_dicts and checkpoints, which name no activations, and whole Sequentials; nothing is executed",
    },
    Format { name: "Keras", endings: ".keras .h5 .weights.h5", about: "models of Keras 3 and 2, and weights alone" },
    Format {
        name: "ONNX",
        endings: ".onnx",
        about: "a chain of Gemm, or MatMul and Add, with activations; weights inside or in a file beside it",
    },
];
