/** The one seam of the system: how a transcript becomes a summary. */
@NullMarked
package org.memoryqueue.summariser;

import org.jspecify.annotations.NullMarked;
