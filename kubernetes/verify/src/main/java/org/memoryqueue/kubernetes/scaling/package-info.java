/** The numbers of the scalers, and what a controller makes of them. */
@NullMarked
package org.memoryqueue.kubernetes.scaling;

import org.jspecify.annotations.NullMarked;
