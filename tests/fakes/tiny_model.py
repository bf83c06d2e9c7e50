"""A real language model, tiny and random: what it says is noise, how it says it is not.

Its weights are drawn from a seed, its tokens are bytes and a few words. Answers follow a JSON
schema, have probabilities and take time, as those of a large one do.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import gguf
import numpy as np
import xllamacpp

WIDTH, LAYERS, HEADS, INNER, CONTEXT = 64, 2, 4, 128, 8192
_TEMPLATE = "{% for m in messages %}<{{ m['role'] }}>{{ m['content'] }}\n{% endfor %}<assistant>"
_WORDS = (b"the", b"and", b"ing", b"true", b"false", b"null", b"er", b"in", b"on", b"route")


def write_model(path: Path) -> None:
    """Write the model as a GGUF file of half a megabyte."""
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("tiny")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    tokens = _write_vocabulary(writer)
    _write_weights(writer, tokens)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _write_vocabulary(writer: gguf.GGUFWriter) -> int:
    kinds = gguf.TokenType
    printable = [bytes([code]) if code != 32 else "\u2581".encode() for code in range(32, 127)]
    raw = [f"<0x{value:02X}>".encode() for value in range(256)]
    tokens = [b"<unk>", b"<s>", b"</s>", *raw, *printable, *_WORDS]
    plain = len(printable) + len(_WORDS)
    types = [kinds.UNKNOWN, kinds.CONTROL, kinds.CONTROL]
    types += [kinds.BYTE] * len(raw) + [kinds.NORMAL] * plain
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * (3 + len(raw)) + [-float(rank) for rank in range(1, plain + 1)])
    writer.add_token_types([int(kind) for kind in types])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_add_bos_token(True)
    writer.add_chat_template(_TEMPLATE)
    return len(tokens)


def _write_weights(writer: gguf.GGUFWriter, tokens: int) -> None:
    random = np.random.default_rng(0)

    def drawn(*shape: int) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
        return (random.standard_normal(shape) * 0.3).astype(np.float32)

    ones = np.ones(WIDTH, np.float32)
    writer.add_tensor("token_embd.weight", drawn(tokens, WIDTH))
    writer.add_tensor("output_norm.weight", ones)
    writer.add_tensor("output.weight", drawn(tokens, WIDTH))
    for layer in range(LAYERS):
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            writer.add_tensor(f"blk.{layer}.{name}.weight", drawn(WIDTH, WIDTH))
        for name, shape in (
            ("ffn_gate", (INNER, WIDTH)),
            ("ffn_up", (INNER, WIDTH)),
            ("ffn_down", (WIDTH, INNER)),
        ):
            writer.add_tensor(f"blk.{layer}.{name}.weight", drawn(*shape))
        for name in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"blk.{layer}.{name}.weight", ones)


@contextmanager
def running_model(directory: Path) -> Iterator[str]:
    """Serve the model as llama.cpp does, on a free port; give the address without `/v1`."""
    path = directory / "tiny.gguf"
    write_model(path)
    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.n_ctx, params.n_parallel = 2 * CONTEXT, 2
    params.port = 0
    params.cpuparams.n_threads = 1
    params.warmup, params.use_jinja = False, True
    server = xllamacpp.Server(params)
    try:
        yield str(server.listening_address)
    finally:
        del server
