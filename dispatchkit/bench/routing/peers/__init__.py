"""Other engines, asked the same questions as ours. Only the benchmark imports them."""
