/** Tests of attempts that need no running worker. */
@NullMarked
package org.memoryqueue.worker.attempt;

import org.jspecify.annotations.NullMarked;
