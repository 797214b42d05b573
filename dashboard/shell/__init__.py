"""What stands around every screen: session, caches, navigation, the guard."""
