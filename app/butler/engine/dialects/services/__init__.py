"""What vendors offer beside conversations: embeddings, images, speech, moderation, one file each.

Their requests and answers pass through; read are only the model's name, what is said, and usage.
"""
