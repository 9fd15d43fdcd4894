"""Trains a network on the tumours of samples/Tumours with Debian's python3-torch and writes into data/ what this sample starts from:

    tumours.onnx          the network, by torch.onnx.export
    tumours.safetensors   its state_dict, written after the format's documentation
    expected.csv          standardised measurements of tumours that it was not trained with, and what PyTorch gives for them

    /usr/bin/python3 train.py
"""

import csv
import json
import os
import struct

import torch
from torch import nn

FOLDER = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(FOLDER, "data")
EXPECTED = 20

with open(os.path.join(FOLDER, "..", "Tumours", "data", "breast_cancer.csv"), encoding="ascii") as file:
    rows = [[float(cell) for cell in row] for row in list(csv.reader(file))[1:]]

torch.manual_seed(1)
torch.set_num_threads(1)
table = torch.tensor(rows)[torch.randperm(len(rows))]
x, y = table[:, :-1], table[:, -1:]
x_train, y_train, x_test, y_test = x[114:], y[114:], x[:114], y[:114]
mean, deviation = x_train.mean(0), x_train.std(0)
x_train, x_test = (x_train - mean) / deviation, (x_test - mean) / deviation

model = nn.Sequential(nn.Linear(30, 16), nn.Tanh(), nn.Linear(16, 8), nn.Tanh(), nn.Linear(8, 1), nn.Sigmoid())
optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
for _ in range(60):
    optimizer.zero_grad()
    nn.functional.binary_cross_entropy(model(x_train), y_train).backward()
    optimizer.step()

model.eval()
with torch.no_grad():
    accuracy = ((model(x_test) > 0.5) == (y_test > 0.5)).float().mean().item()
    print(f"test accuracy: {accuracy:.4f}")

    # Four digits, so that the file is short; what PyTorch gives is for just these numbers.
    inputs = (x_test[:EXPECTED] * 10000).round() / 10000
    outputs = model(inputs)

torch.onnx.export(
    model, inputs, os.path.join(DATA, "tumours.onnx"), opset_version=17, input_names=["input"], output_names=["output"],
    dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}})

# The example makes Load notice a network with other activations, which the tensors do not tell.
example = {"inputs": inputs[0].tolist(), "outputs": outputs[0].tolist()}
header, data = {"__metadata__": {"format": "pt", "example": json.dumps(example)}}, b""
for name, tensor in model.state_dict().items():
    raw = tensor.contiguous().numpy().tobytes()
    header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
    data += raw
text = json.dumps(header, separators=(",", ":")).encode()
text += b" " * (-len(text) % 8)
with open(os.path.join(DATA, "tumours.safetensors"), "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text + data)

with open(os.path.join(DATA, "expected.csv"), "w", encoding="ascii") as file:
    for row, output in zip(inputs.tolist(), outputs.flatten().tolist()):
        file.write(",".join(f"{number:.4f}" for number in row) + f",{output:.9g}\n")
