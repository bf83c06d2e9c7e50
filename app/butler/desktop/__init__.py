"""The window and the tray: shows what the engine does and steers it through the admin API only.

`app` composes everything below it. `session` keeps the desktop joined to an engine
(`engine_process` finds or starts one, `engine_client` talks to it) and feeds `state`, which is
all that `tray`, `window`, `pages` and `widgets` draw from. What people ask for goes the other
way through `actions`. Nothing here imports the engine, and only `display` may be imported
where PySide6 is missing.
"""
