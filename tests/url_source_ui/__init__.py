"""The REST explorer's screens, on the SDK's fake host."""
