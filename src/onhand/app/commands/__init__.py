"""The commands of `onhand`, one file each."""
