//! Arguments, and the one place that prints errors.
