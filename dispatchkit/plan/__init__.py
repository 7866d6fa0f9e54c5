"""What the day sets out to do: routes given or built, sequenced, evaluated, committed."""
