"""Texts as vectors: the embedding model, its worker, and the index that compares them.

Nothing here loads numpy, onnxruntime or fastembed until a model is there and somebody wants it:
`encoder` and `index` do, and only `embedder` opens them.
"""
