"""Protocol Buffers read without their schema: fields by number, as the encoding alone tells them.

https://protobuf.dev/programming-guides/encoding
"""


def message(data: bytes) -> dict[int, list]:
    """The values of each field, in their order: integers, or the bytes of nested messages, texts and fixed numbers."""
    fields: dict[int, list] = {}
    position = 0
    while position < len(data):
        tag, position = varint(data, position)
        number, wire_type = tag >> 3, tag & 7
        if wire_type == 0:
            value, position = varint(data, position)
        else:
            size, position = varint(data, position) if wire_type == 2 else ({1: 8, 5: 4}[wire_type], position)
            value, position = data[position : position + size], position + size
        fields.setdefault(number, []).append(value)
    return fields


def varint(data: bytes, position: int) -> tuple[int, int]:
    """The integer at `position`, seven bits a byte, lowest first; and the position after it."""
    value = shift = 0
    while True:
        byte = data[position]
        value |= (byte & 0x7F) << shift
        position, shift = position + 1, shift + 7
        if byte < 0x80:
            return value, position
