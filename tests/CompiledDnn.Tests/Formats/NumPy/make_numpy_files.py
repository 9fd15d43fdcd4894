"""Files written by NumPy 1.24, each with its shape and numbers in C order: writes numpy_files.json."""
import base64
import io
import json
import numpy as np

random = np.random.RandomState(5)
cases = {}


def add(name, write, array):
    file = io.BytesIO()
    write(file)
    cases[name] = {
        "file": base64.b64encode(file.getvalue()).decode(),
        "shape": list(array.shape),
        "values": np.asarray(array, "f8").ravel().tolist(),
    }


def save(name, array):
    add(name, lambda file: np.save(file, array), array)


for kind in ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"]:
    numbers = np.r_[0, 1, random.randint(2, 100, 4)]
    if kind[0] == "f":
        numbers = numbers / 7 - 5
    if kind[0] == "i":
        numbers = numbers - 50
    for order in "<>":
        save(order + kind, numbers.reshape(2, 3).astype(order + kind))
save("|b1", np.array([[True, False, True]]))
save("scalar", np.array(2.5))
save("vector", np.arange(5, dtype="f4"))
save("rank 6", np.arange(24, dtype="f4").reshape(1, 2, 3, 1, 2, 2))
save("long shape", np.zeros((1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2), "f8"))
save("empty", np.zeros((0, 3), "f8"))
save("empty rows", np.zeros((3, 0), "f4"))
save("fortran", np.asfortranarray(np.arange(6, dtype="f4").reshape(2, 3)))
save("fortran rank 3", np.asfortranarray(np.arange(24, dtype="f8").reshape(2, 3, 4)))
save("fortran big-endian", np.asfortranarray(np.arange(6, dtype=">i2").reshape(3, 2)))
save("fortran vector", np.asfortranarray(np.arange(3, dtype="f4")))
save("extreme", np.array([np.inf, -np.inf, 1.5e-45, 3.4028235e38], "f4"))
for version in [1, 2, 3]:
    small = np.arange(4, dtype="f4").reshape(2, 2)
    add(f"version {version}", lambda file: np.lib.format.write_array(file, small, (version, 0)), small)

x = np.arange(6, dtype="f4").reshape(3, 2)
y = np.array([2, 0, 1])
add("npz stored", lambda file: np.savez(file, x=x, y=y), x)
add("npz deflated", lambda file: np.savez_compressed(file, x=np.repeat(x, 50, 0), y=y), np.repeat(x, 50, 0))
add("objects", lambda file: np.save(file, np.array([{}, None], object), allow_pickle=True), np.zeros(0))
add("structured", lambda file: np.save(file, np.zeros(2, [("a", "f4"), ("b", "i4")])), np.zeros(0))
add("complex", lambda file: np.save(file, np.zeros(2, "c8")), np.zeros(0))
add("text", lambda file: np.save(file, np.array(["a", "bc"])), np.zeros(0))

with open("numpy_files.json", "w", encoding="utf-8") as file:
    file.write("{\n" + ",\n".join(f'  "{name}": {json.dumps(case)}'.replace("Infinity", "1e999") for name, case in cases.items()) + "\n}\n")
