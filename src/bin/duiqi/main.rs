//! The `duiqi` command.
fn main() {}
