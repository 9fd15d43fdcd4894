"""Checks every .onnx file of a folder with ONNX's own checker, shapes inferred: check_models.py FOLDER. Debian: python3-onnx."""

import glob
import os
import sys

import onnx

files = glob.glob(os.path.join(sys.argv[1], "*.onnx"))
if not files:
    sys.exit(f"no .onnx file in {sys.argv[1]}")
for file in files:
    onnx.checker.check_model(file, full_check=True)
print(f"{len(files)} models checked")
