"""Everything that is written down: tables, transactions, and what reads and changes them."""
