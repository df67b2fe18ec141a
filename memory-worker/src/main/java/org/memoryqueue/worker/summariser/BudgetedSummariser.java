package org.memoryqueue.worker.summariser;

import io.smallrye.mutiny.Uni;
import java.util.function.BooleanSupplier;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.summariser.Calls;
import org.memoryqueue.summariser.Summariser;
import org.memoryqueue.transcript.Transcript;

/** Asks the model while the budget of the day allows it, and summarises offline when it does not, if that was wanted. */
final class BudgetedSummariser implements Summariser {

    private final Summariser model;
    private final Summariser offline;
    private final BooleanSupplier withoutModel;

    BudgetedSummariser(Summariser model, Summariser offline, BooleanSupplier withoutModel) {
        this.model = model;
        this.offline = offline;
        this.withoutModel = withoutModel;
    }

    @Override
    public Uni<Summary> summarise(Transcript transcript) {
        return summarise(transcript, Calls.PLAIN);
    }

    /** Decided once for a transcript: a job that was begun with the model is ended with it. */
    @Override
    public Uni<Summary> summarise(Transcript transcript, Calls calls) {
        return (withoutModel.getAsBoolean() ? offline : model).summarise(transcript, calls);
    }
}
