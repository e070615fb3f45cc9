/// The daemon's HTTP server on loopback: whoever has the token reads the status and sends commands.
@NullMarked
package dev.stepwell.monitor.web;

import org.jspecify.annotations.NullMarked;
