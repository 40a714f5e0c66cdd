"""How statuses look on paper and in spreadsheets: a tint for each role, light enough for black text on it."""

TINTS = {
    "unknown": "E7E9EC", "not-started": "EBDCEE", "in-progress": "FCE8C0", "continuing": "D5E6F5",
    "lapsed": "E1E8EC", "modified": "E0EBC4", "completed": "C9E8CD", "not-pursued": "F7D0CD",
}  # fmt: skip
HEADER = "1F3864"  # under white text
