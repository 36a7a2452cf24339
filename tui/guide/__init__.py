"""The guided start: a few steps on the sample session, each done with the real keys."""
