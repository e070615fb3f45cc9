package dev.stepwell.data.chat;

/// Which tokens of a conversation the model learns to say.
public enum TrainOn {
    /// Those of every turn of the assistant's that is to be learnt.
    ANSWERS,
    /// Those of the last one only.
    LAST_ANSWER,
    /// All of them, questions and control tokens too.
    ALL
}
