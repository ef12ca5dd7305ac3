#!/usr/bin/env python3
"""The article's three panels, by initscope and by NumPy with seaborn: cold processes with their imports, alternately in one run.

    cargo build --release
    python3 -m venv peers && peers/bin/pip install numpy scipy matplotlib seaborn
    peers/bin/python benches/render.py [--program target/release/initscope] [--runs 3]

All 10,000 MNIST test images, five relu layers of 100 after a linear one, sigma 0.10, 0.14, 0.28, saved as SVG. seaborn draws all
values, and every 20th as the article did. Prints medians in seconds, and ratios.
"""

import argparse
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

DATA = pathlib.Path(__file__).resolve().parent.parent / "data" / "t10k-images-idx3-ubyte.gz"

PEER = """
import gzip, sys
import numpy as np
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import seaborn as sns

data, out, stride = sys.argv[1], sys.argv[2], int(sys.argv[3])
x = np.frombuffer(gzip.open(data).read(), np.uint8, offset=16).reshape(-1, 784).astype(np.float32) / 255
figure, axes = plt.subplots(1, 3, figsize=(13.2, 4.4))
for axis, sigma in zip(axes, (0.10, 0.14, 0.28)):
    draws = np.random.default_rng(10)
    h = x @ draws.normal(0, sigma, (784, 100)).astype(np.float32)
    outputs = []
    for _ in range(5):
        h = np.maximum(h @ draws.normal(0, sigma, (100, 100)).astype(np.float32), 0)
        outputs.append(h.ravel()[::stride])
    layers = np.repeat(np.arange(1, 6), [len(output) for output in outputs])
    sns.violinplot(x=layers, y=np.concatenate(outputs), ax=axis, density_norm="count", inner=None)
    axis.set_title(f"Weights drawn from N(0, {sigma:.2f})")
figure.savefig(out)
"""


def seconds(command):
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="target/release/initscope")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = f"{folder}/figure.svg"
        ours = [arguments.program, "render", "--preset", "article_relu_normal", "--out", out]
        theirs = [sys.executable, "-c", PEER, str(DATA), out]
        commands = {
            "initscope": ours,
            "initscope as published": [*ours, "--as-published"],
            "seaborn, all values": [*theirs, "1"],
            "seaborn, every 20th": [*theirs, "20"],
        }
        times = {name: [] for name in commands}
        for _ in range(arguments.runs):
            for name, command in commands.items():
                times[name].append(seconds(command))
    medians = {name: statistics.median(of) for name, of in times.items()}
    for name, median in medians.items():
        print(f"{name:24} {median:8.3f} s")
    print(f"all values:  1/{medians['seaborn, all values'] / medians['initscope']:.0f}")
    print(f"every 20th:  1/{medians['seaborn, every 20th'] / medians['initscope as published']:.1f}")


main()
