/** Rendered manifests, as trees that can be asked and changed. */
@NullMarked
package org.memoryqueue.kubernetes.manifest;

import org.jspecify.annotations.NullMarked;
