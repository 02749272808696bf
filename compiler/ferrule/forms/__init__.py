"""The forms that data takes on its way from a spec to a package: nouns, without behaviour."""
