"""Return forms: drawn for a body, read when they come back, merged into the register."""
