#!/usr/bin/env python3
"""Ours beside NumPy (and PyTorch and seaborn, where installed), in one run, as ratios.

    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install numpy threadpoolctl        # and torch, and seaborn
    /tmp/peers/bin/python benches/compare.py            # or only: benches/compare.py train

Runs `cargo bench --bench engine` on the passes and the moves of sigma of one activation at a time, and right after it the same
forward pass of the same network (784 -> 5 x 100 -> 10, f32, two threads) in NumPy and PyTorch, and prints medians in
milliseconds and how ours relate to them. A figure of all values by seaborn comes last.

`train` runs `cargo bench --bench train` and the same steps of a training in NumPy, JAX and PyTorch, as far as they are installed: one
network of ours on one thread, and four side by side, against a peer on two threads.
"""
import io, json, pathlib, statistics, subprocess, sys, time

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent
CRITERION = ROOT / "target" / "criterion"
THREADS = 2
QUICK = ["--warm-up-time", "0.3", "--measurement-time", "1", "--sample-size", "20"]
WIDTHS = [784, 100, 100, 100, 100, 100, 10]
NUMPY = {
    "relu": lambda z: np.maximum(z, 0, out=z),
    "tanh": lambda z: np.tanh(z, out=z),
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
}


def ours(name):
    # criterion makes slashes of the names' parts underscores.
    path = CRITERION / name.replace("/", "_") / "new" / "estimates.json"
    return json.loads(path.read_text())["median"]["point_estimate"] / 1e6


def median_ms(run, runs=25):
    run()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times)


def numpy_forward(x, weights, phi):
    for weight in weights[:-1]:
        x = phi(x @ weight)
    return x @ weights[-1]


def peers(random, images, name):
    """Median milliseconds by library."""
    x = random.random((images, WIDTHS[0]), dtype=np.float32)
    shapes = zip(WIDTHS, WIDTHS[1:])
    weights = [random.normal(0, 0.1, shape).astype(np.float32) for shape in shapes]
    found = {"NumPy": median_ms(lambda: numpy_forward(x, weights, NUMPY[name]))}
    try:
        import torch
    except ImportError:
        return found
    torch.set_num_threads(THREADS)
    x, weights = torch.from_numpy(x), [torch.from_numpy(weight) for weight in weights]
    phi = getattr(torch, name)

    def forward():
        with torch.inference_mode():
            h = x
            for weight in weights[:-1]:
                h = phi(h @ weight)
            return h @ weights[-1]

    found["PyTorch"] = median_ms(forward)
    return found


def train_numpy(start, optimizer, rate):
    """A step in place, all weights in one buffer."""
    sizes = [array.size for array in start]
    ends = np.cumsum(sizes)
    weights = np.concatenate([array.ravel() for array in start])
    gradient, mean, square, update = (np.zeros_like(weights) for _ in range(4))
    parts = lambda buffer: [buffer[end - size : end].reshape(array.shape) for end, size, array in zip(ends, sizes, start)]
    arrays, gradients, steps = parts(weights), parts(gradient), 0

    def step(x, y):
        nonlocal steps, update
        steps += 1
        outputs = [x]
        for kernel, bias in zip(arrays[:-2:2], arrays[1:-2:2]):
            z = outputs[-1] @ kernel
            z += bias
            outputs.append(np.maximum(z, 0, out=z))
        logits = outputs[-1] @ arrays[-2]
        logits += arrays[-1]
        logits -= logits.max(1, keepdims=True)
        rows, powers = np.arange(len(y)), np.exp(logits)
        sums = powers.sum(1)
        loss = float(np.mean(np.log(sums) - logits[rows, y]))
        dz = powers / sums[:, None]
        dz[rows, y] -= 1
        dz /= len(y)
        for layer in reversed(range(len(outputs))):
            np.matmul(outputs[layer].T, dz, out=gradients[2 * layer])
            dz.sum(0, out=gradients[2 * layer + 1])
            if layer:
                dz = dz @ arrays[2 * layer].T
                dz *= outputs[layer] > 0
        if optimizer == "sgd":
            np.multiply(gradient, np.float32(rate), out=update)
        else:
            np.subtract(gradient, mean, out=update)
            update *= np.float32(0.1)
            np.add(mean, update, out=mean)
            np.multiply(gradient, gradient, out=update)
            update -= square
            update *= np.float32(0.001)
            np.add(square, update, out=square)
            np.sqrt(square, out=update)
            update += np.float32(1e-7)
            np.divide(mean, update, out=update)
            update *= np.float32(rate * np.sqrt(1 - 0.999**steps) / (1 - 0.9**steps))
        np.subtract(weights, update, out=weights)
        return loss

    return step


