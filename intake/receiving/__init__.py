"""The door: untrusted bytes become a scan, or a reason why not."""
