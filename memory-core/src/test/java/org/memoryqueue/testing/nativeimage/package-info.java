/** Finds what would break a native executable, without building one. */
@NullMarked
package org.memoryqueue.testing.nativeimage;

import org.jspecify.annotations.NullMarked;
