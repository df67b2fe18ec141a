/** The drill: real workers, scaled by the numbers of the manifests. */
@NullMarked
package org.memoryqueue.kubernetes.drill;

import org.jspecify.annotations.NullMarked;
