"""Delivered minutes against required ones."""
