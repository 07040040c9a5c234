"""Pages for people: server-rendered, no logic of their own."""
