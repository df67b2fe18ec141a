package org.memoryqueue.worker.attempt;

import java.util.function.Predicate;
import org.memoryqueue.database.SqlFailures;

/** Whether trying again can help: not when the database understood and refuses. Public, for Fault Tolerance makes it. */
public final class CanHeal implements Predicate<Throwable> {

    @Override
    public boolean test(Throwable failure) {
        return SqlFailures.mayHeal(failure);
    }
}
