/** Handing out everything that is held on a student. */
@NullMarked
package org.memoryqueue.export;

import org.jspecify.annotations.NullMarked;
