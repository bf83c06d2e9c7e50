"""Continue: the vendor's library under a name that its packer has shortened; no session at all.

It is not known to inject anything.
"""

from butler.engine.signals.client.tool import Tool

CONTINUE = Tool("continue", "Continue", agents=("ls/js", "continue/"))
