/** Tests of the choice of a summariser. */
@NullMarked
package org.memoryqueue.worker.summariser;

import org.jspecify.annotations.NullMarked;
