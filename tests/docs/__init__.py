"""What the pages say is so: their commands run, their specs compile, their code works."""
