"""What is kept of a day: the report that people read and print, and the frames that analysts take on from."""
