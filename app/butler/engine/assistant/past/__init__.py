"""Past calls, judged anew by a configuration that was not in force then."""
