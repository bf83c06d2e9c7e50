"""What tools inject anew into every request, one file per tool; `tools` lists them."""