def train_jax(start, optimizer, rate):
    import jax, jax.numpy as jnp

    def loss_of(arrays, x, y):
        for kernel, bias in zip(arrays[:-2:2], arrays[1:-2:2]):
            x = jax.nn.relu(x @ kernel + bias)
        logits = x @ arrays[-2] + arrays[-1]
        return jnp.mean(jax.nn.logsumexp(logits, axis=1) - logits[jnp.arange(len(y)), y])

    @jax.jit
    def update(state, x, y):
        arrays, means, squares, steps = state
        loss, gradients = jax.value_and_grad(loss_of)(arrays, x, y)
        steps = steps + 1
        if optimizer == "sgd":
            return ([a - rate * g for a, g in zip(arrays, gradients)], means, squares, steps), loss
        means = [m + 0.1 * (g - m) for m, g in zip(means, gradients)]
        squares = [v + 0.001 * (g * g - v) for v, g in zip(squares, gradients)]
        by = rate * jnp.sqrt(1 - 0.999**steps) / (1 - 0.9**steps)
        arrays = [a - by * m / (jnp.sqrt(v) + 1e-7) for a, m, v in zip(arrays, means, squares)]
        return (arrays, means, squares, steps), loss

    zeros = lambda: [jnp.zeros_like(array) for array in start]
    state = [([jnp.array(array) for array in start], zeros(), zeros(), jnp.float32(0))]

    def step(x, y):
        state[0], loss = update(state[0], x, y)
        return float(loss)

    return step


def train_torch(start, optimizer, rate):
    import torch

    torch.set_num_threads(THREADS)
    arrays = [torch.tensor(array, requires_grad=True) for array in start]
    kind = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[optimizer]
    rule = kind(arrays, lr=rate, fused=True)

    def step(x, y):
        h = torch.from_numpy(x)
        for kernel, bias in zip(arrays[:-2:2], arrays[1:-2:2]):
            h = torch.relu(torch.addmm(bias, h, kernel))
        loss = torch.nn.functional.cross_entropy(torch.addmm(arrays[-1], h, arrays[-2]), torch.from_numpy(y))
        rule.zero_grad()
        loss.backward()
        rule.step()
        return float(loss.detach())

    return step


def digits(count):
    """Pixels as digits have them: a fifth of them is not black."""
    random = np.random.default_rng(3)
    x = random.random((count, WIDTHS[0]), dtype=np.float32)
    x[random.random(x.shape) < 0.81] = 0
    return x, random.integers(0, 10, count)


