"""The safetensors library for Python reads what our writer wrote."""

import importlib.util
from pathlib import Path

import numpy
from safetensors import safe_open

FOLDER = Path(__file__).parent.parent / "fixtures" / "safetensors"

_spec = importlib.util.spec_from_file_location("make_safetensors", FOLDER / "make.py")
make = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make)


def test_reads_every_tensor_and_the_metadata():
    with safe_open(FOLDER / "storyloom.safetensors", "numpy") as file:
        assert file.metadata() == make.METADATA
        assert set(file.keys()) == set(make.TENSORS)
        for name, expected in make.TENSORS.items():
            actual = file.get_tensor(name)
            assert actual.dtype == expected.dtype and actual.shape == expected.shape, name
            assert numpy.array_equal(actual, expected), name
