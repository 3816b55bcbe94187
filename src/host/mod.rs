//! What touches the world: files, configuration, caches, and programs.
