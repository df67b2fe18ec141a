/** Alerts, their tests and their runbooks. */
@NullMarked
package org.memoryqueue.kubernetes.alert;

import org.jspecify.annotations.NullMarked;
