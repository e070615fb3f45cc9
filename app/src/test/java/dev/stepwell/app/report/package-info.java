@NullMarked
package dev.stepwell.app.report;

import org.jspecify.annotations.NullMarked;
