"""The guide of the first start: who answers, which tool asks, a first request."""
