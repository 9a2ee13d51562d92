"""Documents that are no files of the person's: what plugins hand over, under addresses nobody can guess."""
