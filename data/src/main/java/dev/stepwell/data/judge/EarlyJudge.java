package dev.stepwell.data.judge;

/// A judge who knows of many answers that they are wrong before they are at their end.
public interface EarlyJudge extends Judge {
    /// Whether an answer that begins with `begun` may still turn out right. If not, nobody has to write the rest of it.
    ///
    /// @param golden what the data says is right
    /// @param begun  what there is of the answer; its last character may not be whole yet
    boolean mayBecomeRight(String golden, String begun);
}
