"""What the command quality trains, with scikit-learn and PyTorch: the rows of its table for both.

Run with Debian's python3-sklearn and python3-torch: python3 tests/CompiledDnn.Benchmarks/Quality/quality.py
Same sizes, split, scaling, optimiser, batches and epochs; weights start Glorot-uniform, biases at zero (scikit-learn draws them, too).
"""
import os

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"   # more threads make such small networks slower

import time
import warnings
from pathlib import Path

import numpy as np
import sklearn
import torch
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

ROOT = Path(__file__).resolve().parents[3]
DATA = {
    "digits": (ROOT / "samples/Digits/data/digits.csv.gz", 0, (64, 32), 10, 50),
    "breast cancer": (ROOT / "samples/Tumours/data/breast_cancer.csv", 1, (16, 8), 1, 100),
    "iris": (Path(__file__).with_name("iris.csv"), 1, (16,), 3, 100),
}
SEEDS = range(1, 6)


def load(path, header):
    rows = np.loadtxt(path, delimiter=",", skiprows=header)
    x, y = rows[:, :-1], rows[:, -1].astype(int)
    test = np.arange(len(y)) % 5 == 4
    scaler = StandardScaler().fit(x[~test])
    scale = lambda part: scaler.transform(part).astype(np.float32)
    return scale(x[~test]), y[~test], scale(x[test]), y[test]


def evaluate(weights, biases, x, y):
    """Loss from the logits, and accuracy, in double."""
    a = x.astype(float)
    for w, b in zip(weights[:-1], biases[:-1]):
        a = np.maximum(a @ w + b, 0)
    z = a @ weights[-1] + biases[-1]
    if z.shape[1] == 1:
        z = np.hstack([np.zeros_like(z), z])   # a sigmoid of z is a softmax of 0 and z
    loss = np.logaddexp.reduce(z, axis=1) - z[np.arange(len(y)), y]
    return loss.mean(), (z.argmax(axis=1) == y).mean()


def fit_sklearn(x, y, hidden, outputs, epochs, seed):
    net = MLPClassifier(
        hidden, activation="relu", solver="adam", learning_rate_init=1e-3, batch_size=32, alpha=0, max_iter=epochs,
        tol=0, n_iter_no_change=epochs + 1, random_state=seed)
    net.fit(x, y)
    return net.coefs_, net.intercepts_


def fit_torch(x, y, hidden, outputs, epochs, seed):
    torch.manual_seed(seed)
    sizes = [x.shape[1], *hidden, outputs]
    layers = [torch.nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])]
    for layer in layers:
        torch.nn.init.xavier_uniform_(layer.weight)
        torch.nn.init.zeros_(layer.bias)
    net = torch.nn.Sequential(*[part for layer in layers for part in (layer, torch.nn.ReLU())][:-1])
    loss = torch.nn.CrossEntropyLoss() if outputs > 1 else torch.nn.BCEWithLogitsLoss()
    x = torch.from_numpy(x)
    y = torch.from_numpy(y) if outputs > 1 else torch.from_numpy(y).float()[:, None]
    adam = torch.optim.Adam(net.parameters(), lr=1e-3)
    for _ in range(epochs):
        for batch in torch.randperm(len(x)).split(32):
            adam.zero_grad()
            loss(net(x[batch]), y[batch]).backward()
            adam.step()
    return [layer.weight.detach().double().numpy().T for layer in layers], [layer.bias.detach().double().numpy() for layer in layers]


def spread(values):
    return f"{np.mean(values):.4f} ± {np.std(values, ddof=1):.4f}"


warnings.simplefilter("ignore", ConvergenceWarning)   # all epochs are wanted
torch.set_num_threads(1)
for name, (path, header, hidden, outputs, epochs) in DATA.items():
    x, y, x_test, y_test = load(path, header)
    for library, fit in ((f"scikit-learn {sklearn.__version__}", fit_sklearn), (f"PyTorch {torch.__version__}", fit_torch)):
        results, seconds = [], []
        for seed in SEEDS:
            began = time.perf_counter()
            weights, biases = fit(x, y, hidden, outputs, epochs, seed)
            seconds.append(time.perf_counter() - began)
            results.append(evaluate(weights, biases, x_test, y_test))
        losses, accuracies = zip(*results)
        print(f"| {name} | {library} | {spread(losses)} | {spread(accuracies)} | {np.median(seconds):.3f} |", flush=True)
