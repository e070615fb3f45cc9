package dev.stepwell.core.training;

/// What the rows of a file are, as its first ones tell.
///
/// @param words what people call it, with what else is to be known about it
/// @param lines whether each physical line is a row; else rows are elements of one list
public record FileFormat(String words, boolean lines) {}
