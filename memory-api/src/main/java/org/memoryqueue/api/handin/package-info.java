/** Handing in finished sessions. */
@NullMarked
package org.memoryqueue.api.handin;

import org.jspecify.annotations.NullMarked;
