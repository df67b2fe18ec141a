/** Tests of the account of what models are used for. */
@NullMarked
package org.memoryqueue.worker.usage;

import org.jspecify.annotations.NullMarked;
