package org.memoryqueue.lease;

import org.memoryqueue.job.Stage;

/** A lease that is still needed, and how far its work is. */
public record Renewal(Lease lease, Stage stage) {}
