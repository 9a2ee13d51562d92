"""Buffers: texts an editor has open, read by the plugins for such files, so that it can be told what is in them."""
