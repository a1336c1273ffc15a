"""Logging in with an identity provider: OpenID Connect, code flow with PKCE.

``providers`` is what the operator set up, ``tokens`` checks what a provider signed,
``entering`` finds the login of the person, ``flow`` is allauth's flow our way.
"""
