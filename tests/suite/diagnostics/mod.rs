//! What users see of a finding: every format, and the text of every code.

mod render;
