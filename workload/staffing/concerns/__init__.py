"""The ten warning signs of an unmanageable caseload."""
