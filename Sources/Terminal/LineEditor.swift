internal import CEditLine

/// A line editor over libedit.
public final class LineEditor {}
