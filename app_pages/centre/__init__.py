"""What a centre's people meet besides the pages of everybody: sign-in, consent, their account, sharing, the coach."""
