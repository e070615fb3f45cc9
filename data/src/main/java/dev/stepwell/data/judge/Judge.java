package dev.stepwell.data.judge;

/// Says whether an answer is right.
@FunctionalInterface
public interface Judge {
    /// The answer is what the data says, white space around either aside.
    Judge EXACT = new ExactJudge();

    /// Whether `answer` is as good as `golden`.
    ///
    /// @param prompt what was asked
    /// @param golden what the data says is right
    /// @param answer what the model said
    /// @throws JudgeException if that cannot be found out
    boolean right(String prompt, String golden, String answer);
}
