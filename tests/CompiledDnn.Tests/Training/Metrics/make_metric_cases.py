"""Writes metric_cases.json: predictions, targets, weights, and what scikit-learn makes of them.

Run with scikit-learn 1.2 or later: python3 make_metric_cases.py
Values that a case does not define are left out. Predictions are multiples of 1/64, so that they are the same in float and in double
and some of them are equal.
"""

import json
import os
import warnings

import numpy as np
from sklearn import metrics as sk

warnings.filterwarnings("ignore")
EPS = float(np.finfo(np.float64).eps)


def scores(prefix, truth, predicted, weights, averages, **more):
    values = {}
    for name, function in (("precision", sk.precision_score), ("recall", sk.recall_score), ("f1", sk.f1_score)):
        for average in averages:
            key = name if average == "binary" else f"{name}_{average}"
            values[key + prefix] = function(truth, predicted, average=average, sample_weight=weights, zero_division=0, **more)
    return values


def of_class(truth, predicted, weights, c):
    values = {}
    for name, function in (("precision", sk.precision_score), ("recall", sk.recall_score), ("f1", sk.f1_score)):
        values[f"{name}_class_{c}"] = function(truth, predicted, labels=[c], average="macro", sample_weight=weights, zero_division=0)
    return values


def binary(rng, m, weights=None, positives=None):
    y = (rng.random(m) < 0.4).astype(int) if positives is None else np.full(m, positives)
    a = np.clip(np.round(64 * (0.35 * y + 0.65 * rng.random(m))) / 64, 0, 1)
    values = {"accuracy": sk.accuracy_score(y, a > 0.5, sample_weight=weights)}
    values["accuracy_at_0.25"] = sk.accuracy_score(y, a > 0.25, sample_weight=weights)
    values |= scores("", y, (a > 0.5).astype(int), weights, ("binary", "macro", "micro", "weighted"))
    values |= scores("_at_0.25", y, (a > 0.25).astype(int), weights, ("binary", "macro"))
    values |= of_class(y, (a > 0.5).astype(int), weights, 0)
    values["log_loss"] = sk.log_loss(y, a, eps=EPS, sample_weight=weights, labels=[0, 1])
    if positives is None:
        values["roc_auc"] = sk.roc_auc_score(y, a, sample_weight=weights)
    confusion = sk.confusion_matrix(y, a > 0.5, labels=[0, 1], sample_weight=weights)
    return case("BinaryClassification", a[:, None], y[:, None], None, weights, values, confusion)


def multilabel(rng, m, n, weights=None):
    y = (rng.random((m, n)) < np.linspace(0, 0.6, n)).astype(int)  # the first output has no positives
    a = np.clip(np.round(64 * (0.3 * y + 0.7 * rng.random((m, n)))) / 64, 0, 1)
    predicted = (a > 0.5).astype(int)
    w = np.ones(m) if weights is None else weights
    values = {"accuracy": np.average((predicted == y).mean(axis=1), weights=w)}
    values |= scores("", y, predicted, weights, ("macro", "micro", "weighted"))
    values |= of_class(y, predicted, weights, n - 1)
    values["roc_auc"] = np.mean([sk.roc_auc_score(y[:, c], a[:, c], sample_weight=weights) for c in range(1, n)])
    values["log_loss"] = np.mean([sk.log_loss(y[:, c], a[:, c], eps=EPS, sample_weight=weights, labels=[0, 1]) for c in range(n)])
    return case("BinaryClassification", a, y, None, weights, values)


def multiclass(rng, m, n, weights=None, absent=()):
    classes = [c for c in range(n) if c not in absent]
    labels = rng.choice(classes, m)
    shares = np.array([0 if c in absent else 1 / len(classes) for c in range(n)])
    counts = rng.multinomial(58, shares, size=m)
    counts[np.arange(m), labels] += 6
    a = counts / 64  # a row adds up to 1
    predicted = a.argmax(axis=1)
    values = {"accuracy": sk.accuracy_score(labels, predicted, sample_weight=weights)}
    values |= scores("", labels, predicted, weights, ("macro", "micro", "weighted"))
    values |= of_class(labels, predicted, weights, 1)
    values |= of_class(labels, predicted, weights, n - 1)
    # scikit-learn counts the last of equal outputs as larger, so its own columns are turned round.
    for k in (1, 2, 3):
        values[f"top_{k}_accuracy"] = sk.top_k_accuracy_score(
            n - 1 - labels, a[:, ::-1], k=k, labels=np.arange(n), sample_weight=weights
        )
    values["log_loss"] = sk.log_loss(labels, a, eps=EPS, labels=np.arange(n), sample_weight=weights)
    values["roc_auc"] = np.mean([sk.roc_auc_score(labels == c, a[:, c], sample_weight=weights) for c in classes])
    if not absent and weights is None:
        assert abs(values["roc_auc"] - sk.roc_auc_score(labels, a, multi_class="ovr", average="macro")) < 1e-14
    confusion = sk.confusion_matrix(labels, predicted, labels=np.arange(n), sample_weight=weights)
    return case("Classification", a, None, labels, weights, values, confusion)


def regression(rng, m, n, weights=None, constant=False, right=False):
    y = np.round(64 * rng.normal(1000, 3, (m, n))) / 64
    if constant:
        y[:] = y[0]
    a = y.copy() if right else np.round(64 * (y + rng.normal(0, 1, (m, n)))) / 64
    values = {
        "r2": sk.r2_score(y, a, sample_weight=weights),
        "mean_absolute_error": sk.mean_absolute_error(y, a, sample_weight=weights),
        # The root of each output's error, then the mean, whatever the version of scikit-learn.
        "root_mean_squared_error": np.mean(np.sqrt(sk.mean_squared_error(y, a, sample_weight=weights, multioutput="raw_values"))),
    }
    return case("Regression", a, y, None, weights, values)


def case(task, outputs, targets, labels, weights, values, confusion=None):
    return {
        "task": task,
        "outputSize": int(outputs.shape[1]),
        "outputs": [float(v) for v in outputs.ravel()],
        "targets": None if targets is None else [float(v) for v in targets.ravel()],
        "labels": None if labels is None else [int(v) for v in labels],
        "weights": None if weights is None else [float(v) for v in weights],
        "values": {name: float(v) for name, v in values.items() if np.isfinite(v)},
        "confusion": None if confusion is None else [float(v) for v in confusion.ravel()],
    }


def main():
    rng = np.random.default_rng(4)

    def weights(m):
        return rng.integers(0, 9, m) / 4

    cases = {
        "binary": binary(rng, 101),
        "binary weighted": binary(rng, 60, weights(60)),
        "binary without positives": binary(rng, 20, positives=0),
        "binary without negatives": binary(rng, 20, positives=1),
        "independent outputs": multilabel(rng, 70, 4),
        "independent outputs weighted": multilabel(rng, 50, 3, weights(50)),
        "classes": multiclass(rng, 97, 5),
        "classes weighted": multiclass(rng, 80, 3, weights(80)),
        "classes of which two are absent": multiclass(rng, 50, 6, absent=(1, 4)),
        "regression": regression(rng, 83, 1),
        "regression of several outputs weighted": regression(rng, 64, 3, weights(64)),
        "regression to a constant": regression(rng, 12, 1, constant=True),
        "regression to a constant, all right": regression(rng, 12, 2, constant=True, right=True),
    }
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "metric_cases.json")
    with open(path, "w", encoding="utf-8") as file:
        lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in cases.items())
        file.write("{\n" + lines + "\n}\n")


main()
