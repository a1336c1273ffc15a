-- One passkey is one person's: an id that stands already is not kept again.
CREATE UNIQUE INDEX login_one_passkey ON mfa_authenticator ((data #>> '{credential,rawId}'))
    WHERE type = 'webauthn';
