/** Ending jobs: their effects and their state change in one transaction, guarded by the lease token. */
@NullMarked
package org.memoryqueue.completion;

import org.jspecify.annotations.NullMarked;
