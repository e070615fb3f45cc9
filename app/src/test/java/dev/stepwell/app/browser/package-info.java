@NullMarked
package dev.stepwell.app.browser;

import org.jspecify.annotations.NullMarked;
