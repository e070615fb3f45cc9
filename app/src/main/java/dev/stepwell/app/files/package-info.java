/// Files that grow by whole records, and do not grow for ever.
@NullMarked
package dev.stepwell.app.files;

import org.jspecify.annotations.NullMarked;
