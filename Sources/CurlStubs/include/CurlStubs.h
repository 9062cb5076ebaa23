// No declarations: linking is all that is wanted of this target.
