"""What people see: pages, panels, maps. Reads a day, calls the desk, never decides."""
