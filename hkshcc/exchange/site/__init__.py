"""What a folder to publish holds beside its pages: feeds, and what describes its data for programs and citations."""
