"""A therapist's one-page letter to a principal, with the numbers of her own week."""
