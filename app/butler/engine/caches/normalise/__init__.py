"""A request without what its tool injects anew; `signals/client/tools` knows what that is."""
