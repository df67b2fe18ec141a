/** Leasing jobs to workers, under a token that only grows. */
@NullMarked
package org.memoryqueue.lease;

import org.jspecify.annotations.NullMarked;
