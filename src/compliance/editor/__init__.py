"""Editor support for rule files: pure answers to “what stands here, what may come next”, and a thin language server."""
