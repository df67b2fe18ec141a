/** Whether each object has the shape that its API takes. */
@NullMarked
package org.memoryqueue.kubernetes.schema;

import org.jspecify.annotations.NullMarked;
