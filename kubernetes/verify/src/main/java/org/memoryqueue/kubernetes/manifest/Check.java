package org.memoryqueue.kubernetes.manifest;

import java.util.List;

/** One part of the verification. */
@FunctionalInterface
public interface Check {

    /** What is wrong with these manifests; empty when nothing is. Must not change them. */
    List<Finding> check(Manifests manifests);
}
