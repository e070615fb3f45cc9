package dev.stepwell.monitor.web;

/// Something that watchers are told, as an event of `text/event-stream`.
///
/// @param seq  of the status document it comes from; rising
/// @param type `snapshot`, `transition` or `alert`
/// @param json its data, on one line
/// @param wire as it goes over the wire, made once for all watchers
record StreamEvent(long seq, String type, String json, String wire) {
    static final String SNAPSHOT = "snapshot";
    static final String TRANSITION = "transition";
    static final String ALERT = "alert";

    /// Only a snapshot has an id, for what comes before it belongs to it: a watcher that is cut off in between is told
    /// all of it again.
    ///
    /// @param bootId of the process, so that the next one's numbers are not taken for these
    static StreamEvent of(String bootId, long seq, String type, String json) {
        String id = type.equals(SNAPSHOT) ? "id: " + bootId + ":" + seq + "\n" : "";
        return new StreamEvent(seq, type, json, id + "event: " + type + "\ndata: " + json + "\n\n");
    }
}
