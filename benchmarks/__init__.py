"""Measures Ferrule against what people use today: CPU time, as ratios within one run."""
