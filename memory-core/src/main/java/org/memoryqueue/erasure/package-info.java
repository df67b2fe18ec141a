/** Erasing all that is held on a student, so that nothing can bring it back. */
@NullMarked
package org.memoryqueue.erasure;

import org.jspecify.annotations.NullMarked;
