"""Screen: what the kiosk edition has and the portal has not."""
