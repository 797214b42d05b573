"""Untrusted bytes to plain cells, in a child process with limits."""
