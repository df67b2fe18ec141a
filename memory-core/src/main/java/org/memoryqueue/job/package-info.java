/** The words for a job that all parts share: state, priority, error. */
@NullMarked
package org.memoryqueue.job;

import org.jspecify.annotations.NullMarked;
