"""The network that reads: a small transformer that tells of every word what it is and whom it means."""
