"""What is kept on disk, and under which names: bytes, stamps and digests, whatever they stand for."""
