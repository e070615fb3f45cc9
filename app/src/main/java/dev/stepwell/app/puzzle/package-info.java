/// The demo's task: syllable puzzles that a small model can learn, made by a seeded generator.
@NullMarked
package dev.stepwell.app.puzzle;

import org.jspecify.annotations.NullMarked;
