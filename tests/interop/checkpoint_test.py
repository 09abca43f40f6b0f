"""Hugging Face takes our checkpoint as it is: same names, same logits.

The checkpoints hold the weights of tests/fixtures/llama, so the logits are known.
"""

import json
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file
from transformers import LlamaConfig, LlamaForCausalLM

FIXTURES = Path(__file__).parent.parent / "fixtures"
EXTRAS = ("optimizer.", "tokenizer.", "history.")
RUNS = ["untied-grouped", "tied-one-key-head"]
# The checkpoint with the model only has the weights of this one.
MODEL_ONLY_OF = "untied-grouped"


@pytest.fixture(params=[*RUNS, "model-only"])
def name(request):
    return request.param


def llama(name):
    """The fixture that the checkpoint's weights are from."""
    return FIXTURES / "llama" / (MODEL_ONLY_OF if name == "model-only" else name)


def path(name):
    return FIXTURES / "checkpoint" / f"{name}.safetensors"


def metadata(name):
    with safe_open(path(name), "pt") as file:
        return file.metadata()


def test_metadata_says_what_hugging_face_asks_for(name):
    assert metadata(name)["format"] == "pt"
    assert json.loads(metadata(name)["progress"])["step"] == 1


def test_has_the_same_logits(name):
    config = LlamaConfig(**json.loads(metadata(name)["config"]), attn_implementation="eager")
    model = LlamaForCausalLM(config)
    missing, unexpected = model.load_state_dict(load_file(path(name)), strict=False)
    # A tied head is not stored; all that is not the model's is ours to add.
    assert missing == (["lm_head.weight"] if config.tie_word_embeddings else [])
    assert all(key.startswith(EXTRAS) for key in unexpected)

    fixture = json.loads(llama(name).with_suffix(".json").read_text())
    expected = load_file(llama(name).with_suffix(".safetensors"))["logits"]
    with torch.no_grad():
        logits = model(torch.tensor(fixture["start"]["ids"])[:, :-1]).logits
    assert (logits - expected).norm() / expected.norm() < 1e-5


@pytest.mark.parametrize("name", RUNS)
def test_keeps_the_optimizer_state_beside_the_parameters(name):
    tensors = load_file(path(name))
    gradients = load_file(llama(name).with_suffix(".safetensors"))
    for key in (key for key in tensors if key.startswith(("model.", "lm_head."))):
        gradient = gradients[f"gradient.{key}"]
        assert torch.equal(tensors[f"optimizer.exp_avg.{key}"], gradient)
        assert torch.equal(tensors[f"optimizer.exp_avg_sq.{key}"], gradient**2)
    assert bytes(tensors["tokenizer.model"].tolist()) == b"tokenizer"


def test_with_the_model_only_has_nothing_but_parameters_and_tokenizer():
    tensors = load_file(path("model-only"))
    config = LlamaConfig(**json.loads(metadata("model-only")["config"]))
    assert set(tensors) == {*LlamaForCausalLM(config).state_dict(), "tokenizer.model"}
    assert set(metadata("model-only")) == {
        *("format", "storyloom_schema", "contents", "checksums"),
        *("config", "training", "progress", "losses"),
    }
