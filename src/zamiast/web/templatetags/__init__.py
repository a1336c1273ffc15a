"""What templates of both sites can say."""
