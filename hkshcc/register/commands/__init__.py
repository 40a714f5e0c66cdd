"""What may be done to the register: a module a command, each deciding which entries to append."""