def compare_training():
    random = np.random.default_rng(1)
    start = []
    for fan_in, units in zip(WIDTHS, WIDTHS[1:]):
        start += [random.normal(0, (2 / fan_in) ** 0.5, (fan_in, units)).astype(np.float32), np.zeros(units, np.float32)]
    for optimizer, rate in (("sgd", 0.01), ("adam", 0.001)):
        for batch in (32, 128, 512):
            chosen = f"^(train|race)/{optimizer}/{batch}$"
            command = ["cargo", "bench", "--quiet", "--bench", "train", "--", *QUICK, chosen]
            subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
            # Fifty steps of four networks.
            alone, race = ours_in(f"train/{optimizer}_{batch}"), ours_in(f"race/{optimizer}_{batch}") / 200
            x, y = digits(batch)
            found = {}
            for library, kind in (("NumPy", train_numpy), ("JAX", train_jax), ("PyTorch", train_torch)):
                try:
                    step = kind(start, optimizer, rate)
                except ImportError:
                    continue
                found[library] = median_ms(lambda: step(x, y), 200)
            fastest = min(found, key=found.get)
            each = ", ".join(f"{library} {time:.3f}" for library, time in found.items())
            print(f"{optimizer:5}{batch:4}  ms a step: one of ours on one thread {alone:.3f}, four on two {race:.3f} each; {each}; "
                  f"over {fastest}: alone {alone / found[fastest]:.2f} x the time, four {found[fastest] / race:.2f} x the images")


def ours_in(name):
    return json.loads((CRITERION / name / "new" / "estimates.json").read_text())["median"]["point_estimate"] / 1e6


def seaborn_figure_ms(random):
    """Violins of all outputs of 1,000 images, drawn and saved; None without seaborn."""
    try:
        import matplotlib

        matplotlib.use("Agg")
        import matplotlib.pyplot as plt
        import pandas as pd
        import seaborn as sns
    except ImportError:
        return None
    x = random.random((1000, WIDTHS[0]), dtype=np.float32)
    layers = []
    for shape in list(zip(WIDTHS, WIDTHS[1:]))[:-1]:
        x = np.tanh(x @ random.normal(0, 0.1, shape).astype(np.float32))
        layers.append(x.ravel())

    def figure():
        frame = pd.DataFrame({"layer": np.repeat(np.arange(1, 6), layers[0].size), "output": np.concatenate(layers)})
        _, axes = plt.subplots()
        sns.violinplot(data=frame, x="layer", y="output", inner=None, density_norm="count", ax=axes)
        plt.savefig(io.BytesIO(), format="png")
        plt.close()

    return median_ms(figure, 3)


def main():
    try:
        from threadpoolctl import threadpool_limits

        threadpool_limits(THREADS)
    except ImportError:
        print("threadpoolctl is missing: NumPy takes as many threads as it likes")
    if sys.argv[1:] == ["train"]:
        return compare_training()
    random = np.random.default_rng(10)
    for images in (1000, 10000):
        for name in ("relu", "tanh", "sigmoid", "gelu"):
            kinds = f"(forward|backward|backward_dz|sigma_move|sigma_move_with_quantiles)/{name}"
            chosen = f"^(products|{kinds})/{images}$"
            command = ["cargo", "bench", "--quiet", "--bench", "engine", "--", *QUICK, chosen]
            subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
            products = ours(f"products/{images}")
            forward, whole, dz = (ours(f"{kind}/{name}/{images}") for kind in ("forward", "backward", "backward_dz"))
            print(f"{images:6} {name:8} forward {forward:.3f} ms = {forward / products:.2f} x products; back with dL/dW "
                  f"{(whole - forward) / forward:.2f} x forward, without {(dz - forward) / forward:.2f} x")
            move, exact = (ours(f"{kind}/{name}/{images}") for kind in ("sigma_move", "sigma_move_with_quantiles"))
            print(f"                sigma {move:.3f} ms = {move / forward:.3f} x forward, with quantiles {exact:.3f} ms")
            for library, theirs in (peers(random, images, name) if name in NUMPY else {}).items():
                print(f"                {library} {theirs:.3f} ms: forward {forward / theirs:.2f} x, sigma {move / theirs:.3f} x, "
                      f"with quantiles {exact / theirs:.3f} x")
    figure = seaborn_figure_ms(random)
    if figure:
        print(f"seaborn's figure of 1,000 images {figure:.0f} ms: sigma {ours('sigma_move/tanh/1000') / figure:.5f} x")


if __name__ == "__main__":
    main()
