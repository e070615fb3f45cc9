/// `config.json`: its keys, their defaults and ranges, and what they mean to the trainer and the daemon.
@NullMarked
package dev.stepwell.app.config;

import org.jspecify.annotations.NullMarked;
