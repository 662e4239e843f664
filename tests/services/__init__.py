"""Real servers for tests, on 127.0.0.1, each started and ended by its own process group."""
