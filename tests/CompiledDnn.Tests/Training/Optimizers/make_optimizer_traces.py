"""Follows PyTorch's optimisers in double over recorded gradients and writes optimizer_traces.json.

python3 make_optimizer_traces.py   (Debian: python3-torch)
"""
import json
import torch

STEPS, OUTPUTS, INPUTS = 40, 3, 4
torch.manual_seed(1)


def as_single(values):
    """Numbers that float holds exactly, so that float and double follow the same gradients."""
    return values.float().double()


weights = as_single(torch.randn(OUTPUTS, INPUTS, dtype=torch.float64))
weights[1, 1] = 0.0
biases = as_single(torch.randn(OUTPUTS, dtype=torch.float64))
scales = 10.0 ** torch.linspace(-3, 2, OUTPUTS * INPUTS, dtype=torch.float64).reshape(OUTPUTS, INPUTS)
gradients = []
for step in range(STEPS):
    dw = as_single(torch.randn(OUTPUTS, INPUTS, dtype=torch.float64) * scales + 0.3 * scales)
    db = as_single(torch.randn(OUTPUTS, dtype=torch.float64))
    dw[0, 1] = 0.0
    if step % 3 == 0:
        dw[2, 0] = 0.0
    gradients.append((dw, db))

sgd, optim = torch.optim.SGD, torch.optim
cases = {
    "descent": lambda w, b: sgd([w, b], lr=0.05),
    "momentum": lambda w, b: sgd([w, b], lr=0.05, momentum=0.9),
    "nesterov": lambda w, b: sgd([w, b], lr=0.05, momentum=0.9, nesterov=True),
    "nesterov 0.5": lambda w, b: sgd([w, b], lr=0.1, momentum=0.5, nesterov=True),
    "rmsprop": lambda w, b: optim.RMSprop([w, b]),
    "rmsprop 0.9": lambda w, b: optim.RMSprop([w, b], lr=0.002, alpha=0.9, eps=1e-3),
    "adam": lambda w, b: optim.Adam([w, b]),
    "adamw": lambda w, b: optim.AdamW([{"params": [w]}, {"params": [b], "weight_decay": 0.0}]),
    "adamw 0.3": lambda w, b: optim.AdamW(
        [{"params": [w]}, {"params": [b], "weight_decay": 0.0}], lr=0.02, betas=(0.8, 0.95), eps=1e-4, weight_decay=0.3),
    "adamw biases too": lambda w, b: optim.AdamW([w, b], lr=0.02, weight_decay=0.3),
    "descent with l2": lambda w, b: sgd([{"params": [w]}, {"params": [b], "weight_decay": 0.0}], lr=0.05, weight_decay=0.2),
    "adam with l2": lambda w, b: optim.Adam(
        [{"params": [w]}, {"params": [b], "weight_decay": 0.0}], lr=0.02, weight_decay=0.2),
    "momentum with l1, l2 and a clipped value": lambda w, b: sgd([w, b], lr=0.05, momentum=0.9),
    "adam with l2 and a clipped norm": lambda w, b: optim.Adam([w, b], lr=0.02),
    "descent with a clipped value and norm": lambda w, b: sgd([w, b], lr=0.05),
}

clip_value, clip_norm = torch.nn.utils.clip_grad_value_, torch.nn.utils.clip_grad_norm_


def penalise(w, l1, l2):
    """Adds the gradient of l1 Σ |w| + l2 / 2 Σ w², which autograd works out."""
    (l1 * w.abs().sum() + l2 / 2 * (w * w).sum()).backward()


def change_1(w, b):
    penalise(w, 0.3, 0.1)
    clip_value([w, b], 0.75)


def change_2(w, b):
    penalise(w, 0.0, 0.2)
    clip_norm([w, b], 2.0)


def change_3(w, b):
    clip_value([w, b], 1.5)
    clip_norm([w, b], 2.5)


changes = {
    "momentum with l1, l2 and a clipped value": change_1,
    "adam with l2 and a clipped norm": change_2,
    "descent with a clipped value and norm": change_3,
}

traces = {}
for name, create in cases.items():
    w, b = weights.clone().requires_grad_(), biases.clone().requires_grad_()
    optimizer = create(w, b)
    points = []
    for step, (dw, db) in enumerate(gradients, 1):
        w.grad, b.grad = dw.clone(), db.clone()
        changes.get(name, lambda w, b: None)(w, b)
        optimizer.step()
        if step in (1, 2) or step % 10 == 0:
            points.append({"step": step, "W": w.detach().flatten().tolist(), "b": b.tolist()})
    traces[name] = points

result = {
    "made_with": f"PyTorch {torch.__version__}",
    "outputs": OUTPUTS,
    "inputs": INPUTS,
    "W": weights.flatten().tolist(),
    "b": biases.tolist(),
    "gradients": [{"DW": dw.flatten().tolist(), "DB": db.tolist()} for dw, db in gradients],
    "traces": traces,
}
with open("optimizer_traces.json", "w") as file:
    json.dump(result, file, indent=1)
    file.write("\n")
