"""The evening's plan by itself: volume falls into a folder, and a draft, its check and a summary lie there.

It never commits a plan and never sends anything: a person reads the summary and decides.
"""
