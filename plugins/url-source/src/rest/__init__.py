"""What the REST explorer knows about requests. Pure: nothing here reaches the host, a file or the network."""
