/** Group commit: requests that arrive close together share one transaction. */
@NullMarked
package org.memoryqueue.commit;

import org.jspecify.annotations.NullMarked;
