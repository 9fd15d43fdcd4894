"""Files of tensors between PyTorch and here, with a reader and a writer of the format that know nothing of the project's.

    /usr/bin/python3 exchange.py

writes torch_*.safetensors with Debian's python3-torch, reads the ours_*.safetensors that the tests write (EXCHANGE_FOLDER, see
ExchangeTests.cs), checks them, and writes into exchange.json what PyTorch computes and what was read.
"""

import glob
import json
import os
import struct

import torch
from torch import nn

FOLDER = os.path.dirname(os.path.abspath(__file__))
TYPES = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
NAMES = {value: key for key, value in TYPES.items()}


def network():
    return nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 2), nn.Softmax(dim=1))


def raw(tensor):
    tensor = tensor.contiguous()
    return tensor.view(torch.int16).numpy().tobytes() if tensor.element_size() == 2 else tensor.numpy().tobytes()


def write(path, state, metadata):
    header, data = {"__metadata__": metadata}, b""
    for key, tensor in state.items():
        content = raw(tensor)
        header[key] = {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header, separators=(",", ":")).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def read(path):
    with open(path, "rb") as file:
        content = file.read()
    (length,) = struct.unpack("<Q", content[:8])
    assert length % 8 == 0 and content[8:9] == b"{"
    header = json.loads(content[8 : 8 + length])
    data = content[8 + length :]
    metadata = header.pop("__metadata__", {})
    assert all(isinstance(value, str) for value in metadata.values())
    state, end = {}, 0
    for key, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        first, last = entry["data_offsets"]
        assert first == end, f"{key} begins at {first}, not at {end}"
        dtype = TYPES[entry["dtype"]]
        buffer = bytearray(data[first:last])
        values = torch.frombuffer(buffer, dtype=torch.int16).view(dtype) if entry["dtype"] == "BF16" else torch.frombuffer(buffer, dtype=dtype)
        state[key] = values.reshape(entry["shape"])
        end = last
    assert end == len(data)
    return state, metadata


def predict(state, inputs):
    net = network().double()
    net.load_state_dict({key: value.double() for key, value in state.items()})
    with torch.no_grad():
        return net(inputs)


def numbers(state):
    return {key: value.double().flatten().tolist() for key, value in state.items()}


torch.manual_seed(11)
result = {"written": {}, "read": {}}
x = torch.rand(5, 4, dtype=torch.float64) * 4 - 2
result["x"] = x.flatten().tolist()
net = network().double()
plain = net.state_dict()
states = {name.lower(): {key: value.to(dtype) for key, value in plain.items()} for name, dtype in TYPES.items()}
mixed = list(TYPES.values())
states["mixed"] = {key: value.to(mixed[i]) for i, (key, value) in enumerate(plain.items())}
for name, state in states.items():
    example = {"inputs": x[0].tolist(), "outputs": predict(state, x[:1])[0].tolist()}
    write(os.path.join(FOLDER, f"torch_{name}.safetensors"), state, {"format": "pt", "example": json.dumps(example)})
    result["written"][name] = {"numbers": numbers(state), "y": predict(state, x).flatten().tolist()}

for path in sorted(glob.glob(os.path.join(FOLDER, "ours_*.safetensors"))):
    name = os.path.basename(path)[len("ours_") : -len(".safetensors")]
    state, metadata = read(path)
    assert metadata["format"] == "pt" and metadata["activations"] == "ReLU, Softmax", metadata
    assert {value.dtype for value in state.values()} == {TYPES[name.upper()]}
    example = json.loads(metadata["example"])
    outputs = predict(state, torch.tensor([example["inputs"]], dtype=torch.float64))[0]
    assert (outputs - torch.tensor(example["outputs"], dtype=torch.float64)).abs().max() < 1e-6, name
    # The numbers of the file in single precision, rounded by PyTorch.
    singles, _ = read(os.path.join(FOLDER, "ours_f32.safetensors"))
    assert all(torch.equal(singles[key].to(TYPES[name.upper()]), value) for key, value in state.items()), name
    result["read"][name] = {"numbers": numbers(state), "y": predict(state, x).flatten().tolist()}

with open(os.path.join(FOLDER, "exchange.json"), "w", encoding="ascii") as file:
    json.dump(result, file, separators=(",", ":"))
    file.write("\n")
print("written:", ", ".join(result["written"]), "read:", ", ".join(result["read"]))
