"""What a person asks of a report: answers as values, which any format may write."""
