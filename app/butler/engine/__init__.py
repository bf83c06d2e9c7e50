"""The headless engine: decides, forwards, streams back, records. It never imports Qt.

A request meets the rooms in this order: `server` reads and guards it, `routing` decides,
`dispatch` tries the targets through `providers` and `dialects`, `server.reply` streams the
answer back, `ledger` writes down what happened. `store` and `vault` keep configuration and
secrets; `admin` changes them; `runtime` is one compiled, immutable revision of them.
"""
