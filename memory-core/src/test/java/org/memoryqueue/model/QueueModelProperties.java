package org.memoryqueue.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.memoryqueue.job.Priority;
import org.memoryqueue.model.Operation.Cancel;
import org.memoryqueue.model.Operation.Complete;
import org.memoryqueue.model.Operation.HandIn;
import org.memoryqueue.model.Operation.Pass;
import org.memoryqueue.model.Operation.Plain;
import org.memoryqueue.model.Operation.Take;
import org.memoryqueue.testing.Beans;
import org.memoryqueue.testing.Clients;
import org.memoryqueue.testing.Stores;

/**
 * The queue does what the reference does, whatever happens to it: random sequences of all that clients, workers, operators
 * and maintenance do, and of all that goes wrong, on real stores. And a queue that does one thing wrong is found out.
 *
 * <p>{@code -Dmemory.model.tries=1000} looks longer; {@code -Dmemory.model.seed=…} repeats a run that failed.
 */
class QueueModelProperties {

    private static final Stores STORES = Ticks.stores();
    private static final Set<Seen> SEEN = EnumSet.noneOf(Seen.class);
    private static final int TRIES_TO_SEE_EVERYTHING = 1_000;
    private static final int TRIES_TO_FIND_A_MUTANT = 200;

    @BeforeContainer
    static void open() {
        STORES.start();
        Effects.log(STORES);
    }

    @AfterContainer
    static void close() {
        STORES.stop();
        if (Configured.tries().orElse(0) >= TRIES_TO_SEE_EVERYTHING) {
            assertThat(SEEN).as("what all runs together came across").containsExactly(Seen.values());
        }
    }

    @AddLifecycleHook(Configured.class)
    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void doesWhatTheReferenceDoes(@ForAll("everything") List<Operation> operations) {
        run(new Protocol(), operations, true);
    }

    @AddLifecycleHook(Configured.class)
    @Property(tries = 25, edgeCases = EdgeCasesMode.NONE)
    void needsNoRepairWhileRedisIsSound(@ForAll("onASoundIndex") List<Operation> operations) {
        run(new Protocol(), operations, false);
    }

    @Example
    void remembersTheNewestHandInThoughItsRevisionsBeganAnew() {
        run(
                new Protocol(),
                List.of(
                        handIn(4),
                        new Take(0),
                        handIn(5),
                        new Cancel(1),
                        new Pass(Ticks.FINISHED),
                        Plain.PRUNE,
                        handIn(6),
                        new Complete(0, 1),
                        new Take(1),
                        new Complete(0, 1)),
                true);
    }

    private static Operation handIn(int messages) {
        return new HandIn(0, false, messages, Priority.NORMAL, 1, true);
    }

    @Example
    void findsOutAMissingFence() {
        assertThat(violation(new Mutants.Unfenced(), everything(), true)).contains("[the completion of");
    }

    @Example
    void findsOutAnAcknowledgementBeforeTheCommit() {
        assertThat(violation(new Mutants.AcknowledgesFirst(), everything(), true))
                .contains("[what the index names after");
    }

    @Example
    void findsAJobLostThatWasAcknowledgedBeforeTheCommitWhereNobodyRepairs() {
        assertThat(violation(new Mutants.AcknowledgesFirst(), onASoundIndex(), false))
                .contains("[jobs that nobody will ever do");
    }

    @Example
    void findsAJobLostThatWasAcknowledgedWhileAnotherHeldItWhereNobodyRepairs() {
        assertThat(violation(new Mutants.AcknowledgesWhatOthersHold(), onASoundIndex(), false))
                .contains("[jobs that nobody will ever do");
    }

    /** The first violation, of the same sequences each time. */
    private static String violation(Protocol mutant, Arbitrary<List<Operation>> sequences, boolean isRepaired) {
        RandomGenerator<List<Operation>> generator = sequences.generator(TRIES_TO_FIND_A_MUTANT);
        Random random = new Random(1);
        for (int tries = 1; tries <= TRIES_TO_FIND_A_MUTANT; tries++) {
            List<Operation> operations = generator.next(random).value();
            try {
                run(mutant, operations, isRepaired);
            } catch (AssertionError violation) {
                return String.valueOf(violation.getMessage());
            }
        }
        throw new AssertionError("The mutant was not found out");
    }

    /** One at a time: when a property has failed, it may be shrinking still while the next begins. */
    private static synchronized void run(Protocol protocol, List<Operation> operations, boolean isRepaired) {
        Run run = new Run(STORES, deaf(), protocol, isRepaired);
        operations.forEach(run::perform);
        run.comeToRest();
        SEEN.addAll(run.seen());
    }

    /** Where Redis should be, nobody listens. */
    private static Beans deaf() {
        return STORES.beansWith(
                Clients.of(Map.of("REDIS_HOST", "127.0.0.1", "REDIS_PORT", "1")).redis());
    }

    @Provide
    static Arbitrary<List<Operation>> everything() {
        return Sequences.ofEverything();
    }

    @Provide
    static Arbitrary<List<Operation>> onASoundIndex() {
        return Sequences.onASoundIndex();
    }
}
