"""The passes that turn one form into the next: verbs, one public function each."""
