//! The algebra against naive models: sets as plain lists of their points.

mod addresses;
mod cubes;
mod intervals;
mod ports;
mod requirements;
