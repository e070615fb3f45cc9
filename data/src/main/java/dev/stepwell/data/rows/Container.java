package dev.stepwell.data.rows;

/// How a file holds its rows.
enum Container {
    /// One JSON object a line.
    LINES("one JSON object a line"),
    /// One list of JSON objects.
    LIST("an object");

    private final String rows;

    Container(String rows) {
        this.rows = rows;
    }

    /// What is expected where a row begins, in words.
    String rows() {
        return rows;
    }
}
