package org.memoryqueue.database;

import io.vertx.pgclient.PgException;

/** Tells failures of Postgres apart by their SQLSTATE class (PostgreSQL manual, appendix A). */
public final class SqlFailures {

    private SqlFailures() {}

    /** Whether the data of a statement was refused (classes 22 and 23): the same data will be refused again. */
    public static boolean isCausedByContent(Throwable failure) {
        return failure instanceof PgException pg
                && pg.getSqlState() != null
                && (pg.getSqlState().startsWith("22") || pg.getSqlState().startsWith("23"));
    }
}
