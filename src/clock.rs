//! Who says what time it is: the audible position, the wall, or a test.
