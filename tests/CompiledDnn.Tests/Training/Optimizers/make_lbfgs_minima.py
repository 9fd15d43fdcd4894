"""Minima that SciPy and scikit-learn find on the breast cancer data; writes lbfgs_minima.json.

python3 make_lbfgs_minima.py   (Debian: python3-torch, python3-sklearn)
"""
import json
import numpy as np
import scipy
import sklearn
import torch
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

L2 = 0.01
table = np.loadtxt("../../../../samples/Tumours/data/breast_cancer.csv", delimiter=",", skiprows=1, dtype=np.float32)
x = table[:, :30].astype(np.float64)
x = (x - x.mean(axis=0)) / x.std(axis=0)
y = table[:, 30].astype(np.float64)
inputs, targets = torch.from_numpy(x), torch.from_numpy(y)[:, None]


def unpack(flat, sizes):
    layers, at = [], 0
    for before, after in zip(sizes, sizes[1:]):
        w = flat[at:at + before * after].reshape(after, before)
        at += before * after
        layers.append((w, flat[at:at + after]))
        at += after
    return layers


def cost(flat, sizes):
    """Mean cross-entropy and L2 / 2 times the squares of the weights, with its gradient."""
    numbers = torch.from_numpy(np.asarray(flat)).requires_grad_()
    a, penalty = inputs, 0
    layers = unpack(numbers, sizes)
    for number, (w, b) in enumerate(layers, 1):
        z = a @ w.T + b
        a = torch.tanh(z) if number < len(layers) else z
        penalty = penalty + (w * w).sum()
    total = torch.nn.functional.binary_cross_entropy_with_logits(a, targets) + L2 / 2 * penalty
    total.backward()
    return total.item(), numbers.grad.numpy()


def scipy_minimum(start, sizes):
    return minimize(cost, start, args=(sizes,), jac=True, method="L-BFGS-B", options={"maxiter": 5000, "maxfun": 10000, "ftol": 1e-15, "gtol": 1e-9})


random = np.random.RandomState(1)
sizes = [30, 4, 1]
start = random.randn(30 * 4 + 4 + 4 + 1) * 0.3
network = scipy_minimum(start, sizes)
logistic = scipy_minimum(np.zeros(31), [30, 1])
model = LogisticRegression(C=1 / (L2 * len(y)), tol=1e-10, max_iter=10000).fit(x, y)
fitted = np.concatenate([model.coef_[0], model.intercept_])

result = {
    "made_with": f"SciPy {scipy.__version__}, scikit-learn {sklearn.__version__}",
    "l2": L2,
    "logistic": {
        "cost": logistic.fun,
        "scikit_learn_cost": cost(fitted, [30, 1])[0],
        "W": logistic.x[:30].tolist(),
        "b": logistic.x[30:].tolist(),
        "evaluations": logistic.nfev,
    },
    "network": {
        "start": [{"W": w.flatten().tolist(), "b": b.tolist()} for w, b in unpack(start, sizes)],
        "first_cost": cost(start, sizes)[0],
        "cost": network.fun,
        "evaluations": network.nfev,
    },
}
print({name: result[name]["cost"] for name in ("logistic", "network")}, logistic.nfev, network.nfev, result["logistic"]["scikit_learn_cost"])
with open("lbfgs_minima.json", "w") as file:
    json.dump(result, file, indent=1)
    file.write("\n")
