"""The commands of `butler`, one file each."""
