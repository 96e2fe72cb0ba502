//! `netdsl fmt` from outside.
