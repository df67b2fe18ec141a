/** Looking at single jobs. */
@NullMarked
package org.memoryqueue.api.jobs;

import org.jspecify.annotations.NullMarked;
