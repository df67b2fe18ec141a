/** What language models were used for, and what that cost: by day and by job. */
@NullMarked
package org.memoryqueue.usage;

import org.jspecify.annotations.NullMarked;
