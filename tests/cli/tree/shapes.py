"""Shapes; Shape() makes one."""


class Shape:
    """A shape."""

    @classmethod
    def named(cls, name):
        """Make a shape of a name."""
        shape = cls()
        shape.name = name
        return shape


class Square(Shape):
    """A square Shape(...)."""


Model = Shape


def gallery(names):
    """Make many."""
    found = [Shape.named(name) for name in names]
    found.append(Model())
    found.append(Square())
    kept = Shape()
    found.append(kept)
    return found
