package org.memoryqueue.database;

import io.vertx.pgclient.PgException;

/** Tells failures of Postgres apart by their SQLSTATE class (PostgreSQL manual, appendix A). */
public final class SqlFailures {

    private SqlFailures() {}

    /**
     * Whether one row of a shared statement may have made it fail for all: because its data was refused, or because
     * somebody, perhaps frozen, holds its lock (SQLSTATE 55P03, 40P01).
     */
    public static boolean mayConcernOneRow(Throwable failure) {
        return isCausedByContent(failure)
                || failure instanceof PgException pg
                        && ("55P03".equals(pg.getSqlState()) || "40P01".equals(pg.getSqlState()));
    }

    /** Whether the data of a statement was refused (classes 22 and 23): the same data will be refused again. */
    public static boolean isCausedByContent(Throwable failure) {
        return failure instanceof PgException pg
                && pg.getSqlState() != null
                && (pg.getSqlState().startsWith("22") || pg.getSqlState().startsWith("23"));
    }
}
