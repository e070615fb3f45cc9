package dev.stepwell.app.client;

/// An event that a server sent.
///
/// @param type   `message` where the server named none
/// @param data   its lines, with a line feed between them
/// @param lastId what to come back with after a loss; empty if the server gave nothing
public record ServerEvent(String type, String data, String lastId) {}
