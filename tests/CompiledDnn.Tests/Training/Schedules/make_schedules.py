"""The learning rates of PyTorch's schedulers; writes schedules.json.

python3 make_schedules.py   (Debian: python3-torch)
"""
import json
import warnings
import torch
from torch.optim import lr_scheduler as lr

warnings.filterwarnings("ignore")
EPOCHS, STEPS, BASE = 12, 5, 0.4
TOTAL = EPOCHS * STEPS


def optimizer(base=BASE):
    return torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=base)


def rates(create, base=BASE, per_epoch=False, fraction=False):
    """The rate of every step."""
    sgd = optimizer(base)
    schedule = create(sgd)
    result = []
    for epoch in range(EPOCHS):
        for step in range(STEPS):
            if fraction:
                schedule.step(epoch + step / STEPS)
            result.append(sgd.param_groups[0]["lr"])
            sgd.step()
            if not fraction and not per_epoch:
                schedule.step()
        if per_epoch:
            schedule.step()
    return result


def warm_up_then_cosine(sgd):
    first = lr.LinearLR(sgd, start_factor=0.1, total_iters=10)
    return lr.SequentialLR(sgd, [first, lr.CosineAnnealingLR(sgd, TOTAL - 10)], milestones=[10])


def plateau(costs, **options):
    """The rate of every epoch, and of one after the last."""
    sgd = optimizer()
    schedule = lr.ReduceLROnPlateau(sgd, **options)
    result = [sgd.param_groups[0]["lr"]]
    for cost in costs:
        schedule.step(cost)
        result.append(sgd.param_groups[0]["lr"])
    return result


costs = [1.0, 0.8, 0.7, 0.699, 0.698, 0.697, 0.6, 0.61, 0.62, 0.63, 0.64, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5,
         0.4999, 0.4998, 0.49, 0.495, 0.496, 0.497, 0.498, 0.499, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4]

result = {
    "made_with": f"PyTorch {torch.__version__}",
    "base": BASE,
    "epochs": EPOCHS,
    "steps_per_epoch": STEPS,
    "rates": {
        "step": rates(lambda o: lr.StepLR(o, 3, 0.5), per_epoch=True),
        "exponential": rates(lambda o: lr.ExponentialLR(o, 0.9), per_epoch=True),
        "cosine": rates(lambda o: lr.CosineAnnealingLR(o, TOTAL, eta_min=0.01)),
        "warm restarts": rates(lambda o: lr.CosineAnnealingWarmRestarts(o, 3, eta_min=0.01), fraction=True),
        "growing restarts": rates(lambda o: lr.CosineAnnealingWarmRestarts(o, 2, 2), fraction=True),
        "warm-up": rates(lambda o: lr.LinearLR(o, total_iters=7)),
        "warm-up, then cosine": rates(warm_up_then_cosine),
        "one cycle": rates(lambda o: lr.OneCycleLR(o, BASE, total_steps=TOTAL)),
        "steep cycle": rates(
            lambda o: lr.OneCycleLR(o, BASE, total_steps=TOTAL, pct_start=0.1, div_factor=10, final_div_factor=100)),
    },
    "costs": costs,
    "plateaus": {
        "default": plateau(costs, patience=2),
        "with cooldown": plateau(costs, factor=0.5, patience=1, threshold=0.01, cooldown=2, min_lr=0.03),
    },
}
with open("schedules.json", "w") as file:
    json.dump(result, file, indent=1)
    file.write("\n")
