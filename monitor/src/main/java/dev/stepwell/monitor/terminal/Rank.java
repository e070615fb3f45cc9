package dev.stepwell.monitor.terminal;

/// What a small window shows of the full screen: the first of these, as far as there is room.
enum Rank {
    STATE,
    FILE_BAR,
    QUEUE_BAR,
    TOTAL_BAR,
    ALERT,
    FILE_NAME,
    FILE_TIME,
    QUEUE_TIME,
    LOSS,
    MEASURED,
    PREVIEW,
    MACHINE,
    NEXT,
    RIGHT,
    GAP,
    BEFORE
}
