"""Press releases read: from a file to a proposal of areas, measures and documents."""
