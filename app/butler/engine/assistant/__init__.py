"""The assistant: makes rules from words and answers, and tries drafts on past traffic."""
