"""The pages for people: rendered here, working without script, better with a little of it."""
