"""The forecast against days that it has never seen: simulated ones by the hundred, and the real routes driven anew."""
