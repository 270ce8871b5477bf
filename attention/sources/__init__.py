"""Bytes in, arrays out: weights, tokens, pictures. What cannot be read is refused here, and nowhere else."""


class SourceError(ValueError):
    """Something that came from outside (a file, a text, a picture) cannot be used.

    Parameters
    ----------
    reason : str
        A short stable code such as ``"truncated_picture"``; pages look up the reader's sentence under it.
    message : str
        The same in English, for a programmer.
    **details
        What the sentence names: sizes, formats, file names.
    """

    def __init__(self, reason: str, message: str, **details: object) -> None:
        super().__init__(message)
        self.reason = reason
        self.details = details
