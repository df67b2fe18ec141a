package org.memoryqueue.memory;

import java.util.UUID;
import org.memoryqueue.transcript.Session;

/**
 * A memory to be written.
 *
 * @param id its id, unless the session has a memory already
 * @param jobId the job, from whose row everything but the summary is taken
 * @param session the job's session
 * @param summary what is to be remembered
 */
public record NewMemory(UUID id, long jobId, Session session, Summary summary) {}
