"""Training of Bedside's starter speech model: whisper's architecture, a closed vocabulary of intake answers."""
