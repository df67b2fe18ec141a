package org.memoryqueue.model;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import org.memoryqueue.job.Priority;
import org.memoryqueue.model.Operation.Die;
import org.memoryqueue.model.Operation.Pass;
import org.memoryqueue.model.Operation.Plain;
import org.memoryqueue.model.Operation.Postpone;
import org.memoryqueue.model.Operation.Take;
import org.memoryqueue.model.Operation.TakeOver;
import org.memoryqueue.model.Operation.TakeSuspect;

/** Makes sequences of steps. Steps that seldom come together by chance, such as a death and a long wait, come so. */
final class Sequences {

    private static final int MIN = 10;
    private static final int MAX = 60;

    private Sequences() {}

    /** Everything that may happen. */
    static Arbitrary<List<Operation>> ofEverything() {
        return sequence(Arbitraries.frequencyOf(List.of(
                Tuple.of(64, work(true)),
                Tuple.of(12, operators()),
                Tuple.of(20, trouble()),
                Tuple.of(10, maintenance()),
                Tuple.of(6, faultsOfRedis()))));
    }

    /** What may happen while Redis is sound, and nobody looks after the index and lost leases. */
    static Arbitrary<List<Operation>> onASoundIndex() {
        return sequence(Arbitraries.frequencyOf(List.of(
                Tuple.of(64, work(false)),
                Tuple.of(12, operators()),
                Tuple.of(20, trouble()),
                Tuple.of(4, all(Plain.PROMOTE)))));
    }

    private static Arbitrary<List<Operation>> sequence(Arbitrary<List<Operation>> bits) {
        return bits.list()
                .ofMinSize(MIN)
                .ofMaxSize(MAX)
                .withSizeDistribution(RandomDistribution.uniform())
                .map(list -> list.stream().flatMap(List::stream).toList());
    }

    private static Arbitrary<List<Operation>> work(boolean mayBeUnheard) {
        return Arbitraries.frequencyOf(List.of(
                Tuple.of(20, one(handIn(mayBeUnheard))),
                Tuple.of(14, one(worker().map(Take::new))),
                Tuple.of(6, one(worker().map(TakeOver::new))),
                Tuple.of(
                        4,
                        one(Combinators.combine(worker(), share(), share(), share())
                                .as(Operation.TakeWithoutIndex::new))),
                Tuple.of(2, one(worker().map(TakeSuspect::new))),
                Tuple.of(5, one(worker().map(Operation.Renew::new))),
                Tuple.of(12, one(Combinators.combine(pick(), times()).as(Operation.Complete::new))),
                Tuple.of(3, one(worker().map(Operation.CompleteAll::new))),
                Tuple.of(3, one(Combinators.combine(pick(), times()).as(Operation.Fail::new))),
                Tuple.of(4, one(Combinators.combine(pick(), either(), times()).as(Postpone::new))),
                Tuple.of(3, one(pick().map(Operation.Release::new))),
                Tuple.of(2, one(worker().map(Operation.Restart::new))),
                Tuple.of(8, one(Arbitraries.of(1, 1, 2, Ticks.LEASE).map(Pass::new)))));
    }

    private static Arbitrary<List<Operation>> operators() {
        return Arbitraries.frequencyOf(List.of(
                Tuple.of(3, one(pick().map(Operation.Cancel::new))),
                Tuple.of(4, one(pick().map(Operation.Retry::new))),
                Tuple.of(1, all(Plain.PAUSE)),
                Tuple.of(1, all(Plain.DRAIN)),
                Tuple.of(5, all(Plain.RESUME))));
    }

    private static Arbitrary<List<Operation>> trouble() {
        return Arbitraries.frequencyOf(List.of(
                Tuple.of(2, one(worker().map(Die::new))),
                Tuple.of(4, one(pick().map(Operation.DieFinishing::new))),
                // Whoever held something is late, and may act on it still.
                Tuple.of(5, worker().map(other -> List.of(new Pass(Ticks.LEASE), new TakeOver(other)))),
                Tuple.of(3, worker().map(Sequences::answerLost)),
                Tuple.of(1, worker().map(late -> List.of(new Pass(Ticks.LEASE), new Operation.Renew(late)))),
                // A job kills its worker, again and again; at last also when it runs alone.
                Tuple.of(3, worker().map(Sequences::deadlyTwice)),
                Tuple.of(2, worker().map(Sequences::deadlyAloneTwice)),
                // What a job needs has been away for too long.
                Tuple.of(2, Combinators.combine(worker(), pick()).as(Sequences::outageWithoutEnd)),
                // Nobody could renew, and nobody has lost anything.
                Tuple.of(
                        2,
                        worker().map(worker -> List.of(new Pass(Ticks.LEASE), Plain.OUTAGE, new TakeOver(worker))))));
    }

