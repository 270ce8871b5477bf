"""What the lessons measure: small experiments on the engine, each with everything it computed."""
