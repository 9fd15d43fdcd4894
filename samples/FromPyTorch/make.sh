#!/usr/bin/env bash
# From the files that PyTorch wrote to a native program: makes the classes, builds them with the weights inside, publishes with Native AOT
# (needs clang and zlib1g-dev), and runs the program, which compares its outputs with PyTorch's. With --train, PyTorch writes the files anew
# first (Debian: python3-torch).
set -eu
cd "$(dirname "$0")"

if [ "${1:-}" = --train ]; then
    /usr/bin/python3 train.py
fi

compileddnn=(dotnet run -c Release --project ../../src/CompiledDnn.Tool --)   # elsewhere: dotnet compileddnn
"${compileddnn[@]}" from-onnx data/tumours.onnx --name TumoursFromOnnx --namespace Samples --output Networks --force
"${compileddnn[@]}" from-safetensors data/tumours.safetensors --hidden Tanh --name TumoursFromSafetensors --namespace Samples --output Networks --force

published=$(mktemp -d)
trap 'rm -rf "$published"' EXIT
dotnet publish -c Release -p:PublishAot=true -p:IlcInstructionSet=native -o "$published"
"$published/FromPyTorch"
