"""Command lines of sh, cmd and PowerShell: read into words, and words written so that they come out again."""
