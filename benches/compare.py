#!/usr/bin/env python3
"""Ours beside NumPy (and PyTorch, where installed), in one run, as ratios.

    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install numpy threadpoolctl
    /tmp/peers/bin/python benches/compare.py

Runs `cargo bench --bench engine` on the passes and the moves of sigma, then the same forward pass of the same network
(784 -> 5 x 100 -> 10, f32, two threads) in NumPy and PyTorch, and prints medians in milliseconds and how ours relate to them.
"""
import json, pathlib, statistics, subprocess, time

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent
CRITERION = ROOT / "target" / "criterion"
THREADS = 2
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


def peers(random, images):
    """Median milliseconds by library and activation."""
    x = random.random((images, WIDTHS[0]), dtype=np.float32)
    shapes = zip(WIDTHS, WIDTHS[1:])
    weights = [random.normal(0, 0.1, shape).astype(np.float32) for shape in shapes]
    found = {("NumPy", name): median_ms(lambda: numpy_forward(x, weights, phi)) for name, phi in NUMPY.items()}
    try:
        import torch
    except ImportError:
        return found
    torch.set_num_threads(THREADS)
    x, weights = torch.from_numpy(x), [torch.from_numpy(weight) for weight in weights]

    def forward(phi):
        with torch.inference_mode():
            h = x
            for weight in weights[:-1]:
                h = phi(h @ weight)
            return h @ weights[-1]

    for name in NUMPY:
        phi = getattr(torch, name)
        found["PyTorch", name] = median_ms(lambda: forward(phi))
    return found


def main():
    chosen = "^(products|forward|backward|backward_dz|sigma_move|sigma_move_with_quantiles)/"
    subprocess.run(["cargo", "bench", "--bench", "engine", "--", chosen], cwd=ROOT, check=True)
    try:
        from threadpoolctl import threadpool_limits

        threadpool_limits(THREADS)
    except ImportError:
        print("threadpoolctl is missing: NumPy takes as many threads as it likes")
    random = np.random.default_rng(10)
    for images in (1000, 10000):
        products = ours(f"products/{images}")
        print(f"\n{images} images; products alone {products:.3f} ms")
        peer = peers(random, images)
        for name in ("relu", "tanh", "sigmoid", "gelu"):
            forward, whole, dz = (ours(f"{kind}/{name}/{images}") for kind in ("forward", "backward", "backward_dz"))
            print(f"  {name:8} forward {forward:.3f} ms = {forward / products:.2f} x products; back with dL/dW "
                  f"{(whole - forward) / forward:.2f} x forward, without {(dz - forward) / forward:.2f} x")
            move, exact = (ours(f"{kind}/{name}/{images}") for kind in ("sigma_move", "sigma_move_with_quantiles"))
            print(f"           sigma {move:.3f} ms, with quantiles {exact:.3f} ms")
            for (library, activation), theirs in peer.items():
                if activation == name:
                    print(f"           {library} {theirs:.3f} ms: forward {forward / theirs:.2f} x, sigma {move / theirs:.3f} x, "
                          f"with quantiles {exact / theirs:.3f} x")


if __name__ == "__main__":
    main()
