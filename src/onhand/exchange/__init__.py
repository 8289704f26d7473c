"""Files in and out: sales histories become products, customers, orders and dated movements, and can be undone."""
