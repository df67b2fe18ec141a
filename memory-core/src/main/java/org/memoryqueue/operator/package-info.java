/** What an operator does to the queue and to single jobs, each with its record, and what an operator looks at. */
@NullMarked
package org.memoryqueue.operator;

import org.jspecify.annotations.NullMarked;
