package dev.stepwell.data.jinja.value;

/// A number: whole or real. Truth values are whole numbers, too.
public sealed interface Numeric extends Value permits Integral, Real {}
