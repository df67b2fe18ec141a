/** The verification of the manifests: what is rendered is held against schemas, policies, the services and their alerts. */
@NullMarked
package org.memoryqueue.kubernetes;

import org.jspecify.annotations.NullMarked;
