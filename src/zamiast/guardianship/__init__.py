"""Who is tied to whose account: the facts, what people give one another, and the key to read."""
