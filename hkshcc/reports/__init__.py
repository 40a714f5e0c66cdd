"""The reports answer questions: from the register and a day to what can be printed. Pure functions, no clock."""
