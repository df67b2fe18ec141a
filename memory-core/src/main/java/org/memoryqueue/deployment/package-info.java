/** The variables of a deployment, translated into settings. */
@NullMarked
package org.memoryqueue.deployment;

import org.jspecify.annotations.NullMarked;
