"""The pages. They show what `workload` computes and compute nothing themselves."""
