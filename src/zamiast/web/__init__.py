"""The shared look, the languages and the edge: who may enter, how errors are worded."""
