//! Which statement may stand in which block: language.md §3 as a table.

use super::statement::Kind;

/// The kinds of blocks, and the space outside of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Block {
    Outside,
    Namespace,
    External,
    Set,
    Pods,
    Test,
    /// A block with a header that cannot be read: anything may belong there.
    Unreadable,
}

/// Whether a statement may stand directly in a block.
pub(super) fn fits(block: Block, kind: Kind) -> bool {
    match kind {
        Kind::Use
        | Kind::Label
        | Kind::Namespace
        | Kind::ExternalNamespace
        | Kind::Set
        | Kind::Network
        | Kind::Service => matches!(block, Block::Outside | Block::Unreadable),
        Kind::Rule | Kind::Guard => !matches!(block, Block::External | Block::Pods | Block::Test),
        Kind::Test => matches!(block, Block::Outside | Block::Namespace | Block::Unreadable),
        Kind::Pods => matches!(block, Block::Namespace | Block::External | Block::Unreadable),
        Kind::Default => matches!(block, Block::Namespace | Block::Pods | Block::Unreadable),
        Kind::Port | Kind::HostNetwork => matches!(block, Block::Pods | Block::Unreadable),
        Kind::Assertion => matches!(block, Block::Test | Block::Unreadable),
        // What these belong to is seen at the statement that follows, or not at all.
        Kind::PolicyName | Kind::Unreadable => true,
    }
}

/// Whether a statement can stand outside of all blocks alone.
pub(super) fn only_outside(kind: Kind) -> bool {
    fits(Block::Outside, kind) && !fits(Block::Namespace, kind) && !fits(Block::Pods, kind)
}

/// The block that a statement opens, where it may have one.
pub(super) fn block_of(kind: Kind) -> Option<Block> {
    match kind {
        Kind::Namespace => Some(Block::Namespace),
        Kind::ExternalNamespace => Some(Block::External),
        Kind::Set => Some(Block::Set),
        Kind::Pods => Some(Block::Pods),
        Kind::Test => Some(Block::Test),
        Kind::Unreadable => Some(Block::Unreadable),
        Kind::Use
        | Kind::Label
        | Kind::Network
        | Kind::Service
        | Kind::Port
        | Kind::Default
        | Kind::HostNetwork
        | Kind::Rule
        | Kind::Guard
        | Kind::Assertion
        | Kind::PolicyName => None,
    }
}

/// Whether a statement means nothing without a block.
pub(super) fn needs_block(kind: Kind) -> bool {
    matches!(kind, Kind::Namespace | Kind::Test)
}
