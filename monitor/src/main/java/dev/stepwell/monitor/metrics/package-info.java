/// The status as metrics: a document goes in, text for Prometheus comes out.
@NullMarked
package dev.stepwell.monitor.metrics;

import org.jspecify.annotations.NullMarked;
