@NullMarked
package dev.stepwell.data.chat;

import org.jspecify.annotations.NullMarked;
