"""The numbers: numpy over every series at once, nothing read and nothing written."""
