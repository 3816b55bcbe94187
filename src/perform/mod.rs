//! The evaluated acting of a timeline: lips, blinks, breath, camera. Pure in time; it knows nothing of files, clocks or pixels.
