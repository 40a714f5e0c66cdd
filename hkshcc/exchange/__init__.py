"""Files that people exchange: return forms out and in, spreadsheets, calendars, copies of the register."""
