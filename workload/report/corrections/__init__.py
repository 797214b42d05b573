"""Correction sheets: handed out, brought back, decided."""
