"""What is odd about a file once it is read, and what changed since the last one."""
