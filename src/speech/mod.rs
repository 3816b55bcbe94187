//! Text to phones with times, prosody. It knows nothing of meshes, GPUs or audio devices.
