"""What a newcomer without a key meets: two pretend models, and rules that send words to them."""
