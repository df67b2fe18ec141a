/** Child processes that end with the process that started them, whichever way it ended. */
@NullMarked
package org.memoryqueue.local.process;

import org.jspecify.annotations.NullMarked;
