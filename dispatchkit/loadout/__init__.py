"""From arrival to departure: waves, loading, the stand-up, and what a van must have before it leaves. Pure."""
