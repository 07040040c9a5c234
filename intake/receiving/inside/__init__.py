"""What runs inside the sandbox: here alone are untrusted bytes parsed, by native code that nobody trusts.

Nothing of the office outside ``intake.errors``, ``limits`` and ``frames`` can be imported here.
"""
