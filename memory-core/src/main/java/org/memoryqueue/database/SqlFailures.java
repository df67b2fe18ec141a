package org.memoryqueue.database;

import io.vertx.pgclient.PgException;
import java.util.Set;

/** Tells failures of Postgres apart by their SQLSTATE class (PostgreSQL manual, appendix A). */
public final class SqlFailures {

    /** Connection, transaction state and rollback, resources, locks, operator's intervention, system. */
    private static final Set<String> HEALING = Set.of("08", "25", "40", "53", "55", "57", "58", "XX");

    private SqlFailures() {}

    /**
     * Whether one row of a shared statement may have made it fail for all: because its data was refused, because somebody,
     * perhaps frozen, holds its lock (SQLSTATE 55P03, 40P01), or because our own code stumbled over it.
     */
    public static boolean mayConcernOneRow(Throwable failure) {
        return isCausedByContent(failure)
                || isOurMistake(failure)
                || failure instanceof PgException pg
                        && ("55P03".equals(pg.getSqlState()) || "40P01".equals(pg.getSqlState()));
    }

    /**
     * Whether the same statement may succeed later: the server is away, overloaded or stopping, or a lock was in the way.
     * Not when the server understood the statement and refuses it, nor when our own code stumbled.
     */
    public static boolean mayHeal(Throwable failure) {
        return failure instanceof PgException pg
                ? pg.getSqlState() == null || HEALING.contains(pg.getSqlState().substring(0, 2))
                : !isOurMistake(failure);
    }

    /** What is thrown where something is not as it must be: the same data will be stumbled over again. */
    private static boolean isOurMistake(Throwable failure) {
        return failure instanceof IllegalStateException
                || failure instanceof IllegalArgumentException
                || failure instanceof NullPointerException
                || failure instanceof ClassCastException;
    }

    /** Whether the data of a statement was refused (classes 22 and 23): the same data will be refused again. */
    public static boolean isCausedByContent(Throwable failure) {
        return failure instanceof PgException pg
                && pg.getSqlState() != null
                && (pg.getSqlState().startsWith("22") || pg.getSqlState().startsWith("23"));
    }
}
