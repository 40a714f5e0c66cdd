"""The register: measures, events, the fold, and the verbs that make events. Prints nothing, knows no clock."""
