"""What everybody may know: the public articles, in three languages, on screen and on paper."""
