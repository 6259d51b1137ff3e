"""What was found out or printed before, used again while nothing that it depended on has changed."""
