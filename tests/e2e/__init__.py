"""The whole app: in a real browser, and with its calls to the network watched."""
