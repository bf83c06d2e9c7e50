"""Parts of the page of providers."""
