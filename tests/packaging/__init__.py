"""What people install: the wheels, and environments that hold nothing else."""
