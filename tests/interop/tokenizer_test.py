"""Our tokenizer, trained live through its command, against SentencePiece on the same lines."""
import json
import pathlib
import subprocess

import pytest
import sentencepiece

ROOT = pathlib.Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures" / "tokenizer"

LLAMA = dict(
    model_type="bpe", character_coverage=0.99995, byte_fallback=True, split_digits=True,
    allow_whitespace_only_pieces=True, normalization_rule_name="identity", add_dummy_prefix=True,
    remove_extra_whitespaces=False, num_threads=1, max_sentence_length=2**20, minloglevel=2,
)


def tokenizer(*arguments):
    done = subprocess.run(
        ["node", "tools/run.mjs", "tokenizer", *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True,
    )
    return done.stdout


def pieces(processor):
    return [(processor.id_to_piece(i), processor.get_score(i), processor.is_control(i), processor.is_byte(i))
            for i in range(len(processor))]


@pytest.fixture(params=["stories", "nasty"])
def corpus(request, tmp_path):
    if request.param == "stories":
        return ROOT / "public" / "sample-stories.txt", 4096
    lines = json.loads((FIXTURES / "lines.json").read_text())
    path = tmp_path / "nasty.txt"
    path.write_bytes("\n".join(lines).encode())
    return path, 900


@pytest.fixture
def models(corpus, tmp_path):
    data, vocab_size = corpus
    ours, lines = tmp_path / "ours.model", tmp_path / "lines.txt"
    tokenizer("train", "--data", data, "--vocab", vocab_size, "--out", ours)
    tokenizer("lines", "--data", data, "--out", lines)
    sentencepiece.SentencePieceTrainer.train(
        input=str(lines), model_prefix=str(tmp_path / "theirs"), vocab_size=vocab_size, **LLAMA
    )
    return data, ours, tmp_path / "theirs.model"


def test_finds_the_same_pieces_and_encodes_to_the_same_ids(models, tmp_path):
    data, ours, theirs = models
    our_model = sentencepiece.SentencePieceProcessor(model_file=str(ours))
    their_model = sentencepiece.SentencePieceProcessor(model_file=str(theirs))
    assert pieces(our_model) == pieces(their_model)

    # read_bytes: universal newlines would swallow carriage returns.
    lines = data.read_bytes().decode().split("\n")
    printed = tokenizer("encode", "--model", ours, "--lines", data).split("\n")[:-1]
    assert len(printed) == len(lines)
    for line, ids in zip(lines, printed):
        assert [int(i) for i in ids.split()] == their_model.encode(line), line


def test_reads_the_model_that_sentencepiece_writes(models):
    _, _, theirs = models
    text = "The fox said “hello” 🦊 12 times.\nThe end."
    model = sentencepiece.SentencePieceProcessor(model_file=str(theirs))
    ids = model.encode(text)
    assert tokenizer("encode", "--model", theirs, "--text", text).split() == [str(i) for i in ids]
    assert tokenizer("decode", "--model", theirs, "--ids", " ".join(map(str, ids))) == text + "\n"


def test_a_bad_model_is_refused_with_a_message(tmp_path):
    path = tmp_path / "bad.model"
    path.write_bytes(b"\x0a\x0e\x0a\x05<unk>")
    done = subprocess.run(
        ["node", "tools/run.mjs", "tokenizer", "encode", "--model", path, "--text", "a"],
        cwd=ROOT, capture_output=True, text=True,
    )
    assert done.returncode != 0
    assert "SentencePiece" in done.stderr
