"""Other formats that a spec can be made from."""
