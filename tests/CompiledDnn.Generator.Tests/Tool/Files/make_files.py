"""Makes the files of this folder with Debian's python3-torch: a network's state as safetensors, written here after the format's documentation,
and what PyTorch computes with it.

    /usr/bin/python3 make_files.py
"""

import json
import os
import struct

import numpy as np
import torch
from torch import nn

FOLDER = os.path.dirname(os.path.abspath(__file__))
TYPES = {torch.float32: "F32", torch.float64: "F64", torch.float16: "F16", torch.bfloat16: "BF16"}


def write(name, state):
    header, data = {}, b""
    for key, tensor in state.items():
        raw = tensor.contiguous().view(torch.int16).numpy().tobytes() if tensor.element_size() == 2 else tensor.numpy().tobytes()
        header[key] = {"dtype": TYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    with open(os.path.join(FOLDER, name + ".safetensors"), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


torch.manual_seed(6)
outputs = {}
x = torch.rand(5, 4) * 4 - 2

# Twelve layers, so that 10 and 20 come after 2.
deep = nn.Sequential(*[layer for _ in range(11) for layer in (nn.Linear(4, 4), nn.Tanh())], nn.Linear(4, 3), nn.Softmax(dim=1))
write("deep", deep.state_dict())
outputs["deep"] = {"x": x.flatten().tolist(), "y": deep(x).detach().flatten().tolist()}

# Names of one's own, no biases, half precision, in an order that only the data has.
named = {"head.weight": torch.rand(1, 5).to(torch.bfloat16), "body.weight": torch.rand(5, 4).to(torch.float16)}
write("named", {"input.weight": named["body.weight"], "gate.weight": named["head.weight"], "gate.bias": torch.tensor([0.25])})
y = torch.sigmoid(torch.relu(x @ named["body.weight"].float().T) @ named["head.weight"].float().T + 0.25)
outputs["named"] = {"x": x.flatten().tolist(), "y": y.flatten().tolist()}

with open(os.path.join(FOLDER, "files.json"), "w", encoding="ascii") as file:
    json.dump(outputs, file, separators=(",", ":"))
    file.write("\n")

np.save(os.path.join(FOLDER, "array.npy"), np.zeros((3, 4), np.float32))
np.savez(os.path.join(FOLDER, "arrays.npz"), a=np.zeros(3), b=np.zeros((2, 2), np.int64))
