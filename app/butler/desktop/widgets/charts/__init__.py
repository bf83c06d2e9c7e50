"""Charts: painted here, each with words for what its colours mean, a table and exports."""
