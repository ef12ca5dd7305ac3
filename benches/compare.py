#!/usr/bin/env python3
"""Ours beside NumPy (and PyTorch and seaborn, where installed), in one run, as ratios.

    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install numpy threadpoolctl        # and torch, and seaborn
    /tmp/peers/bin/python benches/compare.py

Runs `cargo bench --bench engine` on the passes and the moves of sigma of one activation at a time, and right after it the same
forward pass of the same network (784 -> 5 x 100 -> 10, f32, two threads) in NumPy and PyTorch, and prints medians in
milliseconds and how ours relate to them. A figure of all values by seaborn comes last.
"""
import io, json, pathlib, statistics, subprocess, time

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
