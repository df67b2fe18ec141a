/** Whether manifests and services agree on names, ports and numbers. */
@NullMarked
package org.memoryqueue.kubernetes.code;

import org.jspecify.annotations.NullMarked;
