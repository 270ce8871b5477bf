"""What the engine raises."""


class ShapeError(ValueError):
    """The sizes of the arguments do not fit together. The message names the argument and both sizes."""