    private static List<Operation> answerLost(int worker) {
        return List.of(new Operation.TakeUnheard(worker), new Pass(Ticks.DISOWNED), new Operation.Renew(worker));
    }

    private static List<Operation> deadlyTwice(int worker) {
        return List.of(
                new Take(worker),
                new Die(worker),
                new Pass(Ticks.LEASE),
                new TakeOver(worker),
                new Die(worker),
                new Pass(Ticks.LEASE),
                new TakeOver(worker),
                new TakeSuspect(worker));
    }

    private static List<Operation> deadlyAloneTwice(int worker) {
        return List.of(
                new Die(worker),
                new TakeSuspect(worker),
                new Die(worker),
                new Pass(Ticks.LEASE),
                new TakeOver(worker),
                new Die(worker),
                new TakeSuspect(worker),
                new Die(worker),
                new Pass(Ticks.LEASE),
                new TakeOver(worker));
    }

    private static List<Operation> outageWithoutEnd(int worker, int held) {
        return List.of(
                new Postpone(held, false, 1),
                new Pass(Ticks.GIVE_UP),
                Plain.PROMOTE,
                new Take(worker),
                new Postpone(held, false, 1));
    }

    private static Arbitrary<List<Operation>> maintenance() {
        return Arbitraries.frequencyOf(List.of(
                Tuple.of(6, all(Plain.RECLAIM_LOST_LEASES)),
                Tuple.of(6, all(Plain.PROMOTE)),
                Tuple.of(6, all(Plain.REPAIR_INDEX)),
                Tuple.of(2, all(new Pass(Ticks.FINISHED), Plain.PRUNE)),
                Tuple.of(1, all(new Pass(Ticks.UNREMEMBERED), Plain.PRUNE))));
    }

    private static Arbitrary<List<Operation>> faultsOfRedis() {
        return Arbitraries.frequencyOf(List.of(
                Tuple.of(2, all(Plain.FLUSH)),
                Tuple.of(4, one(pick().map(Operation.LoseEntry::new))),
                Tuple.of(4, one(Combinators.combine(pick(), priority()).as(Operation.RepeatEntry::new))),
                Tuple.of(
                        1,
                        one(Combinators.combine(Arbitraries.of("999999", "nonsense", ""), priority())
                                .as(Operation.StrayEntry::new)))));
    }

    private static Arbitrary<Operation> handIn(boolean mayBeUnheard) {
        return Combinators.combine(
                        Arbitraries.of(0, 1, 2, 3, 4),
                        Arbitraries.frequency(Tuple.of(4, false), Tuple.of(1, true)),
                        Arbitraries.integers().between(2, 6),
                        priority(),
                        Arbitraries.frequency(Tuple.of(6, 1), Tuple.of(1, 3)),
                        Arbitraries.frequency(Tuple.of(7, true), Tuple.of(1, !mayBeUnheard)))
                .as(Operation.HandIn::new);
    }

    private static <T extends Operation> Arbitrary<List<Operation>> one(Arbitrary<T> operation) {
        return operation.map(List::of);
    }

    private static Arbitrary<List<Operation>> all(Operation... operations) {
        return Arbitraries.just(List.of(operations));
    }

    private static Arbitrary<Integer> worker() {
        return Arbitraries.of(0, 1, 2);
    }

    private static Arbitrary<Integer> pick() {
        return Arbitraries.integers().between(0, 20);
    }

    private static Arbitrary<Integer> share() {
        return Arbitraries.of(0, 1, 2);
    }

    private static Arbitrary<Integer> times() {
        return Arbitraries.frequency(Tuple.of(4, 1), Tuple.of(1, 2));
    }

    private static Arbitrary<Boolean> either() {
        return Arbitraries.of(true, false);
    }

    private static Arbitrary<Priority> priority() {
        return Arbitraries.of(Priority.class);
    }
}
