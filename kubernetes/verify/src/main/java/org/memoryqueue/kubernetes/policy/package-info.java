/** The rules for safe pods, networks and data. */
@NullMarked
package org.memoryqueue.kubernetes.policy;

import org.jspecify.annotations.NullMarked;
