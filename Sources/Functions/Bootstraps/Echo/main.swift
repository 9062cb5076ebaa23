// The door is closed.
