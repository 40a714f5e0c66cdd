"""The command line: reads words, calls the register and its reports, has the answer drawn."""
