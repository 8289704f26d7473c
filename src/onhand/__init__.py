"""onhand: one true count of stock, everywhere you sell."""
