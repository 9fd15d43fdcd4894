"""Makes the models of this folder with Debian's python3-torch and python3-onnx, and outputs.json with what PyTorch computes.

    /usr/bin/python3 make_models.py

The files in the repository were made with PyTorch 1.13.1 and ONNX 1.12.0. The legacy exporter of PyTorch writes them.
"""

import json
import os

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

FOLDER = os.path.dirname(os.path.abspath(__file__))
ROWS = 5
outputs = {}


class Reshaped(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.width = width

    def forward(self, x):
        return x.reshape(-1, self.width)


class Standardised(nn.Module):
    """Inputs minus mean over deviation, as a scaler in front of a network does."""

    def __init__(self, mean, deviation):
        super().__init__()
        self.register_buffer("mean", torch.tensor(mean))
        self.register_buffer("deviation", torch.tensor(deviation))

    def forward(self, x):
        return (x - self.mean) / self.deviation


def batch_norm(width):
    """A normalisation with statistics that are not the trivial ones."""
    norm = nn.BatchNorm1d(width)
    with torch.no_grad():
        norm.running_mean.copy_(torch.rand(width) - 0.5)
        norm.running_var.copy_(torch.rand(width) + 0.5)
        norm.weight.copy_(torch.rand(width) + 0.5)
        norm.bias.copy_(torch.rand(width) - 0.5)
    return norm


def export(name, model, shape, opset=17, **options):
    model.eval()
    x = torch.rand(ROWS, *shape, dtype=next(model.parameters()).dtype) * 4 - 2
    with torch.no_grad():
        y = model(x)
    path = os.path.join(FOLDER, name + ".onnx")
    torch.onnx.export(model, x, path, opset_version=opset, input_names=["input"], output_names=["output"],
                      dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}}, **options)
    outputs[name] = {"x": x.flatten().tolist(), "y": y.flatten().tolist()}


def hand_made(name, nodes, constants, width, wide, y, opset=13, **options):
    graph = helper.make_graph(
        nodes, "made", [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", width])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", wide])], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=7)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, os.path.join(FOLDER, name + ".onnx"), **options)
    if y is not None:
        outputs[name] = y


torch.manual_seed(4)
export("relu_softmax", nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 3), nn.Softmax(dim=1)), [4])
export("tanh_sigmoid", nn.Sequential(nn.Linear(4, 6), nn.Tanh(), nn.Linear(6, 1), nn.Sigmoid()), [4], opset=9)
export("gelu", nn.Sequential(nn.Linear(4, 6), nn.GELU(), nn.Linear(6, 3)), [4])
export("silu", nn.Sequential(nn.Linear(4, 6), nn.SiLU(), nn.Linear(6, 3)), [4])
export("elu_leaky", nn.Sequential(nn.Linear(4, 6), nn.ELU(0.7), nn.Linear(6, 5), nn.LeakyReLU(0.3), nn.Linear(5, 3)), [4])
export("softplus_double", nn.Sequential(nn.Linear(4, 6), nn.Softplus(), nn.Linear(6, 3)).double(), [4])
export("no_bias", nn.Sequential(nn.Linear(4, 6, bias=False), nn.ReLU(), nn.Linear(6, 1, bias=False), nn.Sigmoid()), [4])
export("flatten", nn.Sequential(nn.Flatten(), nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, 2)), [2, 3])
export("reshape", nn.Sequential(Reshaped(6), nn.Linear(6, 8), nn.ReLU(), nn.Identity(), nn.Linear(8, 2)), [2, 3])
# Not folded by the exporter: before the first layer, before an activation and after one.
export("batch_norm", nn.Sequential(batch_norm(4), nn.Linear(4, 6), batch_norm(6), nn.ReLU(), batch_norm(6), nn.Linear(6, 3)), [4],
       training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False)
export("scaler", nn.Sequential(Standardised([0.1, 0.2, 0.3, 0.4], [1.0, 2.0, 0.5, 0.25]), nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 3)), [4])
export("selu", nn.Sequential(nn.Linear(4, 6), nn.SELU(), nn.Linear(6, 3)), [4])
export("layer_norm", nn.Sequential(nn.Linear(4, 6), nn.LayerNorm(6), nn.ReLU(), nn.Linear(6, 3)), [4])

# MatMul and Add in either order, Dropout, half precision, Constant nodes, numbers as float_data: as converters other than PyTorch's write them.
generator = np.random.default_rng(3)
w1, b1 = generator.standard_normal((4, 6)).astype(np.float32), generator.standard_normal(6).astype(np.float32)
w2, b2 = generator.standard_normal((6, 3)).astype(np.float16), generator.standard_normal(3).astype(np.float16)
x = generator.standard_normal((ROWS, 4)).astype(np.float32)
z = np.maximum(x @ w1 + b1, 0) @ w2.astype(np.float32) + b2.astype(np.float32)
hand_made(
    "matmul_add",
    [
        helper.make_node("Constant", [], ["b1"], value=helper.make_tensor("b1", TensorProto.FLOAT, [1, 6], b1)),
        helper.make_node("MatMul", ["x", "w1"], ["p1"]),
        helper.make_node("Add", ["b1", "p1"], ["d1"]),
        helper.make_node("Dropout", ["d1", "ratio", "training"], ["z1", "mask"]),
        helper.make_node("Relu", ["z1"], ["a1"]),
        helper.make_node("Cast", ["w2"], ["w2f"], to=TensorProto.FLOAT),
        helper.make_node("Cast", ["b2"], ["b2f"], to=TensorProto.FLOAT),
        helper.make_node("MatMul", ["a1", "w2f"], ["p2"]),
        helper.make_node("Add", ["p2", "b2f"], ["y"]),
    ],
    [
        helper.make_tensor("w1", TensorProto.FLOAT, [4, 6], w1.flatten()),
        numpy_helper.from_array(w2, "w2"),
        helper.make_tensor("b2", TensorProto.FLOAT16, [3], b2),
        helper.make_tensor("ratio", TensorProto.FLOAT, [], [0.5]),
        helper.make_tensor("training", TensorProto.BOOL, [], [False]),
    ],
    4, 3, {"x": x.flatten().tolist(), "y": z.flatten().tolist()})

hand_made(
    "external",
    [helper.make_node("Gemm", ["x", "w"], ["y"])],
    [numpy_helper.from_array(w1, "w")],
    4, 6, None, save_as_external_data=True, size_threshold=0, location="external.bin")
os.remove(os.path.join(FOLDER, "external.bin"))

with open(os.path.join(FOLDER, "outputs.json"), "w", encoding="ascii") as file:
    json.dump(outputs, file, indent=None, separators=(",", ":"))
    file.write("\n")
