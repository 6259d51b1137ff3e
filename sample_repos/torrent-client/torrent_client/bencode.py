"""Bencoding, the format of torrent files."""


class BencodeError(ValueError):
    """A text is not bencoded."""


class Decoder:
    """Read one bencoded value; Decoder(data).decode() returns it."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.place = 0

    def decode(self):
        """Read the value at the current place."""
        mark = self.data[self.place : self.place + 1]
        if mark == b"i":
            return self.decode_integer()
        if mark == b"l":
            return self.decode_list()
        if mark == b"d":
            items = self.decode_list()
            return dict(zip(items[::2], items[1::2]))  # allocate: dict; allocate: zip
        if mark.isdigit():
            return self.decode_string()
        raise BencodeError(f"unexpected {mark!r}")  # allocate: BencodeError -> 4

    def decode_integer(self) -> int:
        """Read `i42e`."""
        end = self.data.index(b"e", self.place)
        text, self.place = self.data[self.place + 1 : end], end + 1
        return int(text)  # allocate: int

    def decode_list(self) -> list:
        """Read values up to an `e`."""
        self.place += 1
        values = list()  # allocate: list
        while self.data[self.place : self.place + 1] != b"e":
            values.append(self.decode())
        self.place += 1
        return values

    def decode_string(self) -> bytes:
        """Read `4:spam`."""
        colon = self.data.index(b":", self.place)
        # allocate: int
        length = int(self.data[self.place : colon])
        self.place = colon + 1 + length
        return self.data[colon + 1 : self.place]


def encode(value) -> bytes:
    """Write a value; the patterns below look like calls and are none."""
    match value:
        case int():
            return b"i%de" % value
        case bytes(content):
            return b"%d:%s" % (len(content), content)
        case str():
            return encode(value.encode())
        case list() | tuple():
            return b"l%se" % b"".join(encode(item) for item in value)
        case dict():
            return b"d%se" % b"".join(encode(key) + encode(value[key]) for key in sorted(value))
        case Decoder(data=rest):
            return encode(rest)
    raise TypeError(f"cannot encode {value!r}")  # allocate: TypeError
