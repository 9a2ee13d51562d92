"""Records into files of other formats, and tables drawn by other plugins than the one that reads them."""
