"""What an editor asks of a spec: names and where they are meant, an outline, explanations."""
