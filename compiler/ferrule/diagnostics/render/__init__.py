"""The forms that findings are shown in: for people at a terminal, and for other programs."""
